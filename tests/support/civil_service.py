"""Civil service in a small commune: short words for courses, rotations, evaluations and discipline."""

from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaWorld

from cchc_flow.plugin_host import loading
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.item import Item

MODULE = loading.load_manager().get_plugin("civil_service")
HELD = {"begun_on": "2026-02-23", "ended_on": "2026-02-27", "days": "5", "attended": "20"}
NOTICE = {"notice_number": "12/TB-UBND", "notified_on": "2026-03-01", "due": "2026-03-31"}
MOVED = {
    "decision_number": "30/QĐ-UBND",
    "decision_date": "2026-03-25",
    "new_post": "Công chức văn phòng",
    "rotated_on": "2026-03-31",
}
GRADED = {"score": "86,5", "grade": "good", "decision_number": "9/QĐ-UBND", "decision_date": "2026-03-01"}
DECIDED = {"form": "reprimand", "decision_number": "7/QĐ-UBND", "decision_date": "2026-03-01"}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    """The commune, whose plan has this area."""
    return AreaWorld(tmp_path / "data", "civil_service", "Cải cách chế độ công vụ")


def course(world: AreaWorld, title: str = "Kỹ năng số", **more: Any) -> Item:
    """Plan a course."""
    given = {"sort": "digital", "planned_people": "20", "planned_days": "5"} | more
    return world.write("training", title, **given)


def rotate(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    """Plan that a person leaves a post for another one."""
    given = {"person": person, "post": "Công chức địa chính", "held_since": "2022-01-10"} | more
    return world.write("rotation", f"Địa chính: {person}", **given)


def evaluation(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    """Open the evaluation of a person's year."""
    given = {"person": person, "post": "Công chức địa chính", "year": "2025"} | more
    return world.write("evaluation", f"Đánh giá {person}", **given)


def case(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    """Open a case of discipline."""
    given = {"person": person, "post": "Công chức địa chính", "found_on": "2026-01-10"} | more
    return world.write("discipline", "Xem xét kỷ luật", **given)


def words(found: list[Badge]) -> list[str]:
    """Return the words of marks."""
    return [one.words for one in found]
