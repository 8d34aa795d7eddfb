"""Organisation in a small commune: short words for service units with their groups, and for staff."""

from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaWorld

from cchc_flow.workflow.item import Item

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


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    """The commune, whose plan has this area."""
    return AreaWorld(tmp_path / "data", "organisation", "Cải cách tổ chức bộ máy hành chính nhà nước")


@pytest.fixture
def school(world: AreaWorld) -> Item:
    """A unit that has no group yet."""
    return unit(world, "Trường Tiểu học Cư Bao")


def unit(world: AreaWorld, title: str, **more: Any) -> Item:
    """Write a service unit."""
    return world.write("service_unit", title, sector="education", **more)


def grouped(world: AreaWorld, item: Item | str, **more: Any) -> Item:
    """Set the group of a unit: group 4, or another."""
    item_id = item if isinstance(item, str) else item.id
    return world.take("hoa", "set_group", item_id, **GROUP_4 | more).item


def staff(world: AreaWorld, sort: str = "budget", **more: Any) -> Item:
    """Assign a number of staff."""
    item = world.write("staffing", "Biên chế sự nghiệp", staff=sort)
    return world.take("hoa", "assign", item.id, **ASSIGNED | more).item
