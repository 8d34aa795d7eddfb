"""Whose files a data folder has: its owner's alone, from the first moment on."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.visitors import Site
from support.world import World

from cchc_flow.data_folder import find_loose_paths, workspace_paths
from cchc_flow.workspace import open_workspace


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    """The umask of most machines, under which a new file can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def used(tmp_path: Path) -> World:
    """A commune with evidence, accounts and read models, whose files are all in use."""
    used = World(tmp_path / "above" / "data").settle()
    used.submitted()
    Site(used.ws).visitor("hoa").get("/xa-mau/board")
    used.ws.models.rebuild()
    return used


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_file_is_made_for_its_owner_alone(used: World) -> None:
    paths = [*workspace_paths(used.data, "xa-mau"), used.data / "private"]
    kinds = {path.suffix or path.name for path in paths if path.is_file()}
    assert {".db", ".db-wal", ".db-shm", ".lock", ".current", ".pem", ".txt", ".key"} <= kinds
    assert any(path.parent.parent.name == "vault" for path in paths)
    assert find_loose_paths(paths) == []
    assert {mode(path) for path in paths if path.is_file()} == {0o600}
    assert {mode(path) for path in paths if path.is_dir()} == {0o700}


def test_the_folders_above_that_did_not_exist_are_its_owner_s_alone(used: World) -> None:
    assert (mode(used.data), mode(used.data.parent)) == (0o700, 0o700)


def test_what_an_earlier_release_left_open_is_closed_when_the_workspace_is_opened(used: World) -> None:
    used.ws.close()
    paths = [*workspace_paths(used.data, "xa-mau"), used.data / "private", used.data / "private" / "web.key"]
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    open_workspace(used.data, "xa-mau", used.ws.now).close()
    assert find_loose_paths(paths) == []


def test_one_file_that_was_opened_to_others_is_closed_too(used: World) -> None:
    (used.ws.folder / "events.db").chmod(0o640)
    open_workspace(used.data, "xa-mau", used.ws.now).close()
    assert find_loose_paths(workspace_paths(used.data, "xa-mau")) == []


def test_a_link_is_not_followed(used: World, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch(mode=0o644)
    (used.ws.folder / "link").symlink_to(outside)
    used.ws.folder.chmod(0o755)
    open_workspace(used.data, "xa-mau", used.ws.now).close()
    assert mode(outside) == 0o644
