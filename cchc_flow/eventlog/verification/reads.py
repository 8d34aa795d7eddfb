"""Verifying the files of reads: each against its signed newest root, closed months against the log."""

from collections.abc import Collection, Container, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.conversion import decoder
from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.note import VerifierKey, format_note
from cchc_flow.eventlog.reads.entry import body_of, decode_read
from cchc_flow.eventlog.reads.home import FOLDER
from cchc_flow.eventlog.reads.month import origin_of_month
from cchc_flow.eventlog.reads.reading import (
    has_lost,
    lost_words,
    month_words,
    remembered_ends,
)
from cchc_flow.eventlog.verification.report import Problem
from cchc_flow.eventlog.verification.source import LogSource, source_of
from cchc_flow.workflow.events import NAMES, LogKeyRotated, LogOpened, LogReadsClosed, LogReadsDeleted
from cchc_flow.workflow.shares import format_number

TYPES = NAMES[LogReadsClosed], NAMES[LogReadsDeleted]
SELECT_EVENTS = "SELECT position, type, body FROM events WHERE type IN (?, ?) ORDER BY position"
SELECT_NOW = "SELECT 1 FROM events WHERE type = ? AND stream = ?"
SELECT_ROWS = (
    "SELECT position, person, thing, act, hour, leaf, body FROM reads WHERE position > ?"
    " ORDER BY position LIMIT ?"
)
PAGE_SIZE = 10_000
BEFORE_ALL = -(2**62)
SELECT_KEYS = "SELECT recordedtime, body FROM events WHERE type IN (?, ?) ORDER BY position"
KEY_TYPES = NAMES[LogOpened], NAMES[LogKeyRotated]


class _Event(msgspec.Struct):
    """The body of an event about a month's file, as far as it is read here."""

    data: "_End"


class _End(msgspec.Struct):
    month: str
    size: int
    root: str


class _KeyEvent(msgspec.Struct):
    """The body of an event that puts a key in force, as far as it is read here."""

    data: "_Key"


class _Key(msgspec.Struct):
    key: str


_decode_event, _decode_key = decoder(_Event), decoder(_KeyEvent)


class _Month(msgspec.Struct):
    """What the log says of a month's file: where it was closed, with which end, and whether it is deleted."""

    position: int
    size: int
    root: str
    is_deleted: bool = False


class MonthFault(msgspec.Struct, frozen=True):
    """What is wrong with the file of a month, in words; `position` is that of its closing event, if any."""

    month: str
    position: int | None
    words: str

    def problem(self) -> Problem:
        """Return the fault as a problem of the log."""
        return Problem(
            self.position, self.position, f"sổ lượt xem tháng {month_words(self.month)} {self.words}"
        )


