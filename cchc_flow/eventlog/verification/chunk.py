"""Verifying one chunk of the events: each row is compared with its body, the bodies are hashed to a subtree.

A log may have a million rows. Whole columns are compared first, and single rows are examined only in a chunk
where something differs.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter, itemgetter

import msgspec

from cchc_flow.conversion import decoder
from cchc_flow.eventlog import contents, instants, merkle
from cchc_flow.eventlog.codec import Envelope, FirstEnvelope, decode_envelope
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.bodies import (
    UNREADABLE,
    AnyEnvelope,
    are_right,
    body_fault,
    decode_by_type,
)
from cchc_flow.eventlog.verification.other_tables import find_content_mismatch, find_node_mismatch
from cchc_flow.eventlog.verification.report import Problem, first_problem
from cchc_flow.eventlog.verification.snapshot import read_any_text
from cchc_flow.workflow.events import NAMES, LogKeyRotated, LogOpened

LEVELS = 10
LENGTH = 1 << LEVELS
KEY_EVENTS = (NAMES[LogOpened], NAMES[LogKeyRotated])
"""The events that put a signing key in force."""

SELECT_EVENTS = (
    "SELECT position, stream, version, type, recordedtime, actor, leaf, body, seal IS NOT NULL FROM events"
    " WHERE position BETWEEN ? + 1 AND ? ORDER BY position"
)

Row = tuple[int, str, int, str, str, str, bytes, bytes, int]
HASH_LENGTH = 32


class Command(msgspec.Struct, frozen=True, array_like=True):
    """A command that consecutive events name, its hex digest (None in a first envelope), and their number."""

    id: str
    digest: str | None
    count: int


class KeyEvent(msgspec.Struct, frozen=True, array_like=True):
    """An event that puts a verifier key in force, and the key that it says was in force until then."""

    position: int
    stream: str
    key: str
    previous: str | None


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """What the check of the events from `start` + 1 to `end` gave.

    `problem` is wrong with the rows, `node_problem` with the stored nodes. `levels` are the hashes of the
    subtree, joined for each level, leaves first. `commands` are those of the events, in order.
    `checkpoints` are the positions of stored checkpoints, `day_ends` those of the last events of a day in
    Việt Nam, `times` the first and the last recordedtime. `keys` are the events that put a key in force,
    `sources` the first position of each source. `first_envelopes` are the positions of events with the first
    envelope, `second_since` is that of the first event with the second one (None: there is none).
    """

    start: int
    end: int
    problem: Problem | None
    node_problem: Problem | None
    levels: list[bytes]
    commands: list[Command]
    checkpoints: list[int]
    times: tuple[str, str]
    day_ends: list[int]
    keys: list[KeyEvent]
    types: set[str]
    sources: dict[str, int]
    first_envelopes: list[int]
    second_since: int | None

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a node, addressed as in a tree that has only this chunk."""
        return self.levels[level][index * HASH_LENGTH : (index + 1) * HASH_LENGTH]


def check_chunk(connection: Connection, start: int, stop: int) -> Chunk:
    """Check the events from `start` + 1 to `stop`, up to the first that cannot be read."""
    rows = _ChunkRows(start, _read_rows(connection, start, stop))
    levels = merkle.subtree_levels(rows.leaves, LEVELS)
    references = rows.references()
    missing = Problem(rows.end + 1, rows.end + 1, "thiếu sự kiện") if rows.end < stop else None
    return Chunk(
        start=start,
        end=rows.end,
        problem=first_problem(
            [rows.problem, missing, find_content_mismatch(connection, (rows.start, rows.end), references)]
        ),
        node_problem=first_problem(
            find_node_mismatch(connection, level, start >> level, levels[level])
            for level in range(merkle.LOWEST_STORED_LEVEL, LEVELS + 1)
        ),
        levels=[b"".join(level) for level in levels],
        commands=rows.commands(),
        checkpoints=[row[0] for row in rows.rows if row[8]],
        times=(rows.rows[0][4], rows.rows[-1][4]) if rows.rows else ("", ""),
        day_ends=rows.day_ends(),
        keys=rows.keys(),
        types=rows.types,
        sources=rows.sources(),
        first_envelopes=rows.first_envelopes(),
        second_since=next((row[0] for row, event in rows.pairs() if isinstance(event, Envelope)), None),
    )


