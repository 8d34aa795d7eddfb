"""Appending, against a bare INSERT and COMMIT of the same bytes and against another event store.

Both sides encode the same drafts. The ratio shows the cost of what the log does beyond that: hashing, the
tree, the checkpoint, versions, commands, the columns and indexes of its rows.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.measure import Result, at_least, median_seconds, without_aim
from cchc_flow import clock
from cchc_flow.eventlog import catalogue, codec, instants, opening
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.ids import RANDOM_BYTES, uuid7
from cchc_flow.eventlog.port import Change, Draft, EventLog, Meta
from cchc_flow.eventlog.sqlite import SqliteLog

ONES = 60  # commits of one event in one run
HUNDREDS = 12  # commits of a hundred events in one run
RUNS = 9
Orders = list[tuple[list[Change], Meta]]
Append = Callable[[Orders], None]
WARM = 2_500  # commits before the clock starts: both WAL files are then rewritten in place, as in a long life


def rows() -> Iterator[Result]:
    """Yield the results for appending; the events are the examples in the catalogue."""
    with tempfile.TemporaryDirectory() as folder, make_log(Path(folder)) as log:
        other, raw = Other(Path(folder) / "other.db"), Raw(Path(folder) / "raw.db")
        ours = Ours(log, "item.assigned/1")
        ours.append(ours.orders(WARM, 1))
        raw.insert(ours.orders(WARM, 1))
        yield at_least("append one event / raw INSERT + COMMIT", *_compare_single_events(ours, raw.insert))
        yield _ratio_without_aim(
            "append one event / raw, bytes ready-made", _compare_single_events(ours, raw.insert_ready_made)
        )
        yield without_aim("append one event / save of eventsourcing", _compare_with_library(ours, other))
        yield at_least(
            "append in hundreds / raw INSERT + COMMIT",
            *_compare_hundreds(Ours(log, "item.opened/1"), raw.insert),
        )
        yield _ratio_without_aim(
            "append in hundreds / raw, bytes ready-made",
            _compare_hundreds(Ours(log, "item.opened/1"), raw.insert_ready_made),
        )
        yield from _content_rows(Ours(log, "item.returned/1"), raw)
        raw.connection.close()
        other.application.close()


def _compare_single_events(ours: "Ours", insert: Append) -> tuple[float, float, str]:
    batches, bare_batches = _batches(ours, ONES, 1), _batches(ours, ONES, 1)
    mine, bare = median_seconds(lambda: ours.append(next(batches)), lambda: insert(next(bare_batches)), RUNS)
    return bare / mine, 0.5, f"{ONES / mine:,.0f} of {ONES / bare:,.0f} commits/s"


def _compare_with_library(ours: "Ours", other: "Other") -> str:
    batches = _batches(ours, ONES, 1)
    mine, theirs = median_seconds(lambda: ours.append(next(batches)), lambda: other.save(ONES), RUNS)
    return f"{theirs / mine:.2f} times {ONES / theirs:,.0f} saves/s"


def _compare_hundreds(ours: "Ours", insert: Append) -> tuple[float, float, str]:
    batches, bare_batches = _batches(ours, HUNDREDS, 100), _batches(ours, HUNDREDS, 100)
    mine, bare = median_seconds(lambda: ours.append(next(batches)), lambda: insert(next(bare_batches)), RUNS)
    many = HUNDREDS * 100
    return bare / mine, 0.2, f"{many / mine:,.0f} of {many / bare:,.0f} events/s"


def _batches(ours: "Ours", commits: int, events: int) -> Iterator[Orders]:
    """Return the orders of each run, made before the timing starts, since a command receives them ready."""
    return iter([ours.orders(commits, events) for _ in range(RUNS + 1)])


def _content_rows(ours: "Ours", raw: "Raw") -> Iterator[Result]:
    """Yield the results of the costlier case: each event refers to the vault, which fills more indexes."""
    for name, measured in (("one event", _compare_single_events), ("in hundreds", _compare_hundreds)):
        yield _ratio_without_aim(f"append {name}, each with a content / raw", measured(ours, raw.insert))


def _ratio_without_aim(name: str, measured: tuple[float, float, str]) -> Result:
    ratio, _, detail = measured
    return without_aim(name, f"{ratio:.2f}  ({detail})")


class Ours:
    """The log: encodes, hashes, extends the tree, signs a checkpoint and commits."""

    def __init__(self, log: EventLog, name: str) -> None:
        self.log = log
        self._draft = Draft(name, catalogue.event_schemas()[name]["examples"][0])

    def orders(self, commits: int, events: int) -> Orders:
        """Return orders for some commits of so many events each, each commit to its own stream."""
        names = [_new_id() for _ in range(commits)]
        drafts = (self._draft,) * events
        return [([Change(f"item-{name}", 0, drafts)], meta(name)) for name in names]

    def append(self, orders: Orders) -> None:
        """Append each order in a commit of its own."""
        for changes, metadata in orders:
            self.log.append(changes, metadata)


class Raw:
    """SQLite alone: the same bytes, the same module, the same durability, one table."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE events (position INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def insert(self, orders: Orders) -> None:
        """Encode each order as the log does, and insert it in a commit of its own."""
        for changes, metadata in orders:
            self._commit(encode_bodies(changes, metadata))

    def insert_ready_made(self, orders: Orders) -> None:
        """Insert commits of the same size, of bytes that were encoded before."""
        rows = encode_bodies(*orders[0])
        for _ in orders:
            self._commit(rows)

    def _commit(self, rows: list[tuple[bytes]]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO events (body) VALUES (?)", rows)
        self.connection.execute("COMMIT")


def encode_bodies(changes: list[Change], metadata: Meta) -> list[tuple[bytes]]:
    """Return the rows of one commit, encoded as the log encodes them."""
    now = clock.now()
    common = codec.common_fields(metadata, "/xa-do", instants.format_instant(now))
    milliseconds = int(now.timestamp() * 1000)
    return [
        (
            codec.encode_event(
                common,
                draft,
                id=uuid7(milliseconds, os.urandom(RANDOM_BYTES)),
                subject=change.stream,
                streamversion=number,
            ),
        )
        for change in changes
        for number, draft in enumerate(change.events, change.expected + 1)
    ]


class Work(Aggregate):
    """An aggregate of the `eventsourcing` library that keeps the same data."""

    @event("Assigned")
    def assign(self, lead: str, support: list[str], officer: str, due: str) -> None:
        """Take the lead."""
        self.lead = lead


class Other:
    """The `eventsourcing` library in SQLite."""

    def __init__(self, path: Path) -> None:
        env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
        self.application: Application[UUID] = Application(env=env)
        self._aggregate = Work()
        self.application.save(self._aggregate)

    def save(self, times: int) -> None:
        """Save one event at a time."""
        for _ in range(times):
            self._aggregate.assign("phong-vhxh", ["van-phong"], "nguyen-thi-hoa", "2026-06-30")
            self.application.save(self._aggregate)


@contextlib.contextmanager
def make_log(folder: Path) -> Iterator[SqliteLog]:
    """Yield a new log in a folder, and close it afterwards."""
    log = opening.create_log(
        folder / "xa-do",
        folder / "private" / "xa-do",
        workspace="xa-do",
        name="Xã Đo",
        demo=False,
        time=clock.now(),
        now=clock.now,
    )
    yield log
    log.close()


def _new_id() -> str:
    """Return an id like those of items and commands, which sort by time."""
    return uuid7(int(clock.now().timestamp() * 1000), os.urandom(RANDOM_BYTES))


def meta(command: str) -> Meta:
    """Return the metadata of a person's command."""
    digest = hashlib.sha256(command.encode()).digest()
    return Meta(
        actor="hoa.le",
        time=datetime.now(UTC),
        command_id=command,
        command_digest=digest,
        unit="phong-kinh-te",
        role="officer",
    )
