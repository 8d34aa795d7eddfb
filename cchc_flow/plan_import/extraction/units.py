"""Who is to do what: the units that the plan names, what each is told, and what all are told."""

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
    """A unit's heading with its assignments, or (`name` None) assignments that go to all."""

    name: str | None
    assignments: tuple[Statement, ...]


class Duties(msgspec.Struct, frozen=True):
    """All assignments of a plan."""

    units: tuple[Unit, ...]
    general: tuple[Statement, ...]


def extract_duties(sections: Sequence[Node], text: str) -> Duties:
    """The units and general assignments of these sections; `text` is searched for other spellings."""
    told = [child for section in sections for child in (section.children or body_nodes(section))]
    found = [one for node in told for one in find_assignments(node)]
    names: dict[str, list[Statement]] = {}
    for one in found:
        if one.name is not None:
            names.setdefault(one.name, []).extend(one.assignments)
    searched = list(names)[:MOST_UNITS]
    aliases = {name: find_aliases(name, text) for name in searched}
    return Duties(
        units=tuple(Unit(name, aliases.get(name, ()), tuple(told)) for name, told in names.items()),
        general=tuple(told for one in found if one.name is None for told in one.assignments),
    )


def find_assignments(node: Node) -> Iterator[Assignment]:
    """What a heading or paragraph of this section assigns, to whom."""
    name = unit_name(node.text)
    if node.children and (name is not None or all(not child.children for child in node.children)):
        yield Assignment(name, tuple(statement(child) for child in node.children))
    elif node.children:
        for child in node.children:
            yield from find_assignments(child)
    elif name is not None and node.body:
        yield Assignment(name, tuple(statement(item) for item in body_nodes(node)))
    else:
        yield assignment_in_paragraph(node)


def assignment_in_paragraph(node: Node) -> Assignment:
    """One paragraph that names a unit and says what it does: "Phòng Kinh tế: chủ trì …"."""
    text = node.full_text
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and unit_name(head) is not None:
        return Assignment(unit_name(head), (Statement(node.ref, rest.strip()),))
    verb = DOES.search(text)
    name = unit_name(text[: verb.start()]) if verb else None
    return Assignment(name, (Statement(node.ref, text),))


def statement(node: Node) -> Statement:
    words = [node.full_text, *(statement(child).text for child in node.children)]
    return Statement(node.ref, " ".join(words))


def unit_name(heading: str) -> str | None:
    """The unit that a heading names, without "Đề nghị" or "Giao"; None if it names none or all of them."""
    name = ADDRESS.sub("", heading).strip(" :.;,")
    if len(name) > LONGEST_HEADING // 2 or EVERYONE.match(name) or not UNIT.match(name):
        return None
    return name


def find_aliases(name: str, text: str) -> tuple[str, ...]:
    """The other ways in which the document writes this name: another dash, an abbreviation mistyped."""
    parts = [re.escape(part) for part in HYPHENS.split(name)]
    spelled = re.compile(r"\s?[-–—]\s?".join(parts)) if len(parts) > 1 else None
    found = [match[0] for match in spelled.finditer(text)] if spelled else []
    if re.match(r"UB\w*TTQ", name):
        found += re.findall(r"(?:Ủy|Uỷ) ban MTTQ(?:VN| Việt Nam)?(?: xã| phường)?", text)
    return tuple(dict.fromkeys(spelling for spelling in found if spelling != name))
