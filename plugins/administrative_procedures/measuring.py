"""The readings of targets 6, 7, 8, 9, 19 and 22, and the groups of QĐ 766, counted from the registers."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from cchc_flow.hookspecs import Facts, Item, Measure, absence, share
from cchc_flow.workflow.shares import NO_BREAK, format_number, percent

from . import score, service
from .rules import FINAL
from .score import Group, Part
from .service import period_of

TARGETS = (
    ("one_stop", "Chỉ tiêu 6: thủ tục thực hiện qua một cửa, một cửa liên thông"),
    ("published", "Chỉ tiêu 6: thủ tục được công khai, minh bạch"),
    ("digitised", "Chỉ tiêu 7: hồ sơ được số hóa"),
    ("reused", "Chỉ tiêu 7: hồ sơ dùng lại kết quả số hóa"),
    ("valid_digitised", "Chỉ tiêu 7: kết quả còn hiệu lực đã số hóa"),
    ("tracked", "Chỉ tiêu 8: hồ sơ theo dõi trạng thái trên hệ thống của tỉnh"),
    ("synced", "Chỉ tiêu 19: hồ sơ cập nhật, theo dõi trên Cổng Dịch vụ công quốc gia"),
    ("restructured", "Chỉ tiêu 22: thủ tục toàn trình đã tái cấu trúc, điện tử hóa"),
)
GROUPS = (
    ("public", "Công khai, minh bạch", (("published", "full_public"), ("synced", "full_public"))),
    ("progress", "Tiến độ giải quyết", (("in_time", "full_progress"),)),
    ("digital", "Số hóa hồ sơ", (("digitised", "full_digital"), ("reused", "full_reuse"))),
    ("online", "Dịch vụ trực tuyến", (("online", "full_online"),)),
    ("satisfaction", "Mức độ hài lòng", (("satisfied", "full_satisfaction"),)),
)
PART_TITLES = {
    "published": "Thủ tục được công khai",
    "synced": "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia",
    "in_time": "Hồ sơ giải quyết đúng hạn",
    "digitised": "Hồ sơ được số hóa",
    "reused": "Hồ sơ dùng lại dữ liệu số hóa",
    "online": "Hồ sơ nộp trực tuyến",
    "satisfied": "Lượt đánh giá hài lòng",
}


def entries(facts: Facts) -> list[Item]:
    """Return the figures of the newest plan that are in use, in the order of their periods."""
    found = facts.items("service_figures", plan=facts.plan)
    return sorted((one for one in found if one.state != "dropped"), key=lambda one: period_of(one).begin)


def measures(facts: Facts) -> list[Measure]:
    """Return all readings of the area."""
    figures = entries(facts)
    shares = {key: _of_figures(key, title, figures) for key, title in TARGETS}
    return [
        *(shares[key] for key in ("one_stop", "published")),
        _late(figures),
        *(shares[key] for key in ("digitised", "reused", "valid_digitised", "tracked")),
        *cuts(figures),
        *(shares[key] for key in ("synced", "restructured")),
        *_kept(facts),
        total_of(groups(figures, facts), figures),
    ]


def groups(figures: Sequence[Item], facts: Facts) -> list[Group]:
    """Return the five groups of QĐ 766 over some entries, with the weights and thresholds in force."""
    return [
        Group(
            key,
            title,
            facts.figure(f"weight_{key}"),
            tuple(_part(pair, facts.figure(full), figures) for pair, full in parts),
        )
        for key, title, parts in GROUPS
    ]


def total_of(found: Sequence[Group], figures: Sequence[Item]) -> Measure:
    """Return the marks of all groups as a reading."""
    total = score.total(found)
    return Measure(
        key="score_766",
        title="Điểm theo QĐ 766",
        unit="điểm",
        value=rounded(total.marks) if total else None,
        items=tuple(one.id for one in figures),
        note=f"Trên {rounded(total.out_of)} điểm của các nhóm có phát sinh." if total else "",
        recorded=score.is_recorded(found),
    )


def rounded(number: Decimal) -> str:
    """Return a number with at most two decimals."""
    return percent(number, 100) or "0"


def cuts(figures: Sequence[Item]) -> list[Measure]:
    """Return by how much the time and the cost of business procedures were cut since 2024 (target 9)."""
    titles = {"time": "thời gian giải quyết", "cost": "chi phí tuân thủ"}
    found = [(pair, service.counted(figures, pair)) for pair in (service.TIME, service.COST)]
    return [
        Measure(
            key=f"cut_{pair.key}",
            title=f"Chỉ tiêu 9: cắt giảm {titles[pair.key]} thủ tục kinh doanh so với năm 2024",
            unit="%",
            value=percent(one.of - one.done, one.of),
            items=one.items,
        )
        for pair, one in found
    ]


def _part(pair: str, full: Decimal, figures: Sequence[Item]) -> Part:
    found = service.counted(figures, service.PAIRS[pair])
    return Part(PART_TITLES[pair], found.done, found.of, full, bool(found.items))


def _of_figures(key: str, title: str, figures: Sequence[Item]) -> Measure:
    found = service.counted(figures, service.PAIRS[key])
    return Measure(
        key=key,
        title=title,
        unit="%",
        value=percent(found.done, found.of),
        count=int(found.done),
        of=int(found.of),
        items=found.items,
    )


def _late(figures: Sequence[Item]) -> Measure:
    in_time = service.counted(figures, service.PAIRS["in_time"])
    return Measure(
        key="late",
        title="Chỉ tiêu 7: hồ sơ giải quyết trễ hạn",
        unit="%",
        value=percent(in_time.of - in_time.done, in_time.of),
        count=int(in_time.of - in_time.done),
        of=int(in_time.of),
        items=in_time.items,
    )


def _kept(facts: Facts) -> list[Measure]:
    """Return how far the registers' clocks were kept; what is not decided yet counts once it is late."""
    feedback = [one for one in facts.items("feedback", plan=facts.plan) if _is_judged(one, "answered", facts)]
    sent = [one for one in facts.items("apology", plan=facts.plan) if _is_judged(one, "sent", facts)]
    announced = facts.items("procedure_announcement", plan=facts.plan)
    public = [one for one in announced if _is_judged(one, "published", facts)]
    return [
        share("apologies", "Phiếu xin lỗi gửi đúng hạn", _kept_of(sent, "sent_on"), sent),
        share(
            "feedback", "Phản ánh, kiến nghị trả lời đúng hạn", _kept_of(feedback, "answered_on"), feedback
        ),
        share("announcements", "Công bố được công khai đúng hạn", _kept_of(public, "published_on"), public),
    ]


