"""What holds of all registers of procedures: no day to come, and a task waits for its entries."""

import pytest
from support import procedures
from support.procedures import ANNOUNCED, AREA, DOSSIER, FEEDBACK, MONDAY, Centre, refused

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
    refused(centre, rf"{title} \(03/03/2026\) chưa tới", lambda: centre.entry(kind, **fields))


def test_a_task_waits_for_the_entries_that_name_it(centre: Centre) -> None:
    task = centre.submitted_task(AREA)
    entry = centre.entry("procedure_announcement", task=task, **ANNOUNCED)
    refused(
        centre,
        "Sổ «Công khai thủ tục hành chính» còn 1 mục của nhiệm vụ này chưa xong",
        lambda: centre.take("coordinator", "approve", task, quality="met"),
    )
    centre.do(entry, "publish", published_on=MONDAY, place="Bảng niêm yết")
    centre.take("coordinator", "approve", task, quality="met")
    late = centre.entry("late_dossier", task=task, **DOSSIER)
    refused(centre, "«Hồ sơ trễ hạn» còn 1 mục", lambda: centre.take("leader", "close", task))
    centre.do(late, "return", returned_on=MONDAY)
    assert centre.take("leader", "close", task).state == "closed"


def test_a_task_of_another_area_is_not_kept(centre: Centre) -> None:
    task = centre.submitted_task()
    centre.entry("procedure_announcement", task=task, **ANNOUNCED)
    assert centre.take("coordinator", "approve", task, quality="met").state == "approved"
