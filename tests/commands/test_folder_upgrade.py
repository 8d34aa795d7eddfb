"""The folder of an older program is upgraded when it is opened, and can come back for a while."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.world import World

from cchc_flow import commands, workspace
from cchc_flow.commands.folder_upgrade import undo_upgrade
from cchc_flow.errors import LogBroken, NotFound, Refusal
from cchc_flow.eventlog import data_format, editions, migration, schema
from cchc_flow.eventlog.migration import Step
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.workspace import Workspace

FIXTURE = Path(__file__).parents[1] / "fixtures" / "data_2ee1401" / "data"
OLD = "test-material"
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
NOTES = "CREATE TABLE notes (words TEXT) STRICT"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder of the time before there were formats."""
    return shutil.copytree(FIXTURE, tmp_path / "old")


@pytest.fixture
def settled_and_closed(world: World) -> World:
    world.ws.close()
    return world


def open_old(data: Path) -> Workspace:
    return commands.open_workspace(data, OLD, lambda: NOW, load_plugins())


def reopen(world: World) -> Workspace:
    return commands.open_workspace(world.data, "xa-mau", lambda: world.time)


def use_later_program(monkeypatch: pytest.MonkeyPatch, *statements: str) -> str:
    """Let the program be a later one, whose logs have one more table; return the edition of these."""
    second = [*schema.schema_statements(), NOTES]
    edition = editions.edition_digest(second)
    monkeypatch.setitem(editions.EDITIONS, edition, lambda: second)
    monkeypatch.setitem(migration.STEPS, editions.FIRST, Step(edition, statements or (NOTES,)))
    monkeypatch.setattr(data_format, "FORMAT", 2)
    return edition


def test_a_folder_of_an_older_program_is_upgraded_and_what_was_there_is_kept(old: Path) -> None:
    before = verify_log(old / OLD)
    ws = open_old(old)
    assert data_format.read_format(ws.folder) == data_format.FORMAT
    assert ws.log.size() > before.count, "the program records what came with it"
    ws.close()
    (kept,) = (old / "private/upgraded").iterdir()
    assert verify_log(kept / OLD).root == before.root
    assert (kept / "private" / OLD / "accounts.db").is_file()


def test_a_new_workspace_has_the_newest_format_and_needs_no_upgrade(new_world: World) -> None:
    assert data_format.read_format(new_world.ws.folder) == data_format.FORMAT
    assert not (new_world.data / "private/upgraded").exists()


def test_while_nothing_new_was_written_the_older_program_comes_back_to_its_folder(old: Path) -> None:
    before = verify_log(old / OLD)
    memory = (old / "private" / OLD / "log-end.txt").exists()
    open_old(old).close()
    assert verify_log(old / OLD).count > before.count, "what came with the program was recorded"
    undo_upgrade(old, OLD)
    after = verify_log(old / OLD)
    assert (after.count, after.root, after.ok) == (before.count, before.root, before.ok)
    assert data_format.read_format(old / OLD) == 0
    assert not list((old / OLD).glob("projections*.db"))
    assert (old / "private" / OLD / "log-end.txt").exists() == memory
    ws = open_old(old)
    assert data_format.read_format(ws.folder) == data_format.FORMAT
    ws.close()


def test_once_something_was_written_nobody_goes_back(old: Path) -> None:
    ws = open_old(old)
    commands.add_unit(ws, "Trạm Y tế mới", (), commands.Order("system:test", ws.new_id()))
    size = ws.log.size()
    ws.close()
    with pytest.raises(Refusal, match="đã ghi thêm 1 sự kiện"):
        undo_upgrade(old, OLD)
    assert verify_log(old / OLD).count == size


def test_nobody_goes_back_while_the_folder_is_used_or_when_nothing_is_kept(old: Path, world: World) -> None:
    ws = open_old(old)
    with pytest.raises(LogBroken, match="đang được dùng"):
        undo_upgrade(old, OLD)
    ws.close()
    with pytest.raises(NotFound, match="Không có bản nào"):
        undo_upgrade(world.data, "xa-mau")


def test_new_tables_come_with_an_event_and_the_older_program_then_refuses_in_a_sentence(
    settled_and_closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = settled_and_closed
    with monkeypatch.context() as later:
        edition = use_later_program(later)
        ws = reopen(world)
        event = next(event for event in ws.log.read_events() if event.type == "log.migrated/1")
        assert event.data == {"from": editions.FIRST, "to": edition}
        ws.close()
        assert verify_log(world.data / "xa-mau").ok
    with pytest.raises(LogBroken, match=r"đã được bản \S+ của chương trình nâng cấp.*upgrade --undo"):
        reopen(world)
    with pytest.raises(LogBroken, match="nâng cấp"):
        workspace.open_workspace(world.data, "xa-mau", lambda: world.time, for_repair=True)
    with monkeypatch.context() as later:
        use_later_program(later)
        undo_upgrade(world.data, "xa-mau")
    ws = reopen(world)
    assert "log.migrated/1" not in {event.type for event in ws.log.read_events()}
    ws.close()


def test_an_upgrade_that_fails_leaves_the_folder_as_it_was(
    settled_and_closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = settled_and_closed
    before = verify_log(world.data / "xa-mau")
    with monkeypatch.context() as later:
        use_later_program(later, "CREATE TABLE other (words TEXT) STRICT")
        with pytest.raises(LogBroken):
            reopen(world)
    after = verify_log(world.data / "xa-mau")
    assert (after.ok, after.root) == (True, before.root)
    reopen(world).close()


def test_what_an_older_program_uses_is_not_upgraded_under_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.ws.log.size()
    with monkeypatch.context() as later:
        use_later_program(later)
        with pytest.raises(LogBroken, match="đang được dùng, nên chưa nâng cấp được"):
            reopen(world)
    world.submitted()


def test_a_fault_that_was_there_before_does_not_stop_the_upgrade(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.submitted()
    world.ws.close()
    next((world.ws.folder / "vault").glob("??/*")).unlink()
    with monkeypatch.context() as later:
        use_later_program(later)
        ws = reopen(world)
        assert data_format.read_format(ws.folder) == 2
        ws.close()


def test_a_backup_of_an_older_folder_is_restored_and_upgraded_when_it_is_opened(
    old: Path, tmp_path: Path
) -> None:
    from cchc_flow.backup.create import create_backup
    from cchc_flow.backup.restore import Restorer

    out = tmp_path / "old.tar"
    manifest = create_backup(old, OLD, out, time=NOW, with_key=False, progress=lambda *_: None)
    assert manifest.format == 0
    Restorer(
        tmp_path / "new", lambda: NOW, lambda ws: commands.Order("system:t", ws.new_id()), lambda *_: None
    ).restore(out)
    ws = open_old(tmp_path / "new")
    assert data_format.read_format(ws.folder) == data_format.FORMAT
    ws.close()


def test_a_number_that_is_no_number_is_told(settled_and_closed: World) -> None:
    (settled_and_closed.data / "xa-mau" / "format.txt").write_text("rubbish")
    with pytest.raises(LogBroken, match=r"format\.txt"):
        reopen(settled_and_closed)


def test_a_number_that_was_taken_away_only_has_the_upgrade_made_again(settled_and_closed: World) -> None:
    folder = settled_and_closed.data / "xa-mau"
    before = verify_log(folder)
    (folder / "format.txt").unlink()
    reopen(settled_and_closed).close()
    after = verify_log(folder)
    assert (after.root, data_format.read_format(folder)) == (before.root, data_format.FORMAT)
