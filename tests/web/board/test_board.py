"""The board: its columns and their pages, its days, and what an empty one says."""

import re

import pytest
from support.boards import cards_of, count_of, lane_of
from support.visitors import Site
from support.world import ASSIGN, TASK, adoption

from cchc_flow import commands
from cchc_flow.commands import NewTask

HTMX = {"HX-Request": "true"}


def test_the_board_has_a_column_for_each_state_on_it_with_its_count(get):
    page = get("hoa", "board").text
    assert re.findall(r'<section class="lane" data-state="(\w+)"', page) == [
        "planned",
        "assigned",
        "in_progress",
        "submitted",
        "approved",
        "closed",
    ]
    assert count_of(page, "planned") == 3
    assert count_of(page, "closed") == 0


def test_cards_stand_in_the_order_of_due_day_then_reference(get):
    assert cards_of(get("hoa", "board").text) == ["2026-III.2.10", "2026-III.2.3.1", "2026-III.1.1"]


def test_a_column_shows_its_first_fifty_cards_and_the_way_to_the_next(crowd):
    visitor = Site(crowd.ws).visitor("hoa")
    first = visitor.get("/xa-mau/board").text
    assert count_of(first, "planned") == 120
    assert len(cards_of(first)) == 50
    seen = cards_of(first)
    more = re.search(r'<li class="more"><a href="([^"]+)"', first)
    while more:
        page = visitor.get(more[1].replace("&amp;", "&"), headers=HTMX).text
        assert "<html" not in page
        seen += cards_of(page)
        more = re.search(r'<li class="more"><a href="([^"]+)"', page)
    assert len(seen) == len(set(seen)) == 120


def test_the_next_cards_of_a_column_are_a_page_of_their_own_without_javascript(crowd):
    visitor = Site(crowd.ws).visitor("hoa")
    more = re.search(r'<li class="more"><a href="([^"]+)"', visitor.get("/xa-mau/board?area=2").text)[1]
    page = visitor.get(more.replace("&amp;", "&")).text
    assert "<html" in page
    assert 'href="../../items/' in page
    assert '<a href="/xa-mau/board?area=2">Về bảng công việc</a>' in page
    assert "area=2" in more


def test_a_board_of_five_hundred_stays_small_on_the_wire(new_world):
    many = tuple(
        NewTask(ref=f"III.1.{number}", title=f"Việc số {number} của kế hoạch", text="x", area="1")
        for number in range(500)
    )
    commands.adopt_plan(new_world.ws, adoption(tasks=many), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board")
    assert len(page.data) < 80_000


def test_htmx_gets_the_columns_alone(get):
    page = get("hoa", "board?area=1", headers=HTMX).text
    assert page.lstrip().startswith('<div id="board"')
    assert cards_of(page) == ["2026-III.1.1"]


def test_going_back_in_history_gets_the_whole_page(get):
    assert "<html" in get("hoa", "board", headers=HTMX | {"HX-History-Restore-Request": "true"}).text


def test_an_empty_board_says_what_to_do_and_who_does_it(new_world):
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "viewer", new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board").text
    assert "Chưa có công việc nào. Đầu mối CCHC bắt đầu bằng việc" in page


def test_an_empty_column_says_which_step_fills_it_and_who_takes_it(get):
    page = get("hoa", "board").text
    assert "Việc vào đây khi đơn vị chủ trì chọn «Nhận việc»." in lane_of(page, "in_progress")
    assert "Việc vào đây khi lãnh đạo UBND hoặc đầu mối CCHC được giao quyền chọn «Hoàn thành»." in lane_of(
        page, "closed"
    )


def test_the_board_of_today_says_that_the_day_is_not_over(get):
    assert "Bảng của hôm nay, 02/03/2026, tính đến lúc này." in get("hoa", "board?as_of=2026-03-02").text


def test_the_board_of_a_past_day_shows_that_day_and_no_step(world, get):
    world.wait(days=3)
    world.take("hoa", "assign", **ASSIGN)
    then, now = get("hoa", "board?as_of=2026-03-02").text, get("hoa", "board").text
    assert TASK in lane_of(then, "planned")
    assert TASK in lane_of(now, "assigned")
    assert "Bảng như lúc hết ngày 02/03/2026." in then
    assert "/steps" not in then
    assert "Trễ 1 ngày" in now
    assert "Còn 2 ngày" in then


def test_the_board_of_today_as_a_day_is_that_of_now(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert TASK in lane_of(get("hoa", "board?as_of=2026-03-02").text, "assigned")


@pytest.mark.parametrize("path", ["board", "items", "overview"])
def test_no_day_to_come_can_be_chosen(get, path):
    assert re.search(r'name="as_of"[^>]* data-max="2026-03-02"', get("hoa", path).text)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_only_the_board_of_now_offers_a_new_task(get, headers):
    assert "Thêm công việc<" in get("hoa", "board", headers=headers).text
    assert "Thêm công việc<" not in get("hoa", "board?as_of=2026-03-02", headers=headers).text


def test_a_refusal_leaves_the_address_as_it_is(get):
    answer = get("hoa", "board?as_of=2026-03-03", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (422, "false")


def test_before_the_log_began_there_is_nothing_and_the_page_says_so(get):
    assert "Hết ngày 01/01/2020 chưa có công việc nào." in get("hoa", "board?as_of=2020-01-01").text


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("board/columns/nowhere", "không có trạng thái «nowhere»"),
        ("board/columns/planned?after=x", "Đường dẫn tới trang thẻ tiếp theo không đúng."),
    ],
)
def test_a_page_of_a_column_that_cannot_be_is_not_found(get, path, why):
    answer = get("hoa", path)
    assert answer.status_code == 404
    assert why in answer.text


def test_the_board_needs_a_sign_in(site):
    answer = site.app.test_client().get("/xa-mau/board?area=1")
    assert answer.status_code == 303
    assert "next=" in answer.headers["Location"]
