"""The log as a folder of tiles: what another reader makes of it, and what of it can be changed unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from eventlog.appending import append_steps
from eventlog.conftest import SampleLog
from eventlog.forging import hash_again, open_without_triggers, replace_in_body, sign_again
from nacl.signing import SigningKey
from support.c2sp import audit_tiles

from cchc_flow.errors import LogBroken, Refusal
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.tiles import Written, tile_path, write_tiles


class NumberLog:
    """A log whose bodies are numbers, of any size at once: as much of `port.EventLog` as tiles read."""

    signer = Signer("example.com/numbers", SigningKey(b"n" * 32))

    def __init__(self, size: int) -> None:
        self._size = size
        self._leaves = [merkle.leaf_hash(b"%d" % number) for number in range(size)]

    def read_bodies(self, after: int, upto: int) -> Iterator[tuple[int, bytes]]:
        return ((number + 1, b"%d" % number) for number in range(after, upto))

    def node(self, level: int, index: int) -> bytes:
        return merkle.subtree_root(self._leaves[index << level : (index + 1) << level])

    def root(self, size: int) -> bytes:
        return merkle.tree_root(size, self.node)

    def checkpoint(self) -> str:
        name = self.signer.verifier_key.name
        return Checkpoint(name, self._size, self.root(self._size)).sign([self.signer])

    def find_larger(self, size: int, after: int) -> None:
        return None


@pytest.fixture
def log(sample: SampleLog) -> Iterator[SqliteLog]:
    log = sample.open()
    yield log
    log.close()


@pytest.fixture
def tiles(tmp_path: Path) -> Path:
    return tmp_path / "tiles"


def write(log: object, folder: Path) -> Written:
    return write_tiles(log, folder, lambda done, total: None)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_the_path_of_a_tile_is_as_the_specification_has_it() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 0, 17) == "tile/entries/000.p/17"
    assert tile_path(2, 1000) == "tile/2/x001/000"


def test_another_reader_finds_every_event_in_the_tiles(log: SqliteLog, tiles: Path) -> None:
    assert write(log, tiles) == Written(2, 29, None)
    assert sorted(files(tiles)) == ["checkpoint", "tile/0/000.p/29", "tile/entries/000.p/29"]
    assert audit_tiles(tiles, log.verifier_key()) == [log.body(position) for position in range(1, 30)]
    assert (tiles / "checkpoint").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512])
def test_tiles_of_any_size_are_whole_for_another_reader(size: int, tiles: Path) -> None:
    write(NumberLog(size), tiles)
    entries = audit_tiles(tiles, str(NumberLog.signer.verifier_key))
    assert entries == [b"%d" % number for number in range(size)]


def test_the_tiles_of_the_specifications_example_are_there(tiles: Path) -> None:
    write(NumberLog(70_000), tiles)
    assert audit_tiles(tiles, str(NumberLog.signer.verifier_key))[-1] == b"69999"
    full = [path for path in files(tiles) if ".p/" not in path]
    count = {level: sum(path.startswith(f"tile/{level}/") for path in full) for level in (0, 1)}
    assert count == {0: 273, 1: 1}
    for partial in ("0/273.p/112", "1/001.p/17", "2/000.p/1"):
        assert (tiles / "tile" / partial).is_file()


def test_only_what_is_new_is_written_and_the_end_is_as_if_written_at_once(tmp_path: Path) -> None:
    grown, at_once = tmp_path / "grown", tmp_path / "at-once"
    for size in (3, 200, 256, 300, 300, 700, 1100):
        before = files(grown)
        write(NumberLog(size), grown)
        full = {path for path in before if ".p" not in path and path != "checkpoint"}
        assert all(files(grown)[path] == before[path] for path in full)
        audit_tiles(grown, str(NumberLog.signer.verifier_key))
    assert write(NumberLog(1100), grown).files == 0
    write(NumberLog(1100), at_once)
    kept = files(grown)
    assert {path: kept[path] for path in files(at_once)} == files(at_once)
    assert not (grown / "tile/0/000.p").exists()


def test_no_byte_of_any_file_can_be_changed_unseen(log: SqliteLog, tmp_path: Path) -> None:
    tiles = tmp_path / "numbers"
    write(NumberLog(515), tiles)
    key = str(NumberLog.signer.verifier_key)
    for path, content in files(tiles).items():
        for place in {0, len(content) // 2, len(content) - 1}:
            changed = bytearray(content)
            changed[place] ^= 1
            (tiles / path).write_bytes(changed)
            with pytest.raises(Exception):  # noqa: B017  # whatever its library raises
                audit_tiles(tiles, key)
        (tiles / path).unlink()
        with pytest.raises(Exception):  # noqa: B017
            audit_tiles(tiles, key)
        (tiles / path).write_bytes(content)
    audit_tiles(tiles, key)


def test_the_folder_of_another_log_or_with_other_files_is_left_alone(
    log: SqliteLog, tiles: Path, tmp_path: Path
) -> None:
    write(NumberLog(5), tiles)
    with pytest.raises(Refusal, match="là của nhật ký «example"):
        write(log, tiles)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").touch()
    with pytest.raises(Refusal, match="đã có tệp khác"):
        write(log, tmp_path / "photos")


def test_a_log_with_another_history_than_its_tiles_is_told(sample: SampleLog, tiles: Path) -> None:
    log = sample.open()
    write(log, tiles)
    log.close()
    signer = sample.signer
    with open_without_triggers(sample.folder) as connection:
        replace_in_body(connection, 5, b"vi", b"VI")
        hash_again(connection)
        sign_again(connection, signer)
    (sample.private / "log-end.txt").unlink()
    log = sample.open()
    before = files(tiles)
    with pytest.raises(Refusal, match="có một lịch sử khác"):
        write(log, tiles)
    assert files(tiles) == before
    log.close()


def test_events_that_do_not_lead_to_the_checkpoint_get_none(sample: SampleLog, tiles: Path) -> None:
    with open_without_triggers(sample.folder) as connection:
        replace_in_body(connection, 5, b"vi", b"VI")
    log = sample.open()
    with pytest.raises(LogBroken, match="không dẫn đến dấu niêm phong"):
        write(log, tiles)
    assert not (tiles / "checkpoint").exists()
    log.close()


def test_before_an_older_event_that_is_too_large_the_tiles_end(
    log: SqliteLog, tiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.eventlog.batch.MOST_BYTES", 100_000)  # as in releases before
    append_steps(log, "item-7", 0, "một", "x" * 66_000)
    append_steps(log, "item-8", 0, "sau")
    assert write(log, tiles) == Written(2, 29, 31)  # the commit of 30 and 31 is not torn
    assert len(audit_tiles(tiles, log.verifier_key())) == 29
    assert write(log, tiles) == Written(0, 29, 31)
