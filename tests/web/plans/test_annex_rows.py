"""The rows of an appendix stand beside the tasks of the text, and a person decides."""

from msgspec.structs import replace

from cchc_flow.plan_import.annex_choices import apply_row_choices
from cchc_flow.plan_import.proposal import AnnexRow, Area, Due, Proposal, Task
from cchc_flow.web.plans.annex_rows import review_rows

TASK = Task("III.1.1", "Ban hành văn bản đúng hạn.", "Ban hành", leaf=True)
ROW = AnnexRow(None, TASK.text, None, None, (), None, Due("other", None), "PL.1", "III.1.1", place=31)


def proposal(*rows: AnnexRow) -> Proposal:
    nothing: tuple[()] = ()
    areas = (Area("1", "Cải cách thể chế", (TASK,)),)
    return Proposal(
        "Kế hoạch", None, 2026, None, *(nothing,) * 3, areas, *(nothing,) * 4, annex=rows, warnings=()
    )


def test_a_row_that_says_the_same_is_only_counted() -> None:
    review = review_rows(proposal(ROW), {})
    assert (review.same, review.different, review.new, review.waiting) == (1, (), (), 0)


def test_a_row_that_says_something_else_waits_until_it_is_decided() -> None:
    rows = proposal(replace(ROW, differs=("due",)))
    assert review_rows(rows, {}).waiting == 1
    assert review_rows(rows, {31: "row"}).waiting == 0
    assert review_rows(rows, {31: "row"}).different[0].choice == "row"


def test_a_row_without_a_task_is_new_until_it_is_one() -> None:
    rows = proposal(replace(ROW, matches=None))
    assert review_rows(rows, {}).new[0].choice == ""
    assert review_rows(apply_row_choices(rows, {31: "1"}), {31: "1"}).new[0].choice == "1"


def test_a_plan_whose_tasks_are_those_of_the_appendix_has_no_new_rows() -> None:
    rows = proposal(replace(ROW, matches=None, ref=TASK.ref))
    assert review_rows(rows, {}).same == 1
