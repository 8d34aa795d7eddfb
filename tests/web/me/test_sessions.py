"""Signing in, signing out, one's own sessions and password."""

import re

import pytest
from flask.testing import FlaskClient
from support.forms import send
from support.visitors import PASSWORD, Site, csrf
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands

HOME = "/xa-mau/"


def sign_in(client: FlaskClient, login: str, password: str, page: str = "/xa-mau/sign-in") -> TestResponse:
    return send(client, page, "/xa-mau/sessions", login=login, password=password)


def test_a_person_who_signs_in_is_known(site: Site, nobody: FlaskClient) -> None:
    sign_in(nobody, "lan", site.give_password("lan"))
    assert "Trần Thị Lan" in nobody.get("/xa-mau/account").text


def test_a_login_may_be_typed_in_capitals(site: Site, nobody: FlaskClient) -> None:
    assert sign_in(nobody, " LAN ", site.give_password("lan")).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, nobody: FlaskClient) -> None:
    cookie = sign_in(nobody, "lan", site.give_password("lan")).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_an_unknown_login_and_a_wrong_password_get_the_same_page(site: Site, nobody: FlaskClient) -> None:
    site.give_password("lan")
    answers = [sign_in(nobody, login, "sai mật khẩu") for login in ("lan", "khong.co")]
    said = [re.findall(r'role="alert"[^>]*>([^<]+)', answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert said[0] == said[1] == ["Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại."]


def test_what_was_typed_as_login_is_kept_and_the_password_is_not(site: Site, nobody: FlaskClient) -> None:
    page = sign_in(nobody, "lan", "sai mật khẩu").text
    assert 'value="lan"' in page
    assert "sai mật khẩu" not in page


def test_after_ten_wrong_passwords_the_page_says_when_to_try_again(site: Site, nobody: FlaskClient) -> None:
    password = site.give_password("lan")
    for _ in range(10):
        sign_in(nobody, "lan", "sai mật khẩu")
    answer = sign_in(nobody, "lan", password)
    assert answer.status_code == 429
    assert "thử lại sau 8 giờ 15 ngày 02/03/2026" in answer.text


def test_a_page_asked_for_by_a_stranger_opens_after_signing_in(site: Site, nobody: FlaskClient) -> None:
    asked = nobody.get("/xa-mau/directory")
    answer = sign_in(nobody, "lan", site.give_password("lan"), page=asked.headers["Location"])
    assert answer.headers["Location"] == "/xa-mau/directory"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/xa-mau//evil.example", "/other/", "/xa-mau/\\evil"],
)
def test_signing_in_never_leads_to_another_site(site: Site, nobody: FlaskClient, elsewhere: str) -> None:
    form = {"login": "lan", "password": site.give_password("lan"), "next": elsewhere}
    answer = send(nobody, "/xa-mau/sign-in", "/xa-mau/sessions", **form)
    assert answer.headers["Location"] == HOME


def test_signing_out_ends_the_session_on_the_server(site: Site, nobody: FlaskClient) -> None:
    visitor = site.visitor("lan")
    name, token = "cchc-xa-mau", visitor.get_cookie("cchc-xa-mau")
    assert token is not None
    send(visitor, "/xa-mau/account", "/xa-mau/sessions/end")
    nobody.set_cookie(name, token.value)
    assert nobody.get("/xa-mau/account").status_code == 303


def session_token(client: FlaskClient) -> str:
    cookie = client.get_cookie("cchc-xa-mau")
    return cookie.value if cookie else ""


@pytest.mark.parametrize("again", ["lan", "hoa"])
def test_each_sign_in_has_a_new_token_and_the_one_before_opens_nothing(
    site: Site, nobody: FlaskClient, again: str
) -> None:
    page = nobody.get("/xa-mau/sign-in").text
    form = {"csrf_token": csrf(page), "password": site.give_password("lan")}
    site.give_password("hoa")
    nobody.post("/xa-mau/sessions", data=form | {"login": "lan"})
    first = session_token(nobody)
    assert nobody.post("/xa-mau/sessions", data=form | {"login": again}).status_code == 303
    assert session_token(nobody) not in ("", first)
    nobody.set_cookie("cchc-xa-mau", first)
    assert nobody.get("/xa-mau/account").status_code == 303


def test_a_token_that_somebody_else_put_into_the_browser_is_not_taken_on(
    site: Site, nobody: FlaskClient
) -> None:
    nobody.set_cookie("cchc-xa-mau", "chosen-by-a-stranger")
    sign_in(nobody, "lan", site.give_password("lan"))
    assert session_token(nobody) != "chosen-by-a-stranger"
    nobody.set_cookie("cchc-xa-mau", "chosen-by-a-stranger")
    assert nobody.get("/xa-mau/account").status_code == 303


def test_a_disabled_person_is_out_at_once(site: Site, world: World) -> None:
    visitor = site.visitor("lan")
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, None, False, world.order())
    assert visitor.get("/xa-mau/account").status_code == 303


