"""Builds the outline of a document: a tree of its lines, nested as their marks and their roles show."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.roles.role import Role, Tagged
from cchc_flow.plan_import.structure.marks import Mark
from cchc_flow.plan_import.structure.nesting import FIXED_RANKS, MarkOrder, rank, resolve_roman_letters
from cchc_flow.plan_import.structure.tagged_lines import ITEMS, STRUCTURE, TaggedLine

FIRST_LABELS = ("1", "a", "I", "i", "A")
PLAIN = Mark("text", "")


class Node(msgspec.Struct, frozen=True):
    """One line of the body: `body` are the lines that continue its text, `children` the nodes under it.

    `ref` is its reference in the plan ("III.2.a"), unique in the outline; `repeated` says that another node
    has the same numbers. `joined` says that the paragraph was joined across an empty line. `attributes` are
    the lines that say who leads it, until when …; they have no `ref`. `lines` are the indexes of the lines
    that its text comes from.
    """

    ref: str
    kind: str
    label: str
    text: str
    body: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    joined: bool = False
    repeated: bool = False
    role: Role = "other"
    section: Role = "other"
    attributes: tuple["Node", ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def full_text(self) -> str:
        """The paragraph's text with that of its body."""
        return " ".join((self.text, *self.body)).strip()


class OpenNode:
    """A node of the outline while its body and children are still being read."""

    def __init__(self, mark: Mark, line: TaggedLine | None = None) -> None:
        self.mark = mark
        self.line = line
        self.tag = line.tag if line else Tagged("heading", "other")
        self.body: list[TaggedLine] = []
        self.children: list[OpenNode] = []
        self.attributes: list[OpenNode] = []

    @property
    def role(self) -> Role:
        return self.tag.role

    @property
    def is_unmarked(self) -> bool:
        """Whether it is a heading without a number."""
        return not self.mark.label and self.role in STRUCTURE


def build_outline(lines: Sequence[TaggedLine]) -> Node:
    """Return the root of the outline of a body; it has neither text nor mark."""
    marks = outline_marks(lines)
    order = MarkOrder([mark for mark in marks if mark is not None])
    root = OpenNode(Mark("root", ""))
    path = [root]
    for line, mark in zip(lines, marks, strict=True):
        if mark is None:
            add_plain_line(path, line)
            continue
        node = OpenNode(mark, line)
        climb_to_parent(path, node, order)
        path[-1].children.append(node)
        path.append(node)
    return build_node(root, (), Counter())


def outline_marks(lines: Sequence[TaggedLine]) -> list[Mark | None]:
    """Return the mark of each line; a heading without a number ranks as I. in capitals, else below 1."""
    marked = [(line.line.mark, line.text, line.paragraph) for line in lines]
    return [
        mark if mark is not None else unnumbered_mark(line)
        for line, (mark, _, _) in zip(lines, resolve_roman_letters(marked), strict=True)
    ]


def unnumbered_mark(line: TaggedLine) -> Mark | None:
    """Return where a heading without a number ranks; None for other lines."""
    if line.role not in STRUCTURE:
        return None
    return Mark("roman", "") if line.role == "heading" and line.text.isupper() else Mark("bold", "")


def add_plain_line(path: Sequence[OpenNode], line: TaggedLine) -> None:
    """Add a line without a mark: to the text of the item above that has its role, else as a node of its own.

    Such a node stands below the last heading, an attribute below the last node of all.
    """
    above = next(node for node in reversed(path) if node.role != "attribute")
    if above.role in ITEMS and above.role == line.role:
        above.body.append(line)
    elif line.role == "attribute":
        above.children.append(OpenNode(PLAIN, line))
    else:
        heading = next(node for node in reversed(path) if node.role not in (*ITEMS, "attribute"))
        heading.children.append(OpenNode(PLAIN, line))


def climb_to_parent(path: list[OpenNode], node: OpenNode, order: MarkOrder) -> None:
    """Shorten the path from the root until it ends at the parent of a node."""
    kind = node.mark.kind
    alike = find_alike(path, node)
    if alike is not None:
        del path[alike + 1 if begins_inside(path[alike], node) else alike :]
    else:
        while len(path) > 1 and order.is_above(kind, path[-1].mark.kind) and not is_held(path[-1], node):
            path.pop()
    if node.role in STRUCTURE:
        while len(path) > 1 and (is_no_place_for(path[-1], node) or is_of_another_section(path[-1], node)):
            path.pop()


def find_alike(path: Sequence[OpenNode], node: OpenNode) -> int | None:
    """Return the index of a node in the path with a mark of the same kind: of several the first that heads.

    An item goes on with the last of them.
    """
    alike = [place for place, other in enumerate(path) if other.mark.kind == node.mark.kind]
    if not alike:
        return None
    return alike[0] if node.role in STRUCTURE else alike[-1]


