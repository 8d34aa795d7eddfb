"""The form of a unit's report: what it asks for, what is known already, what was told and remarked before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from flask import g
from sqlite_utils import Database

from cchc_flow.audit.item_history import typed_words
from cchc_flow.commands import Loaded, UnitOfWork
from cchc_flow.commands.unit_reports import last_told
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import JsonObject
from cchc_flow.plugin_host.measures import compute_measures
from cchc_flow.projections import plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card, full_badge
from cchc_flow.projections.cards.row import LAST
from cchc_flow.projections.report_outlines import counted_measures, earlier_reports, report_outline
from cchc_flow.projections.targets import measure_settings, readings
from cchc_flow.workflow.calendar import Badge, local_day, reporting_window
from cchc_flow.workflow.events import NAMES, Content, ItemRemarked, ItemReported, Tally
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.report_outline import (
    CLOSING_SECTIONS,
    NOTHING_AROSE,
    TALLIES,
    AskedReading,
    ReportOutline,
)
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.target_readings import in_order_of_time
from cchc_flow.workflow.unit_report import NOTE, VALUE, WORDS, days_late, running_total


class TaskLine(msgspec.Struct, frozen=True):
    """A task of the unit as it stands at the moment: the card, its state and due day in words."""

    card: Card
    state: str
    badge: Badge


class WordsSection(msgspec.Struct, frozen=True):
    """A section for the unit's words, and the tasks of the unit that it is about.

    Of `total` tasks `done` are done and `late` are late; `tasks` are those that are open, or were done within
    the days of the report, `earlier` counts those that were done before.
    """

    key: str
    title: str
    tasks: tuple[TaskLine, ...] = ()
    total: int = 0
    done: int = 0
    late: int = 0
    earlier: int = 0


class KnownReading(msgspec.Struct, frozen=True):
    """A reading that is asked, with what the areas count now and what was told last, in words or empty."""

    asked: AskedReading
    computed: str
    last: str


class ReportForm(msgspec.Struct, frozen=True):
    """All that the form of a report shows beside the typed values; `late` counts the days after its day.

    `first` and `last` are the days whose figures belong into it, and of which some are ahead if it
    `is_estimate`. `counted` are the unit's measures that nobody types; `earlier` has what was told of periods
    before, by the words of the period.
    """

    year: int
    first: date
    last: date
    due: str
    late: int
    is_estimate: bool
    sections: tuple[WordsSection, ...]
    closing: tuple[WordsSection, ...]
    readings: tuple[KnownReading, ...]
    counted: tuple[KnownReading, ...]
    earlier: tuple[tuple[str, Mapping[str, Tally | None]], ...]
    outline: ReportOutline
    remarks: Mapping[str, str]


def told_values(db: Database, loaded: Loaded) -> JsonObject:
    """Return what the unit told last, as its form would have it typed; nothing if it told nothing yet.

    A running total that was added up is left open, so that it follows a number that is changed.
    """
    event = last_told(loaded.events)
    if event is None:
        return {}
    told = convert(event.data, ItemReported)
    values: JsonObject = {}
    totals = report_outline(db, loaded.item).totals
    for name, tally in (("documents", told.documents), ("meetings", told.meetings)):
        if tally is not None and not told.nothing:
            summed = tally.count and running_total(tally.count, totals.get(name, "0"))
            values |= {
                name: _number_words(tally.count),
                f"{name}_total": "" if tally.total == summed else _number_words(tally.total),
                f"{name}_before": _number_words(tally.before),
            }
    for reading in () if told.nothing else told.readings:
        key = f"{reading.target}:{reading.measure}"
        values[VALUE + key] = NOTHING_AROSE if reading.value is None else format_number(reading.value)
        values[NOTE + key] = _words_that_remain(reading.note) if reading.note else ""
    return values | {WORDS + key: _words_that_remain(content) for key, content in told.passages.items()}


def remarks_on(loaded: Loaded) -> dict[str, str]:
    """Return what the reviewer remarked on the sections of a report that was sent back, by section."""
    if not loaded.item.sent_back:
        return {}
    events = [event for event in loaded.events if event.type in (NAMES[ItemRemarked], NAMES[ItemReported])]
    if not events or events[-1].type != NAMES[ItemRemarked]:
        return {}
    remarks = convert(events[-1].data, ItemRemarked).remarks
    return {key: _words(content) for key, content in remarks.items()}


def build_report_form(uow: UnitOfWork, loaded: Loaded) -> ReportForm:
    """Return what the form of a unit's report shows."""
    db, item, today = uow.db, loaded.item, local_day(g.ws.now())
    outline, period = report_outline(db, item), parse(item.period or str(today.year))
    first, last = reporting_window(period, settings.effective_settings(db).reporting.window_from)
    tasks = _task_lines(db, item, today)
    known = _known_readings(db, item, [*outline.readings, *_counted_measures(db, item)])
    sections = [_section(key, title, tasks, first) for key, title in outline.words.items()]
    return ReportForm(
        year=period.year,
        first=first,
        last=last,
        due=item.due or "",
        late=days_late(item, uow.context(item.plan)),
        is_estimate=today < last,
        sections=tuple(section for section in sections if section.key not in CLOSING_SECTIONS),
        closing=tuple(section for section in sections if section.key in CLOSING_SECTIONS),
        readings=tuple(known[: len(outline.readings)]),
        counted=tuple(known[len(outline.readings) :]),
        earlier=tuple(
            (parse(report.period).words(), {name: getattr(report.content, name) for name in TALLIES})
            for report in earlier_reports(db, item)[-3:]
        ),
        outline=outline,
        remarks=remarks_on(loaded),
    )


