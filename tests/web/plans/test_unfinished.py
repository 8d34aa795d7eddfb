"""The form of a plan is left and come back to: what was typed is there, and colleagues know of it."""

import html
import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from support.forms import hidden, send
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.commands import load_item
from cchc_flow.samples import SAMPLE_PLAN

PLANS = "/xa-mau/plans"
READINGS = "/xa-mau/plan-readings"


@pytest.fixture
def site(new_world: World) -> Site:
    """The site of a commune with two coordinators and no plan yet."""
    for login, name, role in (
        ("hoa", "Lê Thị Hoa", "coordinator"),
        ("minh", "Đỗ Minh", "coordinator"),
        ("lan", "Trần Thị Lan", "officer"),
    ):
        commands.add_person(new_world.ws, login, name, None, None, new_world.order())
        commands.grant_role(new_world.ws, login, role, new_world.order())
    return Site(new_world.ws)


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    return site.visitor("hoa")


def upload(client: FlaskClient) -> str:
    """Upload the sample plan and return the address of its form."""
    document = (io.BytesIO(SAMPLE_PLAN.read_bytes()), "ke-hoach.docx")
    return send(client, PLANS, READINGS, document=document).headers["Location"]


def keep(client: FlaskClient, address: str, **typed: str) -> TestResponse:
    """Send the form as it is while it is edited, with what was typed."""
    page = client.get(address).text
    digest = re.search(r"plan-readings/([0-9a-f]{64})", address)
    assert digest is not None
    fields = inputs(page) | hidden(page, PLANS) | typed
    return client.post(f"{READINGS}/{digest[1]}/edits", data=fields)


def inputs(page: str) -> dict[str, str]:
    texts = re.findall(r'<textarea id="(title-[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    leads = re.findall(r'<select id="(lead-[^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = [
        (name, found[1] if (found := re.search(r"<option selected>([^<]*)", options)) else "")
        for name, options in leads
    ]
    return {name: html.unescape(value) for name, value in [*texts, *chosen]}


def test_what_was_typed_is_there_when_the_form_is_opened_again(site: Site, hoa: FlaskClient) -> None:
    address = upload(hoa)
    typed = {"title-III.1.1": "Tên đang sửa", "lead-III.6.1": "Phòng Kinh tế", "due-III.1.2": "31/4/2026"}
    assert keep(hoa, address, **typed).status_code == 204
    page = site.visitor("hoa").get(address).text
    assert inputs(page)["title-III.1.1"] == "Tên đang sửa"
    assert inputs(page)["lead-III.6.1"] == "Phòng Kinh tế"
    assert 'value="31/4/2026"' in page


def test_nothing_of_it_is_in_the_log(hoa: FlaskClient, new_world: World) -> None:
    address = upload(hoa)
    before = new_world.ws.log.size()
    keep(hoa, address, **{"title-III.1.1": "Tên đang sửa"})
    assert new_world.ws.log.size() == before


def test_the_plans_and_the_start_lead_back_to_what_is_unfinished(hoa: FlaskClient) -> None:
    address = upload(hoa)
    for page in (PLANS, "/xa-mau/"):
        shown = html.unescape(hoa.get(page).text)
        assert "Đang nhập dở: «ke-hoach.docx»" in shown, page
        assert f'href="{address}"' in shown, page


def test_without_scripts_a_button_keeps_it_and_leaves(hoa: FlaskClient) -> None:
    answer = keep(hoa, upload(hoa), leave="yes", **{"title-III.1.1": "Để mai"})
    assert answer.headers["Location"] == PLANS


def test_a_colleague_sees_who_is_at_it_and_not_what_was_typed(site: Site, hoa: FlaskClient) -> None:
    address = upload(hoa)
    keep(hoa, address, **{"title-III.1.1": "Tên đang sửa"})
    minh = site.visitor("minh")
    assert "Lê Thị Hoa đang nhập «ke-hoach.docx»" in minh.get(PLANS).text
    page = minh.get(upload(minh)).text
    assert "Lê Thị Hoa cũng đang nhập một kế hoạch" in page
    assert "Tên đang sửa" not in minh.get(address).text
    assert "đang nhập" not in site.visitor("lan").get(PLANS).text


def test_an_adopted_plan_and_a_discarded_one_are_unfinished_no_more(
    hoa: FlaskClient, new_world: World
) -> None:
    discarded, address = upload(hoa), upload(hoa)
    digest = re.search(r"[0-9a-f]{64}", discarded)
    assert digest is not None
    send(hoa, PLANS, f"{READINGS}/{digest[0]}/discards")
    assert hoa.get(PLANS).text.count("Đang nhập dở") == 1
    keep(hoa, address, **{"title-III.1.1": "Tên cuối cùng"})
    page = hoa.get(address).text
    hoa.post(PLANS, data=inputs(page) | hidden(page, PLANS))
    assert load_item(new_world.ws, "2026-III.1.1").item.title == "Tên cuối cùng"
    assert "Đang nhập dở" not in hoa.get(PLANS).text


def test_the_document_outlives_the_sweep_while_it_is_edited_and_a_month_at_most(
    hoa: FlaskClient, new_world: World
) -> None:
    address = upload(hoa)
    kept = open_accounts(new_world.ws).plan_readings
    new_world.wait(days=29)
    new_world.ws.sweep({reading.digest for reading in kept.unfinished(new_world.ws.now())})
    assert hoa.get(address).status_code == 200 or "sign-in" in hoa.get(address).headers["Location"]
    new_world.wait(days=2)
    assert kept.unfinished(new_world.ws.now() + timedelta()) == []


def test_a_document_that_is_gone_is_told(hoa: FlaskClient) -> None:
    form = hidden(hoa.get(upload(hoa)).text, PLANS)
    assert hoa.post(f"{READINGS}/{'0' * 64}/edits", data=form).status_code == 404
