"""Classifies the sections of the outline by their headings: objectives, targets, tasks, assignments …"""

import re
from collections.abc import Iterator

import msgspec

from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.structure.outline import LONGEST_HEADING, Node

ROLE_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
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
    """The outline nodes that hold each part of a plan, in document order."""

    objectives: tuple[Node, ...] = ()
    requirements: tuple[Node, ...] = ()
    targets: tuple[Node, ...] = ()
    tasks: tuple[Node, ...] = ()
    funding: tuple[Node, ...] = ()
    assignments: tuple[Node, ...] = ()
    others: tuple[Node, ...] = ()


def find_sections(root: Node) -> Sections:
    """Return the sections of the outline by role; one whose heading says no role is in `others`."""
    by_role: dict[str, list[Node]] = {}
    for section in root.children:
        for role, node in classify_section(section):
            by_role.setdefault(role, []).append(node)
    return Sections(**{role: tuple(nodes) for role, nodes in by_role.items()})


def classify_section(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield (role, node) for a section, or for each subsection if it combines several roles."""
    roles = heading_roles(node)
    if roles and (roles[0] in OWN_SECTION or roles == ["tasks"]):
        yield roles[0], node
    elif any(heading_roles(child) for child in node.children) and not node.names_area:
        for child in node.children:
            yield from classify_child(child, roles[0] if roles else "others")
    else:
        yield (roles[0] if roles else "others"), node


def classify_child(child: Node, parent_role: str) -> Iterator[tuple[str, Node]]:
    """Yield (role, node) for a subsection; one whose heading says no role has that of its parent."""
    if heading_roles(child) in (["objectives"], ["tasks"]) or not heading_roles(child):
        yield (heading_roles(child) or [parent_role])[0], child
    else:
        yield from classify_section(child)


def heading_roles(node: Node) -> list[str]:
    """Return the roles that the words of a heading allow, the most certain first; none for other nodes."""
    if not node.is_heading:
        return []
    return [role for role, pattern in ROLE_PATTERNS if pattern.search(node.text)]


def statement_nodes(node: Node) -> list[Node]:
    """Return the statements of a section: its leaves, and the parents that are long and state a measure."""
    if not node.children:
        return [node] if node.text and not node.body else body_nodes(node)
    below = [
        item for child in node.children for item in (statement_nodes(child) if child.children else [child])
    ]
    return [node, *below] if len(node.text) > LONGEST_HEADING and measures(node.text) else below


def body_nodes(node: Node) -> list[Node]:
    """Return the unmarked paragraphs under a heading as nodes of their own, numbered from 1."""
    return [
        Node(ref=f"{node.ref}.{number}", kind="text", label=str(number), text=text)
        for number, text in enumerate(node.body, 1)
    ]