class ReadsChecker:
    """Checks the files of reads beside a log whose own events were found right, or are believed.

    `types` are those of the log's events where they are known: to look for the few that tell of reads takes a
    walk through all events. `months` and `entries` count what was checked, `revived` are months whose deleted
    file is there again.
    """

    def __init__(self, connection: Connection, source: LogSource, types: Collection[str] = TYPES) -> None:
        self._connection, self._source, self._home = connection, source, source.reads()
        self._stated = {} if set(TYPES).isdisjoint(types) else self._read_stated_months()
        self.months = self.entries = 0
        self.revived: list[str] = []

    @cached_property
    def _keys(self) -> list[tuple[str, VerifierKey]]:
        """The log's keys; only needed where there are files of reads."""
        return list(_read_keys(self._connection))

    def faults(self, lost: Container[str] = ()) -> Iterator[MonthFault]:
        """Yield the faults by month, one for each file; the months of `lost` are known to be damaged."""
        files = self._home.months()
        for month in sorted({*self._stated, *files}):
            said = self._stated.get(month)
            if said and said.is_deleted:
                self.revived += [month] if month in files else []
            elif f"{FOLDER}-{month}" not in lost and (words := self._fault(month)):
                yield MonthFault(month, said.position if said else None, words)

    def wanted(self) -> list[str]:
        """Return the months whose file there is, or has to be: closed ones that are not deleted."""
        deleted = {month for month, said in self._stated.items() if said.is_deleted}
        return sorted({*self._stated, *self._home.months()} - deleted)

    def _read_stated_months(self) -> dict[str, _Month]:
        """Return what the log says of the files, by month."""
        months: dict[str, _Month] = {}
        for position, name, body in self._connection.execute(SELECT_EVENTS, TYPES):
            with suppress(msgspec.MsgspecError):
                end = _decode_event(body).data
                if name == NAMES[LogReadsClosed]:
                    months.setdefault(end.month, _Month(position, end.size, end.root))
                elif end.month in months:
                    months[end.month].is_deleted = True
        return months

    def _fault(self, month: str) -> str:
        """Return in words what is wrong with the file of a month, empty when nothing is."""
        try:
            with self._home.open_month(month) as connection:
                return self.fault_of_file(connection, month)
        except NotFound:  # deleted in the very moment, or never to be found
            return "" if self.is_deleted_now(month) else "đã mất mà không có sự kiện xóa"
        except self._home.unreadable as error:
            return f"hỏng, không đọc được ({error})"

    def is_deleted_now(self, month: str) -> bool:
        """Tell whether the log, as it is by now, says that the file of a month is deleted."""
        with self._source.open_snapshot() as snapshot:
            row = snapshot.connection.execute(
                SELECT_NOW, (NAMES[LogReadsDeleted], f"reads-{month}")
            ).fetchone()
        return row is not None

    def fault_of_file(self, connection: Connection, month: str) -> str:
        """Return in words what is wrong with an opened file, empty when nothing is."""
        if not self._home.has_tables(connection) and month not in self._stated:
            return ""  # what this machine has seen in it is asked for by `find_lost_reads`
        if fault := self._home.structure_fault(connection):
            return fault
        tree, nodes, body = merkle.CompactRange(), 0, b""
        for position, *row in _iterate_rows(connection):
            if fault := _row_fault(month, tree.size + 1, position, row):
                return fault
            completed = tree.append(row[4])
            if fault := _node_fault(connection, completed):
                return fault
            nodes += sum(level >= merkle.LOWEST_STORED_LEVEL for level, _, _ in completed)
            body = row[5]
        self.months, self.entries = self.months + 1, self.entries + tree.size
        said = self._stated.get(month)
        if said and (tree.size, tree.root().hex()) != (said.size, said.root):
            return f"không khớp sự kiện khóa sổ ({format_number(said.size)} lượt)"
        if connection.execute("SELECT count(*) FROM nodes").fetchone()[0] != nodes:
            return "có nút cây băm thừa"
        time = decode_read(month, tree.size, body).time if body else ""
        return self._head_fault(connection, month, tree, time) or self._home.index_fault(connection)

    def _head_fault(self, connection: Connection, month: str, tree: merkle.CompactRange, time: str) -> str:
        """Return in words what is wrong with the newest root and its signature; an empty file has none."""
        rows = connection.execute("SELECT note FROM head").fetchall()
        if not tree.size:
            return "có dấu niêm phong mà không có lượt nào" if rows else ""
        try:
            checkpoint, note = parse_checkpoint(rows[0][0])
        except (BadInput, IndexError):
            return "thiếu dấu niêm phong"
        origin = self._keys[0][1].name if self._keys else ""
        if checkpoint != Checkpoint(origin_of_month(origin, month), tree.size, tree.root(), time):
            return "không khớp dấu niêm phong của nó: có lượt bị sửa, thêm hoặc bớt"
        signed = [key for key in self._keys_since(time) if key.has_signed(note)]
        is_plain = rows[0][0] == format_note(note.text, note.signatures) and len(note.signatures) == 1
        return "" if signed and is_plain else "có chữ ký niêm phong không đúng"

    def _keys_since(self, time: str) -> Iterator[VerifierKey]:
        """Yield the key that was in force at a time, and those after it: an older one is not believed."""
        for (_, key), (until, _) in zip(self._keys, [*self._keys[1:], ("", None)], strict=True):
            if not until or until >= time:
                yield key


def find_lost_reads(log: LogSource | Path, private: Path) -> str | None:
    """Return in words which file of reads lacks what this machine has seen in it; None when all have it.

    Only files that are not closed are asked about: of the others the log itself has the root.
    """
    source = source_of(log)
    home = source.reads()
    broken: tuple[type[Exception], ...] = (*home.unreadable, LogBroken)
    with source.open_snapshot() as snapshot:
        for month, end in remembered_ends(private).items():
            closed = snapshot.connection.execute(
                SELECT_NOW, (NAMES[LogReadsClosed], f"reads-{month}")
            ).fetchone()
            try:
                if not closed and has_lost(home, month, end):
                    return lost_words(month, end)
            except broken:
                return lost_words(month, end)
    return None


def _read_keys(connection: Connection) -> Iterator[tuple[str, VerifierKey]]:
    """Yield the keys that the log's events put in force, each with the time from which on it was."""
    for time, body in connection.execute(SELECT_KEYS, KEY_TYPES):
        with suppress(BadInput, msgspec.MsgspecError):
            yield time, VerifierKey.parse(_decode_key(body).data.key)


def _iterate_rows(connection: Connection) -> Iterator[list[Any]]:
    """Yield the rows in order; however many there are, few are in memory."""
    last = BEFORE_ALL
    while rows := connection.execute(SELECT_ROWS, (last, PAGE_SIZE)).fetchall():
        yield from rows
        last = rows[-1][0]


def _row_fault(month: str, expected: int, position: int, row: list[Any]) -> str:
    """Return in words what is wrong with a row: its place, its body, its columns or its leaf."""
    *columns, leaf, body = row
    if position != expected:
        return f"thiếu lượt số {expected}"
    try:
        read = decode_read(month, position, body)
    except (msgspec.DecodeError, TypeError):
        return f"có lượt số {position} không đọc được"
    if body_of(read) != body:
        return f"có lượt số {position} không ở dạng JSON chuẩn (RFC 8785)"
    if tuple(columns) != read.key:
        return f"có lượt số {position} với cột khác nội dung"
    return "" if leaf == merkle.leaf_hash(body) else f"có lượt số {position} bị sửa"


def _node_fault(connection: Connection, completed: list[tuple[int, int, bytes]]) -> str:
    """Return in words what is wrong with the stored nodes that an entry has completed."""
    for level, index, node in completed:
        if level >= merkle.LOWEST_STORED_LEVEL:
            sql = "SELECT hash FROM nodes WHERE level = ? AND idx = ?"
            if connection.execute(sql, (level, index)).fetchone() != (node,):
                return f"có nút cây băm ({level}, {index}) sai"
    return ""
