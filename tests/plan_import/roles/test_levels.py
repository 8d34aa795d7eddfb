"""The place of each line in the outline: its depth, its parent and the line before it beside it."""

from cchc_flow.plan_import.roles.levels import find_levels
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.structure.marks import parse_mark


def lines_of(*texts: str) -> list[Line]:
    marked = [parse_mark(text) or (None, text) for text in texts]
    return [Line(place, text, mark) for place, (mark, text) in enumerate(marked, 1)]


def test_a_plain_line_stands_below_the_marked_line_before_it() -> None:
    levels = find_levels(
        lines_of("I. NHIỆM VỤ", "1. Thể chế", "- Soát văn bản.", "Việc này làm trước.", "2. Thủ tục")
    )
    assert [(level.depth, level.parent) for level in levels] == [(0, -1), (1, 0), (2, 1), (3, 2), (1, 0)]
    assert levels[4].sibling == 1 and levels[4].rank == 1
    assert [level.children for level in levels] == [2, 1, 1, 0, 0]


def test_capitals_without_a_mark_head_like_roman_numbers() -> None:
    levels = find_levels(lines_of("NHIỆM VỤ", "1. Thể chế", "KINH PHÍ"))
    assert [(level.kind, level.depth) for level in levels] == [("capitals", 0), ("1", 1), ("capitals", 0)]


def test_no_lines_have_no_levels() -> None:
    assert find_levels([]) == ()
