"""Extracts the assignments of a plan: the units that it names with what each has to do, and those for all."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.extraction.sections import body_nodes
from cchc_flow.plan_import.proposal import Statement, Unit
from cchc_flow.plan_import.structure.outline import LONGEST_HEADING, Node

ADDRESS = re.compile(r"^(?:Đề nghị|Giao(?: cho)?|Yêu cầu)\s+", re.IGNORECASE)
UNIT_WORDS = (
    r"Văn phòng|Phòng|Trung tâm|Ủy ban|Uỷ ban|UB\w*TT\w*|UBND|HĐND|Ban|Công an|Trạm|Các trường"
    r"|Trường|Đài|Tổ|Đoàn"
    r"|Hội|Mặt trận|MTTQ|Kế toán|Bộ phận|Công chức|Các thôn|Thôn|Các trạm|Các hội|Thường trực|Các đoàn thể"
)
UNIT = re.compile(rf"(?:{UNIT_WORDS})\b")
EVERYONE = re.compile(
    r"(?:lãnh đạo |thủ trưởng |người đứng đầu |trưởng )?"
    r"(?:các (?:phòng|cơ quan|đơn vị|ban,|ngành)|phòng chuyên môn|cơ quan, đơn vị)\b",
    re.IGNORECASE,
)
DOES = re.compile(
    r"\s+(?=(?:chủ trì|tham mưu|phối hợp|có trách nhiệm|chịu trách nhiệm|thực hiện|theo dõi|hướng dẫn"
    r"|tổ chức thực hiện|triển khai|rà soát|tổng hợp|giám sát|đôn đốc|kiểm tra|tuyên truyền|bố trí"
    r"|cân đối|là đầu mối|căn cứ)\b)"
)
MOST_UNITS = 60
HYPHENS = re.compile(r"\s*[-–—]\s*")


class Assignment(msgspec.Struct, frozen=True):
    """What one heading or paragraph assigns to the unit `name`, or to all units if `name` is None."""

    name: str | None
    statements: tuple[Statement, ...]


class Duties(msgspec.Struct, frozen=True):
    """All assignments of a plan: those of each unit, and the general ones for all units."""

    units: tuple[Unit, ...]
    general: tuple[Statement, ...]


def extract_duties(sections: Sequence[Node], text: str) -> Duties:
    """Return the assignments in these sections; the other spellings of units are searched in `text`."""
    nodes = [child for section in sections for child in (section.children or body_nodes(section))]
    assignments = [assignment for node in nodes for assignment in find_assignments(node)]
    by_unit: dict[str, list[Statement]] = {}
    general: list[Statement] = []
    for assignment in assignments:
        statements = general if assignment.name is None else by_unit.setdefault(assignment.name, [])
        statements.extend(assignment.statements)
    aliases = {name: find_aliases(name, text) for name in list(by_unit)[:MOST_UNITS]}
    units = (Unit(name, aliases.get(name, ()), tuple(statements)) for name, statements in by_unit.items())
    return Duties(tuple(units), tuple(general))


def find_assignments(node: Node) -> Iterator[Assignment]:
    """Yield what a node and those below it assign, and to which unit."""
    name = unit_name(node.text)
    if node.children and (name is not None or all(not child.children for child in node.children)):
        yield Assignment(name, tuple(statement(child) for child in node.children))
    elif node.children:
        for child in node.children:
            yield from find_assignments(child)
    elif name is not None and node.body:
        yield Assignment(name, tuple(statement(paragraph) for paragraph in body_nodes(node)))
    else:
        yield assignment_in_paragraph(node)


def assignment_in_paragraph(node: Node) -> Assignment:
    """Return what a single paragraph assigns: "Phòng Kinh tế: chủ trì …", or to all if it names no unit."""
    text = node.full_text
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and unit_name(head) is not None:
        return Assignment(unit_name(head), (Statement(node.ref, rest.strip()),))
    verb = DOES.search(text)
    name = unit_name(text[: verb.start()]) if verb else None
    return Assignment(name, (Statement(node.ref, text),))


def statement(node: Node) -> Statement:
    """Return the node as a statement, with the texts of all nodes below it."""
    texts = [node.full_text, *(statement(child).text for child in node.children)]
    return Statement(node.ref, " ".join(texts))


def unit_name(heading: str) -> str | None:
    """Return the unit that a heading names, without "Đề nghị" or "Giao"; None if it names none, or all."""
    name = ADDRESS.sub("", heading).strip(" :.;,")
    if len(name) > LONGEST_HEADING // 2 or EVERYONE.match(name) or not UNIT.match(name):
        return None
    return name


def find_aliases(name: str, text: str) -> tuple[str, ...]:
    """Return the text's other spellings of a unit's name: with another dash, or the Front's in full."""
    parts = [re.escape(part) for part in HYPHENS.split(name)]
    pattern = re.compile(r"\s?[-–—]\s?".join(parts)) if len(parts) > 1 else None
    spellings = [match[0] for match in pattern.finditer(text)] if pattern else []
    if re.match(r"UB\w*TTQ", name):
        spellings += re.findall(r"(?:Ủy|Uỷ) ban MTTQ(?:VN| Việt Nam)?(?: xã| phường)?", text)
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling != name))
