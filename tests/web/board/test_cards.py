"""What a card shows, and how little of it travels."""

import re

import msgspec
import pytest
from support.boards import CARD, lane_of
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, TASKS, World, adoption
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.projections.cards import queries
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.web.board.cards import area_mark, card_view, load_card_context, short_person_name, short_title


def test_a_card_shows_title_area_reference_unit_and_due_day_in_words(world_with_areas):
    world_with_areas.take("hoa", "assign", "2026-III.2.10", **ASSIGN | {"due": "2026-03-04"})
    card = lane_of(Site(world_with_areas.ws).visitor("hoa").get("/xa-mau/board").text, "assigned")
    for words in ("Công khai thủ tục", "TTHC", "III.2.10", "Phòng Kinh tế", "Còn 2 ngày"):
        assert words in card
    assert 'href="items/2026-III.2.10"' in card
    assert 'href="items/2026-III.2.10/steps"' in card
    assert "<progress" not in card


def test_a_card_shows_progress_while_the_work_is_under_way(world, get):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "report_progress", percent="40", note="", evidence=[])
    assert "<progress max=100 value=40></progress>40 %" in lane_of(get("hoa", "board").text, "in_progress")


def test_no_card_is_heavier_than_half_a_kilobyte_and_eight_elements(crowd):
    for number in range(1, 6):
        crowd.take("hoa", "assign", f"2026-III.2.{number}", **ASSIGN)
    page = Site(crowd.ws).visitor("hoa").get("/xa-mau/board").text
    weights = [len(card.encode()) for card in CARD.findall(page)]
    assert len(weights) == 55
    assert max(weights) <= 500
    assert max(len(re.findall(r"<[a-z]", card)) for card in CARD.findall(page)) <= 8


def test_what_people_typed_is_drawn_as_text(new_world):
    task = NewTask(ref='III.1.1"><b>', title="<script>alert(1)</script>", text="<img src=x>", area="1")
    commands.adopt_plan(new_world.ws, adoption(tasks=(task,)), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board").text
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_the_colours_of_areas_come_from_their_plugins(world_with_areas):
    visitor = Site(world_with_areas.ws).visitor("hoa")
    address = re.search(r'href="([^"]+area-colours[^"]*)"', visitor.get("/xa-mau/board").text)
    sheet = visitor.get(address[1])
    assert sheet.mimetype == "text/css"
    assert re.search(r"\.a-0\{--area:#[0-9a-f]{6}\}", sheet.text)


def test_an_area_that_no_plugin_knows_shows_its_number_in_the_plan():
    assert area_mark("9", "Trồng rừng", load_plugins()).label == "9"


@pytest.mark.parametrize(
    ("name", "aliases", "short"),
    [
        ("Phòng Kinh tế", (), "Phòng Kinh tế"),
        ("Phòng Văn hóa - Xã hội", (), "P.VH-XH"),
        ("Phòng Văn hóa – Xã hội", ("Phòng VH-XH",), "Phòng VH-XH"),
        ("Trung tâm Phục vụ hành chính công", (), "TT PVHCC"),
        ("Văn phòng HĐND và UBND xã", (), "VP HĐND và UBND xã"),
    ],
)
def test_a_card_shortens_a_units_name_as_offices_do(name, aliases, short):
    assert short_unit_name(Unit("x", name, aliases, True)) == short


def test_a_long_title_is_cut_between_words():
    title = "Việc " * 30
    assert len(short_title(title)) <= 81
    assert short_title(title).endswith("Việc…")
    assert short_title(TASKS[0].title) == TASKS[0].title


def test_a_title_that_is_cut_is_kept_whole_beside_it(world: World) -> None:
    db, title = world.ws.read(), "Rà soát thủ tục hành chính " * 5
    context = load_card_context(db, load_plugins(), world.ws.now().date())
    long = card_view(msgspec.structs.replace(queries.card(db, TASK), title=title), context)
    assert (long.title[-1], long.full_title) == ("…", title)
    assert card_view(queries.card(db, TASK), context).full_title == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-03-12", "12/03"), ("2026-02-27", "Trễ 3 ngày")],
)
def test_the_due_day_of_a_card_is_told_without_the_year_that_it_is(world, get, day: str, words: str) -> None:
    world.wait(days=-5)
    world.take("hoa", "assign", **ASSIGN | {"due": day})
    world.wait(days=5)
    assert f">{words}</time>" in lane_of(get("hoa", "board").text, "assigned")


@pytest.mark.parametrize(
    ("name", "short"),
    [("Trần Thị Lan", "T.T. Lan"), ("Y Thắng Niê", "Y.T. Niê"), ("Nam", "Nam"), ("", "")],
)
def test_a_person_is_known_by_initials_and_given_name(name: str, short: str) -> None:
    assert short_person_name(name) == short


def test_a_card_names_who_has_the_work_in_hand_until_it_is_done(world: World, get: Send) -> None:
    def person_on_card() -> str:
        card = get("hoa", "board").text.split(f'<li id="i-{TASK}"')[1].partition("<li ")[0]
        return "T.T. Lan" if "T.T. Lan" in card else "V. Bình" if "V. Bình" in card else ""

    world.take("hoa", "assign", TASK, **ASSIGN)
    assert person_on_card() == ""
    world.take("lan", "start", TASK)
    assert person_on_card() == "T.T. Lan"
    world.take("hoa", "hand_over", TASK, lead="phong-kinh-te", officer="binh", reason="Phân công lại.")
    assert person_on_card() == "V. Bình"
    world.take("binh", "submit", TASK, **RESULT)
    world.take("hoa", "approve", TASK, quality="met")
    assert person_on_card() == ""
