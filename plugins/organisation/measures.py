"""The measures of the area: service units and staff, compared with the end of the year before."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Facts, Item, Measure, share
from cchc_flow.plugin_kit import entries_without, ids, total_count
from cchc_flow.workflow.shares import in_percent, percent

from .entries import assigned_at_end_of, group_at_end_of, has_head_count, is_over_assigned
from .registers import LIVE


def all_measures(facts: Facts) -> list[Measure]:
    """Return the measures of the area as of today, against the end of the year before."""
    units, staff = recorded_units(facts), assigned_staff(facts)
    year = facts.today.year
    live = [unit for unit in units if unit.state in LIVE]
    grouped = [unit for unit in live if unit.state == "grouped"]
    counted = [entry for entry in staff if has_head_count(entry)]
    within = [entry for entry in counted if not is_over_assigned(entry)]
    return [
        _closed_units_measure(units, year),
        _fewer_staff_measure([entry for entry in staff if entry.fields["staff"] == "budget"], year),
        share("within", "Đơn vị có số người trong số được giao", within, counted),
        share("grouped", "ĐVSNCL đã được xếp nhóm tự chủ", grouped, live, among=units),
        _group_growth_measure("2", "ĐVSNCL tự bảo đảm chi thường xuyên tăng thêm", units, year),
        _group_growth_measure(
            "3c", "ĐVSNCL tự bảo đảm từ 10% đến dưới 30% chi thường xuyên tăng thêm", units, year
        ),
    ]


def recorded_units(facts: Facts) -> list[Item]:
    """Return the service units of the register, with closed ones but not those recorded by mistake."""
    return entries_without("dropped", "service_unit", facts)


def assigned_staff(facts: Facts) -> list[Item]:
    """Return the entries of staff with an assigned number, in the order of the units of the directory."""
    order = {unit: place for place, unit in enumerate(facts.units)}
    entries = [entry for entry in facts.items("staffing") if entry.state == "assigned"]
    return sorted(entries, key=lambda entry: order.get(entry.lead or "", len(order)))


def units_in_group(group: str, units: Sequence[Item]) -> list[Item]:
    """Return the units that are in a group now."""
    return [unit for unit in units if unit.state == "grouped" and unit.fields["group"] == group]


def units_in_group_at_end_of(year: int, group: str, units: Sequence[Item]) -> list[Item]:
    """Return the units that were in a group at the end of a year."""
    return [unit for unit in units if group_at_end_of(year, unit) == group]


def _group_growth_measure(group: str, title: str, units: Sequence[Item], year: int) -> Measure:
    """Return by how many units a group has grown since the end of the year before."""
    before, now = units_in_group_at_end_of(year - 1, group, units), units_in_group(group, units)
    return Measure(
        key=f"more_in_{group}",
        title=title,
        unit="đơn vị",
        value=str(len(now) - len(before)) if units else None,
        items=tuple(sorted({unit.id for unit in (*before, *now)})),
        note=f"Cuối năm {year - 1}: {len(before)}; hiện nay: {len(now)}.",
    )


def _closed_units_measure(units: Sequence[Item], year: int) -> Measure:
    """Return how many units were merged or dissolved in a year."""
    closed = [unit for unit in units if (unit.fields.get("closing_date") or "").startswith(f"{year}-")]
    live = [unit for unit in units if unit.state in LIVE]
    return Measure(
        key="fewer_units",
        title="ĐVSNCL giảm do sáp nhập, giải thể trong năm",
        unit="đơn vị",
        value=str(len(closed)) if closed or live else None,
        count=len(closed),
        of=len(closed) + len(live),
        items=ids(closed),
    )


def _fewer_staff_measure(staff: Sequence[Item], year: int) -> Measure:
    """Return by how many people the assigned number fell since the end of the year before."""
    now = total_count(staff, "assigned")
    before = sum(assigned_at_end_of(year - 1, entry) for entry in staff)
    rate = percent(before - now, before)
    decrease = f" (giảm {in_percent(rate)})" if rate and before > now else ""
    return Measure(
        key="fewer_staff",
        title="Biên chế sự nghiệp hưởng lương từ ngân sách giảm so với năm trước",
        unit="người",
        value=str(before - now) if staff else None,
        items=ids(staff),
        note=f"Cuối năm {year - 1}: {before}; hiện nay: {now}{decrease}.",
    )
