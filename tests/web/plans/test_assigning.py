"""The table in which a plan's tasks are given out: row by row, those that are ticked, or all at once."""

import html
import re

import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import ASSIGN, TASK, World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.commands import load_item

TABLE = "/xa-mau/plans/2026/assignments"
FIRST = "2026-III.1.1"
LATE = "2026-III.2.10"


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    return site.visitor("hoa")


def sent(page: str) -> dict[str, str]:
    """Return what a browser would send of the table as it is drawn."""
    selects = re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = {
        name: found[1] if (found := re.search(r'value="([^"]*)" selected', options)) else ""
        for name, options in selects
    }
    days = dict(re.findall(r'name="(due-[^"]+)" type="text" data-day value="([^"]*)"', page))
    return hidden(page, TABLE) | chosen | {name: html.unescape(day) for name, day in days.items()}


def give_out(client: FlaskClient, page: str, **more: object) -> TestResponse:
    return client.post(TABLE, data=sent(page) | more)


def lead_of(world: World, item: str) -> str | None:
    return load_item(world.ws, item).item.lead


def test_each_row_begins_with_what_the_plan_suggests(hoa: FlaskClient) -> None:
    form = sent(hoa.get(TABLE).text)
    assert (form[f"lead-{TASK}"], form[f"due-{TASK}"], form[f"cadence-{TASK}"]) == (
        "phong-kinh-te",
        "30/06/2026",
        "once",
    )
    assert (form[f"lead-{FIRST}"], form[f"due-{FIRST}"]) == ("", "")


def test_all_at_once_gives_out_what_can_be_and_tells_of_the_rest(hoa: FlaskClient, world: World) -> None:
    answer = give_out(hoa, hoa.get(TABLE).text, which="all")
    assert "Đã giao 1 việc." in answer.text and "2 việc không giao được" in answer.text
    assert answer.text.count("Hãy chọn đơn vị chủ trì.") == 2
    assert lead_of(world, TASK) == "phong-kinh-te"
    assert f"seen-{TASK}" not in answer.text


def test_one_row_is_given_out_and_what_was_typed_in_the_others_stays(hoa: FlaskClient, world: World) -> None:
    page = hoa.get(TABLE).text
    typed = {f"lead-{LATE}": "tram-y-te", f"due-{LATE}": "20/3/2026", f"lead-{FIRST}": "phong-kinh-te"}
    answer = give_out(hoa, page, **typed, only=TASK)
    assert "Đã giao 1 việc." in answer.text
    form = sent(answer.text)
    assert (form[f"lead-{LATE}"], form[f"due-{LATE}"]) == ("tram-y-te", "20/03/2026")
    assert lead_of(world, LATE) is None
    last = give_out(hoa, answer.text, which="all")
    assert last.status_code == 303 and last.headers["Location"] == "/xa-mau/board?plan=2026"
    assert load_item(world.ws, LATE).item.due == "2026-03-20"


def test_ticked_rows_take_their_supporting_units_along(hoa: FlaskClient, world: World) -> None:
    answer = give_out(
        hoa,
        hoa.get(TABLE).text,
        which="ticked",
        item=[TASK],
        **{f"support-{TASK}": ["tram-y-te", "phong-van-hoa-xa-hoi"]},
    )
    assert "Đã giao 1 việc." in answer.text
    assert set(load_item(world.ws, TASK).item.support) == {"tram-y-te", "phong-van-hoa-xa-hoi"}


def test_a_cadence_makes_a_part_for_each_period(hoa: FlaskClient, world: World) -> None:
    give_out(
        hoa, hoa.get(TABLE).text, only=FIRST, **{f"lead-{FIRST}": "tram-y-te", f"cadence-{FIRST}": "monthly"}
    )
    item = load_item(world.ws, FIRST).item
    assert item.distribution and item.distribution.cadence == "monthly"


def test_refused_rows_keep_what_was_typed_and_say_why(hoa: FlaskClient, world: World) -> None:
    page = hoa.get(TABLE).text
    typed = {f"lead-{FIRST}": "tram-y-te", f"due-{FIRST}": "31/4/2026", f"due-{TASK}": "01/02/2026"}
    answer = give_out(hoa, page, which="ticked", item=[FIRST, TASK], **typed)
    assert "«31/4/2026» không phải là một ngày" in answer.text
    assert "ngày 01/02/2026 đã qua" in answer.text
    form = sent(answer.text)
    assert (form[f"lead-{FIRST}"], form[f"due-{FIRST}"]) == ("tram-y-te", "31/4/2026")
    assert answer.text.count(" checked") == 2
    assert lead_of(world, TASK) is None


def test_a_row_that_a_colleague_gave_out_meanwhile_is_refused(hoa: FlaskClient, world: World) -> None:
    page = hoa.get(TABLE).text
    world.take("nam", "assign", **ASSIGN | {"lead": "tram-y-te", "support": []})
    answer = give_out(hoa, page, which="all")
    assert "Đã giao 0 việc." in answer.text and "3 việc không giao được" in answer.text
    assert "Phạm Nam đã chuyển công việc này sang «Đã giao»" in answer.text
    assert lead_of(world, TASK) == "tram-y-te"


def test_the_table_sent_twice_gives_out_once(hoa: FlaskClient, world: World) -> None:
    form = sent(hoa.get(TABLE).text) | {"which": "all"}
    assert "Đã giao 1 việc." in hoa.post(TABLE, data=form).text
    size = world.ws.log.size()
    assert "Đã giao 1 việc." in hoa.post(TABLE, data=form).text
    assert world.ws.log.size() == size


def test_nothing_chosen_is_told(hoa: FlaskClient) -> None:
    answer = give_out(hoa, hoa.get(TABLE).text, which="ticked")
    assert answer.status_code == 422 and "Chưa chọn việc nào" in answer.text


def test_a_suggested_unit_that_was_closed_is_not_suggested_any_more(hoa: FlaskClient, world: World) -> None:
    commands.change_unit(
        world.ws, "phong-kinh-te", "Phòng Kinh tế", ("P. Kinh tế",), False, world.order("system:test")
    )
    assert sent(hoa.get(TABLE).text)[f"lead-{TASK}"] == ""


def test_the_board_leads_to_the_table_while_there_is_something_suggested(site: Site, world: World) -> None:
    assert f'href="{TABLE}"' in site.visitor("hoa").get("/xa-mau/board").text
    assert f'href="{TABLE}"' not in site.visitor("lan").get("/xa-mau/board").text
    world.take("hoa", "assign", **ASSIGN)
    assert f'href="{TABLE}"' not in site.visitor("hoa").get("/xa-mau/board").text


def test_a_plan_that_there_is_none_of_is_not_found(hoa: FlaskClient) -> None:
    assert hoa.get("/xa-mau/plans/2031/assignments").status_code == 404
