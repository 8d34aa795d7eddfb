"""Puts the lines of a page into reading order: what stands side by side is read block by block."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.page import Frame, Line, Page, Word
from cchc_flow.plan_import.readers.pdf.segments import Row, line_of

TITLE = re.compile("KẾ HOẠCH|QUYẾT ĐỊNH|BÁO CÁO|CHƯƠNG TRÌNH|PHƯƠNG ÁN|THÔNG BÁO|CHỈ THỊ|TỜ TRÌNH|HƯỚNG DẪN")
GUTTER = 6.0
"""How far apart two columns are at least, in points."""
OVERLAP = 0.85
"""In parts of the letters' size: rows nearer than this stand beside each other, if they stand apart."""
CENTRED, FAR_BELOW = 8.0, 1.5
MANY_ROWS, FEW_FULL = 8, 3
JUSTIFIED, NEARLY, USUAL_MARGIN = 1.5, 36.0, 57.0
"""In points: ends of justified lines, of lines that are not, and the margin of a page on the right."""
MOST_OUTSIDE = 2
"""How many lines may go beyond the margin, as a letterhead does."""
SIDE_BY_SIDE = re.compile(
    r"(?:CỘNG (?:HÒA|HOÀ|HÓA) XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN|Nơi nhận|NƠI NHẬN|(?:TM|KT|TL|TUQ|Q)\."
    r"|(?:PHÓ )?CHỦ TỊCH|CHÁNH|TRƯỞNG|GIÁM ĐỐC|BÍ THƯ)"
)
"""How what stands beside something else begins in official documents: its head, recipients, signature."""


def order_lines(rows: Sequence[Row], page: Page, before: Frame | None) -> list[Line]:
    """Return the lines of a page in reading order; `before` is the frame of the page before."""
    if not rows:
        return []
    frame = find_frame(rows, page, before)
    lines: list[Line] = []
    start = 0
    while start < len(rows):
        end, gutter = find_block(rows, start, frame)
        if gutter is None:
            lines.append(line_of([word for group in rows[start] for word in group], page.number, frame))
        else:
            lines += block_lines(rows[start:end], gutter, page.number)
        start = end
    return lines


def find_frame(rows: Sequence[Row], page: Page, before: Frame | None) -> Frame:
    """Return where full lines begin and end on a page; a page of short lines is as wide as the one before."""
    lefts = sorted(row[0][0].left for row in rows)
    left = steady(lefts) or lefts[0]
    right = find_right([row[-1][-1].right for row in rows], page, left)
    if before is not None and abs(before.left - left) < 90 and right <= before.right + 3:
        left, right = min(left, before.left), max(right, before.right)
    return Frame(left, max(right, left + 1))


def find_right(places: Sequence[float], page: Page, left: float) -> float:
    """Return where full lines end: where several do at once, or else where several nearly do.

    Where no line looks full, the margin on the right is as wide as that on the left, or as is usual.
    """
    rights = sorted(places, reverse=True)
    triples = zip(rights, rights[2:], strict=False)
    together = next((place for place, (one, other) in enumerate(triples) if one - other < JUSTIFIED), None)
    if together is not None and together <= MOST_OUTSIDE:
        return rights[together]
    if len(rights) >= MANY_ROWS and rights[FEW_FULL] > rights[0] - NEARLY:
        return rights[0]
    return max(rights[0], page.left + page.width - min(left - page.left, USUAL_MARGIN))


def steady(places: Sequence[float]) -> float | None:
    """Return the outermost place that another one confirms; None if there is none."""
    return next((one for one, other in pairwise(places) if abs(one - other) < 3), None)


def find_block(rows: Sequence[Row], start: int, frame: Frame) -> tuple[int, float | None]:
    """Return the end of the block of two columns that begins at a row, and the middle of its gutter.

    Where none begins, the end is that of the row and there is no gutter.
    """
    gutter = first_gutter(rows, start)
    if gutter is None:
        return start + 1, None
    low, high = gutter
    end = start
    while end < len(rows):
        narrowed = narrow(rows[end], low, high)
        if narrowed is None or (end > start and is_below_head(rows[end - 1], rows[end], frame)):
            break
        low, high = narrowed
        end += 1
    block = rows[start:end]
    if not any(SIDE_BY_SIDE.match(group_text(group)) for row in block for group in row):
        return start + 1, None
    return end, (low + high) / 2


def first_gutter(rows: Sequence[Row], start: int) -> tuple[float, float] | None:
    """Return the gap between what stands side by side in a row, or in it and the one a little lower."""
    row = rows[start]
    if len(row) == 2:
        return row[0][-1].right, row[1][0].left
    if len(row) > 1 or start + 1 >= len(rows) or len(rows[start + 1]) > 1:
        return None
    one, other = row[0], rows[start + 1][0]
    if one[0].y - other[0].y > OVERLAP * min(one[0].size, other[0].size):
        return None
    first, second = sorted((one, other), key=lambda group: group[0].left)
    gutter = first[-1].right, second[0].left
    return gutter if gutter[1] - gutter[0] > GUTTER else None


def narrow(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """Return the gutter that is left when a row stands on its two sides; None if the row crosses it."""
    for group in row:
        left, right = group[0].left, group[-1].right
        if (left + right) / 2 < (low + high) / 2:
            low = max(low, right)
        else:
            high = min(high, left)
    return (low, high) if high - low >= GUTTER else None


def is_below_head(above: Row, row: Row, frame: Frame) -> bool:
    """Return whether a row is no more of what stands side by side: the title, or one in the page's middle."""
    if len(row) != 1:
        return False
    words = row[0]
    is_apart = above[0][0].y - words[0].y > FAR_BELOW * words[0].size
    is_centred = abs((words[0].left + words[-1].right) / 2 - frame.middle) < CENTRED
    return (is_centred and is_apart) or TITLE.match(group_text(words)) is not None


def group_text(group: Sequence[Word]) -> str:
    return " ".join(word.text for word in group[:6])


def block_lines(rows: Sequence[Row], gutter: float, page: int) -> list[Line]:
    """Return the lines of the left column, then those of the right one."""
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for row in rows:
        for group in row:
            (left if group[0].left < gutter else right).append(group)
    return [*column_lines(left, page), *column_lines(right, page)]


def column_lines(groups: Sequence[list[Word]], page: int) -> list[Line]:
    """Return the lines of a column, with the frame that they fill."""
    if not groups:
        return []
    frame = Frame(min(group[0].left for group in groups), max(group[-1].right for group in groups))
    return [line_of(group, page, frame) for group in groups]
