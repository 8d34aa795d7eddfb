"""Workspaces are open while they are used, and closed when nobody looks at them any more."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.visitors import Site, app_for
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import NotFound
from cchc_flow.web.http import opened_workspaces, readiness
from cchc_flow.web.http.opened_workspaces import IDLE_SECONDS, BeingOpened, OpenedWorkspaces, Pair
from cchc_flow.web.http.served_workspaces import ServedWorkspaces


class Shelf:
    """Opens workspaces that know only whether they were closed; its clock is set."""

    def __init__(self) -> None:
        self.time, self.opened, self.closed = 0.0, [], []
        self.workspaces = OpenedWorkspaces(self.open_pair, lambda: self.time)

    def open_pair(self, name: str) -> Pair:
        if name == "khong-co":
            raise NotFound("no such workspace")
        self.opened.append(name)
        return Closeable(name, self.closed), None  # type: ignore[return-value]


class Closeable:
    def __init__(self, name: str, closed: list[str]) -> None:
        self.name, self._closed = name, closed

    def close(self) -> None:
        self._closed.append(self.name)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_workspace_is_opened_once_however_often_it_is_used(shelf: Shelf) -> None:
    assert shelf.workspaces.get("xa-a") is shelf.workspaces.get("xa-a")
    assert shelf.opened == ["xa-a"]


def test_a_workspace_that_many_ask_for_at_once_is_opened_once() -> None:
    shelf, started = Shelf(), threading.Barrier(6)

    def ask(_: int) -> Pair:
        started.wait()
        return shelf.workspaces.get("xa-a")

    with ThreadPoolExecutor(6) as pool:
        pairs = list(pool.map(ask, range(6)))
    assert len(set(map(id, pairs))) == 1
    assert len(shelf.opened) - len(shelf.closed) == 1


def test_a_workspace_that_nobody_has_used_for_long_is_closed(shelf: Shelf) -> None:
    shelf.workspaces.get("xa-a")
    shelf.time = IDLE_SECONDS / 2
    shelf.workspaces.get("xa-b")
    shelf.time = IDLE_SECONDS + 1
    assert shelf.workspaces.close_idle() == ["xa-a"] == shelf.closed
    assert shelf.workspaces.find("xa-a") is None and shelf.workspaces.find("xa-b") is not None


def test_a_workspace_from_which_somebody_is_answered_is_not_closed(shelf: Shelf) -> None:
    with shelf.workspaces.use("xa-a"):
        shelf.time = IDLE_SECONDS * 3
        assert shelf.workspaces.close_idle() == []
        assert not shelf.workspaces.close("xa-a")
    assert shelf.workspaces.close_idle() == []  # it counts from the end of the request
    shelf.time *= 2
    assert shelf.workspaces.close_idle() == ["xa-a"]


def test_a_workspace_that_was_closed_opens_again(shelf: Shelf) -> None:
    shelf.workspaces.get("xa-a")
    shelf.workspaces.close("xa-a")
    shelf.workspaces.get("xa-a")
    assert (shelf.opened, shelf.closed) == (["xa-a", "xa-a"], ["xa-a"])


def test_a_workspace_that_is_borrowed_is_closed_unless_it_was_open_before(shelf: Shelf) -> None:
    with shelf.workspaces.borrow("xa-a"):
        assert shelf.closed == []
    assert shelf.closed == ["xa-a"]
    shelf.workspaces.get("xa-b")
    with shelf.workspaces.borrow("xa-b"):
        pass
    assert shelf.closed == ["xa-a"]


def test_no_more_workspaces_are_open_than_allowed_and_the_longest_unused_goes(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened_workspaces, "MOST_OPEN", 3)
    for number in range(5):
        shelf.time = number
        shelf.workspaces.get(f"xa-{number}")
    assert shelf.closed == ["xa-0", "xa-1"]
    assert len(shelf.workspaces.pairs()) == 3


def test_names_that_are_no_workspace_leave_nothing_behind(shelf: Shelf) -> None:
    with pytest.raises(NotFound):
        shelf.workspaces.get("khong-co")
    assert shelf.workspaces._opening == {}


def test_one_workspace_that_opens_slowly_holds_up_no_other_and_is_there_when_it_is_open() -> None:
    gate, closed = threading.Event(), []

    def open_pair(name: str) -> Pair:
        assert name != "xa-dai" or gate.wait(10)
        return Closeable(name, closed), None  # type: ignore[return-value]

    workspaces = OpenedWorkspaces(open_pair, patience=0.05)
    for _ in range(20):  # no more threads than one wait for it
        with pytest.raises(BeingOpened, match="xa-dai"):
            workspaces.get("xa-dai")
    assert sum(thread.name == "open-xa-dai" for thread in threading.enumerate()) == 1
    assert workspaces.get("xa-ngan") is not None
    gate.set()
    with suppress(BeingOpened):
        workspaces.get("xa-dai")
    assert workspaces.get("xa-dai") is not None


def test_a_page_says_that_its_workspace_is_being_opened_and_comes_again_by_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, served = threading.Event(), site.app.extensions["cchc"]
    visitor, opens = site.visitor("hoa"), served._open

    def open_slowly(name: str) -> Pair:
        assert gate.wait(10)
        return opens(name)

    served.opened = OpenedWorkspaces(open_slowly, patience=0.05)
    page = visitor.get("/xa-mau/board")
    assert (page.status_code, page.headers["Retry-After"], page.headers["Refresh"]) == (503, "3", "3")
    assert "đang dựng lại bảng đọc" in page.text
    fragment = visitor.get("/xa-mau/changes", headers={"HX-Request": "true"})
    assert fragment.status_code == 503 and "Refresh" not in fragment.headers
    assert visitor.get("/healthz").status_code == 200
    gate.set()
    served.opened = OpenedWorkspaces(open_slowly)
    assert visitor.get("/xa-mau/board").status_code == 200


@pytest.fixture
def many(site: Site, world: World) -> Iterator[ServedWorkspaces]:
    """A data folder with four communes, of which nobody has looked at any yet."""
    for number in range(3):
        commands.create_workspace(
            world.data, f"xa-{number}", title=f"xã {number}", clock=world.ws.now, demo=True
        ).close()
    served: ServedWorkspaces = site.app.extensions["cchc"]
    yield served


def test_a_page_works_as_before_when_its_workspace_was_closed_meanwhile(site: Site, world: World) -> None:
    served, visitor = site.app.extensions["cchc"], site.visitor("hoa")
    assert visitor.get("/xa-mau/board").status_code == 200
    assert served.opened.close("xa-mau")
    assert visitor.get("/xa-mau/board").status_code == 200


def test_a_request_holds_its_workspace_open_and_lets_it_go(site: Site) -> None:
    served = site.app.extensions["cchc"]
    site.visitor("hoa").get("/xa-mau/board")
    with site.app.test_request_context("/xa-mau/board"):
        site.app.preprocess_request()
        assert not served.opened.close("xa-mau")
    assert served.opened.close("xa-mau")


def test_the_page_of_all_workspaces_and_the_watcher_keep_none_open(
    many: ServedWorkspaces, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)
    visitor = site.app.test_client()
    page = visitor.get("/").text
    assert all(f"xã {number}" in page for number in range(3))
    for _ in range(3):
        assert visitor.get("/readyz").status_code == 200
    assert many.opened.pairs() == []


def test_a_commune_with_a_broken_log_keeps_no_other_from_being_served(
    many: ServedWorkspaces, site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)
    (world.data / "xa-1" / "events.db").write_bytes(b"no database")
    stranger = site.app.test_client()
    answers = [stranger.get("/readyz").status_code for _ in range(3)]
    assert answers == [200] * 3
    assert list(many.readiness.workspaces) == ["xa-1"]
    assert "xa-1" in stranger.get("/").text
    assert stranger.get("/xa-1/sessions/new").status_code == 500
    assert stranger.get("/xa-2/").status_code in (200, 303)
    assert site.visitor("hoa").get("/xa-mau/board").status_code == 200


def test_a_commune_whose_trouble_is_over_is_not_named_any_more(
    many: ServedWorkspaces, site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)
    file = world.data / "xa-1" / "events.db"
    whole = file.read_bytes()
    file.write_bytes(b"no database")
    for _ in range(3):
        site.app.test_client().get("/readyz")
    file.write_bytes(whole)
    for _ in range(3):
        site.app.test_client().get("/readyz")
    assert many.readiness.workspaces == {}


def test_a_workspace_with_a_broken_log_is_called_by_its_name(tmp_path: Path, new_world: World) -> None:
    (tmp_path / "xa-hong").mkdir()
    (tmp_path / "xa-hong" / "events.db").write_bytes(b"no database")
    served = app_for(tmp_path, new_world.ws.now).extensions["cchc"]
    assert served.label("xa-hong").title == "xa-hong"
    with pytest.raises(sqlite3.DatabaseError):
        served.get("xa-hong")


def test_a_commune_whose_read_models_break_shows_it_there_and_nowhere_else(
    many: ServedWorkspaces, site: Site, world: World
) -> None:
    database = many.get("xa-0")[0].read()
    database.execute("DROP TABLE progress")
    stranger = site.app.test_client()
    assert stranger.get("/xa-0/sessions/new").status_code == 500
    assert stranger.get("/xa-1/sessions/new").status_code in (200, 302, 303)
    assert site.visitor("hoa").get("/xa-mau/board").status_code == 200
    assert stranger.get("/readyz").status_code == 200
