"""The measures of targets 6, 7, 8, 9, 19 and 22 and of QĐ 766, computed from the registers."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Facts, Item, Measure, share
from cchc_flow.plugin_kit import ids, period_of, share_of_total
from cchc_flow.workflow.shares import percent

from . import score
from .registers import FINAL
from .score import Group
from .score_groups import scope_words, score_groups, two_decimals
from .service_figures import COST, PAIRS, TIME, add_up

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


def figures_of_year(facts: Facts, year: int) -> list[Item]:
    """Return a year's entries of service figures by period, without those that were dropped.

    An entry is of the year of its period, whichever plan was the newest when it was written.
    """
    entries = facts.items("service_figures")
    in_use = [entry for entry in entries if entry.state != "dropped" and period_of(entry).year == year]
    return sorted(in_use, key=lambda entry: period_of(entry).begin)


def figures_of_plan(facts: Facts) -> list[Item]:
    """Return the entries of service figures of the plan in force today, by period."""
    return figures_of_year(facts, int(facts.plan) if facts.plan else facts.today.year)


def all_measures(facts: Facts) -> list[Measure]:
    """Return all measures of the area, in the order of the plan's targets."""
    entries = figures_of_plan(facts)
    shares = {key: _pair_measure(key, title, entries) for key, title in TARGETS}
    return [
        *(shares[key] for key in ("one_stop", "published")),
        _late_measure(entries),
        *(shares[key] for key in ("digitised", "reused", "valid_digitised", "tracked")),
        *_reduction_measures(entries),
        *(shares[key] for key in ("synced", "restructured")),
        *_punctuality_measures(facts),
        score_measure(score_groups(entries, facts, facts.today), entries),
    ]


def score_measure(groups: Sequence[Group], entries: Sequence[Item]) -> Measure:
    """Return the marks by QĐ 766 of some groups over entries of figures."""
    total = score.total(groups)
    return Measure(
        key="score_766",
        title="Điểm theo QĐ 766",
        unit="điểm",
        value=two_decimals(total.marks) if total else None,
        items=ids(entries),
        note=f"Trên {scope_words(groups, total)}." if total else "",
        recorded=score.is_recorded(groups),
    )


def _reduction_measures(entries: Sequence[Item]) -> list[Measure]:
    """Return by how much the time and the cost of business procedures fell since 2024 (target 9)."""
    titles = {"time": "thời gian giải quyết", "cost": "chi phí tuân thủ"}
    totals = [(pair, add_up(entries, pair)) for pair in (TIME, COST)]
    return [
        Measure(
            key=f"cut_{pair.key}",
            title=f"Chỉ tiêu 9: cắt giảm {titles[pair.key]} thủ tục kinh doanh so với năm 2024",
            unit="%",
            value=percent(total.of - total.done, total.of),
            items=ids(total.entries),
        )
        for pair, total in totals
    ]


def _pair_measure(key: str, title: str, entries: Sequence[Item]) -> Measure:
    total = add_up(entries, PAIRS[key])
    return share_of_total(key, title, total.done, total.of, total.entries)


def _late_measure(entries: Sequence[Item]) -> Measure:
    in_time = add_up(entries, PAIRS["in_time"])
    late = in_time.of - in_time.done
    return share_of_total("late", "Chỉ tiêu 7: hồ sơ giải quyết trễ hạn", late, in_time.of, in_time.entries)


def _punctuality_measures(facts: Facts) -> list[Measure]:
    """Return which shares of apologies, answers and publications were in time.

    What is still open counts only once it is overdue.
    """
    apologies = _done_or_overdue(facts, "apology", "sent")
    feedback = _done_or_overdue(facts, "feedback", "answered")
    announcements = _done_or_overdue(facts, "procedure_announcement", "published")
    return [
        share("apologies", "Văn bản xin lỗi gửi đúng hạn", _in_time(apologies, "sent_on"), apologies),
        share(
            "feedback", "Phản ánh, kiến nghị trả lời đúng hạn", _in_time(feedback, "answered_on"), feedback
        ),
        share(
            "announcements",
            "Công bố được công khai đúng hạn",
            _in_time(announcements, "published_on"),
            announcements,
        ),
    ]


def _done_or_overdue(facts: Facts, kind: str, done: str) -> list[Item]:
    """Return the entries of a register, of the plan in force, that are in the state `done`, or overdue."""
    entries = facts.items(kind, plan=facts.plan)
    return [entry for entry in entries if entry.state == done or _is_overdue(entry, facts)]


def _is_overdue(entry: Item, facts: Facts) -> bool:
    is_open = entry.state not in FINAL[entry.kind]
    return bool(is_open and entry.due and entry.due < facts.today.isoformat())


def _in_time(entries: Sequence[Item], field: str) -> list[Item]:
    """Return the entries whose day in a field is not after their due day."""
    return [entry for entry in entries if (day := entry.fields.get(field)) and entry.due and day <= entry.due]
