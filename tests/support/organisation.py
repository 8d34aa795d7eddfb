"""Organisation in a small commune: short words for service units with their groups, and for staff."""

from typing import Any

from support.registers import AreaCommune

from cchc_flow.workflow.item import Item

AREA = "organisation"
GROUP_4 = {
    "group": "4",
    "share": "6",
    "decision_number": "12/QĐ-UBND",
    "decision_date": "2026-02-10",
    "group_before": "none",
}
ASSIGNED = {
    "assigned": "10",
    "assigned_before": "12",
    "decision_number": "20/QĐ-UBND",
    "decision_date": "2026-01-15",
}


def unit(commune: AreaCommune, title: str, **fields: Any) -> Item:
    """Write a service unit."""
    return commune.write("service_unit", title, sector="education", **fields)


def grouped(commune: AreaCommune, item: Item, **changes: Any) -> Item:
    """Set the group of a unit: group 4, or another."""
    return commune.take("coordinator", "set_group", item.id, **GROUP_4 | changes)


def staff(commune: AreaCommune, sort: str = "budget", **changes: Any) -> Item:
    """Assign a number of staff."""
    item = commune.write("staffing", "Biên chế sự nghiệp", staff=sort)
    return commune.take("coordinator", "assign", item.id, **ASSIGNED | changes)
