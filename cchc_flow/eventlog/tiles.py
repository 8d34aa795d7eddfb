"""The log as tiles (C2SP tlog-tiles): a folder of static files that anybody can mirror and audit.

A tile holds up to 256 hashes of one level of the tree, eight levels below those of the next; beside the tiles
of the leaves lie the entries, that is the bodies. What is full never changes; what is not is named by its
width, and is deleted once it is full. The checkpoint is written last: who reads it finds all that it covers.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from cchc_flow.errors import LogBroken, Refusal
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.batch import MOST_BYTES
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.port import EventLog
from cchc_flow.files import write_atomically
from cchc_flow.workflow.shares import format_number

WIDTH = 256
CHECKPOINT = "checkpoint"


class Written(msgspec.Struct, frozen=True):
    """How many tiles were written, the size of the checkpoint, and where an event is too large.

    The tiles end before that event; None when they cover the whole log.
    """

    files: int
    size: int
    ended_by: int | None


def write_tiles(log: EventLog, folder: Path, progress: Callable[[int, int], None]) -> Written:
    """Bring a folder of tiles up to the newest checkpoint that they can cover; only what is new is written.

    Raise Refusal for a folder that is another log's or has another history, LogBroken when the events do not
    lead to the checkpoint: then the folder keeps the one that it has.
    """
    before = _existing_checkpoint(log, folder)
    ended_by = log.find_larger(MOST_BYTES, before.size if before else 0)
    note = _checkpoint_before(log, ended_by)
    checkpoint, _ = parse_checkpoint(note)
    folder.mkdir(parents=True, exist_ok=True)
    writer = _TileWriter(log, folder, checkpoint.size, before.size if before else 0)
    writer.write(progress)
    if writer.root() != checkpoint.root:
        raise LogBroken(
            f"Các sự kiện trong nhật ký không dẫn đến dấu niêm phong của {format_number(checkpoint.size)} sự"
            " kiện, nên dấu mới không được đưa ra.",
            "Hãy chạy «cchc-flow verify» để biết chỗ bị thay đổi.",
        )
    _publish(folder / CHECKPOINT, note.encode())
    writer.delete_full_partials()
    return Written(writer.files, checkpoint.size, ended_by)


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile, of the entries for the level "entries"; `width` of one that is not full."""
    *above, last = _digits(index)
    path = "/".join(["tile", str(level), *(f"x{part:03}" for part in above), f"{last:03}"])
    return path if width == WIDTH else f"{path}.p/{width}"


