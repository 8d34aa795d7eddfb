"""What the area shows: badges of units and staff, the tables of its panel, its section of a report."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Badge, Facts, Item, Panel, Period, Section
from cchc_flow.plugin_kit import entries_within, total_count

from .entries import GROUP_TITLES, has_head_count, is_group_fitting, is_over_assigned
from .measures import assigned_staff, recorded_units, units_in_group, units_in_group_at_end_of
from .registers import GROUPS, LIVE, STAFF
from .rules import ungrouped_units


def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of an entry or a task: what is missing, or does not fit."""
    if item.kind == "service_unit" and item.state == "ungrouped":
        return [Badge("soon", "Chưa có quyết định xếp nhóm")]
    if item.kind == "service_unit" and item.state == "grouped" and not is_group_fitting(item, facts):
        return [Badge("late", "Mức tự bảo đảm không khớp nhóm")]
    if item.kind == "staffing" and item.state == "assigned":
        return _staff_badges(item)
    if item.kind == "task" and (units := ungrouped_units(item, facts)):
        return [Badge("soon", f"{len(units)} đơn vị chưa xếp nhóm")]
    return []


def _staff_badges(staff: Item) -> list[Badge]:
    if not has_head_count(staff):
        return [Badge("soon", "Chưa ghi số có mặt")]
    return [Badge("late", "Vượt số được giao")] if is_over_assigned(staff) else []


def panel(facts: Facts) -> Panel:
    """Return the panel: each live service unit with its group, each assigned number of staff."""
    return Panel(
        "Đơn vị sự nghiệp và biên chế",
        "panel.html",
        {
            "units": [
                (unit, GROUP_TITLES.get(unit.fields.get("group") or "", "Chưa xếp nhóm"))
                for unit in recorded_units(facts)
                if unit.state in LIVE
            ],
            "staff": [_staff_row(staff, facts) for staff in assigned_staff(facts)],
        },
    )


def _staff_row(staff: Item, facts: Facts) -> tuple[Item, str, str, bool]:
    """Return an entry of staff with the name of its unit, its sort, and whether it is over its number."""
    unit = facts.units.get(staff.lead or "", staff.title)
    return staff, unit, dict(STAFF)[staff.fields["staff"] or ""], is_over_assigned(staff)


def report_section(period: Period, facts: Facts) -> Section:
    """Return the area's section in the report of a period; groups are compared with the year before."""
    units, year = recorded_units(facts), period.year
    return Section(
        "Cải cách tổ chức bộ máy hành chính",
        (*_unit_words(period, units, facts), _staff_words(assigned_staff(facts))),
        ("Nhóm tự chủ", f"Cuối năm {year - 1}", "Hiện nay"),
        tuple(
            (
                GROUP_TITLES[group],
                str(len(units_in_group_at_end_of(year - 1, group, units))),
                str(len(units_in_group(group, units))),
            )
            for group, _ in GROUPS
            if units
        ),
    )


def _unit_words(period: Period, units: Sequence[Item], facts: Facts) -> list[str]:
    """Return the sentences on what was decided about units in a period, and on how many there are now."""
    if not units:
        return ["Đơn vị sự nghiệp công lập: chưa có số liệu."]
    window = facts.window(period)
    grouped = len(entries_within(window, units, "decision_date"))
    closed = len(entries_within(window, units, "closing_date"))
    live = [unit for unit in units if unit.state in LIVE]
    return [
        _decision_words(period, grouped, closed),
        f"Hiện có {len(live)} đơn vị sự nghiệp công lập, trong đó"
        f" {sum(unit.state == 'grouped' for unit in live)} đơn vị đã được xếp nhóm tự chủ.",
    ]


def _decision_words(period: Period, grouped: int, closed: int) -> str:
    if not grouped and not closed:
        return f"Trong {period.words()} không phát sinh việc xếp nhóm, sáp nhập, giải thể đơn vị sự nghiệp."
    return (
        f"Trong {period.words()}, xếp nhóm tự chủ cho {grouped} đơn vị sự nghiệp công lập;"
        f" sáp nhập, giải thể {closed} đơn vị."
    )


def _staff_words(staff: Sequence[Item]) -> str:
    if not staff:
        return "Chưa ghi số biên chế, số lượng người làm việc được giao."
    counted = [entry for entry in staff if has_head_count(entry)]
    return (
        f"Biên chế, số lượng người làm việc được giao: {total_count(staff, 'assigned')};"
        f" có mặt: {total_count(counted, 'present')}"
        f" ({len(counted)}/{len(staff)} mục đã ghi số có mặt)."
    )
