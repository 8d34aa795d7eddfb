"""`/healthz` says that the process lives, `/readyz` that it can do its work; neither tells a stranger why."""

import logging
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.visitors import Site, app_for
from support.world import World

from cchc_flow import data_folder
from cchc_flow.web.http import readiness


@pytest.fixture(autouse=True)
def looked_for_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)


def asked(site: Site, path: str) -> tuple[int, str]:
    answer = site.app.test_client().get(path)
    assert answer.mimetype == "text/plain" and answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text


def test_a_server_that_can_work_is_alive_and_ready(site: Site) -> None:
    assert asked(site, "/healthz") == (200, "ok\n")
    assert asked(site, "/readyz") == (200, "ready\n")


def test_an_empty_data_folder_is_ready(tmp_path: Path, new_world: World) -> None:
    app = app_for(tmp_path, new_world.ws.now)
    assert app.test_client().get("/readyz").status_code == 200


def test_without_room_on_the_disk_it_lives_and_is_not_ready(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(data_folder, "LEAST_ROOM", 1 << 60)
    assert asked(site, "/healthz") == (200, "ok\n")
    for _ in range(3):
        assert asked(site, "/readyz") == (503, "not ready\n")
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(told) == 1 and "ổ đĩa sắp đầy" in told[0]  # once, and not at each question


def test_a_log_that_takes_no_writer_is_not_ready_until_it_does(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(site, "/readyz")[0] == 200
    served = site.app.extensions["cchc"].get("xa-mau")[0]
    monkeypatch.setattr(
        served.log, "check_writable", lambda: (_ for _ in ()).throw(sqlite3.OperationalError("busy"))
    )
    assert asked(site, "/readyz") == (503, "not ready\n")
    monkeypatch.undo()
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)
    assert asked(site, "/readyz")[0] == 200


def test_a_workspace_that_does_not_open_is_not_ready(world: World) -> None:
    world.ws.close()
    for path in world.ws.folder.glob("events.db*"):
        path.unlink()
    (world.ws.folder / "events.db").write_bytes(b"not a database")
    app = app_for(world.data, world.ws.now)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")


def test_who_asks_all_the_time_gets_the_answer_before(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(site, "/readyz")[0] == 200
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", 60)
    monkeypatch.setattr(data_folder, "LEAST_ROOM", 1 << 60)
    assert asked(site, "/readyz")[0] == 200


def test_while_one_request_looks_another_does_not_wait(site: Site) -> None:
    asked(site, "/readyz")
    with site.app.extensions["cchc"].readiness._looking:
        assert asked(site, "/readyz")[0] == 200


def test_a_workspace_that_cannot_be_looked_into_is_not_ready(site: Site, world: World) -> None:
    closed = world.data / "khac"
    closed.mkdir(mode=0)
    assert asked(site, "/readyz") == (503, "not ready\n")
    closed.rmdir()
    assert asked(site, "/readyz")[0] == 200
