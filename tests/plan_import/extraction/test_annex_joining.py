"""The rows of an appendix beside the tasks of the text."""

import pytest
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.annex_joining import areas_of, join_annex
from cchc_flow.plan_import.proposal import AnnexRow, Area, Due, Task

TASKS = (
    Task(
        "III.1.1", "Lập danh mục văn bản của xã cần bãi bỏ.", "Lập danh mục", leaf=True, lead="Văn phòng xã"
    ),
    Task(
        "III.1.2",
        "Mở lớp soạn thảo văn bản cho công chức.",
        "Mở lớp",
        leaf=True,
        due="2026-05-30",
        before="2026-05-31",
    ),
)
AREAS = (Area("1", "Cải cách thể chế", TASKS),)


def row(task: str, lead: str | None = None, day: str | None = None, area: str | None = None) -> AnnexRow:
    due = Due("date", day) if day else Due("other", None)
    return AnnexRow(area, task, None, lead, (), None, due, ref="PL.1")


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Lập danh mục văn bản của xã cần bãi bỏ", "III.1.1"),
        ("Lập danh mục các văn bản cần bãi bỏ của xã", "III.1.1"),
        ("Mở lớp soạn thảo văn bản", "III.1.2"),
        ("Đo mức hài lòng của người dân", None),
        ("Văn bản", None),
    ],
)
def test_a_row_with_similar_words_is_the_same_task(text: str, ref: str | None) -> None:
    (found,) = join_annex([row(text)], AREAS)
    assert found.matches == ref


def test_what_a_row_says_otherwise_is_named() -> None:
    same, other = join_annex(
        [row(TASKS[0].text, "Văn phòng", "2026-06-30"), row(TASKS[1].text, "Phòng Kinh tế", "2026-06-30")],
        AREAS,
    )
    assert (same.differs, other.differs) == ((), ("due",))
    (moved,) = join_annex([row(TASKS[0].text, "Công an xã")], AREAS)
    assert moved.differs == ("lead",)


def test_a_day_that_the_words_leave_out_is_no_difference() -> None:
    (found,) = join_annex([row(TASKS[1].text, day="2026-05-31")], AREAS)
    assert found.differs == ()


def test_a_task_is_matched_by_its_best_row_only() -> None:
    rows = join_annex([row("Mở lớp soạn thảo văn bản"), row(TASKS[1].text)], AREAS)
    assert [found.matches for found in rows] == [None, "III.1.2"]


def test_without_tasks_in_the_text_the_rows_are_the_tasks_of_their_areas() -> None:
    rows = [
        row("Lập danh mục", "Văn phòng", "2026-06-30", area="Thể chế"),
        replace(row("Giải ngân", "Phòng Kinh tế", area="Tài chính công"), ref="PL.2"),
    ]
    areas = areas_of(rows, lambda title: "finance" if "Tài chính" in title else None)
    assert [(area.code, area.title, area.topic) for area in areas] == [
        ("1", "Thể chế", None),
        ("2", "Tài chính công", "finance"),
    ]
    (task,) = areas[0].tasks
    assert (task.ref, task.text, task.lead, task.due, task.leaf) == (
        "PL.1",
        "Lập danh mục",
        "Văn phòng",
        "2026-06-30",
        True,
    )
