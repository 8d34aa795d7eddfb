"""Work whose holder is away or has left: the card tells who does it, and filter and rows find it there."""

import re

import pytest
from support.boards import lane_of
from support.world import ASSIGN, RESULT, TASK, World
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.commands.absences import set_absence

UNIT = "phong-kinh-te"


@pytest.fixture
def office(world: World) -> World:
    """A commune in which Lan has a task under way, Mai is her colleague and Bình is their head."""
    commands.add_person(world.ws, "mai", "Đỗ Thị Mai", None, UNIT, world.order(), roles=["officer"])
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


def leave(world: World, stand_in: str | None = "mai") -> None:
    """Set Lan away for the week."""
    absence = {"since": "02/03/2026", "until": "08/03/2026", "stand_in": stand_in}
    set_absence(world.ws, "lan", absence, world.order("lan"))


def cards_of(get: Send, person: str) -> int:
    return len(re.findall(r'<li id="i-', get("hoa", f"board?officer={person}").text))


def card(get: Send) -> str:
    return lane_of(get("hoa", "board").text, "in_progress")


def test_the_card_names_the_stand_in_beside_who_is_away_until_the_day_is_over(
    office: World, get: Send
) -> None:
    assert "</s> · Lan</p>" in card(get) and "thay" not in card(get)
    leave(office)
    assert "Trần Thị Lan (thay: Đỗ Thị Mai)" in card(get) and "</s> · →Mai</p>" in card(get)
    office.wait(days=7)
    assert "thay" not in card(get)


def test_without_a_stand_in_the_head_of_the_unit_is_named(office: World, get: Send) -> None:
    leave(office, None)
    assert "Trần Thị Lan (thay: Vũ Bình)" in card(get)


def test_the_work_of_somebody_who_left_is_named_with_the_head(office: World, get: Send) -> None:
    commands.change_person(office.ws, "lan", "Trần Thị Lan", None, UNIT, False, office.order())
    assert "Trần Thị Lan (thay: Vũ Bình)" in card(get)
    assert (cards_of(get, "binh"), cards_of(get, "lan")) == (1, 1)


def test_the_filter_by_person_finds_the_work_with_both_while_the_holder_is_away(
    office: World, get: Send
) -> None:
    assert (cards_of(get, "lan"), cards_of(get, "mai")) == (1, 0)
    leave(office)
    assert (cards_of(get, "lan"), cards_of(get, "mai"), cards_of(get, "binh")) == (1, 1, 0)
    assert "Rà soát thủ tục" in get("hoa", "items?officer=mai").text
    office.wait(days=7)
    assert (cards_of(get, "lan"), cards_of(get, "mai")) == (1, 0)


def test_a_board_of_a_past_day_tells_of_holders_alone(office: World, get: Send) -> None:
    leave(office)
    office.wait(days=1)
    page = get("hoa", "board?as_of=02/03/2026").text
    assert "thay:" not in page and "</s> · Lan</p>" in page
    assert '<li id="i-' not in get("hoa", "board?as_of=02/03/2026&officer=mai").text


def test_work_that_is_done_stays_with_who_did_it(office: World, get: Send) -> None:
    leave(office)
    office.take("lan", "submit", **RESULT)
    assert cards_of(get, "mai") == 1
    office.take("hoa", "approve", quality="good", comment="")
    assert (cards_of(get, "lan"), cards_of(get, "mai")) == (1, 0)


def test_by_person_the_work_stands_in_the_swimlane_of_the_stand_in_which_leads_to_as_many_cards(
    office: World, get: Send
) -> None:
    office.take("hoa", "assign", "2026-III.2.10", **ASSIGN)
    office.take("lan", "start", "2026-III.2.10")
    office.take("lan", "submit", "2026-III.2.10", **RESULT)
    office.take("hoa", "approve", "2026-III.2.10", quality="good", comment="")
    leave(office)
    page = get("hoa", "board?lanes=person").text
    assert TASK in page.split('<ol id="c-in_progress.mai"')[1].split("</ol>")[0]
    ways = dict(re.findall(r'href="/xa-mau/board\?officer=(\w+)"><span id="s-[^>]*>(\d)', page))
    assert ways == {"mai": "1"} and cards_of(get, "mai") == 1
    assert '<span id="s-lan" class="total">1</span>' in page  # what she has done stays hers
