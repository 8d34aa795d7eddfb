"""Grading by Nghị định 335/2025/NĐ-CP: a table of units or people, and the work behind each grade."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput, NotAllowed
from cchc_flow.hookspecs import Assessment
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.cards import items
from cchc_flow.projections.rules import enabled_plugins
from cchc_flow.reporting.grading import Grade, grades
from cchc_flow.reporting.products import Product, day_of_rules, products
from cchc_flow.reporting.verdicts import Verdict, unit_words, verdict
from cchc_flow.web.board.query import parse_past_day
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_of, end_of_day, local_day
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import ABOUT

bp = Blueprint("grading", __name__)
READERS = frozenset({"coordinator", "leader", "inspector"})
GROUPINGS = {"unit": "Theo đơn vị", "person": "Theo người"}
CADENCES = ("monthly", "quarterly", "half_yearly", "yearly")


class RulesSource(msgspec.Struct, frozen=True):
    """The legal source of the rules in force, and since when; `since` is empty for the default rules."""

    source: str
    since: str


@bp.get("/<workspace>/grading")
def show() -> str:
    """Show the grades of a period that the reader may see, and the products of the unit or person chosen."""
    may_see, groupings = _visible_products()
    today = local_day(g.ws.now())
    as_of = parse_past_day(request.args.get("as_of", ""), today)
    period = _parse_period(request.args.get("period", ""))
    by = _parse_grouping(request.args.get("by", ""), groupings)
    day = as_of or today
    at = g.ws.log.position_before(end_of_day(as_of)) if as_of else None
    all_products, rules = products(g.ws, period, day, at)
    visible_grades = grades(filter(may_see, all_products), by, rules)
    who = request.args.get("who")
    chosen = next((grade for grade in visible_grades if who is not None and (grade.who or "") == who), None)
    only_done = request.args.get("only") == "done"
    # what plugins have on record is as of now, so that of a past day only the results are told
    known, faults = _assessments(period) if by == "person" and rules.by_decree and not as_of else ({}, [])
    return render_template(
        "grading/show.html",
        only_done=only_done,
        shown_products=(chosen.done if only_done else chosen.products) if chosen else (),
        period=period,
        by=by,
        groupings={name: GROUPINGS[name] for name in groupings},
        grades=visible_grades,
        rules=rules,
        rules_source=_rules_source(g.db, day_of_rules(g.ws, period, day)),
        chosen=chosen,
        readable=_readable_ids(chosen),
        names=directory.names(g.db),
        period_choices=_period_choices(g.db, day),
        is_running=period.end >= day,
        as_of=as_of,
        points=points,
        verdict=lambda grade: verdict(grade, known.get(grade.who or "", []), rules),
        faults=faults,
        unit_words=unit_words,
        entry_titles=_entry_titles,
        failing_words=_failing_words,
    )


show.section = "overview"  # type: ignore[attr-defined]


def _assessments(period: Period) -> tuple[dict[str, list[Assessment]], list[str]]:
    """Return what plugins have on record about each person for a period, and a sentence for each that failed.

    A grade is the same for all who may see it: what the reader may not open is counted, and not named.
    """
    known: dict[str, list[Assessment]] = {}
    faults = []
    enabled = enabled_plugins(g.db)
    for answer in call_drawing_hook(g.ws.fact_source(), "assessments", enabled, period=period):
        title = g.ws.plugins.about[answer.plugin].title
        if answer.fault:
            faults.append(f"Không lấy được điểm tiêu chí chung của «{title}»: {answer.fault}")
        for assessment in [] if answer.fault else answer.value:
            known.setdefault(assessment.person, []).append(assessment)
    return known, faults


def _failing_words(verdict: Verdict) -> tuple[str, ...]:
    """Return why a verdict fails the work; who does not read all grades is told that there is a case."""
    if g.person.roles & READERS or not verdict.failing:
        return verdict.failing
    return ("Thuộc trường hợp không hoàn thành dù bao nhiêu điểm; lãnh đạo UBND cho biết căn cứ.",)


def _entry_titles(verdict: Verdict) -> list[tuple[str, str]]:
    """Return id and title of the entries behind a verdict that the reader may open."""
    found = (items.find_readable_item(g.db, entry, g.reader) for entry in verdict.entries)
    return [(entry.id, entry.title) for entry in found if entry]


def _readable_ids(grade: Grade | None) -> set[str]:
    """Return which items of a grade may be named: the grade is the same for all, its items are not."""
    ids = [product.item for product in grade.products] if grade else []
    return {item_id for item_id in ids if items.find_readable_item(g.db, item_id, g.reader)}


def points(score: Fraction | int) -> str:
    """Return a score with one decimal, cut and not rounded: no grade looks reached before it is."""
    tenths = int(score * 10)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def may_see_grades() -> bool:
    """Tell whether the signed-in person may see any grades."""
    return bool(g.person.roles & (READERS | {"officer", "unit_head"}))


def _visible_products() -> tuple[Callable[[Product], bool], tuple[str, ...]]:
    """Return a filter for the products that the reader may see, and the groupings that are offered.

    Raise NotAllowed for who may see none.
    """
    person = g.person
    if person.roles & READERS:
        return lambda product: True, ("unit", "person")
    if "unit_head" in person.roles and person.unit:
        return lambda product: product.unit == person.unit, ("unit", "person")
    if "officer" in person.roles:
        return lambda product: product.person == person.id, ("person",)
    raise NotAllowed(
        "Bạn không xem được điểm của đơn vị và công chức.",
        "Đầu mối CCHC, lãnh đạo UBND, kiểm tra xem được tất cả; thủ trưởng xem đơn vị mình; "
        "công chức xem của mình.",
    )


def _parse_grouping(words: str, groupings: tuple[str, ...]) -> str:
    """Return the grouping, the first one offered if it is not allowed; raise BadInput if unknown."""
    if words and words not in GROUPINGS:
        raise BadInput(f"Không có cách xem «{words[:20]}».", "Hãy mở lại trang Chấm điểm.")
    return words if words in groupings else groupings[0]


def _parse_period(words: str) -> Period:
    """Return the period of this name; the current quarter for an empty string."""
    if words:
        return periods.parse(words)
    today = local_day(g.ws.now())
    return next(
        quarter for quarter in periods.cadence_periods("quarterly", today.year) if quarter.end >= today
    )


def _period_choices(db: Database, day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods to choose from, by year: those that have begun, of each year with a plan."""
    years = sorted({plan.year for plan in plans.plans(db)} | {day.year}, reverse=True)
    return [
        (
            f"Năm {year}",
            [
                (period.name, period.words())
                for cadence in CADENCES
                for period in periods.cadence_periods(cadence, year)
                if period.begin <= day
            ],
        )
        for year in years
        if year <= day.year
    ]


def _rules_source(db: Database, day: date) -> RulesSource:
    """Return the source of the rules of a day: that of their last change by then, else the law itself."""
    for entry in settings.setting_changes(db, "grading"):
        if day_of(entry.recordedtime) <= day:
            return RulesSource(entry.source, entry.recordedtime)
    return RulesSource(ABOUT["grading"].source, "")
