"""The rules and the measure of the area: pure functions of the values that they are given."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Item, JsonObject, Measure, Rule, Violation, share

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
