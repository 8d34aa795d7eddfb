"""A plugin that holds the interpreter: the worker is ended, the plugin named, and the server goes on."""

import html
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import msgspec
import pytest
from support.plugging import plugged
from support.serving import Running
from support.visitors import PASSWORD, Site
from support.world import ASSIGN, World

from cchc_flow import clock, commands
from cchc_flow.hookspecs import Item, JsonObject, Measure, Transition, Violation, hookimpl
from cchc_flow.plugin_host.call_slots import SLOTS, CallSlots
from cchc_flow.plugin_host.rule_checks import RuleNotAsked

SERVE = """
import ctypes, sys
from pathlib import Path
from cchc_flow.clock import now
from cchc_flow.hookspecs import hookimpl
from cchc_flow.plugin_host.loading import plugins_from
from cchc_flow.web import server

class Holder:
    "Lĩnh vực ôm máy"

    @hookimpl
    def measures(self):
        ctypes.PyDLL(None).sleep(60)  # with the interpreter's lock, unlike time.sleep
        return []

server.WATCHDOG_SECONDS = 2
server.serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), now, plugins=plugins_from(holder=Holder()))
"""


class Quiet:
    """Lĩnh vực ôm máy"""

    @hookimpl
    def measures(self) -> list[Measure]:
        return []

    @hookimpl
    def check(self, item: Item, step: Transition, data: JsonObject) -> list[Violation]:
        return []


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A commune whose coordinator has a password, recorded by the machine's clock."""
    world = World(tmp_path / "data", plugins=plugged(holder=Quiet()))
    world.time = clock.now()
    world.settle()
    Site(world.ws).give_password("hoa")
    world.ws.close()
    return world.data


@pytest.fixture
def running(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr("support.serving.SERVE", SERVE)
    running = Running(data)
    yield running
    if running.process.poll() is None:
        running.stop()


def sign_in(running: Running) -> OpenerDirector:
    """Sign in over HTTP, as a browser does, and return what keeps the cookies."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{running.address}/xa-mau/sessions/new", timeout=10).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {"csrf_token": html.unescape(token[1]), "login": "hoa", "password": PASSWORD}
    browser.open(f"{running.address}/xa-mau/sessions", urlencode(form).encode(), timeout=10)
    return browser


def test_a_plugin_that_holds_the_interpreter_is_named_and_the_server_goes_on(
    running: Running, data: Path
) -> None:
    browser = sign_in(running)
    begun = time.monotonic()
    with pytest.raises((HTTPException, OSError)):
        browser.open(f"{running.address}/xa-mau/areas/holder", timeout=30)
    page = browser.open(f"{running.address}/xa-mau/areas/holder", timeout=30).read().decode()
    assert time.monotonic() - begun < 20
    assert "đã làm máy chủ đứng yên nên tạm thời không được gọi; thử lại sau 5 phút" in page
    _, err, status = running.stop()
    assert "plugin holder held the interpreter and is not called for 300 s" in err
    assert "in measures" in err  # where it stood
    assert status == 0
    ws = commands.open_workspace(data, "xa-mau", clock.now)
    assert [event.actor for event in ws.log.read_events() if event.type == "access.signed_in/1"] == ["hoa"]
    ws.close()


def test_while_such_a_plugin_rests_its_rules_let_nothing_pass(tmp_path: Path) -> None:
    world = World(tmp_path / "data", plugins=plugged(holder=Quiet())).settle()
    world.ws.plugins.add_hold("holder")
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực ôm máy» \(đã làm máy chủ đứng yên"):
        world.take("hoa", "assign", **ASSIGN)


def test_a_plugin_rests_twice_as_long_each_time_and_is_called_again_afterwards(tmp_path: Path) -> None:
    plugins = plugged(holder=Quiet())
    pauses = [plugins.add_hold("holder").pause for _ in range(12)]
    assert (pauses[:3], pauses[-1]) == ([300, 600, 1200], 86_400)
    assert plugins.hold_fault("holder") != ""
    hold = plugins.holds["holder"]
    plugins.holds["holder"] = msgspec.structs.replace(hold, until=time.monotonic())
    assert (plugins.hold_fault("holder"), plugins.call_one("holder", "measures", {}).value) == ("", [])


def test_the_slots_name_who_is_called_also_to_another_process() -> None:
    slots = CallSlots()
    with slots.mark("mot"), slots.mark("hai"), slots.mark("mot"):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.write(writing, " ".join(slots.plugins()).encode())
            os._exit(0)
        os.wait()
        assert os.read(reading, 100) == b"hai mot"
    assert slots.plugins() == []
    os.close(reading)
    os.close(writing)


def test_more_calls_than_there_are_slots_are_made_without_a_name() -> None:
    slots = CallSlots()
    with ExitStack() as calls:
        for number in range(SLOTS + 1):
            calls.enter_context(slots.mark(f"trinh-cam-{number}"))
        assert len(slots.plugins()) == SLOTS
    with slots.mark("x" * 200):
        assert slots.plugins() == ["x" * 64]
        slots.clear()
        assert slots.plugins() == []
