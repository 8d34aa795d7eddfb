"""What of a proposal is adopted: each task with what the plan says of it, and what a person said instead."""

from typing import Any

from support.plans import read_plan_bytes
from support.world import DOCUMENT

from cchc_flow.commands import TaskChange
from cchc_flow.plan_import.adoption import adoption

PLAN = """KẾ HOẠCH
Cải cách hành chính xã Phú An năm 2026
I. NHIỆM VỤ
1. Cải cách thể chế
- Rà soát văn bản của xã.
Đơn vị chủ trì: Phòng Kinh tế.
Đơn vị phối hợp: Văn phòng HĐND và UBND; Công an xã.
Sản phẩm: Danh mục văn bản.
Thời gian thực hiện: Quý II/2026.
- Niêm yết danh mục tại trụ sở trước ngày 30/9/2026.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Bố trí kinh phí.
"""


def adopted_tasks(changes: dict[str, TaskChange]) -> list[dict[str, Any]]:
    proposal = read_plan_bytes("ke-hoach.txt", PLAN.encode())
    tasks: list[dict[str, Any]] = adoption(proposal, DOCUMENT, changes).plan["areas"][0]["tasks"]
    return tasks


def test_who_leads_and_supports_what_comes_of_it_and_when_are_adopted_with_a_task() -> None:
    first, second = adopted_tasks({})
    assert (first["lead"], first["product"], first["due_text"]) == (
        "Phòng Kinh tế",
        "Danh mục văn bản",
        "Quý II/2026",
    )
    assert list(first["support"]) == ["Văn phòng HĐND và UBND", "Công an xã"]
    assert (second["lead"], second["due_text"]) == (None, None)


def test_a_lead_or_day_that_a_person_set_instead_is_adopted() -> None:
    change = TaskChange("Rà soát", "Công an xã", "2026-05-15")
    first = adopted_tasks({"I.1.1": change})[0]
    assert (first["lead"], first["due_text"]) == ("Công an xã", "15/05/2026")


def test_what_a_person_left_as_it_was_keeps_the_words_of_the_plan() -> None:
    as_read = TaskChange("Rà soát", "Phòng Kinh tế", "2026-06-30")
    emptied = TaskChange("Niêm yết", None, None)
    first, second = adopted_tasks({"I.1.1": as_read, "I.1.2": emptied})
    assert (first["lead"], first["due_text"]) == ("Phòng Kinh tế", "Quý II/2026")
    assert (second["lead"], second["due_text"]) == (None, None)