def _read_rows(connection: Connection, start: int, stop: int) -> list[Row]:
    """Return the stored rows; text that is no UTF-8 becomes another text, which its body does not match."""
    try:
        return connection.execute(SELECT_EVENTS, (start, stop)).fetchall()
    except sqlite3.OperationalError:
        if not isinstance(connection, sqlite3.Connection):
            raise
        read_any_text(connection)
        return connection.execute(SELECT_EVENTS, (start, stop)).fetchall()


class _KeyData(msgspec.Struct, frozen=True):
    """What the two events that put a key in force have in common."""

    key: str
    previous: str | None = None


_decode_key_data = decoder(_KeyData)
_encode = msgspec.json.Encoder().encode


_indexed_columns = itemgetter(1, 2, 3, 4, 5)
_source, _type = attrgetter("source"), attrgetter("type")
_command_id, _command_digest = attrgetter("commandid"), attrgetter("commanddigest")
_INDEXED = ("subject", "streamversion", "type", "recordedtime", "actor")
_ENVELOPE_COLUMNS = tuple(map(attrgetter, _INDEXED))
_envelope_values = attrgetter(*_INDEXED)


class _ChunkRows:
    """The rows of a chunk with their leaf hashes and decoded bodies, up to the first unreadable row."""

    def __init__(self, start: int, rows: Sequence[Row]) -> None:
        self.start = start
        self.problem: Problem | None = None
        self.rows = rows
        self.bodies = [row[7] for row in rows]
        self.leaves = _leaf_hashes(self.bodies)
        self.events = self._decode()
        del self.leaves[len(self.events) :]
        if not self._is_intact():
            self._find_problem()
        self.types = set(map(_type, self.events))

    @property
    def end(self) -> int:
        """The position of the last row, `start` when there is none."""
        return self.start + len(self.rows)

    def _decode(self) -> list[AnyEnvelope]:
        """Return the decoded bodies, up to the first that is no event."""
        if len(self.leaves) == len(self.rows):
            typed = decode_by_type([row[3] for row in self.rows], self.bodies)
            if typed is not None:
                return typed
        return _decode_bodies(self.bodies[: len(self.leaves)])

    def references(self) -> list[tuple[int, str]]:
        """Return (position, digest) of every vault content that the bodies refer to, sorted."""
        bodies = self.bodies[: len(self.rows)]
        return [(self.rows[number][0], digest) for number, digest in contents.references(bodies)]

    def day_ends(self) -> list[int]:
        """Return the positions of the last events of a day in Việt Nam, without the end of the chunk."""
        rows = self.rows
        if not rows or instants.local_day_of(rows[0][4]) == instants.local_day_of(rows[-1][4]):
            return []
        hours = {row[4][:13] for row in rows}  # 2026-03-02T01: a day of Việt Nam begins with an hour
        day_of = {hour: instants.local_day_of(f"{hour}:00:00.000000Z") for hour in hours}
        days = [day_of[row[4][:13]] for row in rows]
        return [rows[i][0] for i in range(len(rows) - 1) if days[i] != days[i + 1]]

    def commands(self) -> list[Command]:
        """Return the commands that the events name, in order."""
        ids = map(_command_id, self.events)
        digests: Iterator[str | None]
        if self.first_envelopes():
            digests = (getattr(event, "commanddigest", None) for event in self.events)
        else:
            digests = map(_command_digest, self.events)
        named = groupby(zip(ids, digests, strict=True))
        return [Command(*command, len(list(same))) for command, same in named]

    def pairs(self) -> Iterator[tuple[Row, Envelope | FirstEnvelope]]:
        """Return each row with its decoded body."""
        return zip(self.rows, self.events, strict=True)

    def keys(self) -> list[KeyEvent]:
        """Return the events that put a signing key in force; a fault in their data is told elsewhere."""
        keys: list[KeyEvent] = []
        if self.types.isdisjoint(KEY_EVENTS):
            return keys
        for row, event in self.pairs():
            if event.type in KEY_EVENTS:
                with suppress(msgspec.DecodeError, UnicodeDecodeError):
                    data = _decode_key_data(_encode(event.data))
                    keys.append(KeyEvent(row[0], event.subject, data.key, data.previous))
        return keys

    def sources(self) -> dict[str, int]:
        """Return the first position of each source that events name, the log's first source first."""
        sources = list(map(_source, self.events))
        return {source: self.rows[sources.index(source)][0] for source in dict.fromkeys(sources)}

    def first_envelopes(self) -> list[int]:
        """Return the positions of the events with the first envelope."""
        if all(issubclass(cls, Envelope) for cls in set(map(type, self.events))):  # in all but the oldest
            return []
        return [row[0] for row, event in self.pairs() if not isinstance(event, Envelope)]

    def _is_intact(self) -> bool:
        """Tell whether positions, hashes, columns and order of all rows are right."""
        rows, events = self.rows, self.events
        if len(rows) != len(events):
            return False
        if not rows:
            return True
        positions, *indexed, leaves, _, _ = zip(*rows, strict=True)
        return (
            positions == tuple(range(self.start + 1, self.end + 1))
            and leaves == tuple(self.leaves)
            and all(
                column == tuple(map(value, events))
                for column, value in zip(indexed, _ENVELOPE_COLUMNS, strict=True)
            )
            and are_right(self.bodies, events)
            and list(indexed[3]) == sorted(indexed[3])
        )

    def _find_problem(self) -> None:
        """Set `problem` to the first fault, and cut the rows off before the first unreadable one."""
        previous_time = ""
        for number, row in enumerate(self.rows):
            position = self.start + 1 + number
            fault = _row_fault(row, position, previous_time)
            if fault and not self.problem:
                self.problem = Problem(position, position, fault)
            if row[0] != position or number == len(self.events):
                self.rows, self.events = self.rows[:number], self.events[:number]
                self.leaves = self.leaves[:number]
                return
            previous_time = row[4]


