"""What a unit told in its report and what was remarked on it, as the history of the report shows it."""

from collections.abc import Iterator

from sqlite_utils import Database

from cchc_flow.audit.field_values import FieldValue
from cchc_flow.audit.phrases import join_clauses, number_phrase
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import JsonObject, RecordedEvent
from cchc_flow.projections import plans
from cchc_flow.projections.cards import items
from cchc_flow.projections.report_outlines import plan_measures, report_outline
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import NAMES, ItemRemarked, ItemReported, Tally
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.report_outline import NOTHING_AROSE, TALLIES, AskedReading, ReportOutline

_YES_NO = (("0", "không"), ("1", "có"))
_COUNTS = {"": "trong kỳ", "_total": "lũy kế", "_before": "lũy kế cùng kỳ năm trước"}
KEPT_FIELDS = {
    "nothing": Field("nothing", "choice", NOTHING_AROSE, choices=_YES_NO),
    "late": Field("late", "amount", "Số ngày nộp muộn"),
    **{
        f"{name}{part}": Field(f"{name}{part}", "amount", f"{title}, {words}")
        for name, title in TALLIES.items()
        for part, words in _COUNTS.items()
    },
}
"""What a report's fields keep of its figures (`item_changes.REPORTED_FIELDS`), as if asked for by a form."""


def report_values(db: Database, event: RecordedEvent) -> list[FieldValue]:
    """Return the figures that a report's event holds; none for other events."""
    if event.type != NAMES[ItemReported]:
        return []
    data, report = convert(event.data, ItemReported), _report(db, event)
    tallies = {"documents": data.documents, "meetings": data.meetings}
    values = [
        FieldValue(TALLIES[name], tally_words(tally)) for name, tally in tallies.items() if tally is not None
    ]
    plan = plans.find_plan(db, report.plan) if report and data.readings else None
    planned = {(each.target, each.measure): each for each in plan_measures(db, plan)} if plan else {}
    for reading in data.readings:
        key = reading.target, reading.measure
        measure = planned.get(key) or AskedReading(*key, title=f"Chỉ tiêu {reading.target}")
        values.append(FieldValue(measure.title, measure.value_words(reading.value)))
    return values


def tally_words(tally: Tally) -> str:
    """Return how many there were, in words: trong kỳ 14, lũy kế 52, lũy kế cùng kỳ năm trước 61."""
    counts = zip(_COUNTS.values(), (tally.count, tally.total, tally.before), strict=True)
    return join_clauses(*(f"{words} {number_phrase(count)}" for words, count in counts if count is not None))


def report_texts(db: Database, event: RecordedEvent) -> list[tuple[str, JsonObject]]:
    """Return (title, vault reference) of each text that was typed into a report, or remarked on it."""
    return list(_texts(event.data, _outline(db, event))) if event.type in _WITH_TEXTS else []


_WITH_TEXTS = (NAMES[ItemReported], NAMES[ItemRemarked])


def _texts(data: JsonObject, outline: ReportOutline) -> Iterator[tuple[str, JsonObject]]:
    """Yield the words by section, in the order of the form, then the notes beside readings."""
    words = data.get("passages", {}) | data.get("remarks", {})
    titles = outline.sections
    yield from ((title, words[key]) for key, title in titles.items() if key in words)
    yield from ((key, words[key]) for key in words if key not in titles)
    for reading in data.get("readings", ()):
        if reading["note"]:
            yield f"Ghi chú chỉ tiêu {reading['target']}", reading["note"]


def _outline(db: Database, event: RecordedEvent) -> ReportOutline:
    report = _report(db, event)
    return report_outline(db, report) if report else ReportOutline()


def _report(db: Database, event: RecordedEvent) -> Item | None:
    return items.find_item(db, event.stream.removeprefix("item-"))