def _task_lines(db: Database, report: Item, today: date) -> list[tuple[TaskLine, set[str]]]:
    """Return the unit's tasks of the report's plan, each with the official counts in which it stands."""
    scope = Filters(kind="task", plan=report.plan, unit=report.lead)
    rows = counts.classified_rows(db, scope, today)
    soon, states = settings.effective_settings(db).deadlines.soon, workflows.state_titles(db)
    cards = counts.cards_of_rows(db, [row for row, _ in rows])
    return [
        (
            TaskLine(card, states.get((card.kind, card.state), card.state), full_badge(card, today, soon)),
            names,
        )
        for card, (_, names) in zip(cards, rows, strict=True)
    ]


def _section(key: str, title: str, tasks: Sequence[tuple[TaskLine, set[str]]], first: date) -> WordsSection:
    own = [(line, names) for line, names in tasks if line.card.area == key and "total" in names]
    earlier = sum((line.card.done or LAST) < first.isoformat() for line, _ in own)
    return WordsSection(
        key,
        title,
        tuple(line for line, _ in own if (line.card.done or LAST) >= first.isoformat()),
        total=len(own),
        earlier=earlier,
        done=sum(bool(names & {"done_in_time", "done_late"}) for _, names in own),
        late=sum("open_late" in names for _, names in own),
    )


def _counted_measures(db: Database, item: Item) -> list[AskedReading]:
    """Return the measures of the unit that are counted from the registers alone."""
    plan = plans.find_plan(db, item.plan)
    return list(counted_measures(db, plan, item.unit or "")) if plan else []


def _known_readings(db: Database, item: Item, asked: Sequence[AskedReading]) -> list[KnownReading]:
    """Return measures with what is known of them; plugins are asked only where one counts them."""
    if not asked or item.plan is None:
        return []
    decided = measure_settings(db, item.plan)
    sources = {each.key: decided[each.target, each.measure].data for each in asked}
    is_counted = any(source.plugin for source in sources.values())
    counted = compute_measures(g.ws.fact_source()).measures if is_counted else {}
    recorded = [one for one in readings(db, item.plan) if _is_before(one.period, item.period)]
    known = []
    for each in asked:
        source = sources[each.key]
        answer = counted.get((source.plugin or "", source.key or ""))
        told = in_order_of_time(
            [one for one in recorded if (one.target, one.measure) == (each.target, each.measure)]
        )
        last = f"{parse(told[-1].period).words()}: {each.value_words(told[-1].value)}" if told else ""
        computed = answer.value if answer else None
        known.append(KnownReading(each, each.value_words(computed) if computed else "", last))
    return known


def _is_before(period: str, reported: str | None) -> bool:
    """Tell whether a period ends before the one that is reported on, perhaps long after its time."""
    return reported is None or parse(period).end < parse(reported).end


def _number_words(number: str | None) -> str:
    return "" if number is None else format_number(number)


def _words_that_remain(content: Content) -> str:
    """Return a text as it was typed, nothing where it was erased since: a form does not bring that back."""
    return _words(content) if g.ws.vault.has(content.digest) else ""


def _words(content: Content) -> str:
    words: Any = msgspec.to_builtins(content)
    return typed_words(g.ws, words)
