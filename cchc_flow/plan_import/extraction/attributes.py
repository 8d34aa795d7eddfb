"""Reads what lines and brackets tell of a task: «Đơn vị chủ trì: …», «Thời gian: …», «(Sản phẩm: …)»."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from cchc_flow.plan_import.extraction.dues import find_day, parse_due
from cchc_flow.plan_import.extraction.sections import whole_text
from cchc_flow.plan_import.extraction.table_cells import split_units
from cchc_flow.plan_import.structure.outline import Node

Name = Literal["lead", "support", "due", "product", "other"]

WHO = (
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|phòng|ban|người|cá nhân|công chức|lãnh đạo)"
    r"(?:,\s*(?:cơ quan|đơn vị|cá nhân))*\s+)"
)
LABELS: dict[Name, str] = {
    "support": rf"{WHO}?(?:cùng\s+)?phối\s+hợp(?:\s+thực hiện)?",
    "lead": (
        rf"{WHO}?(?:được giao\s+)?(?:chủ\s+trì|đầu mối|phụ trách|chịu trách nhiệm)"
        r"(?:\s+(?:thực hiện|chính|tham mưu|theo dõi|triển khai))*"
        rf"|{WHO}(?:thực hiện|tham mưu|triển khai|soạn thảo|theo dõi)"
        r"|(?:trách nhiệm|phân công)(?:\s+thực hiện)?"
    ),
    "due": (
        r"(?:thời\s+(?:gian|hạn|điểm)|tiến độ|hạn|mốc thời gian|thời hạn)"
        r"(?:\s+(?:thực hiện|hoàn thành|ban hành|triển khai|báo cáo|trình|xong|chót|cuối|và|tổ chức))*"
        r"|hoàn thành"
    ),
    "product": (
        r"(?:sản phẩm|kết quả|đầu ra)(?:\s*[/,(]\s*(?:kết quả|sản phẩm)\)?)?"
        r"(?:\s+(?:dự kiến|đạt được|đầu ra|hoàn thành|cần đạt|chủ yếu|thực hiện|đầu ra dự kiến))*"
    ),
    "other": (
        r"(?:địa điểm|thành phần|đối tượng|kinh phí|hình thức|số lượng|ghi chú|lưu ý)"
        r"(?:\s+(?:thực hiện|tổ chức|tham dự|tham gia))*"
    ),
}
NAMES: dict[str, Name] = {name: name for name in LABELS}
LABEL = re.compile(
    r"(?:^|(?<=[;.,(\n–-])|(?<=[;.,]\s)|(?<=\s[-–+]))\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items())
    + r")\s*:\s*",
    re.IGNORECASE,
)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{4,600})[)\]]\s*[.;,]?\s*$")
INLINE = re.compile(r"(?<=[.;])\s+(?=\S)")
EDGES = " .;,:-–+("


class Attribute(msgspec.Struct, frozen=True):
    """One thing that is told of a task, by the name of the field that it belongs to."""

    name: Name
    value: str


class Particulars(msgspec.Struct, frozen=True):
    """All that is told of a task besides its text; `due` and `before` are ISO days as in `Task`."""

    lead: str | None = None
    support: tuple[str, ...] = ()
    product: str | None = None
    due_text: str | None = None
    due: str | None = None
    before: str | None = None
    cadence: str | None = None


def split_attributes(text: str) -> tuple[str, list[Attribute]]:
    """Return a task's text without the attributes at its end, in brackets or as sentences, and these."""
    if match := BRACKET.search(text):
        attributes = read_attributes(match[1])
        if attributes and any(attribute.name != "other" for attribute in attributes):
            rest, more = split_attributes(text[: match.start()].rstrip(" ;,"))
            return rest, [*more, *attributes]
    for start in (match.end() for match in INLINE.finditer(text)):
        first = LABEL.match(text, start)
        if first and first.lastgroup not in ("other", None):
            return text[:start].rstrip(), read_attributes(text[start:])
    return text, []


def read_attributes(text: str) -> list[Attribute]:
    """Return the attributes that a text names by their labels; none if it begins with no label.

    Of one that belongs to no field the value has its label with it.
    """
    labels = list(LABEL.finditer(text))
    if not labels or text[: labels[0].start()].strip(EDGES):
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    attributes: list[Attribute] = []
    for label, end in zip(labels, ends, strict=True):
        name = NAMES[label.lastgroup or "other"]
        start = label.start() if name == "other" else label.end()
        if text[label.end() : end].strip(EDGES):
            attributes.append(Attribute(name, text[start:end].strip(EDGES)))
    return attributes


def attribute_texts(node: Node) -> Iterator[str]:
    """Yield the texts of an attribute line: those below a bare «Cơ quan thực hiện:» where they have labels.

    Else its text with all that stands below it.
    """
    below = (*node.children, *node.attributes)
    if below and node.full_text.endswith(":") and all(read_attributes(whole_text(child)) for child in below):
        for child in below:
            yield from attribute_texts(child)
    else:
        yield whole_text(node)


def read_lines(nodes: Sequence[Node], plan_year: int | None = None) -> tuple[list[Attribute], list[str]]:
    """Return the attributes in the lines of a task, and the texts of those that belong to no field."""
    attributes: list[Attribute] = []
    others: list[str] = []
    for text in (text for node in nodes for text in attribute_texts(node)):
        found = read_attributes(text)
        if not found and find_day(text, plan_year):
            found = [Attribute("due", text.strip(EDGES))]
        attributes += [attribute for attribute in found if attribute.name != "other"]
        others += [attribute.value for attribute in found if attribute.name == "other"] if found else [text]
    return attributes, others


def particulars(attributes: Iterable[Attribute], plan_year: int | None = None) -> Particulars:
    """Return what the attributes say; a day without a year is of the plan's year."""
    by_name: dict[str, list[str]] = {}
    for attribute in attributes:
        by_name.setdefault(attribute.name, []).append(attribute.value)
    support = [name for value in by_name.get("support", ()) for name in split_units(value)]
    due_text = "; ".join(by_name.get("due", ())) or None
    due = parse_due(due_text or "", plan_year)
    return Particulars(
        lead="; ".join(by_name.get("lead", ())) or None,
        support=tuple(dict.fromkeys(support)),
        product="; ".join(by_name.get("product", ())) or None,
        due_text=due_text,
        due=due.last_day,
        before=due.value if due.is_before else None,
        cadence=due.cadence,
    )
