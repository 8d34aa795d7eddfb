"""What the cells of a table say of its columns, numbers of rows, units, days, ticks; and what is in them."""

import re
from collections.abc import Iterator, Sequence

from cchc_flow.plan_import.unit_words import KINDS, NO_UNIT

UNIT = re.compile(
    rf"{NO_UNIT}"
    rf"(?:{KINDS}|Đội|Quỹ|Hợp tác xã|Lãnh đạo|BCH|TT|VP|P\.|Đảng ủy|Cán bộ|Viên chức"
    r"|(?:các|Các|Toàn thể|Tất cả|Mọi) (?:thôn|trường|trạm|hội|đoàn thể|phòng|cơ quan|đơn vị|ban|tổ|ngành"
    r"|tổ chức|công chức|cán bộ|bộ phận|xã|buôn|ấp|bản))\b"
)
NEXT_UNIT = re.compile(
    r",\s+(?=(?:Văn phòng|Phòng|Trung tâm|Ủy ban M|Công an|Trạm|Các trường|Trường|Ban Chỉ huy|Đoàn|Hội |MTTQ"
    r"|các (?:thôn|trường|trạm|hội|đoàn thể|phòng|cơ quan|đơn vị|ban,|tổ|ngành)"
    r"|(?i:khu phố|tổ dân phố|thôn|buôn|ấp|bản))\b)"
    r"|\s+và\s+(?=(?:Phòng|Công an|Trạm|Văn phòng|Trung tâm|Ban Chỉ huy"
    r"|các (?:thôn|trường|phòng|cơ quan|đơn vị|ban|ngành))\b)"
)
JOINED = re.compile(
    r"(?<=[a-zà-ỹ0-9])\s+(?=(?:Công an|Trạm Y tế|Phòng(?= [A-ZĐ])|Văn phòng|Trung tâm|Ban Chỉ huy"
    r"|Hội(?! đồng)|Đoàn|Các|MTTQ|(?:Ủy|Uỷ) ban(?= M))\b)"
)
"""Where the next unit's name begins although nothing separates it: a cell of a PDF, or pasted text."""
BEFORE_OFFICE = re.compile(
    r"(?:chánh|trưởng|phó|chức|phận|đạo|viên|bộ|ban|của|cho|với|cùng|và|qua|theo|thuộc|tổ|đội|hành|do|hoặc)$",
    re.IGNORECASE,
)
BULLET = re.compile(r"^(?:[-–•+*]|\d{1,2}[.)])\s*")
UNFINISHED = ("-", "–", ",", "/", " và", " của", "(")
ROMAN = re.compile(r"[IVX]{1,5}")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
TICK = re.compile(r"[xX✓✔☑☒√v●•+]|CT|PH|[cCpP]|[Cc]hủ trì|[Pp]hối hợp")
SUPPORT_TICK = re.compile(r"PH|[pP]|[Pp]hối hợp")
LONG = 20


def split_units(cell: str) -> tuple[str, ...]:
    """Return the units that a cell names: by line, semicolon, or a comma before the next unit's name.

    A line that goes on from the one before («Phòng Văn hóa -», «Xã hội») makes one name with it.
    """
    names: list[str] = []
    for line in cell.split("\n"):
        text = BULLET.sub("", line.strip())
        if names and text and goes_on(names[-1], text):
            names[-1] = f"{names[-1]} {text}"
        elif text:
            names.append(text)
    parts = [
        part
        for name in names
        for piece in name.split(";")
        for whole in NEXT_UNIT.split(piece)
        for part in split_joined(whole)
    ]
    return tuple(dict.fromkeys(part.strip(" .,;") for part in parts if part.strip(" .,;")))


def split_joined(text: str) -> Iterator[str]:
    """Yield the names in a text where one follows the other without a mark: «Phòng Kinh tế Công an xã»."""
    start = 0
    for match in JOINED.finditer(text):
        if not BEFORE_OFFICE.search(text[start : match.start()]):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def goes_on(before: str, line: str) -> bool:
    """Return whether a line of a cell goes on from the line before it."""
    return before.endswith(UNFINISHED) or (line[0].islower() and not line.startswith(("các ", "toàn ")))


def number_level(number: str) -> int | None:
    """Return how deep a row number stands: A 0, I 1, «1» 2, «1.1» 3 …; None for an empty cell or any other.

    A letter as «a)» or a hyphen stands below all of them.
    """
    text = number.strip().rstrip(".)").strip()
    if not text:
        return None
    if ROMAN.fullmatch(text):
        return 1
    if NUMBER.fullmatch(text):
        return 2 + text.rstrip(".").count(".")
    if len(text) == 1 and text.isupper():
        return 0
    return 9 if len(text) <= 2 else None


def is_unit_name(cell: str) -> bool:
    """Return whether a cell holds the names of units and nothing long."""
    return len(cell) <= 200 and UNIT.match(BULLET.sub("", cell)) is not None and not cell.endswith(".")


def is_tick(cell: str) -> bool:
    """Return whether a cell only marks its column: «x», «✓», «CT»."""
    return TICK.fullmatch(cell.strip()) is not None


def column_cells(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """Return the filled cells of a column, without those of rows that one text spans."""
    return [
        row[column].strip()
        for row in rows
        if column < len(row) and row[column].strip() and len(set(row[1:])) > 1
    ]


def share(cells: Sequence[str], is_kind: Sequence[bool]) -> float:
    """Return how many of the cells are of a kind, from 0 to 1; 0 for no cells."""
    return sum(is_kind) / len(cells) if cells else 0.0
