"""A server by a clock that may be wrong: pages are read, nothing is recorded, somebody confirms it."""

import logging
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from support.clocks import SetClock
from support.visitors import Site, app_for, csrf
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.web.daily import DailyRound


class ClockedSite(Site):
    """The site of a commune that is served by a machine's clock."""

    def __init__(self, world: World) -> None:
        super().__init__(world.ws)
        self.time = SetClock(world.time)
        self.app = app_for(self.data, self.time.machine, world.ws.plugins)

    def assign(self, visitor: FlaskClient) -> str:
        """Assign the task; return the page that refuses it, empty when it was done."""
        form = {"lead": "phong-kinh-te", "due": "2026-06-30", "seen": "1", "command_id": self.ws.new_id()}
        form["csrf_token"] = csrf(visitor.get("/xa-mau/board").text)
        answer = visitor.post(f"/xa-mau/items/{TASK}/assignments", data=form)
        return "" if answer.status_code == 303 else answer.text


@pytest.fixture
def clocked(world: World) -> Iterator[ClockedSite]:
    commands.add_person(world.ws, "quan", "Hồ Minh Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    yield ClockedSite(world)


def test_by_a_clock_in_doubt_pages_are_read_and_nothing_is_recorded(
    clocked: ClockedSite, world: World
) -> None:
    clocked.time.run(days=45)
    world.time = clocked.time.at
    visitor, size = clocked.visitor("hoa"), world.ws.log.size()
    assert visitor.get("/xa-mau/board").status_code == 200
    refused = clocked.assign(visitor)
    assert "hơn 30 ngày sau lần ghi gần nhất" in refused and "«Đồng hồ máy chủ»" in refused
    assert world.ws.log.size() == size


def test_an_administrator_confirms_the_clock_with_a_button(clocked: ClockedSite, world: World) -> None:
    clocked.time.run(days=45)
    world.time = clocked.time.at
    admin = clocked.visitor("quan")
    assert "/xa-mau/clock" in admin.get("/xa-mau/settings").text
    page = admin.get("/xa-mau/clock").text
    assert "hơn 30 ngày sau" in page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert admin.post("/xa-mau/clock/confirmations", data=fields).status_code == 303
    event = world.ws.log.event(world.ws.log.size())
    assert (event.type, event.actor, event.role) == ("log.clock_confirmed/1", "quan", "admin")
    assert "không có gì phải xác nhận" in admin.get("/xa-mau/clock").text
    assert "/xa-mau/clock" not in admin.get("/xa-mau/settings").text
    assert clocked.assign(clocked.visitor("hoa")) == ""


def test_a_time_that_has_changed_since_it_was_shown_is_not_confirmed(
    clocked: ClockedSite, world: World
) -> None:
    clocked.time.run(days=45)
    world.time = clocked.time.at
    admin, size = clocked.visitor("quan"), world.ws.log.size()
    page = admin.get("/xa-mau/clock").text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    clocked.time.run(minutes=6)
    refused = admin.post("/xa-mau/clock/confirmations", data=fields)
    assert refused.status_code == 422 and "xem lại giờ" in refused.text
    fields["shown"] = "hôm nay"
    assert admin.post("/xa-mau/clock/confirmations", data=fields).status_code == 422
    assert world.ws.log.size() == size


def test_nobody_but_an_administrator_sees_the_page_of_the_clock(clocked: ClockedSite) -> None:
    assert clocked.visitor("hoa").get("/xa-mau/clock").status_code == 403


def test_the_daily_round_stands_still_while_the_clock_is_in_doubt(
    clocked: ClockedSite, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    size = world.ws.log.size()
    clocked.time.run(hours=1)
    daily = DailyRound(world.data, clocked.time.machine)
    clocked.time.jump(days=3)
    with caplog.at_level(logging.ERROR):
        daily.run_due_rounds()
    assert world.ws.log.size() == size
    assert "vừa bị chỉnh" in caplog.text
    clocked.time.jump(days=-3)
    daily.run_due_rounds()
    assert world.ws.log.size() > size


def test_who_signs_in_while_the_clock_is_in_doubt_is_let_in_and_told_of_later(
    clocked: ClockedSite, world: World
) -> None:
    password = clocked.give_password("quan")
    clocked.time.run(days=45)
    world.time = clocked.time.at
    admin = clocked.app.test_client()
    form = {"login": "quan", "password": password, "command_id": world.ws.new_id()}
    form["csrf_token"] = csrf(admin.get("/xa-mau/sign-in").text)
    assert admin.post("/xa-mau/sessions", data=form).status_code == 303
    page = admin.get("/xa-mau/clock").text
    assert "hơn 30 ngày sau" in page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert admin.post("/xa-mau/clock/confirmations", data=fields).status_code == 303
    types = [event.type for event in world.ws.log.read_events(world.ws.log.size() - 4)]
    assert "log.clock_confirmed/1" in types
    assert types.index("log.clock_confirmed/1") < types.index("access.signed_in/1")
