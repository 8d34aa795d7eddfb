"""What there is to do with an item, and for whom: the page of its steps and the menu of its card."""

import re

from support.world import ASSIGN, TASK

from cchc_flow import commands

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board"}
ITEM = f"items/{TASK}"


def test_the_page_of_steps_lists_what_its_reader_may_do_and_what_waits_for_others(get):
    page = get("hoa", f"{ITEM}/steps").text
    assert f'href="/xa-mau/{ITEM}/assignments/new"' in page
    assert f'href="/xa-mau/{ITEM}/comments/new"' in page
    assert "/starts" not in page
    page = get("lan", f"{ITEM}/steps").text
    assert "assignments/new" not in page
    assert "Giao việc: đầu mối CCHC hoặc lãnh đạo UBND" in page


def test_a_step_that_asks_for_nothing_is_one_button(world, get):
    world.take("hoa", "assign", **ASSIGN)
    page = get("lan", f"{ITEM}/steps").text
    assert re.search(rf'<form method="post" action="/xa-mau/{ITEM}/starts">', page)


def test_to_htmx_the_steps_are_the_menu_alone(get):
    page = get("hoa", f"{ITEM}/steps", headers=HTMX).text
    assert "<html" not in page
    assert f'hx-get="/xa-mau/{ITEM}/assignments/new"' in page


def test_the_small_answer_names_the_states_that_can_be_reached(world, get):
    assert get("hoa", f"{ITEM}/steps.json").json == {"assigned": "Giao việc"}
    world.submitted()
    assert get("nam", f"{ITEM}/steps.json").json == {"in_progress": "Trả lại kết quả", "approved": "Duyệt"}
    assert get("thu", f"{ITEM}/steps.json").json == {}


def test_the_menu_offers_to_take_the_last_move_back(world, get):
    world.take("hoa", "assign", **ASSIGN)
    menu = get("hoa", f"{ITEM}/steps", headers=HTMX).text
    assert "Hoàn tác bước vừa rồi" in menu
    assert "Hoàn tác" not in get("nam", f"{ITEM}/steps", headers=HTMX).text


def test_who_has_submitted_sees_that_another_has_to_approve(world, get):
    commands.grant_role(world.ws, "lan", "coordinator", world.order())
    world.submitted()
    assert "đầu mối CCHC hoặc lãnh đạo UBND khác" in get("lan", f"{ITEM}/steps").text
    assert "khác" not in get("binh", f"{ITEM}/steps", headers=HTMX).text


def test_only_a_step_that_brings_the_work_on_is_the_chief_button(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert 'class="button" href' not in get("hoa", f"{ITEM}/steps").text
    assert "<button>Nhận việc" in get("lan", f"{ITEM}/steps").text


def test_what_comes_next_is_the_same_on_the_page_in_the_menu_and_in_ones_own_work(world, get):
    world.take("hoa", "assign", **ASSIGN)
    chief = "<button>Nhận việc"
    assert chief in get("binh", ITEM).text
    assert chief in get("binh", f"{ITEM}/steps").text
    assert f'action="/xa-mau/{ITEM}/starts"' in get("binh", "work").text
    world.take("binh", "delegate", officer="lan")
    assert chief not in get("binh", ITEM).text
    assert chief not in get("binh", f"{ITEM}/steps").text
    assert f'action="/xa-mau/{ITEM}/starts"' not in get("binh", "work").text
    menu = get("binh", f"{ITEM}/steps", headers=HTMX).text
    assert menu.index("Lấy lại việc") < menu.index("Nhận việc")
    assert "Trần Thị Lan: nhận việc" in get("binh", ITEM).text
    assert chief in get("lan", ITEM).text
