"""From marks to a tree: which paragraph belongs under which, as this document numbers them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.marks import Mark, counted_mark, typed_mark

# What usually stands above what. Marks from `LETTERS` on nest as the document shows, those before never do.
USUAL = {"part": 0, "A": 1, "roman": 2, "article": 3, "1": 4, "bold": 5, "2": 6, "3": 7, "4": 8}
LETTERS = 9
LATER = {"a": 9, "1)": 10, "(1)": 11, "(a)": 12, "i": 13}
BULLET = 20
LONGEST_HEADING = 160


class Node(msgspec.Struct, frozen=True):
    """One marked paragraph; `body` has the unmarked ones that follow it, `children` what is under it.

    `topic` is the key of the area that its words name, once the areas are known.
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
        return bool(self.children or self.body) and len(self.text) <= LONGEST_HEADING

    @property
    def names_area(self) -> bool:
        return self.topic is not None and self.is_heading

    @property
    def full_text(self) -> str:
        return " ".join((self.text, *self.body)).strip()


class Draft:
    """A node while its children are still coming."""

    def __init__(self, mark: Mark, text: str, joined: bool) -> None:
        self.mark, self.text, self.joined = mark, text, joined
        self.body: list[str] = []
        self.children: list[Draft] = []


def outline(paragraphs: Sequence[Paragraph]) -> Node:
    """The tree of the marked paragraphs; its root has no text, and the ref of each node is its own."""
    marked = with_marks(paragraphs)
    order = Order([mark for mark, _, _ in marked if mark is not None])
    root = Draft(Mark("root", ""), "", False)
    path = [root]
    for mark, text, paragraph in marked:
        if mark is None:
            path[-1].body.append(text)
            continue
        draft = Draft(mark, text, paragraph.joined)
        climb(path, mark.kind, order)
        path[-1].children.append(draft)
        path.append(draft)
    return frozen(root, (), Counter())


def with_marks(paragraphs: Sequence[Paragraph]) -> list[tuple[Mark | None, str, Paragraph]]:
    found = [(*mark_of(paragraph), paragraph) for paragraph in paragraphs]
    has_numbers = any(mark is not None and mark.kind == "1" for mark, _, _ in found)
    return [
        (mark or heading_mark(paragraph, bold_counts=not has_numbers), text, paragraph)
        for mark, text, paragraph in settled(found)
    ]


def mark_of(paragraph: Paragraph) -> tuple[Mark | None, str]:
    if paragraph.number is not None:
        return counted_mark(paragraph.number, paragraph.level), paragraph.text
    return typed_mark(paragraph.text) or (None, paragraph.text)


def settled(
    found: list[tuple[Mark | None, str, Paragraph]],
) -> list[tuple[Mark | None, str, Paragraph]]:
    """The same, with i), v) and x) read as Roman numbers where the letter before them is missing."""
    before = ""
    result = []
    for mark, text, paragraph in found:
        if mark is not None and mark.kind in ("a", "i"):
            if mark.label in ("i", "v", "x") and before not in ("h", "u", "y"):
                mark = Mark("i", mark.label)
            before = mark.label
        result.append((mark, text, paragraph))
    return result


def heading_mark(paragraph: Paragraph, *, bold_counts: bool) -> Mark | None:
    """A mark for a heading that has none: capitals stand as high as I., II.; bold type as 1., 2."""
    text = paragraph.text
    if len(text) > LONGEST_HEADING or " " not in text or text.endswith((".", ";", ",")):
        return None
    if text.isupper():
        return Mark("roman", "")
    return Mark("bold", "") if paragraph.bold and bold_counts else None


class Order:
    """Which kind of mark stands above which: the usual order; for small marks what the text shows."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._seen = {kind: place for place, kind in enumerate(dict.fromkeys(mark.kind for mark in marks))}
        self._outer = Counter(pair for first in firsts(marks) for pair in combinations(first, 2))

    def above(self, kind: str, other: str) -> bool:
        """Whether a paragraph marked `kind` ends one marked `other`."""
        if min(rank(kind), rank(other)) < LETTERS:
            return rank(kind) < rank(other)
        shown = self._outer[kind, other] - self._outer[other, kind]
        return shown > 0 or (shown == 0 and self._usually(kind) < self._usually(other))

    def _usually(self, kind: str) -> tuple[int, int]:
        return rank(kind), self._seen.get(kind, 0)


def firsts(marks: Iterable[Mark]) -> list[list[str]]:
    """For each stretch between two larger marks, its small marks in the order in which they first appear."""
    stretches: list[dict[str, None]] = [{}]
    for mark in marks:
        if rank(mark.kind) < LETTERS:
            stretches.append({})
        else:
            stretches[-1][mark.kind] = None
    return [list(stretch) for stretch in stretches]


def rank(kind: str) -> int:
    return USUAL.get(kind, LATER.get(kind, LETTERS if kind.startswith("word") else BULLET))


def climb(path: list[Draft], kind: str, order: Order) -> None:
    """Go up from where we are to the node that a mark of this kind belongs under."""
    if any(draft.mark.kind == kind for draft in path):
        while path.pop().mark.kind != kind:
            pass
        return
    while len(path) > 1 and order.above(kind, path[-1].mark.kind):
        path.pop()


def frozen(draft: Draft, above: tuple[str, ...], taken: Counter[str]) -> Node:
    place = ".".join(above)
    ref, repeated = free_ref(place, taken)
    labels = child_labels(draft, above)
    return Node(
        ref=ref,
        kind=draft.mark.kind,
        label=draft.mark.label,
        text=draft.text,
        body=tuple(draft.body),
        children=tuple(
            frozen(child, (*((ref,) if ref else ()), label), taken)
            for child, label in zip(draft.children, labels, strict=True)
        ),
        joined=draft.joined,
        repeated=repeated,
    )


def free_ref(place: str, taken: Counter[str]) -> tuple[str, bool]:
    """The ref, or with a number behind it if the document has used it before; and whether it had."""
    taken[place] += 1
    return (place, False) if taken[place] == 1 else (f"{place}-{taken[place]}", True)


def child_labels(draft: Draft, above: tuple[str, ...]) -> list[str]:
    """What each child is called under its parent: its number without the parent's, or its place there."""
    labels = []
    for place, child in enumerate(draft.children, 1):
        label = child.mark.label.replace(" ", "-")
        prefix = f"{draft.mark.label}."
        labels.append((label.removeprefix(prefix) if above else label) or str(place))
    return labels
