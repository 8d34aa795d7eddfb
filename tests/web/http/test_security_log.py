"""Each refused request leaves one line in the security log, and nothing of what was typed is in it."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import PASSWORD, Site, csrf
from support.world import TASK

from cchc_flow.logs import SECURITY

TYPED = "chuyện-riêng-đã-gõ"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Lines:
    """Return the lines of the security log so far, each as what is known of its request."""
    caplog.set_level(logging.INFO, SECURITY)

    def told() -> list[dict[str, Any]]:
        records = [record for record in caplog.records if record.name == SECURITY]
        return [{"event": record.msg} | record.__dict__["facts"] for record in records]

    return told


def sign_in(client: FlaskClient, login: str, password: str) -> int:
    form = hidden(client.get("/xa-mau/sign-in").text, "/xa-mau/sessions") | {
        "login": login,
        "password": password,
    }
    return client.post("/xa-mau/sessions", data=form).status_code


def test_a_wrong_password_is_told_with_the_account(site: Site, lines: Lines) -> None:
    site.give_password("lan")
    assert sign_in(site.app.test_client(), "lan", TYPED) == 422
    assert lines() == [
        {
            "event": "sign_in_failed", "status": 422, "method": "POST", "endpoint": "sessions.create",
            "address": "127.0.0.1", "workspace": "xa-mau", "account": "lan",
        }
    ]  # fmt: skip


def test_what_is_no_login_is_not_repeated(site: Site, lines: Lines) -> None:
    sign_in(site.app.test_client(), TYPED, "x")
    (line,) = lines()
    assert line["account"] == "-" and TYPED not in str(line)


def test_a_lockout_is_told(site: Site, lines: Lines) -> None:
    site.give_password("lan")
    client = site.app.test_client()
    while sign_in(client, "lan", TYPED) != 429:
        pass
    assert lines()[-1]["event"] == "locked_out" and lines()[-1]["account"] == "lan"


def test_who_gets_in_leaves_no_line(site: Site, lines: Lines) -> None:
    site.give_password("lan")
    assert sign_in(site.app.test_client(), "lan", PASSWORD) == 303
    assert lines() == []


def test_a_role_that_is_not_enough_is_told(site: Site, lines: Lines) -> None:
    client = site.visitor("lan")
    assert client.get("/xa-mau/directory/units/new").status_code == 403
    token = csrf(client.get("/xa-mau/account").text)
    sent = {"csrf_token": token, "command_id": "c", "seen": "1", "shown": "1", "lead": "tram-y-te"}
    assert client.post(f"/xa-mau/items/{TASK}/assignments", data=sent | {"note": TYPED}).status_code == 403
    assert [(line["event"], line["endpoint"], line["account"]) for line in lines()] == [
        ("not_allowed", "directory.new_unit", "lan"),
        ("not_allowed", "steps.create", "lan"),
    ]
    assert TYPED not in str(lines()) and TASK not in str(lines())


@pytest.mark.parametrize(
    ("headers", "event"),
    [
        ({}, "form_token"),
        ({"Sec-Fetch-Site": "cross-site"}, "other_site"),
        ({"Origin": "http://x.example"}, "other_site"),
    ],
)
def test_a_form_that_is_not_ours_is_told(
    site: Site, lines: Lines, headers: dict[str, str], event: str
) -> None:
    client = site.visitor("hoa")
    client.post("/xa-mau/items", data={"title": TYPED, "csrf_token": "old"}, headers=headers)
    (line,) = lines()
    assert line["event"] == event and TYPED not in str(line)


def test_a_form_of_another_is_told(site: Site, lines: Lines) -> None:
    token = csrf(site.visitor("hoa").get("/xa-mau/account").text)
    lan = site.visitor("lan")
    lan.post("/xa-mau/items", data={"csrf_token": token, "title": TYPED})
    assert [line["event"] for line in lines()] == ["form_of_another"]


def test_a_form_that_is_too_large_is_told(site: Site, lines: Lines) -> None:
    answer = site.app.test_client().post("/xa-mau/sessions", data={"login": "x" * 200_000})
    assert answer.status_code == 413
    assert [line["event"] for line in lines()] == ["too_large"]


def test_a_wrong_set_up_code_is_told(empty: FlaskClient, lines: Lines) -> None:
    page = empty.get("/setup")
    sent = hidden(page.text, "/setup") | {"code": TYPED}
    assert empty.post("/setup", data=sent, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    assert [line["event"] for line in lines()] == ["setup_code_wrong"]


def test_pages_and_forms_that_are_answered_leave_no_line(site: Site, lines: Lines) -> None:
    client = site.visitor("hoa")
    for path in ("board", "directory", "khong-co", "items/khong-co"):
        client.get(f"/xa-mau/{path}")
    assert lines() == []
