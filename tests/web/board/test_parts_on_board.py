"""The board shows wholes or their parts, and a whole says how many of its parts wait."""

import re

import pytest
from support.world import RESULT, TASK, World
from web.conftest import Send

UNITS = ["phong-kinh-te", "tram-y-te"]
PART = f"{TASK}:phong-kinh-te"


@pytest.fixture
def divided(world: World) -> World:
    """One task is done by two units; the part of one waits for a decision."""
    world.take("hoa", "distribute", units=UNITS, cadence="once", due="2026-06-30")
    world.take("binh", "start", PART)
    world.take("binh", "submit", PART, **RESULT)
    return world


def cards(page: str) -> dict[str, str]:
    """Return the cards of a board by id, each with what it says."""
    rows = (row.partition("</ul>")[0] for row in page.split('<li id="i-')[1:])
    return {row.partition('"')[0]: row for row in rows}


def test_a_whole_says_how_many_of_its_parts_wait(divided: World, get: Send) -> None:
    board = cards(get("hoa", "board").text)
    assert "1 chờ duyệt" in board[TASK] and PART not in board
    divided.take("hoa", "approve", PART, quality="met")
    assert "1 đã duyệt" in cards(get("hoa", "board").text)[TASK]
    divided.take("nam", "close", PART)
    said = cards(get("hoa", "board").text)[TASK]
    assert "chờ duyệt" not in said and "đã duyệt" not in said


def test_the_parts_are_cards_of_their_own_where_they_are_asked_for(divided: World, get: Send) -> None:
    page = get("hoa", "board?parts=1").text
    board = cards(page)
    assert {PART, f"{TASK}:tram-y-te"} <= board.keys() and TASK not in board
    assert "2026-III.1.1" in board  # what has no parts is there as ever
    assert re.search(r'id="f-parts"[^>]* checked', page)
    assert "khớp bộ lọc" not in page


def test_each_part_stands_in_the_column_of_its_own_state(divided: World, get: Send) -> None:
    page = get("hoa", "board?parts=1").text
    submitted = page.split('id="c-submitted"')[1].split("</ul>")[0]
    assert f'id="i-{PART}"' in submitted
    assert f'id="i-{PART}"' not in page.split('id="c-submitted"')[0]


def test_a_register_offers_no_parts(world: World, get: Send) -> None:
    assert "f-parts" not in get("hoa", "board?kind=report").text
