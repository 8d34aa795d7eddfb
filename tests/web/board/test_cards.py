"""What a card shows, and how little of it travels."""

import re
from datetime import date

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
from cchc_flow.web.board.cards import area_mark, brief_day, card_view, load_card_context, short_title


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
    assert '<progress max=100 value=40 title="40 %"></progress>' in lane_of(
        get("hoa", "board").text, "in_progress"
    )


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
    ("day", "brief", "words"),
    [
        ("2026-03-12", "12/3", "Hạn 12/03"),
        ("2026-03-04", "04/3", "Còn 2 ngày"),
        ("2026-02-27", "!27/02", "Trễ 3 ngày"),
    ],
)
def test_a_card_gives_its_due_day_with_a_sign_and_in_words_what_it_means(
    world: World, get: Send, day: str, brief: str, words: str
) -> None:
    world.wait(days=-5)
    world.take("hoa", "assign", **ASSIGN | {"due": day})
    world.wait(days=5)
    assert f'title="{words}">{brief}</time>' in lane_of(get("hoa", "board").text, "assigned")


def test_work_that_is_done_has_a_tick_before_its_due_day_and_a_mark_if_it_was_late(
    world: World, get: Send
) -> None:
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-04"})
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "approve", quality="met")
    assert 'title="Xong đúng hạn">✓04/3</time>' in lane_of(get("hoa", "board").text, "approved")
    card = queries.card(world.ws.read(), TASK)
    late = msgspec.structs.replace(card, done="2026-03-05")
    context = load_card_context(world.ws.read(), load_plugins(), world.ws.now().date())
    assert card_view(late, context).brief_due == "✓!04/3"


def test_what_was_returned_or_asks_for_more_time_has_a_sign_at_its_due_day(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-12"})
    db = world.ws.read()
    context = load_card_context(db, load_plugins(), world.ws.now().date())
    card = queries.card(db, TASK)
    both = card_view(msgspec.structs.replace(card, returned=1, asked="2026-03-02"), context)
    assert (both.brief_due, both.badge.words) == ("←12/3+", "Hạn 12/03 · bị trả lại · xin gia hạn")
    without = msgspec.structs.replace(card, returned=1, due=None, deadline=None)
    assert card_view(without, context).brief_due == "←"


def test_the_due_day_of_another_year_has_its_year() -> None:
    assert brief_day(date(2027, 1, 5), date(2026, 3, 2)) == "05/01/27"
    assert brief_day(date(2026, 11, 20), date(2026, 3, 2)) == "20/11"


def test_a_whole_says_in_brief_how_many_of_its_parts_wait(world: World) -> None:
    db = world.ws.read()
    context = load_card_context(db, load_plugins(), world.ws.now().date())
    whole = msgspec.structs.replace(queries.card(db, TASK), whole=True)
    assert card_view(whole, context).brief_unit == "Nhiều ĐV"
    waiting = card_view(msgspec.structs.replace(whole, waiting="3 chờ duyệt"), context)
    assert (waiting.brief_unit, waiting.hands) == ("3 chờ duyệt", "Nhiều đơn vị")


def test_a_card_names_who_has_the_work_in_hand_until_it_is_done(world: World, get: Send) -> None:
    def person_on_card() -> str:
        card = get("hoa", "board").text.split(f'<li id="i-{TASK}"')[1].partition("<li ")[0]
        return match[1] if (match := re.search(r"</s> · (.+?)</p>", card)) else ""

    world.take("hoa", "assign", TASK, **ASSIGN)
    assert person_on_card() == ""
    world.take("lan", "start", TASK)
    assert person_on_card() == "Lan"
    world.take("hoa", "hand_over", TASK, lead="phong-kinh-te", officer="binh", reason="Phân công lại.")
    assert person_on_card() == "Bình"
    world.take("binh", "submit", TASK, **RESULT)
    world.take("hoa", "approve", TASK, quality="met")
    assert person_on_card() == ""
