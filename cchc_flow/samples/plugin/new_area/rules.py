"""The rules of the area: pure functions, which know nothing but what they are given."""

from cchc_flow.hookspecs import Item, JsonObject, Measure, Rule, Violation

AREA = "new_area"
RULES = [Rule("evidence", "Kết quả của nhiệm vụ phải kèm ít nhất một tệp minh chứng.")]


def evidence_missing(step: str, data: JsonObject) -> list[Violation]:
    """Return what is wrong with a submission that shows nothing."""
    if step != "submit" or data["evidence"]:
        return []
    return [Violation("evidence", "Chưa có tệp minh chứng nào.", "Hãy gắn tệp rồi nộp lại.")]


def answered(entries: tuple[Item, ...]) -> Measure:
    """Return the share of entries that are answered; there is none while there are no entries."""
    done = [one for one in entries if one.state == "answered"]
    return Measure(
        key="answered",
        title="Tỷ lệ mục đã trả lời",
        unit="%",
        value=str(100 * len(done) // len(entries)) if entries else None,
        count=len(done),
        of=len(entries),
        items=tuple(one.id for one in entries),
    )
