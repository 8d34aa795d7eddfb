"""How the marks of a document nest: which kind of mark stands above which."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.marks import Mark

# The lower rank stands above the higher. From FIRST_FLEXIBLE_RANK on the document itself decides.
FIXED_RANKS = {"part": 0, "A": 1, "roman": 2, "article": 3, "1": 4, "bold": 5, "2": 6, "3": 7, "4": 8}
FIRST_FLEXIBLE_RANK = 9
USUAL_RANKS = {"a": 9, "1)": 10, "(1)": 11, "(a)": 12, "i": 13}
BULLET_RANK = 20
LONGEST_HEADING = 160

MarkedParagraph = tuple[Mark | None, str, Paragraph]
"""A paragraph's mark (None for plain text), its text without the mark, and the paragraph itself."""


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
    is_flexible = kind == "word" or kind.startswith("automatic")
    return FIXED_RANKS.get(kind, USUAL_RANKS.get(kind, FIRST_FLEXIBLE_RANK if is_flexible else BULLET_RANK))