def _digits(index: int) -> list[int]:
    """Return an index as digits to the base of 1000, the highest first."""
    return [*(_digits(index // 1000) if index >= 1000 else []), index % 1000]


def _existing_checkpoint(log: EventLog, folder: Path) -> Checkpoint | None:
    """Return the checkpoint that a folder of tiles has, None when it has none yet; raise Refusal."""
    path = folder / CHECKPOINT
    if not path.exists():
        if folder.is_dir() and any(folder.iterdir()) and not (folder / "tile").is_dir():
            raise Refusal(f"Thư mục «{folder}» đã có tệp khác.", "Hãy chọn một thư mục trống.")
        return None
    before, _ = parse_checkpoint(path.read_text(encoding="utf-8"))
    own, _ = parse_checkpoint(log.checkpoint())
    if before.origin != own.origin:
        raise Refusal(f"Thư mục «{folder}» là của nhật ký «{before.origin}».", "Hãy chọn một thư mục khác.")
    if before.size > own.size or log.root(before.size) != before.root:
        raise Refusal(
            f"Thư mục «{folder}» có một lịch sử khác với nhật ký này trong {format_number(before.size)} sự"
            " kiện đầu: nhật ký đã bị thay đổi hoặc lùi lại.",
            "Hãy giữ nguyên thư mục đó và báo cho cơ quan kiểm tra.",
        )
    return before


def _checkpoint_before(log: EventLog, ended_by: int | None) -> str:
    """Return the newest checkpoint, or that of the last commit before an event that no tile can hold."""
    if ended_by is None:
        return log.checkpoint()
    note = log.checkpoint_before(ended_by)
    if note is None:
        raise Refusal(
            f"Sự kiện số {ended_by} dài quá {MOST_BYTES} byte, và trước nó chưa có dấu niêm phong nào.",
            "Nhật ký này không đưa ra thành tệp tlog-tiles được.",
        )
    return note


class _TileWriter:
    """Writes the tiles of the first `size` events into a folder that has those of the first `known`."""

    def __init__(self, log: EventLog, folder: Path, size: int, known: int) -> None:
        self._log, self._folder = log, folder
        self._size, self._known = size, known
        self._partial: list[list[bytes]] = []
        """On each level, the hashes of the tile that is not full yet."""
        self.files = 0

    def write(self, progress: Callable[[int, int], None]) -> None:
        """Write the entries and tiles that are new; what was full already is computed and not written."""
        begin = self._known // WIDTH * WIDTH
        self._load_partials(begin)
        index, bodies = begin // WIDTH, []
        for position, body in self._log.read_bodies(begin, self._size):
            bodies.append(body)
            if len(bodies) == WIDTH:
                self._write_entries(index, bodies)
                index, bodies = index + 1, []
                progress(position, self._size)
        if bodies:
            self._write_entries(index, bodies)
        for level, hashes in enumerate(self._partial):
            if hashes:
                self._write(tile_path(level, self._size >> 8 * (level + 1), len(hashes)), b"".join(hashes))
        progress(self._size, self._size)

    def root(self) -> bytes:
        """Return the root of the tree that was written."""
        subtrees: list[bytes] = []
        for level in reversed(range(len(self._partial))):
            subtrees += _peaks(self._partial[level])
        return merkle.root_over_subtrees(subtrees)

    def delete_full_partials(self) -> None:
        """Delete what is not full of what is full by now."""
        for partial in (self._folder / "tile").rglob("*.p"):
            if partial.with_suffix("").is_file():
                shutil.rmtree(partial)

    def _load_partials(self, size: int) -> None:
        """Take up, on the levels above the leaves, the tiles that are not full after `size` events."""
        self._partial = [[]]
        level = 1
        while size >> 8 * level:
            first = size >> 8 * (level + 1) << 8
            last = size >> 8 * level
            self._partial.append([self._log.node(8 * level, index) for index in range(first, last)])
            level += 1

    def _write_entries(self, index: int, bodies: list[bytes]) -> None:
        """Write the entries of a tile, and add their hashes to the tree."""
        entries = b"".join(len(body).to_bytes(2) + body for body in bodies)
        self._write(tile_path("entries", index, len(bodies)), entries)
        self._partial[0] = [merkle.leaf_hash(body) for body in bodies]
        if len(bodies) == WIDTH:
            self._fill(0, index)

    def _fill(self, level: int, index: int) -> None:
        """Write a tile that is full, and add the hash over it to the level above."""
        hashes = self._partial[level]
        self._write(tile_path(level, index), b"".join(hashes))
        self._partial[level] = []
        if level + 1 == len(self._partial):
            self._partial.append([])
        self._partial[level + 1].append(merkle.subtree_root(hashes))
        if len(self._partial[level + 1]) == WIDTH:
            self._fill(level + 1, index // WIDTH)

    def _write(self, path: str, content: bytes) -> None:
        """Write a file unless it is there as it has to be."""
        file = self._folder / path
        if file.is_file() and file.read_bytes() == content:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        _publish(file, content)
        self.files += 1


def _publish(path: Path, content: bytes) -> None:
    """Replace a file in one step; others may read it, as it is there to be mirrored."""
    write_atomically(path, content)
    path.chmod(0o644)


def _peaks(hashes: list[bytes]) -> Iterator[bytes]:
    """Yield the roots of the complete subtrees over the hashes of a tile that is not full."""
    start = 0
    for level in reversed(range(len(hashes).bit_length())):
        if len(hashes) >> level & 1:
            yield merkle.subtree_root(hashes[start : start + (1 << level)])
            start += 1 << level
