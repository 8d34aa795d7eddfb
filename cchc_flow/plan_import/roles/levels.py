"""Where each line stands in the outline that the marks of the lines give: its depth, parent and siblings."""

from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.structure.marks import Mark
from cchc_flow.plan_import.structure.nesting import MarkOrder, heading_mark, resolve_roman_letters

DEEPEST = 8


class Level(msgspec.Struct, frozen=True):
    """The place of a line in the outline; lines are given by their index, -1 stands for none.

    `depth` counts from 0 for the top. A plain line stands below the marked line before it. `sibling` is the
    line before it under the same `parent`, `rank` how many siblings came before, `children` how many lines
    stand directly below. `kind` is the family of its mark, "" for plain text, "capitals" or "bold" for a
    heading without a mark.
    """

    kind: str
    depth: int
    parent: int
    sibling: int
    rank: int
    children: int = 0


def find_levels(lines: Sequence[Line]) -> tuple[Level, ...]:
    """Return the level of each line; the time is linear in the number of lines."""
    marks = _marks(lines)
    order = MarkOrder([mark for mark in marks if mark is not None])
    path: list[int] = []
    kinds: list[str] = []
    last_child: dict[int, int] = {}
    ranks: dict[int, int] = {}
    found: list[tuple[str, int, int, int, int]] = []
    children = [0] * (len(lines) + 1)
    for index, mark in enumerate(marks):
        if mark is not None:
            _climb(path, kinds, mark.kind, order)
        parent = path[-1] if path else -1
        rank = ranks.get(parent, 0)
        found.append((_kind(lines[index], mark), len(path), parent, last_child.get(parent, -1), rank))
        last_child[parent], ranks[parent] = index, rank + 1
        children[parent] += 1
        if mark is not None:
            path.append(index)
            kinds.append(mark.kind)
    return tuple(
        Level(kind, min(depth, DEEPEST), parent, sibling, rank, children[index])
        for index, (kind, depth, parent, sibling, rank) in enumerate(found)
    )


def _marks(lines: Sequence[Line]) -> list[Mark | None]:
    """Return the mark of each line; capitals alone on a line rank as I., II., as in the outline."""
    marked = [(line.mark, line.text, line.paragraph or Paragraph(line.text)) for line in lines]
    has_numbers = any(line.mark is not None and line.mark.kind == "1" for line in lines)
    return [
        mark or (heading_mark(paragraph, bold_counts=not has_numbers) if line.cells is None else None)
        for line, (mark, _, paragraph) in zip(lines, resolve_roman_letters(marked), strict=True)
    ]


def _kind(line: Line, mark: Mark | None) -> str:
    if mark is None:
        return ""
    return mark.kind if line.mark is not None else "bold" if mark.kind == "bold" else "capitals"


def _climb(path: list[int], kinds: list[str], kind: str, order: MarkOrder) -> None:
    """Shorten the path until it ends at the parent of a line with a mark of this kind."""
    if kind in kinds:
        position = kinds.index(kind)
        del path[position:], kinds[position:]
        return
    while kinds and order.is_above(kind, kinds[-1]):
        path.pop()
        kinds.pop()
