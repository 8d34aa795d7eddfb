"""A run of stored events under verification: each row against its body, the bodies into a subtree.

A million rows pass here: whole lists are compared first, and a row is looked at by itself only in a run
that has something wrong.
"""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from operator import attrgetter, itemgetter

import msgspec

from cchc_flow.eventlog import contents, instants, merkle
from cchc_flow.eventlog.codec import Envelope
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.report import Problem, first_problem

LEVELS = 10
LENGTH = 1 << LEVELS
OPENED = "log.opened/1"
ROTATED = "log.key_rotated/1"

ROWS = (
    "SELECT position, stream, version, type, recordedtime, actor, leaf, body, seal IS NOT NULL FROM events"
    " WHERE position BETWEEN ? + 1 AND ? ORDER BY position"
)
NODES = "SELECT hash FROM nodes WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx"
CONTENTS = "SELECT position, digest FROM contents WHERE position BETWEEN ? AND ? ORDER BY position, digest"

Row = tuple[int, str, int, str, str, str, bytes, bytes, int]
HASH = 32


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in the events from `start` + 1 to `end`.

    `levels` are the hashes of the subtree, joined, leaves first; `commands` are runs of equal command ids;
    `sealed` the positions that carry a checkpoint;
    `days` the positions after which another day begins in Việt Nam; `keys` what the log's own events name.
    """

    start: int
    end: int
    problem: Problem | None
    nodes: Problem | None
    levels: list[bytes]
    commands: list[tuple[str, int]]
    sealed: list[int]
    times: tuple[str, str]
    days: list[int]
    keys: list[tuple[int, str, str]]
    types: set[str]
    references: int

    def node(self, level: int, index: int) -> bytes:
        """Return a node of the subtree, named as in a tree of this chunk alone."""
        return self.levels[level][index * HASH : (index + 1) * HASH]


def check_chunk(connection: sqlite3.Connection, start: int, stop: int) -> Chunk:
    """Return what the events from `start` + 1 to `stop` are, as far as they can be read."""
    run = _Run(start, connection.execute(ROWS, (start, stop)).fetchall())
    levels = subtree_levels(run.leaves)
    references = run.references()
    short = Problem(run.end + 1, run.end + 1, "thiếu sự kiện") if run.end < stop else None
    return Chunk(
        start=start,
        end=run.end,
        problem=first_problem([run.problem, short, _unindexed(connection, run, references)]),
        nodes=first_problem(
            find_node_mismatch(connection, level, start >> level, levels[level])
            for level in range(merkle.LOWEST_STORED_LEVEL, LEVELS + 1)
        ),
        levels=[b"".join(level) for level in levels],
        commands=[(command, len(list(same))) for command, same in groupby(e.commandid for e in run.events)],
        sealed=[row[0] for row in run.rows if row[8]],
        times=(run.rows[0][4], run.rows[-1][4]) if run.rows else ("", ""),
        days=run.days(),
        keys=run.keys(),
        types={event.type for event in run.events},
        references=len(references),
    )


def subtree_levels(leaves: list[bytes]) -> list[list[bytes]]:
    """Return the complete nodes above a run of leaves, level by level; the leaves are level 0."""
    levels = [leaves]
    for _ in range(LEVELS):
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])
    return levels


_columns = itemgetter(1, 2, 3, 4, 5)
_stated = attrgetter("subject", "streamversion", "type", "recordedtime", "actor")
_decode = msgspec.json.Decoder(Envelope).decode  # the data stay bytes: what is hashed is not read again


class _Run:
    """The rows of a chunk with their decoded bodies; from the first unreadable row on nothing is kept."""

    def __init__(self, start: int, rows: Sequence[Row]) -> None:
        self.start = start
        self.problem: Problem | None = None
        self.rows = rows
        self.bodies = [row[7] for row in rows]
        self.leaves = _hashed(self.bodies)
        self.events = _decoded(self.bodies[: len(self.leaves)])
        del self.leaves[len(self.events) :]
        if not self._is_whole():
            self._narrow()

    @property
    def end(self) -> int:
        return self.start + len(self.rows)

    def references(self) -> list[tuple[int, str]]:
        """Return (position, digest) of every content that the bodies refer to, sorted."""
        return [
            (row[0], digest)
            for row in self.rows
            if b'"media_type"' in row[7]
            for digest in sorted(set(contents.referenced_digests(row[7])))
        ]

    def days(self) -> list[int]:
        rows = self.rows
        if not rows or instants.local_day_of(rows[0][4]) == instants.local_day_of(rows[-1][4]):
            return []
        days = [instants.local_day_of(row[4]) for row in rows]
        return [rows[i][0] for i in range(len(rows) - 1) if days[i] != days[i + 1]]

    def keys(self) -> list[tuple[int, str, str]]:
        """Return (position, stream, verifier key) of the events that put a key in force."""
        return [
            (row[0], event.subject, str(msgspec.json.decode(event.data).get("key")))
            for row, event in zip(self.rows, self.events, strict=True)
            if event.type in (OPENED, ROTATED)
        ]

    def _is_whole(self) -> bool:
        rows, events = self.rows, self.events
        times = [row[4] for row in rows]
        return (
            len(rows) == len(events)
            and [row[0] for row in rows] == list(range(self.start + 1, self.end + 1))
            and self.leaves == [row[6] for row in rows]
            and list(map(_columns, rows)) == list(map(_stated, events))
            and times == sorted(times)
        )

    def _narrow(self) -> None:
        """Find the first row that is wrong, and keep what can still be hashed."""
        before = ""
        for number, row in enumerate(self.rows):
            position = self.start + 1 + number
            wrong = _wrong(row, position, before)
            if wrong and not self.problem:
                self.problem = Problem(position, position, wrong)
            if row[0] != position or number == len(self.events):
                self.rows, self.events = self.rows[:number], self.events[:number]
                self.leaves = self.leaves[:number]
                return
            before = row[4]


def _hashed(bodies: Sequence[bytes]) -> list[bytes]:
    """Return the leaf hashes of the bodies up to the first that is not bytes."""
    found: list[bytes] = []
    with suppress(TypeError):
        found.extend(map(merkle.leaf_hash, bodies))
    return found


def _decoded(bodies: Sequence[bytes]) -> list[Envelope]:
    """Return the decoded bodies up to the first that is no event."""
    found: list[Envelope] = []
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        found.extend(map(_decode, bodies))
    return found


def _wrong(row: Row, position: int, before: str) -> str:
    """Return what is wrong with one row, the gravest first, or nothing."""
    if row[0] != position:
        return "thiếu sự kiện"
    if not isinstance(row[7], bytes):
        return "nội dung sự kiện không còn là các byte đã ghi"
    if merkle.leaf_hash(row[7]) != row[6]:
        return "nội dung sự kiện không khớp mã băm đã ghi"
    event = next(iter(_decoded(row[7:8])), None)
    if event is None:
        return "nội dung không phải là một sự kiện đúng dạng"
    if _columns(row) != _stated(event):
        return "cột tra cứu không khớp nội dung sự kiện"
    return "thời điểm ghi lùi so với sự kiện trước" if row[4] < before else ""


def _unindexed(connection: sqlite3.Connection, run: _Run, due: list[tuple[int, str]]) -> Problem | None:
    """Compare the table of contents with what the bodies refer to."""
    stored = connection.execute(CONTENTS, (run.start + 1, run.end)).fetchall()
    if stored == due:
        return None
    position = min(position for position, _ in set(stored) ^ set(due))
    return Problem(position, position, "bảng tra nội dung trong kho không khớp sự kiện")


def find_node_mismatch(
    connection: sqlite3.Connection, level: int, start: int, hashes: list[bytes]
) -> Problem | None:
    """Compare the stored nodes of a level, from index `start`, with those worked out from the bodies."""
    stored = [row[0] for row in connection.execute(NODES, (level, start, start + len(hashes)))]
    if stored == hashes:
        return None
    pairs = enumerate(zip(stored, hashes, strict=False))
    index = start + next((i for i, (was, due) in pairs if was != due), len(stored))
    return Problem((index << level) + 1, (index + 1) << level, "nút trong của cây băm không khớp các sự kiện")
