"""Reads what a unit typed into the form of its report, and what its reviewer remarked. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from cchc_flow.errors import MissingData
from cchc_flow.workflow.calendar import deadline
from cchc_flow.workflow.commands import DecisionContext, Typed
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.events import Data, ItemRemarked, ItemReported, JsonObject, Tally
from cchc_flow.workflow.events import ReportedReading as Reading
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.report_outline import READINGS_TITLE, TALLIES, AskedReading, ReportOutline
from cchc_flow.workflow.typed_numbers import UnfitNumber, read_count
from cchc_flow.workflow.typed_text import UnfitText, clean_text

LONGEST_PASSAGE = 20_000
NOTHING = "nothing"
VALUE, NOTE, WORDS = "reading:", "note:", "words:"
"""How the names of inputs begin: a measure's key, or that of a section, follows."""
OF_REPORTS = ("report", "remarks")
"""The kinds of fields that are kept by an event of their own."""
WHOLE = "report"
"""Under this name stands what is wrong with the report as a whole."""
OWN_WORDS = Typed("Theo nội dung các mục của báo cáo.")
NOTHING_AT_ALL = Typed("Không phát sinh.")


class _Reader:
    """The typed values of one form, and what is wrong with each, by the name of its input."""

    def __init__(self, raw: Mapping[str, Any], prefix: str) -> None:
        self._raw, self._prefix = raw, prefix
        self._unread = {str(name) for name, value in raw.items() if value}
        self.wrong: dict[str, str] = {}

    def read(self, name: str, title: str, parse: Callable[[str], Any]) -> Any:
        """Return the value of an input, None where it is empty or wrong."""
        self._unread.discard(name)
        raw = self._raw.get(name)
        try:
            return None if raw is None else parse(str(raw))
        except (UnfitNumber, UnfitText) as error:
            self.refuse(name, f"{title}: {error}.")
            return None

    def refuse(self, name: str, sentence: str) -> None:
        """Note what is wrong with an input."""
        self.wrong[f"{self._prefix}.{name}"] = sentence

    def _describe_unread(self, name: str) -> str:
        """Return in words what an input was about and what was typed: its form does not draw it any more."""
        kind, _, key = name.partition(":")
        about = {"reading": "số liệu chỉ tiêu", "note": "ghi chú chỉ tiêu"}.get(kind, "mục")
        return f"{about} {(key or name).partition(':')[0][:40]} (đã nhập «{str(self._raw[name])[:200]}»)"

    def finish(self) -> None:
        """Raise MissingData if anything was wrong, or an input holds what nobody asks for any more."""
        if self._unread:
            typed = "; ".join(self._describe_unread(name) for name in sorted(self._unread))
            self.wrong[self._prefix] = (
                f"Báo cáo này không còn hỏi: {typed}. Hãy chép lại nếu cần, kiểm tra rồi gửi lại."
            )
        if self.wrong:
            raise MissingData(self.wrong)


def of_reports(step: Transition) -> frozenset[str]:
    """Return the names of a step's fields that are kept by an event of their own, before that of the step."""
    return frozenset(field.name for field in step.fields if field.kind in OF_REPORTS)


def read_report(raw: Mapping[str, Any], outline: ReportOutline) -> JsonObject:
    """Return what a unit typed as the data of `ItemReported` without `late`; raise MissingData.

    The sentences stand under the names of the inputs, those about the whole under WHOLE.
    """
    reader = _Reader(raw, WHOLE)
    nothing = bool(reader.read(NOTHING, "Không phát sinh", lambda typed: typed == "1"))
    tallies = {name: _read_tally(reader, name, outline, nothing=nothing) for name in TALLIES}
    readings = [reading for asked in outline.readings if (reading := _read_reading(reader, asked))]
    passages = {
        key: text for key, title in outline.words.items() if (text := _read_words(reader, key, title))
    }
    if nothing:
        _refuse_content(reader, outline, tallies, readings, passages)
        readings += _readings_of_nothing(outline, readings)
    reader.finish()
    return {NOTHING: nothing, **tallies, "readings": tuple(readings), "passages": passages}


def read_remarks(raw: Mapping[str, Any], outline: ReportOutline) -> dict[str, Typed]:
    """Return the remarks that a reviewer typed, by section; raise MissingData."""
    reader = _Reader(raw, "remarks")
    remarks = {key: reader.read(key, title, _passage) for key, title in outline.sections.items()}
    reader.finish()
    return {key: remark for key, remark in remarks.items() if remark}


