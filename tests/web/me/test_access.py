"""Sign-in, passwords and sessions as people do them in a browser, and how the history shows them."""

import re

from flask.testing import FlaskClient
from support.visitors import PASSWORD, Site, csrf
from support.world import ASSIGN, TASK, World

from cchc_flow.projections import notices


def access_events(world: World) -> list[tuple[str, str, str | None]]:
    """Return fact, actor and channel of the events about accounts."""
    return [
        (event.type.removeprefix("access.").removesuffix("/1"), event.actor, event.channel)
        for event in world.ws.log.read_events()
        if event.type.startswith("access.")
    ]


def sign_in(site: Site, login: str, password: str) -> FlaskClient:
    """Sign in by the form, in a browser of its own."""
    browser = site.app.test_client()
    token = csrf(browser.get("/xa-mau/sign-in").text)
    browser.post("/xa-mau/sessions", data={"login": login, "password": password, "csrf_token": token})
    return browser


def test_a_sign_in_and_a_sign_out_by_the_form_are_in_the_log(site: Site, world: World) -> None:
    site.give_password("lan")
    browser = sign_in(site, "lan", PASSWORD)
    browser.post("/xa-mau/sessions/end", data={"csrf_token": csrf(browser.get("/xa-mau/board").text)})
    assert access_events(world) == [
        ("password_set", "lan", "web"),
        ("signed_in", "lan", "web"),
        ("signed_out", "lan", "web"),
    ]


def test_a_refused_sign_in_shows_no_session_and_is_counted(site: Site, world: World) -> None:
    site.give_password("lan")
    browser = sign_in(site, "lan", "sai mật khẩu rồi")
    assert browser.get("/xa-mau/board").status_code == 303
    world.wait(hours=1)
    browser.get("/xa-mau/sign-in")
    assert access_events(world)[-1] == ("refused", "system:clock", "clock")


def test_an_administrator_who_sets_a_password_anew_is_named_wherever_it_matters(
    site: Site, world: World, admin: FlaskClient
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    site.give_password("lan")
    form = admin.get("/xa-mau/directory/people/lan").text
    inputs = dict(re.findall(r'name="(csrf_token|command_id|seen)" value="([^"]+)"', form))
    assert "Mật khẩu tạm" in admin.post("/xa-mau/directory/people/lan/passwords", data=inputs).text
    assert ("password_set", "quan", "web") in access_events(world)
    assert [notice.kind for notice in notices.notices(world.ws.read(), "lan")] == ["password_reset"]

    lan = site.visitor("lan")  # with a password of her own again
    world.take("lan", "start")
    inbox = lan.get("/xa-mau/inbox").text
    assert "Mật khẩu được đặt lại" in inbox and "Hồ Minh Quân đã cấp mật khẩu tạm mới" in inbox
    assert "Hồ Minh Quân đã đặt lại mật khẩu của bạn" in lan.get("/xa-mau/account").text
    mark = "Hồ Minh Quân đã đặt lại mật khẩu của tài khoản này"
    assert lan.get(f"/xa-mau/items/{TASK}").text.count(mark) == 1
    auditor = site.visitor("thu")
    started = world.ws.log.size()
    assert mark in auditor.get(f"/xa-mau/events/{started}").text
    assert mark in auditor.get("/xa-mau/events").text


def test_only_an_auditor_sees_from_where_somebody_signed_in(site: Site, world: World) -> None:
    site.give_password("lan")
    lan = sign_in(site, "lan", PASSWORD)
    position = world.ws.log.size()
    shown = site.visitor("thu").get(f"/xa-mau/events/{position}").text
    assert "Địa chỉ mạng và trình duyệt" in shown and "127.0.0.1" in shown and "qua trang web" in shown
    assert "127.0.0.1" not in lan.get(f"/xa-mau/events/{position}").text
