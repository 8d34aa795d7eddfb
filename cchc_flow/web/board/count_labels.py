"""How the official counts are shown: their titles, percentages and bars."""

from decimal import Decimal

import msgspec

from cchc_flow.projections.cards.counts import Counts
from cchc_flow.workflow.calendar import STANDINGS
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND
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
"""The title of each figure of `counts.FIGURES`."""
SIDES = (
    ("done_in_time", "Đã hoàn thành đúng hạn"),
    ("done_late", "Đã hoàn thành quá hạn"),
    ("under_way", "Đang thực hiện, trong hạn"),
    ("not_started", "Chưa bắt đầu, trong hạn"),
    ("open_late", "Chưa hoàn thành, quá hạn"),
)
"""The parts of a bar from left to right; each has a colour of its own."""
KIND_NOUNS = {"task": "nhiệm vụ", "report": "báo cáo", AUDIT_KIND: "cuộc kiểm tra", FINDING_KIND: "phát hiện"}


class BarPart(msgspec.Struct, frozen=True):
    """One part of a bar; `start` and `width` are in percent of the whole bar."""

    side: str
    start: float
    width: float


def kind_noun(kind: str) -> str:
    """Return the word for what is counted, such as "nhiệm vụ"."""
    return KIND_NOUNS.get(kind, "mục")


def percent(part: int, whole: int) -> str:
    """Return a share as officials write it, like 66,7 %; an empty string if the whole is 0."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return in_percent(Decimal(tenths) / 10)


def bar(counts: Counts) -> list[BarPart]:
    """Return the parts of the bar that shows how the items are doing, without empty parts."""
    parts, start = [], 0.0
    for side, _ in SIDES:
        width = 100 * getattr(counts, side) / counts.total if counts.total else 0.0
        if width:
            parts.append(BarPart(side, round(start, 3), round(width, 3)))
        start += width
    return parts
