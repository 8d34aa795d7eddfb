"""Civil service in a small commune: short words for courses, rotations, evaluations and discipline."""

from typing import Any

from support.registers import AreaCommune

from cchc_flow.plugin_host import loading
from cchc_flow.workflow.item import Item

AREA = "civil_service"
MODULE = loading.load_manager().get_plugin(AREA)
HELD = {"begun_on": "2026-02-23", "ended_on": "2026-02-27", "days": "5", "attended": "20"}
NOTICE = {"notice_number": "12/TB-UBND", "notified_on": "2026-03-01", "due": "2026-03-31"}
MOVED = {
    "decision_number": "30/QĐ-UBND",
    "decision_date": "2026-03-25",
    "new_post": "Công chức văn phòng",
    "rotated_on": "2026-03-31",
}
GRADED = {"score": "86,5", "grade": "good", "decision_number": "9/QĐ-UBND", "decision_date": "2026-03-01"}
DECIDED = {
    "staff": "official",
    "form": "reprimand",
    "decision_number": "7/QĐ-UBND",
    "decision_date": "2026-03-01",
}
LEADING = {"general": "28", "unit_results": "100", "organising": "50", "unity": "80"}
UNIT_GRADED = {
    "assigned": "40", "done": "40", "late": "0", "grade": "good", "outstanding": "no",
    "decision_number": "9/QĐ-UBND", "decision_date": "2026-03-01",
}  # fmt: skip


def course(commune: AreaCommune, title: str = "Kỹ năng số", **changes: Any) -> Item:
    """Plan a course."""
    fields = {"sort": "digital", "planned_people": "20", "planned_days": "5"} | changes
    return commune.write("training", title, **fields)


def rotate(commune: AreaCommune, person: str = "Trần Văn Bình", **changes: Any) -> Item:
    """Plan that a person leaves a post for another one."""
    fields = {"person": person, "post": "Công chức địa chính", "held_since": "2022-01-10"} | changes
    return commune.write("rotation", f"Địa chính: {person}", **fields)


def evaluation(commune: AreaCommune, person: str = "Trần Văn Bình", **changes: Any) -> Item:
    """Open the evaluation of a person's year."""
    fields = {"person": person, "post": "Công chức địa chính", "group": "profession", "period": "2025"}
    return commune.write("evaluation", f"Đánh giá {person}", **fields | changes)


def scored(commune: AreaCommune, points: str = "25", **changes: Any) -> Item:
    """Open the evaluation of a person's 2026, whose general points the head of the unit has given."""
    item = evaluation(commune, **{"period": "2026"} | changes)
    return commune.take("unit_head", "score", item.id, general=points)


def unit_entry(commune: AreaCommune, **changes: Any) -> Item:
    """Open the grading of a unit's 2026."""
    return commune.write("unit_evaluation", "Xếp loại", **{"period": "2026", "sort": "service"} | changes)


def case(commune: AreaCommune, person: str = "Trần Văn Bình", **changes: Any) -> Item:
    """Open a case of discipline."""
    fields = {"person": person, "post": "Công chức địa chính", "found_on": "2026-01-10"} | changes
    return commune.write("discipline", "Xem xét kỷ luật", **fields)
