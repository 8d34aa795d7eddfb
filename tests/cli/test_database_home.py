"""What is proved, exported and kept at the command line, when the log is in PostgreSQL."""

from pathlib import Path

import psycopg
import pytest
from support.bundling import tell_story
from support.postgres import TestDatabase
from support.terminal import Terminal, open_terminal
from support.world import TASK, World

from cchc_flow.eventlog.verification.verify import verify_log


@pytest.fixture
def world(data: Path, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> World:
    """The commune after its story, in the database, by whose clock the commands go."""
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    world = tell_story(World(data))
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: world.ws.now)
    return world


def attack(postgres: TestDatabase, sql: str) -> None:
    with psycopg.connect(postgres.owner_url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(sql.encode())


def test_everything_that_is_proved_of_a_log_in_a_file_is_proved_of_one_in_a_database(
    world: World, terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, newer, bundle = tmp_path / "dau.txt", tmp_path / "dau-moi.txt", tmp_path / "ho-so.zip"
    assert terminal("checkpoint", kept).code == 0
    assert terminal("bundle", bundle, "--item", TASK, "--checkpoint", kept).code == 0
    assert terminal("checkpoint", newer).code == 0
    said = terminal("verify", "--checkpoint", kept, "--key", f"{kept}.key", "--all")
    assert said.code == 0 and "độc lập với nhật ký" in said.out, said
    assert terminal("receipt", "3", tmp_path / "bien-nhan").code == 0
    assert terminal("verify", "--receipt", tmp_path / "bien-nhan").code == 0
    assert terminal("consistency", kept, newer, tmp_path / "noi-tiep").code == 0
    words = ("verify", "--from", kept, "--proof", tmp_path / "noi-tiep", "--key", f"{kept}.key")
    elsewhere = open_terminal(tmp_path / "nowhere", capsys)
    assert elsewhere(*words).code == 0
    assert elsewhere("verify", bundle, "--checkpoint", kept, "--key", f"{kept}.key").code == 0
    assert terminal("tiles", tmp_path / "tiles").code == 0
    assert (tmp_path / "tiles" / "checkpoint").is_file()
    for form in ("csv", "jsonl", "cloudevents", "xes", "ocel-json", "ocel-sqlite", "xlsx"):
        assert terminal("export", form, tmp_path / form).code == 0, form
    assert terminal("doctor").code == 0
    assert terminal("key", "rotate").code == 0
    assert terminal("verify", "--key", f"{kept}.key").code == 0


def test_a_changed_log_in_a_database_is_named_and_one_put_back_is_refused(
    world: World, terminal: Terminal, postgres: TestDatabase, tmp_path: Path
) -> None:
    size = world.ws.log.size()
    world.ws.close()
    attack(postgres, f"DELETE FROM cchc_log.events WHERE position = {size - 3}")  # noqa: S608  # a number
    said = terminal("verify")
    assert said.code == 1 and f"từ vị trí {size - 3}" in said.err


def test_a_cut_tail_is_named_by_who_saw_more(
    world: World, terminal: Terminal, postgres: TestDatabase
) -> None:
    world.ws.close()
    attack(postgres, "UPDATE cchc_log.heads SET size = size - 1")
    assert terminal("verify").code == 1


def test_a_backup_is_that_of_a_folder_and_is_restored_where_there_is_no_database(
    world: World, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, root = tmp_path / "out.tar", world.ws.log.root(world.ws.log.size())
    world.ws.close()
    said = terminal("backup", out)
    assert said.code == 0, said
    assert {path.name for path in tmp_path.iterdir()} == {"data", "out.tar"}
    said = terminal("restore", out, "--to", tmp_path / "other")
    assert said.code != 0 and "CCHC_FLOW_LOG" in said.err
    assert terminal("upgrade").code == 0
    monkeypatch.delenv("CCHC_FLOW_LOG")
    said = terminal("restore", out, "--to", tmp_path / "other")
    assert said.code == 0, said
    restored = World(tmp_path / "other", is_there=True)
    assert restored.ws.log.root(world.ws.log.size()) == root
    assert verify_log(restored.ws.source, all_checkpoints=True).ok
    restored.ws.close()
