"""«Trước ngày 25/11» on the page that shows what was understood of a plan, and on the board."""

import html
import io
import re

import pytest
from flask.testing import FlaskClient
from support.dated_plan import DATED_PLAN
from support.forms import hidden, send
from support.visitors import Site
from support.world import World

from cchc_flow import commands

PLANS, READINGS = "/xa-mau/plans", "/xa-mau/plan-readings"


@pytest.fixture
def hoa(new_world: World) -> FlaskClient:
    """The browser of the coordinator of a commune that has no plan yet."""
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "coordinator", new_world.order())
    return Site(new_world.ws).visitor("hoa")


def reading(client: FlaskClient) -> str:
    document = (io.BytesIO(DATED_PLAN.encode()), "ke-hoach.txt")
    address = send(client, PLANS, READINGS, document=document).headers["Location"]
    return client.get(address).text


def dues(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="due-([^"]+)" type="text" data-day value="([^"]*)"', page))


def adopt(client: FlaskClient, page: str) -> None:
    """Send the form untouched."""
    titles = re.findall(r'name="(title-[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    fields = {name: html.unescape(value) for name, value in titles}
    fields |= {f"due-{ref}": day for ref, day in dues(page).items()}
    assert client.post(PLANS, data=hidden(page, PLANS) | fields).status_code == 303


def test_a_task_before_a_day_is_due_the_day_before_and_the_page_says_so(
    hoa: FlaskClient, new_world: World
) -> None:
    page = reading(hoa)
    assert dues(page) == {"III.1.1": "24/11/2026", "III.1.2": "25/11/2026"}
    assert "Văn bản ghi trước ngày 25/11/2026: không kể ngày đó." in page
    assert page.count("Văn bản ghi trước ngày") == 1
    assert 'aria-describedby="due-III.1.1-before"' in page
    adopt(hoa, page)
    assert commands.load_item(new_world.ws, "2026-III.1.1").item.due == "2026-11-24"


def test_where_the_commune_counts_the_day_itself_it_is_due_then(hoa: FlaskClient, new_world: World) -> None:
    inclusive = {"before_is_exclusive": False}
    commands.change_setting(new_world.ws, "deadlines", inclusive, "Quy chế", new_world.order("hoa"))
    page = reading(hoa)
    assert dues(page) == {"III.1.1": "25/11/2026", "III.1.2": "25/11/2026"}
    assert "Văn bản ghi trước ngày 25/11/2026: tính cả ngày đó." in page
    adopt(hoa, page)
    assert commands.load_item(new_world.ws, "2026-III.1.1").item.due == "2026-11-25"
