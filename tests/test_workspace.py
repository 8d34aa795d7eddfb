"""A workspace is there or not, and can be read without what stays private."""

import shutil
from pathlib import Path

import pytest
from support.world import World

from cchc_flow import clock, commands, demo, workspace
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.sqlite import SqliteLog


def cut_short(data: Path, name: str, patch: pytest.MonkeyPatch) -> None:
    """Leave what a creation leaves that is killed before the first event."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with patch.context() as patched:
        patched.setattr(SqliteLog, "record_opening", killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.create(data, name, title=name, clock=clock.now)


def test_a_workspace_whose_making_was_cut_short_says_so_and_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(tmp_path, "xa", monkeypatch)
    with pytest.raises(NotFound, match="cchc-flow init xa"):
        commands.open_workspace(tmp_path, "xa", clock.now)
    assert commands.create_workspace(tmp_path, "xa", title="xã", clock=clock.now).title == "xã"


def test_a_demo_whose_making_was_cut_short_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(tmp_path, "demo", monkeypatch)
    assert demo.demo_workspace(tmp_path, "demo", clock.now).demo


def test_a_folder_that_was_handed_over_alone_is_read_without_its_keys(world: World) -> None:
    shutil.rmtree(world.data / "private")
    ws = workspace.open_workspace(world.data, world.ws.name, clock.now)
    assert ws.read().execute("SELECT count(*) FROM cards").fetchone()[0] == 3
    assert not (world.data / "private").exists()


def test_a_file_that_has_no_tables_yet_is_no_workspace_yet(tmp_path: Path) -> None:
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa" / "events.db").touch()
    with pytest.raises(NotFound, match="cchc-flow init xa"):
        commands.open_workspace(tmp_path, "xa", clock.now)
    assert commands.create_workspace(tmp_path, "xa", title="xã", clock=clock.now).title == "xã"


@pytest.mark.parametrize(("title", "demo"), [("xã Khác", False), ("xã Mẫu", True)])
def test_a_workspace_that_another_process_made_first_is_not_taken_for_ones_own(
    world: World, monkeypatch: pytest.MonkeyPatch, title: str, demo: bool
) -> None:
    monkeypatch.setattr(workspace, "is_begun", lambda *_: False)  # as it was a moment ago
    before = world.ws.log.size()
    with pytest.raises(BadInput, match="đã có"):
        commands.create_workspace(world.data, "xa-mau", title=title, clock=clock.now, demo=demo)
    assert world.ws.log.size() == before
