"""The rules, the measure and the report of the area: pure functions of the values that they are given."""

from collections.abc import Sequence
from datetime import date

from cchc_flow.hookspecs import Item, JsonObject, Measure, Period, Report, Rule, Violation, share
from cchc_flow.plugin_kit import ReportDraft, entries_within, tally

AREA = "new_area"
RULES = [Rule("evidence", "Kết quả của nhiệm vụ phải kèm ít nhất một tệp minh chứng.")]


def check_evidence(step: str, data: JsonObject) -> list[Violation]:
    """Return a violation when a result is submitted without a file."""
    if step != "submit" or data["evidence"]:
        return []
    return [Violation("evidence", "Chưa có tệp minh chứng nào.", "Hãy gắn tệp rồi nộp lại.")]


def answered_share(entries: Sequence[Item]) -> Measure:
    """Return the share of entries that are answered; without entries it has no value."""
    answered = [entry for entry in entries if entry.state == "answered"]
    return share("answered", "Tỷ lệ mục đã trả lời", answered, entries)


def report_of(period: Period, window: tuple[date, date], entries: Sequence[Item]) -> Report:
    """Return the sentence on what was answered within the days of a period."""
    answered = entries_within(window, entries, "answered_on")
    number = tally("answered", "Mục đã trả lời trong kỳ", answered, "mục")
    draft = ReportDraft("Lĩnh vực new_area")
    draft.say(f"Trong {period.words()} đã trả lời {{number}} mục.", number=number)
    return draft.finish()
