"""Which part of the outline is which, by the meaning of its heading: goals, targets, tasks, assignments."""

import re
from collections.abc import Iterator

import msgspec

from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.structure.outline import LONGEST_HEADING, Node

MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for role, words in (
        (
            "assignments",
            r"tổ chức (?:triển khai )?thực hiện|phân công (?:nhiệm vụ|trách nhiệm|thực hiện)"
            r"|trách nhiệm thực hiện",
        ),
        ("funding", r"kinh phí|nguồn lực thực hiện"),
        ("targets", r"(?:các )?chỉ tiêu|mục tiêu cụ thể"),
        ("objectives", r"mục tiêu|mục đích"),
        ("requirements", r"yêu cầu"),
        ("tasks", r"nhiệm vụ|nội dung|giải pháp"),
    )
)
OWN_SECTION = ("assignments", "funding")


class Sections(msgspec.Struct, frozen=True):
    """The parts of a plan: each a list of outline nodes, in the order of the document."""

    objectives: tuple[Node, ...] = ()
    requirements: tuple[Node, ...] = ()
    targets: tuple[Node, ...] = ()
    tasks: tuple[Node, ...] = ()
    funding: tuple[Node, ...] = ()
    assignments: tuple[Node, ...] = ()
    others: tuple[Node, ...] = ()


def find_sections(root: Node) -> Sections:
    """The parts of the outline; what no heading names by its meaning is in `others`."""
    found: dict[str, list[Node]] = {}
    for node in root.children:
        for role, part in classify_section(node):
            found.setdefault(role, []).append(part)
    return Sections(**{role: tuple(nodes) for role, nodes in found.items()})


def classify_section(node: Node) -> Iterator[tuple[str, Node]]:
    """(role, node) for a section, or for the parts of a section that holds several."""
    roles = heading_roles(node)
    if roles and (roles[0] in OWN_SECTION or roles == ["tasks"]):
        yield roles[0], node
    elif any(heading_roles(child) for child in node.children) and not node.names_area:
        for child in node.children:
            yield from classify_child(child, roles[0] if roles else "others")
    else:
        yield (roles[0] if roles else "others"), node


def classify_child(child: Node, otherwise: str) -> Iterator[tuple[str, Node]]:
    if heading_roles(child) in (["objectives"], ["tasks"]) or not heading_roles(child):
        yield (heading_roles(child) or [otherwise])[0], child
    else:
        yield from classify_section(child)


def heading_roles(node: Node) -> list[str]:
    """What a heading may be by its words, the surest first; nothing for a node that heads nothing."""
    if not node.is_heading:
        return []
    return [role for role, words in MEANINGS if words.search(node.text)]


def statement_nodes(node: Node) -> list[Node]:
    """The statements under a section: its leaves, and whatever heads others but states a figure itself."""
    if not node.children:
        return [node] if node.text and not node.body else body_nodes(node)
    below = [
        item for child in node.children for item in (statement_nodes(child) if child.children else [child])
    ]
    return [node, *below] if len(node.text) > LONGEST_HEADING and measures(node.text) else below


def body_nodes(node: Node) -> list[Node]:
    """The unmarked paragraphs under a heading as nodes of their own."""
    return [
        Node(ref=f"{node.ref}.{place}", kind="text", label=str(place), text=text)
        for place, text in enumerate(node.body, 1)
    ]
