"""Extracts the assignments of a plan: the units that it names with what each has to do, and those for all."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cchc_flow.plan_import.extraction.sections import PlacedNode, whole_text
from cchc_flow.plan_import.proposal import Statement, Unit
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.unit_words import KINDS, NO_UNIT
from cchc_flow.projections.search import search_key

ADDRESS = re.compile(
    r"^(?:(?:Đề nghị|Giao(?: cho)?|Yêu cầu|Đối với|Kính đề nghị|Trách nhiệm(?: chung)? của)\b\s*:?\s*)+",
    re.IGNORECASE,
)
UNIT_WORDS = (
    rf"{KINDS}|Bộ|Cục|Viện|Kho bạc|Bưu điện|Đồn|Hạt|Ngân hàng|Hiệu trưởng|Trưởng|Giám đốc|Chánh"
    r"|Các (?:[Ss]ở|tổ chức|doanh nghiệp|trường|thôn|trạm|hội|đoàn thể)"
)
UNIT = re.compile(rf"{NO_UNIT}(?:{UNIT_WORDS})\b")
EVERYONE = re.compile(
    r"(?:(?:đồng chí )?lãnh đạo |thủ trưởng |người đứng đầu |trưởng |tất cả )*"
    r"(?:các (?:phòng|cơ quan|đơn vị|ban|ngành)(?=\s*(?:[,;.]|$|:\s*$|và\b|chuyên môn|thuộc|trực thuộc"
    r"|(?:có )?liên quan|trên địa bàn|của xã|xã\b|phường\b|được\b|ở xã))|phòng chuyên môn\b"
    r"|cơ quan, đơn vị\b)",
    re.IGNORECASE,
)
DOES = re.compile(
    r"[,:]?\s+(?=(?:chủ trì|chủ động|tham mưu|phối hợp|có trách nhiệm|chịu trách nhiệm|thực hiện|theo dõi"
    r"|hướng dẫn|tổ chức thực hiện|triển khai|rà soát|tổng hợp|giám sát|đôn đốc|kiểm tra|tuyên truyền"
    r"|tham gia|định kỳ|phân công|ban hành|trình|bố trí|cân đối|(?:là|làm) đầu mối"
    r"|làm|là cơ quan|căn cứ|tiếp tục|tăng cường|thường xuyên|quan tâm"
    r"|đẩy mạnh"
    r"|xây dựng|báo cáo|gửi|cử|đề xuất|bảo đảm|đảm bảo|lồng ghép|phổ biến|vận động|quán triệt)\b)"
)
# «Viết lại trang tin. Lưu» holds a sentence; «P. Kinh tế» is a name.
SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.;!?]\s")
NO_SUBJECT = re.compile(
    r"(?:Trong|Trên|Căn cứ|Định kỳ|Khi|Nếu|Hằng|Hàng|Từ|Để|Theo|Sau|Trước|Trường hợp|Nội dung|Kế hoạch"
    r"|Kinh phí|Việc|Quá trình|Thời|Địa điểm|Chế độ|Kết thúc|Nguồn|Những|Mọi|Mỗi|Qua|Đối với|Công tác"
    r"|Chỉ tiêu)\b"
)
HAS_TO = re.compile(r"[,:\s]*(?:có|chịu) trách nhiệm.*$|[,:\s]+thực hiện các nhiệm vụ sau.*$", re.IGNORECASE)
MOST_UNITS = 60
LONGEST_NAME = 160
HYPHENS = re.compile(r"\s*[-–—]\s*")
COMMUNE = re.compile(
    r" (?:(?<!tac )xa(?! hoi\b)|(?<!dia )phuong|dac khu)(?: (?!va |va$|cac )[a-z]+(?: [a-z]+){0,2})?$"
)
WORD = re.compile(r"\w+")
NAME_ENDS = " :.;,"


class Assignment(msgspec.Struct, frozen=True):
    """What one heading or paragraph assigns to the unit `name`, or to all units if `name` is None.

    `ref` is that of the heading, "" if the unit is named in the paragraph itself.
    """

    name: str | None
    statements: tuple[Statement, ...]
    ref: str = ""


class Duties(msgspec.Struct, frozen=True):
    """All assignments of a plan: those of each unit, and the general ones for all units."""

    units: tuple[Unit, ...]
    general: tuple[Statement, ...]


def extract_duties(nodes: Iterable[PlacedNode], in_tables: Sequence[Assignment], text: str) -> Duties:
    """Return the assignments in an outline and in tables; other spellings of units are searched in `text`."""
    placed = [one for one in nodes if one.node.role in ("unit", "duty")]
    named = {
        unit_key(name) for one in placed if one.node.role == "unit" and (name := unit_name(one.node.text))
    }
    by_unit: dict[str, list[Assignment]] = {}
    general: list[Statement] = []
    for assignment in (*find_assignments(placed, named), *in_tables):
        if assignment.name is None:
            general.extend(assignment.statements)
        else:
            by_unit.setdefault(unit_key(assignment.name), []).append(assignment)
    return Duties(tuple(build_units(list(by_unit.values()), text)), tuple(general))


def build_units(units: Sequence[Sequence[Assignment]], text: str) -> Iterator[Unit]:
    """Yield each unit with all that is assigned to it, under the name that it is given first."""
    for number, assignments in enumerate(units):
        names = [assignment.name for assignment in assignments if assignment.name]
        others = [name for name in names[1:] if name != names[0]]
        aliases = find_aliases(names[0], text) if number < MOST_UNITS else ()
        yield Unit(
            name=names[0],
            aliases=tuple(dict.fromkeys((*aliases, *others))),
            assignments=tuple(part for assignment in assignments for part in assignment.statements),
            ref=next((assignment.ref for assignment in assignments if assignment.ref), ""),
        )


def find_assignments(placed: Iterable[PlacedNode], named: set[str]) -> Iterator[Assignment]:
    """Yield what each heading and each paragraph outside of them assigns; `named` units have headings."""
    for one in placed:
        holder = one.nearest("duty", "unit", "heading", "area")
        if one.node.role == "unit" or heads_duties(one.node):
            if duties := tuple(duties_below(one.node)):
                yield Assignment(unit_name(one.node.text), duties, one.node.ref)
            elif not one.node.children:
                yield assignment_in_paragraph(one.node, named)
        elif holder is None or holder.role not in ("unit", "duty"):
            yield assignment_in_paragraph(one.node, named)


def heads_duties(node: Node) -> bool:
    """Return whether a paragraph only leads to the duties below it."""
    leads = node.text.endswith(":") or len(node.text) <= LONGEST_HEADING // 2
    return leads and any(child.role == "duty" for child in node.children)


def duties_below(node: Node) -> Iterator[Statement]:
    """Yield the duties below a heading, each with the texts of what stands below it."""
    for child in node.children:
        if child.role == "duty":
            yield Statement(child.ref, whole_text(child))
        elif child.role == "heading":
            yield from duties_below(child)


def assignment_in_paragraph(node: Node, named: set[str]) -> Assignment:
    """Return what a single paragraph assigns: "Phòng Kinh tế: chủ trì …", or to all if it names no unit."""
    text = whole_text(node)
    head, colon, rest = text.partition(":")
    name = unit_name(head)
    if colon and rest.strip() and name and len(name) <= LONGEST_HEADING // 2 and is_subject(name):
        return Assignment(name, (Statement(node.ref, rest.strip()),))
    verb = DOES.search(text)
    subject = text[: verb.start()] if verb else ""
    name = unit_name(subject) if names_unit(subject, named) else None
    return Assignment(name, (Statement(node.ref, text),))


def is_subject(words: str) -> bool:
    """Return whether words before a duty may be who has it: a name of some words, no clause or label."""
    is_name = " " in words and words[0].isupper() and "," not in words[-1:]
    return is_name and not NO_SUBJECT.match(words) and not SENTENCE_INSIDE.search(words)


def names_unit(subject: str, named: set[str]) -> bool:
    """Return whether the beginning of a sentence names a unit.

    It is asked to act («Đề nghị …», «Giao …»), has a heading elsewhere, or begins as units' names do.
    """
    name = unit_name(subject)
    if name is None or not is_subject(name):
        return False
    if ADDRESS.match(subject):
        return True
    is_name = UNIT.match(name) is not None or unit_key(name) in named
    return is_name and len(name) <= LONGEST_HEADING // 2


def unit_name(heading: str) -> str | None:
    """Return the unit that a heading names, without "Đề nghị" or "Giao"; None if it names none, or all."""
    name = HAS_TO.sub("", ADDRESS.sub("", heading.strip())).strip(NAME_ENDS)
    if (
        not name
        or len(name) > LONGEST_NAME
        or EVERYONE.match(name)
        or DOES.match(f" {name[0].lower()}{name[1:]}")
    ):
        return None
    return name


def unit_key(name: str) -> str:
    """Return what all spellings of a unit's name have in common: its words, without the commune's name."""
    key = " ".join(WORD.findall(search_key(name)))
    return COMMUNE.sub("", key) or key


def find_aliases(name: str, text: str) -> tuple[str, ...]:
    """Return the text's other spellings of a unit's name: with another dash, or the Front's in full."""
    parts = [re.escape(part) for part in HYPHENS.split(name)]
    pattern = re.compile(r"\s?[-–—]\s?".join(parts)) if len(parts) > 1 else None
    spellings = [match[0] for match in pattern.finditer(text)] if pattern else []
    if re.match(r"UB\w*TTQ", name):
        spellings += re.findall(r"(?:Ủy|Uỷ) ban MTTQ(?:VN| Việt Nam)?(?: xã| phường)?", text)
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling != name))
