"""What holds of all registers of procedures: no day to come, and a task waits for its entries."""

import pytest
from support import procedures
from support.procedures import ANNOUNCED, DOSSIER, FEEDBACK, MONDAY, Centre, refused
from support.world import ASSIGN, RESULT, TASK

centre = procedures.centre


@pytest.mark.parametrize(
    ("kind", "fields", "title"),
    [
        ("late_dossier", DOSSIER | {"received_on": "2026-03-03"}, "Ngày tiếp nhận"),
        ("feedback", FEEDBACK | {"received_on": "2026-03-03"}, "Ngày tiếp nhận"),
        ("procedure_announcement", ANNOUNCED | {"announced_on": "2026-03-03"}, "Ngày công bố"),
    ],
)
def test_nothing_is_written_of_a_day_to_come(
    centre: Centre, kind: str, fields: dict[str, str], title: str
) -> None:
    refused(centre, rf"{title} \(03/03/2026\) chưa tới", lambda: centre.write(kind, **fields))


def test_a_task_waits_for_the_entries_that_name_it(centre: Centre) -> None:
    entry = centre.write("procedure_announcement", task=TASK, **ANNOUNCED)
    centre.take("hoa", "assign", **ASSIGN)
    centre.take("lan", "start")
    centre.take("lan", "submit", **RESULT)
    refused(
        centre,
        "Sổ «Công khai thủ tục hành chính» còn 1 mục của nhiệm vụ này chưa xong",
        lambda: centre.take("hoa", "approve", quality="met"),
    )
    centre.do(entry, "publish", published_on=MONDAY, place="Bảng niêm yết")
    centre.take("hoa", "approve", quality="met")
    late = centre.write("late_dossier", task=TASK, **DOSSIER)
    refused(centre, "«Hồ sơ trễ hạn» còn 1 mục", lambda: centre.take("nam", "close"))
    centre.do(late, "return", returned_on=MONDAY)
    assert centre.take("nam", "close").item.state == "closed"


def test_a_task_of_another_area_is_not_kept(centre: Centre) -> None:
    other = "2026-III.1.1"
    centre.write("procedure_announcement", task=other, **ANNOUNCED)
    centre.take("hoa", "assign", other, **ASSIGN)
    centre.take("lan", "start", other)
    centre.take("lan", "submit", other, **RESULT)
    assert centre.take("hoa", "approve", other, quality="met").item.state == "approved"
