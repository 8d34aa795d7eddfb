"""What a person decides about rows of an appendix holds for the tasks of the plan."""

from cchc_flow.plan_import.annex_choices import apply_row_choices, fitting_area
from cchc_flow.plan_import.proposal import AnnexRow, Area, Due, Proposal, Task

DUE = Due("month", "2026-03-31")
SAME = AnnexRow(
    "Cải cách thể chế",
    "Ban hành văn bản đúng hạn.",
    "Quyết định",
    "Phòng Tư pháp",
    (),
    "Tháng 3/2026",
    DUE,
    "PL.1",
    "III.1.1",
    ("due",),
    place=31,
)
NEW = AnnexRow("Cải cách thể chế", "Tổng kết.", None, "Văn phòng", (), None, DUE, "PL.2", place=32)
TASK = Task("III.1.1", "Ban hành văn bản đúng hạn.", "Ban hành", leaf=True, due="2026-06-30")
AREAS = (Area("1", "Cải cách thể chế", (TASK,)), Area("2", "Tài chính công", ()))


def proposal() -> Proposal:
    nothing: tuple[()] = ()
    return Proposal(
        "Kế hoạch", None, 2026, None, *(nothing,) * 3, AREAS, *(nothing,) * 4, annex=(SAME, NEW), warnings=()
    )


def tasks(choices: dict[int, str]) -> list[tuple[str, str | None, str | None]]:
    """Return area, lead and day of the tasks after these choices."""
    areas = apply_row_choices(proposal(), choices).areas
    return [(area.code, task.lead, task.due) for area in areas for task in area.tasks]


def test_a_row_that_is_taken_gives_its_task_the_day_and_the_lead() -> None:
    assert tasks({31: "row"}) == [("1", "Phòng Tư pháp", "2026-03-31")]


def test_a_task_keeps_what_the_text_says_until_a_person_takes_the_row() -> None:
    assert tasks({}) == tasks({31: "text"}) == [("1", None, "2026-06-30")]


def test_a_new_row_becomes_a_task_of_the_area_that_was_chosen() -> None:
    assert tasks({32: "2"})[-1] == ("2", "Văn phòng", "2026-03-31")
    assert apply_row_choices(proposal(), {32: "2"}).areas[1].tasks[0].ref == "PL.2"


def test_an_area_that_is_gone_takes_no_row_and_nothing_else_changes() -> None:
    assert tasks({32: "9", 99: "1"}) == tasks({})


def test_the_area_of_a_row_is_the_one_of_its_heading() -> None:
    assert fitting_area(NEW, proposal()) == "1"
