"""What the area shows: badges of units and staff, the tables of its panel, its section of a report."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Panel, Period, Report
from cchc_flow.plugin_kit import ReportDraft, entries_within, tally, total, total_count

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


def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period; groups are compared with the year before."""
    units, year = recorded_units(facts), period.year
    draft = ReportDraft("Cải cách tổ chức bộ máy hành chính")
    _tell_units(draft, period, units, facts)
    _tell_staff(draft, assigned_staff(facts))
    columns = (
        Column("Nhóm tự chủ", width=20),
        Column(f"Cuối năm {year - 1}", "number"),
        Column("Hiện nay", "number"),
    )
    draft.add_table(columns, [_group_row(group, units, year) for group, _ in GROUPS if units])
    return draft.finish()


def _group_row(group: str, units: Sequence[Item], year: int) -> tuple[str, Measure, Measure]:
    """Return how many units a group had at the end of the year before, and how many it has now."""
    title, before = GROUP_TITLES[group], units_in_group_at_end_of(year - 1, group, units)
    return (
        title,
        tally(f"before_in_{group}", f"{title}: cuối năm {year - 1}", before, "đơn vị"),
        tally(f"now_in_{group}", f"{title}: hiện nay", units_in_group(group, units), "đơn vị"),
    )


def _tell_units(draft: ReportDraft, period: Period, units: Sequence[Item], facts: Facts) -> None:
    """Tell what was decided about units in a period, and how many there are now."""
    if not units:
        draft.say("Đơn vị sự nghiệp công lập: chưa có số liệu.")
        return
    _tell_decisions(draft, period, units, facts)
    live = [unit for unit in units if unit.state in LIVE]
    in_groups = [unit for unit in live if unit.state == "grouped"]
    groups = (
        "trong đó {in_groups} đơn vị đã được xếp nhóm tự chủ"
        if in_groups
        else "chưa đơn vị nào được xếp nhóm tự chủ"
    )
    draft.say(
        f"Hiện có {{live}} đơn vị sự nghiệp công lập, {groups}."
        if live
        else "Hiện không còn đơn vị sự nghiệp công lập nào.",
        live=tally("units", "Đơn vị sự nghiệp công lập hiện có", live, "đơn vị"),
        in_groups=tally("units_in_groups", "Đơn vị hiện có đã được xếp nhóm tự chủ", in_groups, "đơn vị"),
    )


def _tell_decisions(draft: ReportDraft, period: Period, units: Sequence[Item], facts: Facts) -> None:
    window = facts.window(period)
    grouped, closed = (entries_within(window, units, name) for name in ("decision_date", "closing_date"))
    if not grouped and not closed:
        draft.say(
            f"Trong {period.words()} không phát sinh việc xếp nhóm, sáp nhập, giải thể đơn vị sự nghiệp."
        )
        return
    acts = [
        *(["xếp nhóm tự chủ cho {grouped} đơn vị sự nghiệp công lập"] if grouped else []),
        *(["sáp nhập, giải thể {closed} đơn vị sự nghiệp công lập"] if closed else []),
    ]
    draft.say(
        f"Trong {period.words()}, {'; '.join(acts)}.",
        grouped=tally("grouped", "Đơn vị được xếp nhóm tự chủ trong kỳ", grouped, "đơn vị"),
        closed=tally("closed", "Đơn vị sáp nhập, giải thể trong kỳ", closed, "đơn vị"),
    )


def _tell_staff(draft: ReportDraft, staff: Sequence[Item]) -> None:
    if not staff:
        draft.say("Chưa ghi số biên chế, số lượng người làm việc được giao.")
        return
    counted = [entry for entry in staff if has_head_count(entry)]
    assigned, present = total_count(staff, "assigned"), total_count(counted, "present")
    there = (
        "có mặt: {present} ({counted}/{entries} mục đã ghi số có mặt)" if counted else "chưa ghi số có mặt"
    )
    draft.say(
        f"Biên chế, số lượng người làm việc được giao: {{assigned}}; {there}.",
        assigned=total("staff_assigned", "Biên chế, số người làm việc được giao", assigned, staff, "người"),
        present=total("staff_present", "Số người làm việc có mặt", present, counted, "người"),
        counted=tally("staff_counted", "Mục đã ghi số người có mặt", counted, "mục"),
        entries=tally("staff_entries", "Mục giao biên chế, số người làm việc", staff, "mục"),
    )