def events_before(
    step: Transition, item: Item, data: JsonObject, context: DecisionContext
) -> tuple[Data, ...]:
    """Return the events that precede that of a step whose form holds a report, or remarks on one."""
    values = {field.kind: data[field.name] for field in step.fields if field.kind in OF_REPORTS}
    if "report" in values:
        return (ItemReported(**values["report"], late=days_late(item, context)),)
    return (ItemRemarked(remarks=values["remarks"]),) if values.get("remarks") else ()


def own_words(data: JsonObject) -> Typed:
    """Return the words that are handed in with a report: those typed, else that the report says it all."""
    if words := data["result"]:
        return cast("Typed", words)
    return NOTHING_AT_ALL if data[WHOLE][NOTHING] else OWN_WORDS


def is_empty(report: JsonObject) -> bool:
    """Tell whether a report says nothing at all, not even that nothing arose."""
    return not any(report.values())


def days_late(item: Item, context: DecisionContext) -> int:
    """Return the days from the last day in time until today; 0 in time, or without a due day."""
    if item.due is None:
        return 0
    return max(0, (context.today - deadline(date.fromisoformat(item.due), context.settings)).days)


def _read_tally(reader: _Reader, name: str, outline: ReportOutline, *, nothing: bool) -> Tally | None:
    title = TALLIES[name]
    count = reader.read(name, f"{title}, trong kỳ", read_count)
    total = reader.read(f"{name}_total", f"{title}, lũy kế", read_count)
    before = reader.read(f"{name}_before", f"{title}, lũy kế cùng kỳ năm trước", read_count)
    if nothing and count is None:
        count = "0"
    if total is None and count is not None:
        total = running_total(count, outline.totals.get(name, "0"))
    if count is not None and total is not None and int(total) < int(count):
        reader.refuse(f"{name}_total", f"{title}: lũy kế không thể nhỏ hơn số trong kỳ.")
    if (count, total, before) == (None, None, None):
        return None
    return Tally(count=count, total=total, before=before)


def running_total(count: str, before: str | None) -> str | None:
    """Return the total with the period's own number, None where the total before it is not known."""
    return None if before is None else str(int(before) + int(count))


def _read_reading(reader: _Reader, asked: AskedReading) -> Reading | None:
    found = reader.read(f"{VALUE}{asked.key}", asked.title, asked.read)
    note = reader.read(f"{NOTE}{asked.key}", f"{asked.title}, ghi chú", _passage)
    if found is not None:
        return Reading(target=asked.target, measure=asked.measure, value=found.value, note=note)
    if note and f"{WHOLE}.{VALUE}{asked.key}" not in reader.wrong:
        reader.refuse(
            f"{VALUE}{asked.key}",
            f"{asked.title}: có ghi chú mà chưa có số liệu; hãy nhập số, hoặc ghi «Không phát sinh».",
        )
    return None


def _read_words(reader: _Reader, key: str, title: str) -> Typed | None:
    return cast("Typed | None", reader.read(f"{WORDS}{key}", title, _passage))


def _passage(typed: str) -> Any:
    """Return a typed passage for the vault, None for nothing; raise UnfitText."""
    words = clean_text(typed, LONGEST_PASSAGE)
    return Typed(words) if words else None


def _refuse_content(
    reader: _Reader,
    outline: ReportOutline,
    tallies: Mapping[str, Tally | None],
    readings: list[Reading],
    passages: Mapping[str, Typed],
) -> None:
    """Note it when somebody told that nothing arose, beside something that did."""
    counted = [TALLIES[name] for name, tally in tallies.items() if tally and tally.count not in (None, "0")]
    read = [READINGS_TITLE] if any(reading.value is not None for reading in readings) else []
    if titles := [*counted, *read, *(outline.words[key] for key in passages)]:
        reader.wrong[WHOLE] = (
            f"Đã chọn «Không phát sinh» nhưng còn nội dung ở mục: {', '.join(titles)}."
            " Hãy xóa nội dung đó, hoặc nộp báo cáo như bình thường."
        )


def _readings_of_nothing(outline: ReportOutline, told: list[Reading]) -> list[Reading]:
    """Return that nothing arose for each measure asked that nobody told."""
    keys = {(reading.target, reading.measure) for reading in told}
    return [
        Reading(target=asked.target, measure=asked.measure, value=None, note=None)
        for asked in outline.readings
        if (asked.target, asked.measure) not in keys
    ]
