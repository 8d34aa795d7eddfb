"""The year of the board: shown in the open, chosen by a filter, kept when other filters change."""

import re

import pytest
from support.world import TASKS, adopt

PLANNED = 'id="n-planned" class="count">'


@pytest.fixture
def two_years(world):
    world.wait(days=290)
    adopt(world, 2027, TASKS[:1])
    return world


def planned(page):
    return int(page.split(PLANNED)[1].split("<")[0])


def test_the_board_says_which_year_it_shows(world, get):
    page = get("hoa", "board").text
    assert "Kế hoạch năm 2026</strong>: 3 công việc" in page
    assert 'id="f-plan"' not in page


def test_the_board_of_december_shows_this_year_although_the_next_is_adopted(two_years, get):
    page = get("hoa", "board").text
    assert planned(page) == 3 and "Kế hoạch năm 2026</strong>" in page
    assert re.search(r'<span>Năm</span><select id="f-plan" name="plan">', page)
    assert re.search(r'<option value="2026" selected>2026</option>', page)


def test_the_year_is_chosen_and_stays_in_the_links(two_years, get):
    page = get("hoa", "board?plan=2027&area=1").text
    assert planned(page) == 1 and "Kế hoạch năm 2027</strong>" in page
    assert 'href="/xa-mau/board?plan=2027">Bỏ lọc' in page.replace("amp;", "")
    assert 'href="/xa-mau/board?kind=report&plan=2027"' in page.replace("amp;", "")
    everything = get("hoa", "board?plan=all").text
    assert planned(everything) == 4 and "Mọi năm</strong>" in everything


def test_the_overview_and_the_list_say_the_year(two_years, get):
    assert "Kế hoạch năm 2026." in get("hoa", "overview").text
    assert "Kế hoạch năm 2027" in get("hoa", "items?plan=2027").text
    assert "Mọi năm" in get("hoa", "items?plan=all").text


def test_a_new_task_is_added_to_the_year_that_the_board_shows(two_years, get):
    board = get("hoa", "board?plan=2027").text
    assert 'href="/xa-mau/items/new?plan=2027"' in board
    form = get("hoa", "items/new?plan=2027").text
    assert "Việc của kế hoạch năm 2027" in form and "Lĩnh vực 1 năm 2027" in form
    assert '<input type="hidden" name="plan" value="2027">' in form
    assert "Cải cách thể chế" in get("hoa", "items/new").text
