"""What a person chooses to get by e-mail, on the account page."""

import pytest
from support.forms import hidden
from support.visitors import Site
from support.world import World
from web.conftest import Send

from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.personal import MailPreferences
from cchc_flow.projections.notices import KINDS
from cchc_flow.settings import Deployment, MailServer
from cchc_flow.web import create_app

ADDRESS = "lan.tran@xa-mau.gov.vn"


def stored_preferences(world: World, login: str = "lan") -> MailPreferences:
    return open_accounts(world.ws).personal.mail_preferences(login)


def test_reminders_are_chosen_and_no_address_given_to_begin_with(world: World, get: Send) -> None:
    page = get("lan", "account").text
    assert stored_preferences(world) == MailPreferences(None, ("reminded",), 0, None)
    assert 'value="reminded" checked' in page and page.count(" checked") == 1


def test_a_choice_is_kept_and_shown(world: World, get: Send, send: Send) -> None:
    answer = send("lan", "account/mail-choices", address=f" {ADDRESS} ", kinds=["assigned", "returned", "x"])
    assert answer.status_code == 303
    assert (stored_preferences(world).address, stored_preferences(world).kinds) == (
        ADDRESS,
        ("assigned", "returned"),
    )
    page = get("lan", "account").text
    assert f'value="{ADDRESS}"' in page and page.count(" checked") == 2
    assert stored_preferences(world, "binh").address is None


def test_no_address_means_no_mail(world: World, send: Send) -> None:
    send("lan", "account/mail-choices", address=ADDRESS, kinds=list(KINDS))
    send("lan", "account/mail-choices", address="", kinds=list(KINDS))
    assert open_accounts(world.ws).personal.mail_subscribers() == {}


@pytest.mark.parametrize("address", ["lan", "lan@", "lan@xa", "a@b.vn, c@d.vn", "lan@xa.vn\r\nBcc: x@y.vn"])
def test_what_is_no_address_is_refused_and_stays_in_the_form(world: World, send: Send, address: str) -> None:
    answer = send("lan", "account/mail-choices", address=address, kinds=["submitted"])
    assert answer.status_code == 422
    assert "Địa chỉ thư điện tử chưa đúng" in answer.text and 'value="submitted" checked' in answer.text
    assert stored_preferences(world).address is None


def test_who_begins_to_want_mail_begins_with_what_is_to_come(world: World, send: Send) -> None:
    send("lan", "account/mail-choices", address=ADDRESS, kinds=["reminded"])
    assert stored_preferences(world).mailed == world.ws.log.size()
    world.take("hoa", "assign", lead="phong-kinh-te", officer="lan")
    send("lan", "account/mail-choices", address=ADDRESS, kinds=["assigned"])
    assert stored_preferences(world).mailed < world.ws.log.size()


def test_a_refused_address_is_told_until_another_is_given(world: World, get: Send, send: Send) -> None:
    send("lan", "account/mail-choices", address=ADDRESS, kinds=["reminded"])
    open_accounts(world.ws).personal.record_refused_address("lan", world.ws.now())
    assert "không nhận thư gửi đến" in get("lan", "account").text
    send("lan", "account/mail-choices", address="lan@xa-mau.gov.vn", kinds=["reminded"])
    assert "không nhận thư gửi đến" not in get("lan", "account").text


def test_the_page_says_when_the_server_sends_no_mail(site: Site, get: Send) -> None:
    assert "chưa được cài đặt gửi thư" in get("lan", "account").text
    server = MailServer("thu.xa.vn", 25, False, "cchc@xa.vn")
    app = create_app(site.data, site.ws.now, deployment=Deployment(server, "https://cchc.xa.vn"))
    client = app.test_client()
    client.set_cookie(*site.session("lan"))
    assert "chưa được cài đặt gửi thư" not in client.get("/xa-mau/account").text


def test_an_older_tab_of_ones_own_does_not_undo_a_newer_choice(site: Site, world: World) -> None:
    lan, action = site.visitor("lan"), "/xa-mau/account/mail-choices"
    old_tab = hidden(lan.get("/xa-mau/account").text, action)
    newer = {"address": ADDRESS, "kinds": ["reminded"]}
    assert lan.post(action, data=old_tab | newer).status_code == 303
    answer = lan.post(action, data=old_tab | {"address": "cu@xa.gov.vn", "kinds": ["assigned"]})
    assert answer.status_code == 409
    assert "Lựa chọn nhận thông báo của bạn đã được sửa ở một trang khác" in answer.text
    assert 'value="cu@xa.gov.vn"' in answer.text
    assert open_accounts(world.ws).personal.mail_preferences("lan").address == ADDRESS
    again = hidden(answer.text, action) | {"address": "cu@xa.gov.vn", "kinds": ["assigned"]}
    assert lan.post(action, data=again).status_code == 303


@pytest.mark.parametrize("fact", ["feeds", "feeds/end"])
def test_an_older_tab_does_not_end_an_address_that_was_made_since(
    site: Site, world: World, fact: str
) -> None:
    lan, making = site.visitor("lan"), "/xa-mau/account/feeds"
    lan.post(making, data=hidden(lan.get("/xa-mau/account").text, making))
    action = f"/xa-mau/account/{fact}"
    old_tab = hidden(lan.get("/xa-mau/account").text, action)
    world.wait(hours=1)
    lan.post(making, data=hidden(lan.get("/xa-mau/account").text, making))
    made = open_accounts(world.ws).personal.feed_creation_time("lan")
    answer = lan.post(action, data=old_tab)
    assert answer.status_code == 409
    assert "Địa chỉ lịch của bạn đã được sửa ở một trang khác" in answer.text
    assert open_accounts(world.ws).personal.feed_creation_time("lan") == made