def _leaf_hashes(bodies: Sequence[bytes]) -> list[bytes]:
    """Return the leaf hashes of the bodies, up to the first that is not bytes."""
    with suppress(TypeError):
        return merkle.leaf_hashes(bodies)
    hashes: list[bytes] = []
    with suppress(TypeError):
        hashes.extend(map(merkle.leaf_hash, bodies))
    return hashes


def _decode_bodies(bodies: Sequence[bytes]) -> list[Envelope | FirstEnvelope]:
    """Return the decoded bodies, up to the first that is no event."""
    envelopes: list[Envelope | FirstEnvelope] = []
    with suppress(*UNREADABLE):
        envelopes.extend(map(decode_envelope, bodies))
    return envelopes


def _row_fault(row: Row, position: int, previous_time: str) -> str:
    """Return in words the gravest fault of one row, empty when it has none."""
    if row[0] != position:
        return "thiếu sự kiện"
    if not isinstance(row[7], bytes):
        return "nội dung sự kiện không còn là các byte đã ghi"
    if merkle.leaf_hash(row[7]) != row[6]:
        return "nội dung sự kiện không khớp mã băm đã ghi"
    event = next(iter(_decode_bodies(row[7:8])), None)
    if event is None:
        return "nội dung không phải là một sự kiện đúng dạng"
    if _indexed_columns(row) != _envelope_values(event):
        return "cột tra cứu không khớp nội dung sự kiện"
    if fault := body_fault(row[7], event):
        return fault
    return "thời điểm ghi lùi so với sự kiện trước" if row[4] < previous_time else ""
