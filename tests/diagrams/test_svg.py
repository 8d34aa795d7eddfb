"""The drawing of a workflow: whole, well-formed whatever the titles hold, and the item's way marked on it."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from lxml import etree
from support.story import COORDINATOR, OFFICER, RESULT, submitted_task
from support.workflows import definitions

from cchc_flow.diagrams.layout import layout
from cchc_flow.diagrams.path import path_of
from cchc_flow.diagrams.svg import draw_svg
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def moves_of(workflow: Workflow) -> Counter[tuple[str, str, str]]:
    return Counter(
        (step.name, start, end)
        for step in workflow.transitions
        for start in step.from_
        for end in workflow.ends(step)
    )


def moves_in(picture: etree._Element) -> Counter[tuple[str, str, str]]:
    drawn = picture.iterfind(f".//{SVG}g[@data-step]")
    return Counter((move.get("data-step"), move.get("data-from"), move.get("data-to")) for move in drawn)


def states_in(picture: etree._Element) -> list[str | None]:
    return [state.get("data-state") for state in picture.iterfind(f".//{SVG}g[@data-state]")]


@given(definitions())
def test_every_state_and_every_way_through_a_moving_step_is_drawn_once(workflow: Workflow) -> None:
    picture = read(draw_svg(workflow))
    assert sorted(states_in(picture)) == sorted(state.name for state in workflow.states)
    assert moves_in(picture) == moves_of(workflow)


@pytest.mark.parametrize("workflow", [TASK, REPORT], ids=lambda workflow: workflow.kind)
def test_the_built_in_workflows_are_drawn_whole_by_the_words_of_the_screen(workflow: Workflow) -> None:
    picture = read(draw_svg(workflow))
    assert moves_in(picture) == moves_of(workflow)
    words = " ".join(picture.itertext())
    assert [
        titled.title for titled in (*workflow.states, *workflow.transitions) if titled.title not in words
    ] == []


@given(definitions())
def test_no_two_boxes_lie_over_each_other_and_all_lie_inside(workflow: Workflow) -> None:
    boxes = [
        (rect.get("x"), rect.get("y"), rect.get("width"), rect.get("height"))
        for state in read(draw_svg(workflow)).iterfind(f".//{SVG}g[@data-state]")
        for rect in state.iterfind(f"{SVG}rect[1]")
    ]
    size = layout(workflow)
    placed = [tuple(int(str(side)) for side in box) for box in boxes]
    for number, (x, y, width, height) in enumerate(placed):
        assert 0 <= x <= x + width <= size.width
        assert 0 <= y <= y + height <= size.height
        for left, top, wide, high in placed[:number]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height


def test_each_step_that_moves_has_a_row_of_its_own() -> None:
    rows = sorted(layout(TASK).rows.values())
    assert all(lower - upper >= 30 for upper, lower in itertools.pairwise(rows))


def test_states_off_the_board_stand_apart_below_the_steps() -> None:
    plan = layout(TASK)
    off_board = {name for name, box in plan.boxes.items() if box.y > max(plan.rows.values())}
    assert off_board == {"distributed", "suspended", "cancelled", "excused"}


def test_final_states_have_a_second_border_and_no_others() -> None:
    states = read(draw_svg(TASK)).iterfind(f".//{SVG}g[@data-state]")
    double = {state.get("data-state") for state in states if len(state.findall(f"{SVG}rect")) == 2}
    assert double == {"closed", "cancelled", "excused"}


def test_a_drawing_has_no_style_no_script_and_no_address_that_would_be_loaded() -> None:
    picture = read(draw_svg(TASK, "submitted", path_of(TASK, submitted_task().events)))
    assert {etree.QName(element).localname for element in picture.iter()} <= {
        "svg", "title", "desc", "g", "rect", "text", "path", "line", "circle",
    }  # fmt: skip
    names = {name for element in picture.iter() for name in element.attrib}
    assert not {name for name in names if name in ("style", "href", "src") or name.startswith("on")}


def test_a_reader_who_does_not_see_it_is_told_the_same() -> None:
    picture = read(draw_svg(TASK, "submitted", path_of(TASK, submitted_task().events)))
    assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "flow-title flow-desc")
    assert picture.findtext(f"{SVG}title") == f"Nhiệm vụ của kế hoạch, phiên bản {TASK.version}"
    description = picture.findtext(f"{SVG}desc") or ""
    assert description.startswith("Đang ở «Chờ duyệt». Các bước đã qua: Giao việc, Nhận việc, Nộp kết quả.")
    assert "Tiếp tục: ở Tạm dừng đến Chưa giao, Đã giao, Đang thực hiện" in description


def test_where_the_item_is_and_which_way_it_took_is_told_by_words_and_numbers() -> None:
    story = (
        submitted_task()
        .take(COORDINATOR, "return", reason="x", defects="0")
        .take(OFFICER, "submit", **RESULT)
    )
    picture = read(draw_svg(TASK, story.it.state, path_of(TASK, story.events)))
    (current,) = picture.iterfind(f".//{SVG}g[@class='state here']")
    assert (current.get("data-state"), "Đang ở đây" in current.itertext()) == ("submitted", True)
    numbers = {
        move.get("data-step"): move.findtext(f"{SVG}text")
        for move in picture.iterfind(f".//{SVG}g[@class='move taken']")
    }
    assert numbers == {"assign": "1", "start": "2", "submit": "3, 5", "return": "4"}


def test_without_an_item_nothing_is_marked() -> None:
    text = draw_svg(TASK)
    assert "Đang ở đây" not in text
    assert "taken" not in text
