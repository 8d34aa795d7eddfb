"""Who wrote on one node sees it on the next, or is told that it does not have it yet."""

import threading
import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from itsdangerous import Signer
from support.visitors import Site, csrf
from support.world import TASK, World

from cchc_flow.eventlog.port import EventLog
from cchc_flow.web.http import own_writes

LINE = "Máy chủ này chưa nhận kịp việc bạn vừa ghi"


class Lagging:
    """A log as a node has it that does not know yet what came after a position."""

    is_shared = True

    def __init__(self, log: EventLog) -> None:
        self._log, self.upto = log, log.size()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def size(self) -> int:
        return min(self._log.size(), self.upto)

    newest = size


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_writes, "PAUSE_SECONDS", 0.005)


def let_lag(site: Site) -> Lagging:
    ws = site.app.extensions["cchc"].get("xa-mau")[0]
    ws.log = ws.models._log = Lagging(ws.log)
    return ws.log  # type: ignore[no-any-return]


def cookie(site: Site, position: object, name: str = "xa-mau") -> tuple[str, str]:
    signer = Signer(site.app.secret_key or b"", salt="cchc-at")
    return "cchc_at_xa-mau", signer.sign(f"{name}-{position}").decode()


@pytest.fixture
def node(site: Site, world: World) -> Lagging:
    site.visitor("hoa").get("/xa-mau/board")
    return let_lag(site)


@pytest.fixture
def browser(site: Site, node: Lagging) -> FlaskClient:
    """Hoa's browser, in which she has commented on another node; this one does not know of it."""
    return site.visitor("hoa")


def comment(world: World) -> int:
    world.take("hoa", "comment", text="Đã trao đổi với Sở.")
    return world.ws.log.size()


def test_a_node_that_is_behind_waits_until_it_has_what_the_browser_wrote(
    site: Site, node: Lagging, browser: FlaskClient, world: World
) -> None:
    position = comment(world)
    browser.set_cookie(*cookie(site, position))
    arrival = threading.Timer(0.1, lambda: setattr(node, "upto", position))
    arrival.start()
    page = browser.get(f"/xa-mau/items/{TASK}").text
    arrival.join()
    assert "Đã trao đổi với Sở." in page and LINE not in page


def test_a_node_that_stays_behind_answers_with_what_it_has_and_says_so(
    site: Site, browser: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_writes.wait_for, "__defaults__", (0.05,))
    browser.set_cookie(*cookie(site, comment(world)))
    page = browser.get(f"/xa-mau/items/{TASK}")
    assert page.status_code == 200 and page.text.count(LINE) == 1
    assert "Đã trao đổi với Sở." not in page.text
    fragment = browser.get("/xa-mau/board", headers={"HX-Request": "true"})
    assert fragment.text.count(LINE) == 1 and 'hx-swap-oob="afterbegin:#toasts"' in fragment.text


@pytest.mark.parametrize(
    "value",
    ["", "nonsense", "999999", "xa-mau-999999", "xa-mau-999999.AAAA", "ÿ" * 40, "." * 4000],
)
def test_a_cookie_that_we_did_not_write_lets_nobody_wait(browser: FlaskClient, value: str) -> None:
    browser.set_cookie("cchc_at_xa-mau", value)
    began = time.monotonic()
    page = browser.get("/xa-mau/board")
    assert page.status_code == 200 and LINE not in page.text
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(("position", "name"), [(999, "xa-khac"), ("-1", "xa-mau"), ("9" * 19, "xa-mau")])
def test_a_cookie_of_another_workspace_or_of_no_position_counts_for_nothing(
    site: Site, browser: FlaskClient, position: object, name: str
) -> None:
    browser.set_cookie(*cookie(site, position, name))
    assert LINE not in browser.get("/xa-mau/board").text


def test_an_answer_to_a_form_says_how_far_it_came_for_one_minute(
    site: Site, node: Lagging, browser: FlaskClient, world: World
) -> None:
    node.upto = 1 << 40
    form = {"csrf_token": csrf(browser.get("/xa-mau/board").text), "command_id": world.ws.new_id()}
    answer = browser.post(
        f"/xa-mau/items/{TASK}/comments", data=form | {"seen": "1", "text": "Đã trao đổi với Sở."}
    )
    assert answer.status_code == 303
    set_cookies = [words for words in answer.headers.getlist("Set-Cookie") if "cchc_at_" in words]
    name, value = cookie(site, world.ws.log.size())
    assert len(set_cookies) == 1 and set_cookies[0].startswith(f"{name}={value};")
    assert "Max-Age=60" in set_cookies[0] and "HttpOnly" in set_cookies[0]


def test_one_machine_alone_sets_no_cookie(site: Site, world: World) -> None:
    browser = site.visitor("hoa")
    form = {"csrf_token": csrf(browser.get("/xa-mau/board").text), "command_id": world.ws.new_id()}
    answer = browser.post(f"/xa-mau/items/{TASK}/comments", data=form | {"seen": "1", "text": "Đã trao đổi."})
    assert answer.status_code == 303
    assert not any("cchc_at_" in words for words in answer.headers.getlist("Set-Cookie"))


def test_an_open_page_that_was_drawn_further_on_is_not_drawn_back(
    site: Site, browser: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_writes.wait_for, "__defaults__", (0.05,))
    position = comment(world)
    answer = browser.get(f"/xa-mau/changes?page=board&since={position}&day=2026-03-02")
    assert (answer.status_code, answer.headers["Cchc-Position"]) == (204, str(position))
