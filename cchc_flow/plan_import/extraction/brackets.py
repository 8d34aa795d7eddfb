"""Reads what a bracket behind a task says without labels: «(Văn phòng chủ trì, xong trong Quý II/2026)»."""

import re

from cchc_flow.plan_import.extraction.attribute_labels import Attribute, Name
from cchc_flow.plan_import.extraction.dues import parse_due
from cchc_flow.plan_import.extraction.table_cells import is_unit_name

SEPARATOR = re.compile(r"\s*;\s*|,\s+")
LEADS = re.compile(
    r"(?:do |giao(?: cho)? )?(?P<unit>.{3,120}?)\s+(?:chủ trì|làm đầu mối|là đầu mối|đầu mối|phụ trách"
    r"|thực hiện)(?: thực hiện| tham mưu)?",
    re.IGNORECASE,
)
LEADS_FIRST = re.compile(r"(?:chủ trì|đầu mối|phụ trách|giao|do)\s*:?\s+(?P<unit>.{3,120})", re.IGNORECASE)
SUPPORTS = re.compile(r"(?P<unit>.{3,120}?)\s+(?:cùng )?phối hợp(?: thực hiện)?", re.IGNORECASE)
SUPPORTS_FIRST = re.compile(r"(?:cùng )?phối hợp(?: với)?\s*:?\s+(?P<unit>.{3,120})", re.IGNORECASE)
WHO: tuple[tuple[Name, re.Pattern[str]], ...] = (
    ("support", SUPPORTS_FIRST),
    ("support", SUPPORTS),
    ("lead", LEADS),
    ("lead", LEADS_FIRST),
)
IS_TIME = re.compile(
    r"(?:xong|hoàn thành|trước|trong|chậm nhất|muộn nhất|hết|đến|cuối|đầu|tháng|quý|quí|hằng|hàng"
    r"|thường xuyên|thời (?:gian|hạn)|hạn|6 tháng|cả năm|\d{1,2}[/.-]\d)",
    re.IGNORECASE,
)


def read_bracket(text: str) -> list[Attribute]:
    """Return who leads, who helps and until when, if a bracket says nothing but that; else nothing."""
    attributes: list[Attribute] = []
    parts = SEPARATOR.split(text.strip(" .;,"))
    start = 0
    while start < len(parts):
        for end in range(start + 1, len(parts) + 1):
            if found := read_part(", ".join(parts[start:end])):
                attributes.append(found)
                start = end
                break
        else:
            return []
    return attributes


def read_part(text: str) -> Attribute | None:
    """Return what one part of a bracket says, or None."""
    for name, pattern in WHO:
        if (match := pattern.fullmatch(text)) and is_unit_name(match["unit"]):
            return Attribute(name, match["unit"])
    if IS_TIME.match(text) and len(text) <= 80:
        due = parse_due(text, 2000)
        if due.kind not in ("other", "year") or due.days:
            return Attribute("due", text)
    return None
