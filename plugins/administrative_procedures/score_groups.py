"""The groups of QĐ 766 and what their parts count: six of them since 11/2026, five in earlier periods.

The national portal scores in six groups. What was scored in five before keeps that formula: the score of a
period is computed by the groups that held on its last day.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.workflow.shares import percent

from .score import Group, Part, Total
from .service_figures import PAIRS, add_up

SIX_SINCE = date(2026, 11, 1)
"""The first day on which six groups hold."""
FIVE = (
    ("public", "Công khai, minh bạch", (("published", "full_public"), ("synced", "full_public"))),
    ("progress", "Tiến độ giải quyết", (("in_time", "full_progress"),)),
    ("digital", "Số hóa hồ sơ", (("digitised", "full_digital"), ("reused", "full_reuse"))),
    ("online", "Dịch vụ trực tuyến", (("online", "full_online"),)),
    ("satisfaction", "Mức độ hài lòng", (("satisfied", "full_satisfaction"),)),
)
"""The groups until then, each with its parts: a pair of counts, and the figure that is its threshold."""
SIX = (
    (
        "public",
        "Công khai, minh bạch",
        (
            ("announced", "full_public", "6"),
            ("updated", "full_public", "4"),
            ("complete", "full_public", "2"),
            ("synced", "full_public", "6"),
        ),
    ),
    ("progress", "Tiến độ giải quyết", (("in_time", "full_progress", "20"),)),
    (
        "online",
        "Dịch vụ công trực tuyến",
        (
            ("online_procedures", "full_provided", "2"),
            ("services_used", "full_other", "4"),
            ("online", "full_online", "6"),
        ),
    ),
    (
        "payment",
        "Thanh toán trực tuyến",
        (
            ("payable", "full_payable", "2"),
            ("paid_procedures", "full_payable", "2"),
            ("paid_online", "full_other", "6"),
        ),
    ),
    (
        "satisfaction",
        "Mức độ hài lòng",
        (
            ("feedback_in_time", "full_other", "6"),
            ("feedback_satisfied", "full_other", "6"),
            ("undisputed", "full_satisfaction", "6"),
        ),
    ),
    (
        "digital",
        "Số hóa hồ sơ",
        (
            ("with_result", "full_other", "6"),
            ("digitised", "full_digital", "4"),
            ("certified", "full_other", "2"),
            ("reused", "full_reuse", "2"),
            ("shared", "full_other", "4"),
            ("resident_data", "full_other", "2"),
            ("resident_procedures", "full_other", "2"),
        ),
    ),
)
"""The groups since then, each with its parts: a pair of counts, its threshold, and its usual weight."""
PART_TITLES = {
    "published": "Thủ tục được công khai",
    "announced": "Thủ tục công bố đúng hạn",
    "updated": "Thủ tục cập nhật, công khai đúng hạn",
    "complete": "Thủ tục công khai đủ nội dung",
    "synced": "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia",
    "in_time": "Hồ sơ giải quyết đúng hạn",
    "online_procedures": "Thủ tục cung cấp dịch vụ công trực tuyến",
    "services_used": "Dịch vụ công trực tuyến có phát sinh hồ sơ",
    "online": "Hồ sơ nộp trực tuyến",
    "payable": "Thủ tục có nghĩa vụ tài chính thanh toán được trên Cổng",
    "paid_procedures": "Thủ tục có giao dịch thanh toán trực tuyến",
    "paid_online": "Hồ sơ thanh toán trực tuyến",
    "feedback_in_time": "Phản ánh, kiến nghị xử lý đúng hạn",
    "feedback_satisfied": "Hài lòng trong xử lý phản ánh, kiến nghị",
    "undisputed": "Hài lòng trong giải quyết hồ sơ",
    "satisfied": "Lượt đánh giá hài lòng",
    "with_result": "Hồ sơ có kết quả điện tử",
    "digitised": "Hồ sơ được số hóa",
    "certified": "Nơi cung cấp bản sao chứng thực điện tử",
    "reused": "Hồ sơ dùng lại dữ liệu số hóa",
    "shared": "Hồ sơ số hóa kết nối, chia sẻ để dùng lại",
    "resident_data": "Hồ sơ dùng dữ liệu dân cư",
    "resident_procedures": "Thủ tục kết nối dữ liệu dân cư",
}


def score_groups(entries: Sequence[Item], facts: Facts, on: date) -> list[Group]:
    """Return the groups that hold on a day, over some entries of figures, by the figures of that day."""
    return _six_groups(entries, facts, on) if on >= SIX_SINCE else _five_groups(entries, facts, on)


def _five_groups(entries: Sequence[Item], facts: Facts, on: date) -> list[Group]:
    return [
        Group(
            key,
            title,
            facts.figure(f"weight_{key}", on),
            tuple(_part(pair, facts.figure(full, on), entries) for pair, full in parts),
        )
        for key, title, parts in FIVE
    ]


def _six_groups(entries: Sequence[Item], facts: Facts, on: date) -> list[Group]:
    return [
        Group(
            key,
            title,
            facts.figure(f"weight_{key}", on),
            tuple(
                _part(pair, facts.figure(full, on), entries, facts.figure(f"part_{pair}", on))
                for pair, full, _ in parts
            ),
            spreads=False,
        )
        for key, title, parts in SIX
    ]


def _part(pair: str, full: Decimal, entries: Sequence[Item], weight: Decimal = Decimal(1)) -> Part:
    total = add_up(entries, PAIRS[pair])
    return Part(PART_TITLES[pair], total.done, total.of, full, bool(total.entries), weight)


def scope_words(groups: Sequence[Group], total: Total) -> str:
    """Return out of how many marks a score is, and which marks could not be earned.

    «72 điểm của các nội dung có phát sinh; không phát sinh 6 điểm; chưa có số liệu 22 điểm»
    """
    what = "nhóm" if all(group.spreads for group in groups) else "nội dung"
    words = [f"{comma_number(total.out_of)} điểm của các {what} có phát sinh"]
    if total.not_arisen:
        words.append(f"không phát sinh {comma_number(total.not_arisen)} điểm")
    if total.not_recorded:
        words.append(f"chưa có số liệu {comma_number(total.not_recorded)} điểm")
    return "; ".join(words)


def two_decimals(number: Decimal) -> str:
    """Return a number as a decimal string, rounded to two decimals and without trailing zeros."""
    return percent(number, 100) or "0"


def comma_number(number: Decimal) -> str:
    """Return a number with at most two decimals and a decimal comma: 18,5."""
    return two_decimals(number).replace(".", ",")
