"""The conditions of a board: in its address, on its chips, and what is refused."""

import re

import pytest
from support.boards import cards_of
from support.visitors import Site
from support.world import ASSIGN, TASK

from cchc_flow import commands

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("area=1", ["2026-III.1.1"]),
        ("words=dak+lak", ["2026-III.2.3.1"]),
        ("words=CONG+KHAI", ["2026-III.2.10"]),
        ("due=soon", ["2026-III.2.10"]),
        ("due=none", ["2026-III.1.1"]),
        ("due=late", []),
        ("area=2&words=thu+tuc", ["2026-III.2.10", "2026-III.2.3.1"]),
    ],
)
def test_a_filter_in_the_address_narrows_the_board(get, asked, found):
    assert cards_of(get("hoa", f"board?{asked}").text) == found


def test_who_decides_finds_the_requests_for_an_extension_on_the_board(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert cards_of(get("nam", "board?due=asked").text) == []
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    page = get("nam", "board?due=asked").text
    assert cards_of(page) == [TASK] and '· xin gia hạn">' in page
    world.take("hoa", "grant_extension", due="2026-07-15")
    assert cards_of(get("nam", "board?due=asked").text) == []


def test_mine_are_the_works_of_ones_unit(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert cards_of(get("lan", "board?mine=1").text) == [TASK]
    assert cards_of(get("hoa", "board?mine=1").text) == []


def test_mine_of_who_has_no_unit_are_the_works_one_is_in_charge_of(world, get):
    world.take("hoa", "assign", **ASSIGN, officer="lan")
    assert cards_of(get("nam", "board?mine=1").text) == []
    assert cards_of(get("lan", "board?mine=1&unit=phong-kinh-te").text) == [TASK]


@pytest.mark.parametrize("path", ["board", "items"])
def test_mine_is_offered_to_whom_has_a_unit_or_a_task_in_charge(world, get, path):
    world.take("hoa", "assign", **ASSIGN, officer="lan")
    offered = {login: 'name="mine"' in get(login, path).text for login in ("lan", "hoa", "nam", "thu")}
    assert offered == {"lan": True, "hoa": True, "nam": False, "thu": False}
    assert 'name="mine"' in get("nam", f"{path}?mine=1").text
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, None, True, world.order())
    assert 'name="mine"' in get("lan", path).text


def test_a_search_that_finds_nothing_says_so_and_leads_back(get):
    page = get("hoa", "board?words=khongco").text
    assert "Không có công việc nào khớp." in page
    assert '<a href="/xa-mau/board">Bỏ lọc</a>' in page


def test_each_filter_that_is_on_is_a_chip_with_the_way_to_the_board_without_it(get):
    chips = re.findall(r'href="([^"]+)" data-off="(\w+)"', get("hoa", "board?area=2&mine=1&words=niem").text)
    assert chips == [
        ("/xa-mau/board?mine=1&amp;words=niem", "area"),
        ("/xa-mau/board?area=2&amp;words=niem", "mine"),
    ]
    assert "data-off" not in get("hoa", "board").text
    assert 'id="f-on" class="on" hx-swap-oob="true"' in get("hoa", "board?area=2", headers=HTMX).text


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("as_of=h%C3%B4m+qua", "«hôm qua» không phải là một ngày."),
        ("as_of=2026-02-30", "«2026-02-30» không phải là một ngày."),
        ("as_of=2026-03-03", "Ngày 03/03/2026 chưa đến: chỉ xem được hôm nay và những ngày đã qua."),
        ("as_of=9999-12-31", "Ngày 31/12/9999 chưa đến: chỉ xem được hôm nay và những ngày đã qua."),
        ("due=muon", "Không có tình trạng hạn «muon»."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(get, asked, why):
    answer = get("hoa", f"board?{asked}")
    assert answer.status_code == 422
    assert why in answer.text
    assert 'href="/xa-mau/board">Về bảng công việc</a>' in answer.text


def test_parameters_that_nobody_asked_for_do_not_stand_in_the_way(crowd):
    page = Site(crowd.ws).visitor("hoa").get("/xa-mau/board?state=x&_external=1&after=y&words=")
    assert page.status_code == 200
    assert "_external" not in page.text
