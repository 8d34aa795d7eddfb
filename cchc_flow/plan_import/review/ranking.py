"""Ranks remarks: what a person must decide, should look at, or may know; and says alike ones as one."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import msgspec

from cchc_flow.plan_import.proposal import Rank, Remark

FEWEST_TO_GROUP = 3
FEWEST_LISTED = 4
LISTED_ELSEWHERE = frozenset(("unread", "introduction"))
MOST_SHOWN = 12
RANKS: tuple[Rank, ...] = ("decide", "look", "info")


class Topic(msgspec.Struct, frozen=True):
    """What remarks of one topic ask of a person, and the sentence that stands for several of them.

    The sentence is followed by their references.
    """

    rank: Rank
    together: str


# In the order of their weight within each rank.
TOPICS: dict[str, Topic] = {
    "recognised": Topic("decide", "Văn bản là bản quét, đọc bằng OCR"),
    "kind": Topic("decide", "Loại văn bản chưa chắc"),
    "no_content": Topic("decide", "Không đọc được nội dung"),
    "year": Topic("decide", "Năm của kế hoạch là tạm hiểu"),
    "no_lead": Topic("decide", "lĩnh vực không có đơn vị nào được giao chủ trì; cần người chọn"),
    "appendix_conflict": Topic("decide", "việc có đơn vị hoặc hạn khác nhau giữa phần lời và Phụ lục"),
    "missing_appendix": Topic("decide", "chỗ dẫn Phụ lục đính kèm nhưng tệp không có Phụ lục"),
    "blank": Topic("look", "ô còn để trống"),
    "doubtful": Topic("look", "đoạn chưa chắc đọc đúng"),
    "unread": Topic("look", "đoạn không đưa vào kế hoạch"),
    "unread_table": Topic("look", "bảng không đưa vào kế hoạch"),
    "only_in_objective": Topic("look", "mức chỉ ghi ở mục tiêu, không chỉ tiêu nào ghi"),
    "overlap": Topic("look", "chỉ tiêu trùng phần lớn nội dung với chỉ tiêu khác"),
    "repeated_goal": Topic("look", "chỉ tiêu nhắc lại mục tiêu"),
    "no_baseline": Topic("look", "mức tăng, giảm không ghi năm so sánh"),
    "implied": Topic("look", "chỉ tiêu «có thêm» mà không ghi số lượng; tạm hiểu là thêm 1"),
    "before_day": Topic("look", "hạn «trước ngày …» theo câu chữ không kể ngày đó; cần thống nhất cách tính"),
    "weekend": Topic("look", "hạn rơi vào thứ Bảy hoặc Chủ nhật"),
    "": Topic("look", "điều khác nên xem lại"),
    "several_measures": Topic("info", "chỉ tiêu mang nhiều số liệu; mỗi số là một thước đo"),
    "carrier": Topic("info", "Số và ngày là của văn bản ban hành"),
    "joined": Topic("info", "đoạn bị ngắt đôi trong tệp; đã nối lại"),
    "repeated_number": Topic("info", "số thứ tự dùng hai lần; mỗi mục có số riêng trong hệ thống"),
    "repeated_letters": Topic("info", "danh sách dùng lại chữ a), b) …; khi dẫn phải ghi cả mục"),
    "introduction": Topic("info", "lời dẫn chỉ để đọc, không thành công việc"),
    "alias": Topic("info", "đơn vị được viết theo nhiều cách"),
    "misspelling": Topic("info", "chữ viết tắt có thể viết nhầm; giữ nguyên như trong tệp"),
}
ORDER = {topic: place for place, topic in enumerate(TOPICS)}


def make_remark(topic: str, ref: str, message: str) -> Remark:
    """Return a remark with the rank of its topic."""
    return Remark(ref, message, TOPICS[topic].rank, topic)


def rank_remarks(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return all remarks, the weightiest first; those of equal weight in the order of the document.

    Four or more unread passages are one remark: the proposal's passages list them one by one.
    """
    ranked = sorted(remarks, key=lambda remark: (RANKS.index(remark.rank), weight_of(remark)))
    listed = [remark for remark in ranked if remark.topic in LISTED_ELSEWHERE]
    if len(listed) < FEWEST_LISTED:
        return tuple(ranked)
    return group_remarks(ranked, LISTED_ELSEWHERE)


def weight_of(remark: Remark) -> int:
    """Return the place of a remark's topic in the list; an unknown one stands where "" does."""
    return ORDER.get(remark.topic, ORDER[""])


def group_remarks(
    ranked: Sequence[Remark], topics: Collection[str] = frozenset(TOPICS)
) -> tuple[Remark, ...]:
    """Return ranked remarks, where three or more of one of these topics are one, with their references."""
    alike: dict[tuple[Rank, str], list[Remark]] = defaultdict(list)
    for place, remark in enumerate(ranked):
        topic = remark.topic if remark.topic in topics and remark.topic else f"alone {place}"
        alike[remark.rank, topic].append(remark)
    return tuple(one for remarks in alike.values() for one in said_together(remarks))


def said_together(alike: Sequence[Remark]) -> Sequence[Remark]:
    """Return remarks of one topic as they are if they are few, else one that stands for all of them."""
    if len(alike) < FEWEST_TO_GROUP:
        return alike
    first = alike[0]
    refs = tuple(dict.fromkeys(remark.ref for remark in alike if remark.ref))
    words = f"{len(alike)} {TOPICS[first.topic].together}"
    message = f"{words}: {', '.join(refs)}." if refs else f"{words}."
    return [Remark(first.ref, message, first.rank, first.topic, refs)]


def short_list(warnings: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return the dozen remarks that a person is shown first: what to decide or look at, alike ones as one."""
    return tuple(remark for remark in group_remarks(warnings) if remark.rank != "info")[:MOST_SHOWN]


def folded_remarks(warnings: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return all other remarks, which are folded under «thông tin», alike ones as one."""
    shown = short_list(warnings)
    return tuple(remark for remark in group_remarks(warnings) if remark not in shown)