def begins_inside(above: OpenNode, node: OpenNode) -> bool:
    """Return whether a list with marks of the same kind as those of its heading begins at this node."""
    restarts = node.mark.label in FIRST_LABELS or node.mark.is_bullet
    return above.role in ("area", "unit") and node.role in (*ITEMS, "attribute") and restarts


def is_no_place_for(above: OpenNode, node: OpenNode) -> bool:
    """Return whether a heading cannot stand below an item: only a numbered one of its section can."""
    fits = node.role == "heading" and bool(node.mark.label) and node.tag.section == above.tag.section
    return above.role in ITEMS and not fits


def is_held(above: OpenNode, node: OpenNode) -> bool:
    """Return whether a heading without a number goes on at this node, whatever the node's mark."""
    return above.is_unmarked and node.role not in STRUCTURE and rank(node.mark.kind) >= FIXED_RANKS["1"]


def is_of_another_section(above: OpenNode, node: OpenNode) -> bool:
    """Return whether a heading without a number cannot stand below this one, which heads another section."""
    sections = (above.tag.section, node.tag.section)
    return node.is_unmarked and "other" not in sections and sections[0] != sections[1]


def settle_attributes(parent: OpenNode) -> None:
    """Take the attribute lines out of the children of a node and give each to the task that it belongs to."""
    children: list[OpenNode] = []
    attributes = [child for child in parent.children if child.role == "attribute"]
    is_last_block = parent.children[len(parent.children) - len(attributes) :] == attributes
    for child in parent.children:
        if child.role != "attribute":
            children.append(child)
        elif belongs_to_parent(parent, children, child, is_last_block=is_last_block):
            parent.attributes.append(child)
        else:
            children[-1].attributes.append(child)
    parent.children = children


def belongs_to_parent(
    parent: OpenNode, before: Sequence[OpenNode], attribute: OpenNode, *, is_last_block: bool
) -> bool:
    """Return whether an attribute is one of the parent, not of the child before it.

    Of a task with several subtasks it is the task's own if all such lines stand behind the last subtask.
    """
    if not before or before[-1].role not in ("task", "area"):
        return True
    if parent.role != "task":
        return False
    return is_last_block and (len(before) > 1 or before[-1].mark.kind != attribute.mark.kind)


def build_node(open_node: OpenNode, path: tuple[str, ...], uses: Counter[str]) -> Node:
    """Return the finished node with all nodes below it; `path` are the parent's ref and its own label.

    `uses` counts how often each ref was given so far.
    """
    settle_attributes(open_node)
    ref, repeated = unique_ref(".".join(path), uses)
    labels = child_labels(open_node, path)
    children = tuple(
        build_node(child, (*((ref,) if ref else ()), label), uses)
        for child, label in zip(open_node.children, labels, strict=True)
    )
    return finished_node(open_node, ref, children, repeated=repeated)


def finished_node(open_node: OpenNode, ref: str, children: tuple[Node, ...], *, repeated: bool) -> Node:
    """Return a node with these children and its own attributes."""
    lines = [*([open_node.line] if open_node.line else []), *open_node.body]
    return Node(
        ref=ref,
        kind=open_node.mark.kind,
        label=open_node.mark.label,
        text=open_node.line.text if open_node.line else "",
        body=tuple(line.text for line in open_node.body),
        children=children,
        joined=any(line.paragraph.joined for line in lines),
        repeated=repeated,
        role=open_node.tag.role,
        section=open_node.tag.section,
        attributes=tuple(build_attribute(attribute) for attribute in open_node.attributes),
        lines=tuple(line.index for line in lines),
    )


def build_attribute(open_node: OpenNode) -> Node:
    """Return an attribute line with what stands below it, without references."""
    below = (*open_node.children, *open_node.attributes)
    return finished_node(open_node, "", tuple(build_attribute(child) for child in below), repeated=False)


def unique_ref(ref: str, uses: Counter[str]) -> tuple[str, bool]:
    """Return the ref, with a number behind it if it was used before ("III.2-2"), and whether it was."""
    uses[ref] += 1
    return (ref, False) if uses[ref] == 1 else (f"{ref}-{uses[ref]}", True)


def child_labels(parent: OpenNode, path: tuple[str, ...]) -> list[str]:
    """Return each child's label under its parent: its number without the parent's, or its position."""
    labels = []
    for position, child in enumerate(parent.children, 1):
        label = child.mark.label.replace(" ", "-")
        prefix = f"{parent.mark.label}."
        labels.append((label.removeprefix(prefix) if path else label) or str(position))
    return labels
