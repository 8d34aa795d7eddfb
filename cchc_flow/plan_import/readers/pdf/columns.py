"""Puts the lines of a page into reading order: what stands side by side is read block by block."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.page import Frame, Line, Page, Word
from cchc_flow.plan_import.readers.pdf.segments import Row, line_of

GUTTER = 6.0
"""How far apart two columns are at least, in points."""
OVERLAP = 0.85
"""In parts of the letters' size: rows nearer than this stand beside each other, if they stand apart."""
CENTRED = 8.0
MANY_ROWS = 8
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
    """Return where full lines begin and end on a page: where several do, or else the outermost.

    A page of a few lines may have no full one: it is then as wide as the page before, or its left margin
    says how wide the right one is.
    """
    lefts = sorted(row[0][0].left for row in rows)
    rights = sorted((row[-1][-1].right for row in rows), reverse=True)
    left, right = steady(lefts) or lefts[0], steady(rights)
    if right is None:
        right = rights[0] if len(rows) >= MANY_ROWS else max(rights[0], page.left + page.width - left)
    if before is not None and abs(before.left - left) < 90 and right <= before.right + 3:
        left, right = min(left, before.left), max(right, before.right)
    return Frame(left, max(right, left + 1))


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
        if narrowed is None or (end > start and is_centred(rows[end], frame, low, high)):
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


def is_centred(row: Row, frame: Frame, low: float, high: float) -> bool:
    """Return whether a row is one group in the middle of the page, below what stood side by side."""
    if len(row) != 1 or not frame.left < (low + high) / 2 < frame.right:
        return False
    return abs((row[0][0].left + row[0][-1].right) / 2 - frame.middle) < CENTRED


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
