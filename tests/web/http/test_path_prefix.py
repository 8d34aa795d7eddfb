"""Below a path of a proxy («/cchc/») every address that a page, a form or an answer gives keeps that path."""

import html
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import PASSWORD, Site, csrf
from support.world import ASSIGN, TASK, World
from werkzeug.test import TestResponse

from cchc_flow.settings import THIS_MACHINE, Deployment
from cchc_flow.web import create_app
from cchc_flow.web.http.proxies import TrustedProxies, path_prefix

PREFIX = "/cchc/xa"
BELOW = {"X-Forwarded-Prefix": PREFIX}
ATTRIBUTES = "href|src|action|formaction|hx-get|hx-post|hx-push-url|data-[a-z-]+"
ADDRESS = re.compile(rf'\b(?:{ATTRIBUTES})="(/[^"]*)"')
PATHS = (
    "", "board", "overview", "items/" + TASK, "items/new", "directory", "directory/people/new", "plans",
    "plans/2026", "areas", "events", "events/1", "account", "account/password", "inbox", "settings",
    "verifications", "khong-co", f"items/{TASK}/assignments/new", f"items/{TASK}/steps",
)  # fmt: skip


@pytest.fixture
def app(site: Site) -> Flask:
    app = create_app(site.data, site.ws.now, deployment=Deployment(url=f"https://xa.vn{PREFIX}"))
    app.wsgi_app = TrustedProxies(app.wsgi_app, THIS_MACHINE)  # type: ignore[method-assign]
    return app


@pytest.fixture
def hoa(app: Flask, site: Site) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(*site.session("hoa"))
    return client


def outside(answer: TestResponse) -> list[str]:
    """Return the addresses in an answer that leave the path of the proxy."""
    names = ("Location", "HX-Redirect", "HX-Push-Url")
    headers = [answer.headers[name] for name in names if name in answer.headers]
    found = [*headers, *map(html.unescape, ADDRESS.findall(answer.get_data(as_text=True)))]
    return [one for one in found if one.startswith("/") and not one.startswith(f"{PREFIX}/")]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_no_page_leaves_the_path_of_the_proxy(hoa: FlaskClient, path: str, htmx: dict[str, str]) -> None:
    answer = hoa.get(f"/xa-mau/{path}", headers=BELOW | htmx)
    assert answer.status_code < 500
    assert outside(answer) == []


def test_without_a_proxy_addresses_have_no_prefix(hoa: FlaskClient) -> None:
    assert PREFIX not in hoa.get("/xa-mau/board").text


def test_the_first_page_and_the_set_up_keep_the_path(app: Flask, tmp_path: object) -> None:
    assert app.test_client().get("/", headers=BELOW).headers["Location"] == f"{PREFIX}/xa-mau/"


def test_sign_in_leads_back_to_the_page_that_was_asked_for(app: Flask, site: Site) -> None:
    site.give_password("hoa")
    client = app.test_client()
    asked = client.get(f"/xa-mau/items/{TASK}?tab=1", headers=BELOW).headers["Location"]
    assert asked.startswith(f"{PREFIX}/xa-mau/sign-in?next=")
    page = client.get(asked.removeprefix(PREFIX), headers=BELOW)
    assert outside(page) == []
    form = hidden(page.text, f"{PREFIX}/xa-mau/sessions") | {"login": "hoa", "password": PASSWORD}
    answer = client.post("/xa-mau/sessions", data=form, headers=BELOW)
    assert answer.headers["Location"] == f"{PREFIX}/xa-mau/items/{TASK}?tab=1"
    assert client.get(f"/xa-mau/items/{TASK}", headers=BELOW).status_code == 200


def test_a_fragment_for_a_stranger_leads_back_to_the_page_around_it(app: Flask) -> None:
    page = f"https://xa.vn{PREFIX}/xa-mau/board"
    answer = app.test_client().get(
        "/xa-mau/board", headers=BELOW | {"HX-Request": "true", "HX-Current-URL": page}
    )
    assert answer.headers["HX-Redirect"].startswith(f"{PREFIX}/xa-mau/sign-in?next={PREFIX}/xa-mau/board")


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_a_form_is_answered_below_the_path(hoa: FlaskClient, htmx: dict[str, str]) -> None:
    form = hoa.get(f"/xa-mau/items/{TASK}/assignments/new", headers=BELOW)
    action = f"{PREFIX}/xa-mau/items/{TASK}/assignments"
    answer = hoa.post(
        action.removeprefix(PREFIX), data=hidden(form.text, action) | ASSIGN, headers=BELOW | htmx
    )
    assert answer.status_code < 400 and outside(answer) == []


def test_what_was_typed_is_sent_again_below_the_path(hoa: FlaskClient) -> None:
    typed = {"name": "Phòng Lạ", "csrf_token": "old"}
    answer = hoa.post("/xa-mau/directory/units", data=typed, headers=BELOW)
    assert f'action="{PREFIX}/xa-mau/directory/units"' in answer.text


def test_signing_out_stays_below_the_path(hoa: FlaskClient) -> None:
    token = csrf(hoa.get("/xa-mau/account", headers=BELOW).text)
    answer = hoa.post("/xa-mau/sessions/end", data={"csrf_token": token}, headers=BELOW)
    assert answer.headers["Location"] == f"{PREFIX}/xa-mau/sign-in"


@pytest.mark.parametrize("url", ["", f"https://xa.vn{PREFIX}"])
def test_the_address_of_a_feed_has_the_path_once(app: Flask, hoa: FlaskClient, site: Site, url: str) -> None:
    app.extensions["cchc"].deployment = Deployment(url=url)
    page = hoa.get("/xa-mau/account", headers=BELOW)
    form = hidden(page.text, f"{PREFIX}/xa-mau/account/feeds")
    feed = hoa.post("/xa-mau/account/feeds", data=form, headers=BELOW).text
    (address,) = set(re.findall(r"https?://[^\s<\"]+\.ics", feed))
    path = urlsplit(address).path
    assert path.startswith(f"{PREFIX}/xa-mau/calendar/")
    got = app.test_client().get(path.removeprefix(PREFIX), headers=BELOW)
    assert got.status_code == 200 and got.mimetype == "text/calendar"


def test_only_a_proxy_that_is_trusted_gives_a_path(hoa: FlaskClient, world: World) -> None:
    stranger = {"REMOTE_ADDR": "203.0.113.7"}
    assert PREFIX not in hoa.get("/xa-mau/board", headers=BELOW, environ_overrides=stranger).text


@pytest.mark.parametrize(
    ("told", "prefix"),
    [
        ("/cchc", "/cchc"),
        ("/cchc/", "/cchc"),
        ("/a/b-c_d.e", "/a/b-c_d.e"),
        ("/outer, /cchc", "/cchc"),
        ("", ""),
        ("/", ""),
        ("cchc", ""),
        ("//evil.example", ""),
        ("/\\evil.example", ""),
        ("/..", ""),
        ("/a\r\nSet-Cookie: x", ""),
        ("https://evil.example", ""),
        ("/" + "a" * 5000, ""),
        ("/<b>", ""),
    ],
)
def test_what_is_no_path_is_no_prefix(told: str, prefix: str) -> None:
    assert path_prefix(told) == prefix
