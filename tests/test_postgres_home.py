"""Workspaces in a PostgreSQL database: made, named, opened and worked in as those in the data folder."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from eventlog.appending import Clock
from support.postgres import TestDatabase
from support.world import World

from cchc_flow import workspace
from cchc_flow.errors import BadInput, CchcError, LogBroken, NotFound, NotRecorded
from cchc_flow.eventlog.postgres.pool import close_pools
from cchc_flow.homes import find_home
from cchc_flow.settings import Stores, read_stores

Terminal = Callable[..., CompletedProcess[str]]


@pytest.fixture
def data(postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node's data folder; the logs are in the database."""
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    return tmp_path / "data"


def test_workspaces_are_made_named_and_opened(data: Path) -> None:
    for name in ("xa-b", "xa-a"):
        workspace.create(data, name, title=f"Xã {name}", clock=Clock()).close()
    assert workspace.names(data) == ["xa-a", "xa-b"]
    assert {name: found.size for name, found in find_home(data).standings().items()} == {"xa-a": 1, "xa-b": 1}
    ws = workspace.open_workspace(data, "xa-b", Clock())
    assert (ws.title, ws.log.size()) == ("Xã xa-b", 1)
    ws.close()
    with pytest.raises(NotFound):
        workspace.open_workspace(data, "xa-c", Clock())
    with pytest.raises(BadInput, match="đã có"):
        workspace.create(data, "xa-a", title="Xã khác", clock=Clock())
    assert not list(data.rglob("events.db"))


def test_a_commune_works_in_it_as_in_its_folder(data: Path) -> None:
    world = World(data).settle()
    assert world.ws.log.size() > 10
    assert world.ws.differences() == []
    world.ws.close()


def test_a_log_in_both_homes_is_refused_in_a_sentence(data: Path) -> None:
    workspace.create(data, "xa-a", title="Xã A", clock=Clock()).close()
    (data / "xa-a" / "events.db").touch()
    with pytest.raises(BadInput, match="cả thư mục dữ liệu lẫn cơ sở dữ liệu"):
        workspace.open_workspace(data, "xa-a", Clock())


SECRET = "mat-khau-bi-mat"


def test_wrong_settings_are_one_sentence_without_the_password(tmp_path: Path) -> None:
    assert read_stores({}) == Stores()
    assert read_stores({"CCHC_FLOW_LOG": "postgresql://a@b/c"}) == Stores(
        "postgresql://a@b/c", "database", "database"
    )
    for value, sentence in (
        ("json", "CCHC_FLOW_LOG_FORMAT=json"),
        (f"mysql://a:{SECRET}@b/c", "postgresql://…"),
    ):
        with pytest.raises(BadInput, match=sentence) as caught:
            read_stores({"CCHC_FLOW_LOG": value})
        assert SECRET not in str(caught.value)
    for name in ("CCHC_FLOW_VAULT", "CCHC_FLOW_ACCOUNTS"):
        with pytest.raises(BadInput, match=name):
            read_stores({"CCHC_FLOW_LOG": "postgresql://a@b/c", name: str(tmp_path / "none")})


def with_password(url: str) -> str:
    return url.replace("node@", f"node:{SECRET}@")


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (lambda url: url.replace("/test_", "/khong_co_"), BadInput, "Không có cơ sở dữ liệu"),
        (lambda url: url.replace("node:", "ai-do:"), BadInput, "không nhận tài khoản"),
        (lambda url: url.replace("?host=", "?host=/none"), NotRecorded, "Không kết nối được"),
        (lambda url: re.sub(r"/test_\d+", "/postgres", url), LogBroken, "postgres install"),
    ],
    ids=["no database", "another account", "no server", "no tables"],
)  # fmt: skip
def test_a_database_that_is_of_no_use_is_one_sentence_without_the_password(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    change: Callable[[str], str], error: type[CchcError], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("CCHC_FLOW_LOG", change(with_password(postgres.url)))
    with pytest.raises(error, match=sentence) as caught:
        workspace.names(tmp_path)
    close_pools()
    assert SECRET not in str(caught.value)


def test_an_account_without_the_role_is_told_which_one_it_needs(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.query("DROP ROLE IF EXISTS nobody_special; CREATE ROLE nobody_special LOGIN")
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url.replace("node@", "nobody_special@"))
    with pytest.raises(BadInput, match="cchc_node"):
        workspace.names(tmp_path)


def test_the_tables_are_installed_by_the_owner_once(
    postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cchc_flow.cli import run

    postgres.query("DROP DATABASE IF EXISTS fresh WITH (FORCE)")
    postgres.query("CREATE DATABASE fresh")
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.server.url("fresh", "owner"))
    assert [run(["postgres", "install"]) for _ in range(2)] == [0, 0]
    said = "".join(capsys.readouterr())
    assert "GRANT cchc_node TO" in said and "đã có; không có gì thay đổi" in said
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.server.url("fresh", "owner").replace("owner", "node"))
    postgres.server.query("fresh", "DROP SCHEMA cchc_here CASCADE; DROP SCHEMA cchc_log CASCADE")
    assert run(["postgres", "install"]) == 2
    assert "chủ sở hữu" in capsys.readouterr().err
    monkeypatch.delenv("CCHC_FLOW_LOG")
    assert run(["postgres", "install"]) == 2
    postgres.query("DROP DATABASE fresh WITH (FORCE)")
