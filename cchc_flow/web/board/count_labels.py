"""How the official counts are told: their words, shares and bars."""

from decimal import Decimal

import msgspec

from cchc_flow.projections.cards.counts import Counts
from cchc_flow.workflow.calendar import STANDINGS
from cchc_flow.workflow.shares import in_percent

FIGURE_TITLES: dict[str, str] = {
    "total": "Tất cả",
    "all": "Tất cả, kể cả đã rời bảng",
    "done": "Đã hoàn thành",
    **{str(side): words for side, words in STANDINGS.items()},
    "under_way": "Đang thực hiện, còn trong hạn",
    "not_started": "Chưa bắt đầu, còn trong hạn",
    "unmet": "Đã thực hiện nhưng chưa đạt",
    "regular": "Thường xuyên",
    "regular_done": "Thường xuyên, đã hoàn thành",
    "dated": "Có thời hạn",
    "dated_done": "Có thời hạn, đã hoàn thành",
    "given_up": "Đã hủy hoặc được miễn",
}
"""What each figure of `counts.FIGURES` is called."""
SIDES = (
    ("done_in_time", "Đã hoàn thành đúng hạn"),
    ("done_late", "Đã hoàn thành quá hạn"),
    ("under_way", "Đang thực hiện, trong hạn"),
    ("not_started", "Chưa bắt đầu, trong hạn"),
    ("open_late", "Chưa hoàn thành, quá hạn"),
)
"""The parts of a bar, in the order in which they stand; each has a colour of its own."""
KIND_NOUNS = {"task": "nhiệm vụ", "report": "báo cáo"}


class BarPart(msgspec.Struct, frozen=True):
    """One part of a bar: where it begins and how long it is, in percent."""

    side: str
    start: float
    width: float


def kind_noun(kind: str) -> str:
    """Return what is counted, in a word."""
    return KIND_NOUNS.get(kind, "mục")


def percent(part: int, whole: int) -> str:
    """Return a share as officials write it: 66,7 %; an empty string of nothing."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return in_percent(Decimal(tenths) / 10)


def bar(found: Counts) -> list[BarPart]:
    """Return the parts of the bar that shows where the items stand, without the empty ones."""
    pieces, start = [], 0.0
    for side, _ in SIDES:
        width = 100 * getattr(found, side) / found.total if found.total else 0.0
        if width:
            pieces.append(BarPart(side, round(start, 3), round(width, 3)))
        start += width
    return pieces
