"""What the area counts and tells: its measures, the section of a report, the table of its page."""

from collections.abc import Callable, Sequence
from datetime import date

from cchc_flow.hookspecs import Facts, Item, Measure, Panel, Period, Section, share
from cchc_flow.workflow.shares import in_percent, percent

from .registers import GROUPS, LIVE_UNIT, STAFF
from .rules import GROUP_WORDS, assigned_at_end_of, group_at_end_of, is_over

NO_UNITS = "Đơn vị sự nghiệp công lập: chưa có số liệu."


def counted(facts: Facts) -> list[Measure]:
    """Return the measures of the area, as of the day of the facts, against the end of the year before."""
    units, staff = _units(facts), _staff(facts)
    year = facts.today.year
    live = [one for one in units if one.state in LIVE_UNIT]
    counts = [one for one in staff if one.fields.get("present") is not None]
    return [
        _fewer_units(units, year),
        _fewer_staff([one for one in staff if one.fields["staff"] == "budget"], year),
        share(
            "within", "Đơn vị có số người trong số được giao", [c for c in counts if not is_over(c)], counts
        ),
        share(
            "grouped", "ĐVSNCL đã được xếp nhóm tự chủ", [u for u in live if u.state == "grouped"], live,
            among=units,
        ),
        _more_in("2", "ĐVSNCL tự bảo đảm chi thường xuyên tăng thêm", units, year),
        _more_in("3c", "ĐVSNCL tự bảo đảm từ 10% đến dưới 30% chi thường xuyên tăng thêm", units, year),
    ]  # fmt: skip


def told(period: Period, facts: Facts) -> Section:
    """Return what the area says in a report: decisions of the period, groups against the year before."""
    units, staff, year = _units(facts), _staff(facts), period.year
    days = facts.window(period)
    grouped = [one for one in units if _in(days, one.fields.get("decision_date"))]
    closed = [one for one in units if _in(days, one.fields.get("closing_date"))]
    live = [one for one in units if one.state in LIVE_UNIT]
    return Section(
        "Cải cách tổ chức bộ máy hành chính",
        (
            *(_units_words(period, grouped, closed, live) if units else [NO_UNITS]),
            _staff_words(staff),
        ),
        ("Nhóm tự chủ", f"Cuối năm {year - 1}", "Hiện nay"),
        tuple(
            (GROUP_WORDS[group], str(len(_members(group, units, year - 1))), str(len(_now(group, units))))
            for group, _ in GROUPS
            if units
        ),
    )


def table(facts: Facts) -> Panel:
    """Return the table of the area's page: each unit with its group, each number of staff."""
    names = dict(STAFF)
    return Panel(
        "Đơn vị sự nghiệp và biên chế",
        "panel.html",
        {
            "units": [
                (one, GROUP_WORDS.get(one.fields.get("group") or "", "Chưa xếp nhóm"))
                for one in _units(facts)
                if one.state in LIVE_UNIT
            ],
            "staff": [
                (
                    one,
                    facts.units.get(one.lead or "", one.title),
                    names[one.fields["staff"] or ""],
                    is_over(one),
                )
                for one in _staff(facts)
            ],
        },
    )


def _units(facts: Facts) -> list[Item]:
    return [one for one in facts.items("service_unit") if one.state != "dropped"]


def _staff(facts: Facts) -> list[Item]:
    """Return the numbers of staff that were assigned, unit by unit."""
    order = {unit: place for place, unit in enumerate(facts.units)}
    found = [one for one in facts.items("staffing") if one.state == "assigned"]
    return sorted(found, key=lambda one: order.get(one.lead or "", len(order)))


def _members(group: str, units: Sequence[Item], year: int) -> list[Item]:
    return [one for one in units if group_at_end_of(year, one) == group]


def _now(group: str, units: Sequence[Item]) -> list[Item]:
    return [one for one in units if one.state == "grouped" and one.fields["group"] == group]


def _more_in(group: str, title: str, units: Sequence[Item], year: int) -> Measure:
    before, now = _members(group, units, year - 1), _now(group, units)
    return Measure(
        key=f"more_in_{group}",
        title=title,
        unit="đơn vị",
        value=str(len(now) - len(before)) if units else None,
        items=tuple(sorted({one.id for one in (*before, *now)})),
        note=f"Cuối năm {year - 1}: {len(before)}; hiện nay: {len(now)}.",
    )


def _fewer_units(units: Sequence[Item], year: int) -> Measure:
    closed = [one for one in units if (one.fields.get("closing_date") or "").startswith(f"{year}-")]
    live = [one for one in units if one.state in LIVE_UNIT]
    return Measure(
        key="fewer_units",
        title="ĐVSNCL giảm do sáp nhập, giải thể trong năm",
        unit="đơn vị",
        value=str(len(closed)) if closed or live else None,
        count=len(closed),
        of=len(closed) + len(live),
        items=tuple(one.id for one in closed),
    )


def _fewer_staff(staff: Sequence[Item], year: int) -> Measure:
    now = _sum(staff, lambda one: one.fields["assigned"])
    before = sum(assigned_at_end_of(year - 1, one) for one in staff)
    rate = percent(before - now, before)
    return Measure(
        key="fewer_staff",
        title="Biên chế sự nghiệp hưởng lương từ ngân sách giảm so với năm trước",
        unit="người",
        value=str(before - now) if staff else None,
        items=tuple(one.id for one in staff),
        note=f"Cuối năm {year - 1}: {before}; hiện nay: {now}"
        + (f" (giảm {in_percent(rate)})." if rate and before > now else "."),
    )


def _sum(staff: Sequence[Item], number: Callable[[Item], str | None]) -> int:
    return sum(int(number(one) or 0) for one in staff)


def _units_words(
    period: Period, grouped: Sequence[Item], closed: Sequence[Item], live: Sequence[Item]
) -> list[str]:
    return [
        _decided_words(period, len(grouped), len(closed)),
        f"Hiện có {len(live)} đơn vị sự nghiệp công lập, trong đó"
        f" {sum(one.state == 'grouped' for one in live)} đơn vị đã được xếp nhóm tự chủ.",
    ]


def _decided_words(period: Period, grouped: int, closed: int) -> str:
    if not grouped and not closed:
        return f"Trong {period.words()} không phát sinh việc xếp nhóm, sáp nhập, giải thể đơn vị sự nghiệp."
    return (
        f"Trong {period.words()}, xếp nhóm tự chủ cho {grouped} đơn vị sự nghiệp công lập;"
        f" sáp nhập, giải thể {closed} đơn vị."
    )


def _staff_words(staff: Sequence[Item]) -> str:
    if not staff:
        return "Chưa ghi số biên chế, số lượng người làm việc được giao."
    counted_ones = [one for one in staff if one.fields.get("present") is not None]
    present, assigned = (
        _sum(counted_ones, lambda one: one.fields["present"]),
        _sum(staff, lambda one: one.fields["assigned"]),
    )
    return (
        f"Biên chế, số lượng người làm việc được giao: {assigned}; có mặt: {present}"
        f" ({len(counted_ones)}/{len(staff)} mục đã ghi số có mặt)."
    )


def _in(days: tuple[date, date], told_on: str | None) -> bool:
    first, last = days
    return told_on is not None and first.isoformat() <= told_on <= last.isoformat()