def test_a_disabled_person_does_not_get_in(site: Site, world: World, nobody: FlaskClient) -> None:
    password = site.give_password("lan")
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, None, False, world.order())
    assert sign_in(nobody, "lan", password).status_code == 422


def test_a_session_of_one_workspace_opens_no_other(site: Site, tmp_path: object) -> None:
    other = World(site.data, "xa-khac").settle()
    visitor = site.visitor("lan")
    token = visitor.get_cookie("cchc-xa-mau")
    assert token is not None
    visitor.set_cookie(f"cchc-{other.ws.name}", token.value)
    assert visitor.get("/xa-khac/account").status_code == 303
    other.ws.close()


def test_another_session_of_mine_can_be_ended(site: Site) -> None:
    here, lost = site.visitor("lan"), site.visitor("lan")
    action = re.search(r'action="(/xa-mau/account/sessions/\d+/end)"', here.get("/xa-mau/account").text)
    assert action is not None
    send(here, "/xa-mau/account", action[1])
    assert (here.get("/xa-mau/account").status_code, lost.get("/xa-mau/account").status_code) == (200, 303)


def change_password(client: FlaskClient, old: str, new: str, again: str) -> TestResponse:
    page, action = "/xa-mau/account/password", "/xa-mau/account/passwords"
    return send(client, page, action, password_old=old, password=new, password_again=again)


def test_a_changed_password_ends_the_other_sessions(site: Site) -> None:
    here, other = site.visitor("lan"), site.visitor("lan")
    assert change_password(here, PASSWORD, "mưa về trên núi", "mưa về trên núi").status_code == 303
    assert (here.get("/xa-mau/account").status_code, other.get("/xa-mau/account").status_code) == (200, 303)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("không phải", "mưa về trên núi", "mưa về trên núi", "Mật khẩu đang dùng không đúng."),
        ("", "", "", "Mật khẩu đang dùng không đúng."),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 10 ký tự"),
        (PASSWORD, "matkhau2026", "matkhau2026", "dễ đoán"),
        (PASSWORD, "tranthilan1", "tranthilan1", "dễ đoán"),
        (PASSWORD, "mưa về trên núi", "mưa về trên nui", "không giống nhau"),
        (PASSWORD, PASSWORD, PASSWORD, "phải khác"),
    ],
)
def test_a_password_is_not_changed_by(site: Site, old: str, new: str, again: str, said: str) -> None:
    answer = change_password(site.visitor("lan"), old, new, again)
    assert answer.status_code == 422
    assert said in answer.text and "Tên đăng nhập" not in answer.text


def test_a_temporary_password_opens_only_the_page_that_changes_it(
    admin: FlaskClient, nobody: FlaskClient
) -> None:
    page = send(admin, "/xa-mau/directory/people/lan", "/xa-mau/directory/people/lan/passwords").text
    temporary = re.search(r'id="temporary-password">([^<]+)<', page)
    assert temporary is not None
    sign_in(nobody, "lan", temporary[1])
    assert nobody.get("/xa-mau/directory").headers["Location"] == "/xa-mau/account/password"
    change_password(nobody, temporary[1], "mưa về trên núi", "mưa về trên núi")
    assert nobody.get("/xa-mau/directory").status_code == 200


def test_a_part_of_a_page_asked_for_by_a_stranger_leads_back_to_the_page(nobody: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/directory"}
    answer = nobody.get("/xa-mau/board", headers=headers)
    assert answer.headers["HX-Redirect"] == "/xa-mau/sign-in?next=/xa-mau/directory"
