"""Reads what lines and brackets tell of a task: «Đơn vị chủ trì: …», «Thời gian: …», «(Sản phẩm: …)»."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cchc_flow.plan_import.extraction.attribute_labels import EDGES, LABEL, Attribute, read_attributes
from cchc_flow.plan_import.extraction.brackets import read_bracket, read_part
from cchc_flow.plan_import.extraction.dues import find_day, parse_due
from cchc_flow.plan_import.extraction.sections import whole_text
from cchc_flow.plan_import.extraction.table_cells import split_units
from cchc_flow.plan_import.structure.outline import Node

BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{4,600})[)\]]\s*[.;,]?\s*$")
INLINE = re.compile(r"(?<=[.;])\s+(?=\S)")


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
        attributes = read_attributes(match[1]) or read_bracket(match[1])
        if attributes and any(attribute.name != "other" for attribute in attributes):
            rest, more = split_attributes(text[: match.start()].rstrip(" ;,"))
            return rest, [*more, *attributes]
    for start in (match.end() for match in INLINE.finditer(text)):
        first = LABEL.match(text, start)
        if first and first.lastgroup not in ("other", None):
            return text[:start].rstrip(), read_attributes(text[start:])
    return text, []


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
        found = read_attributes(text) or read_bracket(text)
        if not found and find_day(text, plan_year):
            found = [Attribute("due", text.strip(EDGES))]
        attributes += [attribute for attribute in found if attribute.name != "other"]
        others += [attribute.value for attribute in found if attribute.name == "other"] if found else [text]
    return attributes, others


def split_days(attributes: Iterable[Attribute]) -> Iterator[Attribute]:
    """Yield the attributes; a day without a label behind a unit's name («Chủ trì: A; Quý II») as its own."""
    for attribute in attributes:
        head, semicolon, last = attribute.value.rpartition(";")
        day = read_part(last.strip()) if semicolon and attribute.name in ("lead", "support") else None
        if day is not None and day.name == "due":
            yield from (Attribute(attribute.name, head.strip(EDGES)), day)
        else:
            yield attribute


def particulars(attributes: Iterable[Attribute], plan_year: int | None = None) -> Particulars:
    """Return what the attributes say; a day without a year is of the plan's year."""
    by_name: dict[str, list[str]] = {}
    for attribute in split_days(attributes):
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