def _is_judged(item: Item, done: str, facts: Facts) -> bool:
    is_open = item.state not in FINAL[item.kind]
    return item.state == done or bool(is_open and item.due and item.due < facts.today.isoformat())


def _kept_of(found: Sequence[Item], field: str) -> list[Item]:
    return [one for one in found if (told := one.fields.get(field)) and one.due and told <= one.due]


class Row(msgspec.Struct, frozen=True):
    """One group of QĐ 766 in words, or one part of it."""

    title: str
    count: str
    share: str
    full: str
    marks: str
    weight: str
    is_part: bool


def rows(found: Sequence[Group]) -> list[Row]:
    """Return the table of the five groups, each followed by its parts."""
    return [row for group in found for row in (_row(group), *map(_part_row, group.parts))]


def words(number: Decimal) -> str:
    """Return a number as officials write it: 18,5."""
    return rounded(number).replace(".", ",")


def _row(group: Group) -> Row:
    marks = score.marks(group)
    told = absence(score.is_recorded([group])) if marks is None else words(marks)
    return Row(group.title, "", "", "", told, words(group.weight), is_part=False)


def _part_row(part: Part) -> Row:
    share = score.share(part)
    return Row(
        part.title,
        f"{format_number(part.done)}/{format_number(part.of)}" if part.of else "",
        absence(part.recorded) if share is None else f"{words(share)}{NO_BREAK}%",
        f"{words(part.full)}{NO_BREAK}%",
        "",
        "",
        is_part=True,
    )
