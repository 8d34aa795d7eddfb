"""Builds the outline of a document: a tree of its marked paragraphs, nested as their marks show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.marks import Mark, automatic_mark, parse_mark

# The lower rank stands above the higher. From FIRST_FLEXIBLE_RANK on the document itself decides.
FIXED_RANKS = {"part": 0, "A": 1, "roman": 2, "article": 3, "1": 4, "bold": 5, "2": 6, "3": 7, "4": 8}
FIRST_FLEXIBLE_RANK = 9
USUAL_RANKS = {"a": 9, "1)": 10, "(1)": 11, "(a)": 12, "i": 13}
BULLET_RANK = 20
LONGEST_HEADING = 160

MarkedParagraph = tuple[Mark | None, str, Paragraph]
"""A paragraph's mark (None for plain text), its text without the mark, and the paragraph itself."""


class Node(msgspec.Struct, frozen=True):
    """One marked paragraph: `body` are the unmarked paragraphs that follow it, `children` the nodes under it.

    `ref` is its reference in the plan ("III.2.a"), unique in the outline; `repeated` says that another node
    has the same numbers. `joined` says that the paragraph was joined across an empty line. `topic` is the key
    of the plugin area that its text names, set by `assign_topics`.
    """

    ref: str
    kind: str
    label: str
    text: str
    body: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    joined: bool = False
    repeated: bool = False
    topic: str | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is short, and something stands under it."""
        return bool(self.children or self.body) and len(self.text) <= LONGEST_HEADING

    @property
    def names_area(self) -> bool:
        """Whether it is a heading that names a reform area."""
        return self.topic is not None and self.is_heading

    @property
    def full_text(self) -> str:
        """The paragraph's text with that of its body."""
        return " ".join((self.text, *self.body)).strip()


class OpenNode:
    """A node of the outline while its body and children are still being read."""

    def __init__(self, mark: Mark, text: str, joined: bool) -> None:
        self.mark, self.text, self.joined = mark, text, joined
        self.body: list[str] = []
        self.children: list[OpenNode] = []


def build_outline(paragraphs: Sequence[Paragraph]) -> Node:
    """Return the root of the outline; it has no text, and its body is what stands before the first mark."""
    marked_paragraphs = mark_paragraphs(paragraphs)
    order = MarkOrder([mark for mark, _, _ in marked_paragraphs if mark is not None])
    root = OpenNode(Mark("root", ""), "", False)
    path = [root]
    for mark, text, paragraph in marked_paragraphs:
        if mark is None:
            path[-1].body.append(text)
            continue
        node = OpenNode(mark, text, paragraph.joined)
        climb_to_parent(path, mark.kind, order)
        path[-1].children.append(node)
        path.append(node)
    return build_node(root, (), Counter())


def mark_paragraphs(paragraphs: Sequence[Paragraph]) -> list[MarkedParagraph]:
    """Return each paragraph with its mark (None for plain text) and the text behind the mark."""
    marked_paragraphs = [(*mark_of(paragraph), paragraph) for paragraph in paragraphs]
    has_numbers = any(mark is not None and mark.kind == "1" for mark, _, _ in marked_paragraphs)
    return [
        (mark or heading_mark(paragraph, bold_counts=not has_numbers), text, paragraph)
        for mark, text, paragraph in resolve_roman_letters(marked_paragraphs)
    ]


def mark_of(paragraph: Paragraph) -> tuple[Mark | None, str]:
    """Return the paragraph's mark, printed by Word or typed, and its text without the mark."""
    if paragraph.number is not None:
        return automatic_mark(paragraph.number, paragraph.level), paragraph.text
    return parse_mark(paragraph.text) or (None, paragraph.text)


def resolve_roman_letters(
    marked_paragraphs: list[MarkedParagraph],
) -> list[MarkedParagraph]:
    """Return the same list, where i), v) and x) are Roman numbers unless they follow h), u) or y)."""
    previous_label = ""
    resolved: list[MarkedParagraph] = []
    for mark, text, paragraph in marked_paragraphs:
        if mark is not None and mark.kind in ("a", "i"):
            if mark.label in ("i", "v", "x") and previous_label not in ("h", "u", "y"):
                mark = Mark("i", mark.label)
            previous_label = mark.label
        resolved.append((mark, text, paragraph))
    return resolved


def heading_mark(paragraph: Paragraph, *, bold_counts: bool) -> Mark | None:
    """Return a mark for an unmarked heading: capitals rank as I., II., bold type as 1., 2.; else None."""
    text = paragraph.text
    if len(text) > LONGEST_HEADING or " " not in text or text.endswith((".", ";", ",")):
        return None
    if text.isupper():
        return Mark("roman", "")
    return Mark("bold", "") if paragraph.bold and bold_counts else None


class MarkOrder:
    """The order in which kinds of marks nest: fixed for large marks, as the document shows for small ones."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        kinds = dict.fromkeys(mark.kind for mark in marks)
        self._first_seen = {kind: position for position, kind in enumerate(kinds)}
        self._precedes = Counter(
            pair for kinds in first_appearances(marks) for pair in combinations(kinds, 2)
        )

    def is_above(self, kind: str, other: str) -> bool:
        """Return whether a paragraph marked `kind` stands above, and so ends, one marked `other`."""
        if min(rank(kind), rank(other)) < FIRST_FLEXIBLE_RANK:
            return rank(kind) < rank(other)
        majority = self._precedes[kind, other] - self._precedes[other, kind]
        return majority > 0 or (majority == 0 and self._usual_rank(kind) < self._usual_rank(other))

    def _usual_rank(self, kind: str) -> tuple[int, int]:
        """Return the rank of a kind; kinds of equal rank nest in the order of their first appearance."""
        return rank(kind), self._first_seen.get(kind, 0)


def first_appearances(marks: Iterable[Mark]) -> list[list[str]]:
    """Return the kinds of small marks between each two large ones, in order of first appearance."""
    stretches: list[dict[str, None]] = [{}]
    for mark in marks:
        if rank(mark.kind) < FIRST_FLEXIBLE_RANK:
            stretches.append({})
        else:
            stretches[-1][mark.kind] = None
    return [list(stretch) for stretch in stretches]


def rank(kind: str) -> int:
    """Return where a kind of mark usually nests: the lower the number, the higher up."""
    return FIXED_RANKS.get(
        kind, USUAL_RANKS.get(kind, FIRST_FLEXIBLE_RANK if kind.startswith("word") else BULLET_RANK)
    )


def climb_to_parent(path: list[OpenNode], kind: str, order: MarkOrder) -> None:
    """Shorten the path from the root until it ends at the parent of a node with a mark of this kind."""
    if any(node.mark.kind == kind for node in path):
        while path.pop().mark.kind != kind:
            pass
        return
    while len(path) > 1 and order.is_above(kind, path[-1].mark.kind):
        path.pop()


def build_node(open_node: OpenNode, path: tuple[str, ...], uses: Counter[str]) -> Node:
    """Return the finished node with all nodes below it; `path` are the parent's ref and its own label.

    `uses` counts how often each ref was given so far.
    """
    ref, repeated = unique_ref(".".join(path), uses)
    labels = child_labels(open_node, path)
    return Node(
        ref=ref,
        kind=open_node.mark.kind,
        label=open_node.mark.label,
        text=open_node.text,
        body=tuple(open_node.body),
        children=tuple(
            build_node(child, (*((ref,) if ref else ()), label), uses)
            for child, label in zip(open_node.children, labels, strict=True)
        ),
        joined=open_node.joined,
        repeated=repeated,
    )


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
