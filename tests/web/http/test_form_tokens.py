"""Whose form it is: a form is done only for the person for whom its page was drawn."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from itsdangerous import Signer
from support.forms import hidden
from support.visitors import Site, app_for, csrf
from support.world import TASK, World
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cchc_flow.web.http.security import SAFE

HTMX = {"HX-Request": "true"}
UNIT = {"name": "Phòng Mới", "aliases": "Phòng M\nP. Mới"}
OPEN_WITHOUT_WORKSPACE = {"setup.create_first"}
"""Nobody can be signed in there: the session belongs to a workspace."""


@pytest.fixture
def shared(site: Site) -> FlaskClient:
    """The browser of a machine that several people use; Trần Thị Lan signed in first."""
    client = site.app.test_client()
    client.set_cookie(*site.session("lan"))
    return client


def sign_in_instead(site: Site, client: FlaskClient, login: str) -> None:
    """Let somebody else sign in on the same browser, while the tabs of the first stay open."""
    client.set_cookie(*site.session(login))


def changing_rules(site: Site) -> Iterator[Rule]:
    """Yield every route that takes an unsafe method."""
    for rule in site.app.url_map.iter_rules():
        if (rule.methods or set()) - SAFE and rule.endpoint not in OPEN_WITHOUT_WORKSPACE:
            yield rule


def address(site: Site, rule: Rule) -> str:
    """Return an address of a route, with a value for each of its variables."""
    values = {name: 1 if name in ("session", "number", "position") else "lan" for name in rule.arguments}
    with site.app.test_request_context():
        return site.app.url_map.bind("localhost").build(rule.endpoint, values | {"workspace": "xa-mau"})


def comment(client: FlaskClient, form: dict[str, str], **headers: str) -> TestResponse:
    return client.post(f"/xa-mau/items/{TASK}/comments", data=form, headers=headers)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_every_route_that_changes_something_refuses_a_form_of_somebody_else(
    site: Site, world: World, headers: dict[str, str]
) -> None:
    old_tab, hoa = csrf(site.visitor("lan").get("/xa-mau/account").text), site.visitor("hoa")
    rules, size = [*changing_rules(site)], world.ws.log.size()
    for rule in rules:
        answer = hoa.post(address(site, rule), data={"csrf_token": old_tab, "text": "Chữ"}, headers=headers)
        assert answer.status_code == 409, rule.endpoint
        assert "mở cho Trần Thị Lan, nhưng hiện Lê Thị Hoa đang đăng nhập" in answer.text, rule.endpoint
    assert len(rules) >= 27
    assert world.ws.log.size() == size
    assert hoa.get("/xa-mau/account").status_code == 200  # the session was not ended either


def test_an_old_tab_is_not_recorded_as_the_colleague_who_signed_in_since(
    site: Site, shared: FlaskClient, world: World
) -> None:
    page = shared.get(f"/xa-mau/items/{TASK}").text
    form = hidden(page, f"/xa-mau/items/{TASK}/comments") | {"text": "Tôi, Lan, xin nộp chậm."}
    sign_in_instead(site, shared, "hoa")
    size = world.ws.log.size()
    answer = comment(shared, form)
    assert (answer.status_code, world.ws.log.size()) == (409, size)
    assert "Trang này mở cho Trần Thị Lan, nhưng hiện Lê Thị Hoa đang đăng nhập" in answer.text
    assert "Tôi, Lan, xin nộp chậm." in answer.text
    sign_in_instead(site, shared, "lan")
    assert comment(shared, form).status_code == 303
    assert world.ws.log.event(world.ws.log.size()).actor == "lan"


def test_signing_out_and_in_as_somebody_else_does_not_hand_the_old_tab_over(
    site: Site, nobody: FlaskClient, world: World
) -> None:
    def sign_in(login: str) -> None:
        form = hidden(nobody.get("/xa-mau/sign-in").text, "/xa-mau/sessions")
        nobody.post("/xa-mau/sessions", data=form | {"login": login, "password": site.give_password(login)})

    sign_in("lan")
    old_tab = hidden(nobody.get(f"/xa-mau/items/{TASK}").text, f"/xa-mau/items/{TASK}/comments")
    ending = hidden(nobody.get("/xa-mau/account").text, "/xa-mau/sessions/end")
    nobody.post("/xa-mau/sessions/end", data=ending)
    sign_in("hoa")
    size = world.ws.log.size()
    answer = comment(nobody, old_tab | {"text": "Chữ của Lan"})
    assert (answer.status_code, world.ws.log.size()) == (409, size)
    assert "Chữ của Lan" in answer.text
    assert "Gửi lại" not in answer.text


def test_an_old_tab_cannot_sign_the_colleague_out(site: Site, shared: FlaskClient) -> None:
    ending = hidden(shared.get("/xa-mau/account").text, "/xa-mau/sessions/end")
    sign_in_instead(site, shared, "hoa")
    assert shared.post("/xa-mau/sessions/end", data=ending).status_code == 409
    assert "Lê Thị Hoa" in shared.get("/xa-mau/account").text


def test_the_refusal_offers_to_open_the_page_again_and_to_sign_out(site: Site, shared: FlaskClient) -> None:
    form = hidden(shared.get(f"/xa-mau/items/{TASK}").text, f"/xa-mau/items/{TASK}/comments")
    sign_in_instead(site, shared, "hoa")
    answer = comment(shared, form, Referer=f"http://localhost/xa-mau/items/{TASK}")
    assert f'<a class="button" href="/xa-mau/items/{TASK}">Mở lại trang</a>' in answer.text
    ending = hidden(answer.text, "/xa-mau/sessions/end")
    assert shared.post("/xa-mau/sessions/end", data=ending).headers["Location"] == "/xa-mau/sign-in"


def test_what_the_page_filled_in_by_itself_is_not_shown_as_typed(site: Site, shared: FlaskClient) -> None:
    form = hidden(shared.get(f"/xa-mau/items/{TASK}").text, f"/xa-mau/items/{TASK}/comments")
    sign_in_instead(site, shared, "hoa")
    answer = comment(shared, form | {"text": "Chữ của Lan", "password_old": "bí mật"})
    assert re.findall(r"<textarea[^>]* readonly>\n([^<]*)</textarea>", answer.text) == ["Chữ của Lan"]


def test_a_card_dropped_in_an_old_tab_is_refused_in_a_toast(site: Site, shared: FlaskClient) -> None:
    page_token = csrf(shared.get("/xa-mau/board").text)
    sign_in_instead(site, shared, "hoa")
    answer = shared.post(
        f"/xa-mau/items/{TASK}/moves",
        data={"to": "assigned", "seen": "1", "command_id": "1"},
        headers=HTMX | {"X-CSRFToken": page_token, "HX-Current-URL": "http://localhost/xa-mau/board?a=1"},
    )
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#toasts")
    assert '<a href="/xa-mau/board">Mở lại trang</a>' in answer.text


def test_a_form_fetched_into_the_page_of_somebody_else_is_refused(site: Site, shared: FlaskClient) -> None:
    page_token = csrf(shared.get("/xa-mau/board").text)
    sign_in_instead(site, shared, "hoa")
    fetched = shared.get(f"/xa-mau/items/{TASK}/assignments/new", headers=HTMX).text
    form = hidden(fetched, f"/xa-mau/items/{TASK}/assignments") | {"lead": "phong-kinh-te"}
    answer = shared.post(
        f"/xa-mau/items/{TASK}/assignments", data=form, headers=HTMX | {"X-CSRFToken": page_token}
    )
    assert answer.status_code == 409


def test_a_token_whose_login_was_changed_is_refused(shared: FlaskClient, site: Site) -> None:
    token = csrf(shared.get("/xa-mau/directory").text)
    sign_in_instead(site, shared, "hoa")
    forged = token.replace("/lan/", "/hoa/")
    assert forged != token
    answer = shared.post("/xa-mau/inbox/read-marks", data={"csrf_token": forged, "position": "1"})
    assert answer.status_code == 400


def test_a_token_signed_with_another_key_is_refused(shared: FlaskClient) -> None:
    held, _, _ = csrf(shared.get("/xa-mau/directory").text).rpartition(".")
    forged = Signer(b"guessed", salt="form-token", key_derivation="hmac").sign(held).decode()
    answer = shared.post("/xa-mau/inbox/read-marks", data={"csrf_token": forged, "position": "1"})
    assert answer.status_code == 400


def test_a_token_of_another_browser_is_refused(shared: FlaskClient, site: Site) -> None:
    token = csrf(site.visitor("lan").get("/xa-mau/directory").text)
    shared.get("/xa-mau/directory")
    answer = shared.post("/xa-mau/inbox/read-marks", data={"csrf_token": token, "position": "1"})
    assert answer.status_code == 400


def test_what_is_sent_again_after_the_session_ended_still_belongs_to_who_typed_it(
    site: Site, shared: FlaskClient
) -> None:
    form = hidden(shared.get(f"/xa-mau/items/{TASK}").text, f"/xa-mau/items/{TASK}/comments")
    shared.delete_cookie("cchc-xa-mau")
    ended = comment(shared, form | {"text": "Chữ của Lan"})
    again = hidden(ended.text, f"/xa-mau/items/{TASK}/comments") | {
        "text": "Chữ của Lan",
        "seen": form["seen"],
    }
    assert ended.status_code == 401
    assert "chỉ gửi lại được khi Trần Thị Lan đã đăng nhập" in ended.text
    sign_in_instead(site, shared, "hoa")
    assert comment(shared, again).status_code == 409
    sign_in_instead(site, shared, "lan")
    assert comment(shared, again).status_code == 303


def test_a_form_drawn_before_anybody_signed_in_is_nobodys(site: Site, nobody: FlaskClient) -> None:
    token = csrf(nobody.get("/xa-mau/sign-in").text)
    nobody.set_cookie(*site.session("hoa"))
    answer = nobody.post("/xa-mau/inbox/read-marks", data={"csrf_token": token, "position": "1"})
    assert answer.status_code == 409
    assert "mở khi chưa ai đăng nhập, nhưng hiện Lê Thị Hoa đang đăng nhập" in answer.text


def test_the_sign_in_form_names_its_person_by_the_password(site: Site, nobody: FlaskClient) -> None:
    page = hidden(nobody.get("/xa-mau/sign-in").text, "/xa-mau/sessions")
    nobody.set_cookie(*site.session("hoa"))
    form = page | {"login": "lan", "password": site.give_password("lan")}
    assert nobody.post("/xa-mau/sessions", data=form).status_code == 303
    assert "Trần Thị Lan" in nobody.get("/xa-mau/account").text


def test_a_form_sent_again_tells_under_whose_name(shared: FlaskClient) -> None:
    stale = {"csrf_token": "old", "text": "Chữ", "command_id": "1"}
    answer = comment(shared, stale, **{"Sec-Fetch-Site": "same-origin"})
    assert "Việc gửi lại được ghi dưới tên Trần Thị Lan." in answer.text


def test_a_token_of_one_workspace_is_none_in_another(site: Site, world: World) -> None:
    World(world.data, "xa-khac")
    client = app_for(world.data, world.ws.now).test_client()
    token = csrf(client.get("/xa-khac/setup").text)
    answer = client.post("/xa-mau/sessions", data={"csrf_token": token, "login": "lan", "password": "x"})
    assert answer.status_code == 400
