"""Reactions that failed: about which event a plugin has to be asked again, and when.

They are kept in a file beside the keys. Deleted, it costs nothing but the pauses: who catches up on reactions
goes through the events again, and each reaction is carried out once.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.files import make_file

FILE = "reactions.db"
BUSY_SECONDS = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(days=1)
FAILURES_IN_A_ROW = 3
"""After so many a plugin is not asked about further events for the time being: each may take two seconds."""


class Retry(msgspec.Struct, frozen=True):
    """An event about which a plugin failed `attempts` times, first at `since`; it is asked again at `next`.

    Both are RFC 3339 instants; `fault` says in words what went wrong the last time.
    """

    plugin: str
    position: int
    event: str
    attempts: int
    since: str
    next: str
    fault: str


def pause_after(attempts: int) -> timedelta:
    """Return how long a plugin is left alone after so many failures: a minute, then ever twice as long."""
    doublings = min(attempts - 1, 20)  # far beyond a day
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))


class RetryQueue:
    """The retries of one workspace, by plugin and position of the event."""

    def __init__(self, private: Path) -> None:
        self._file = private / FILE

    def add_failure(self, plugin: str, event: RecordedEvent, fault: str, now: datetime) -> None:
        """Note that a plugin failed on an event, for the first time or again, and when it is asked next."""
        with self._writing() as db:
            before = _find(db, plugin, event)
            attempts = before.attempts + 1 if before else 1
            since, next_time = before.since if before else format_instant(now), now + pause_after(attempts)
            retry = Retry(
                plugin, event.position, event.id, attempts, since, format_instant(next_time), fault[:300]
            )
            _store(db, retry)

    def add_waiting(self, plugin: str, event: RecordedEvent, now: datetime) -> None:
        """Note that a plugin, left alone for the time being, still has to be asked about an event."""
        with self._writing() as db:
            others = [retry for retry in _all(db) if retry.plugin == plugin]
            next_time = max((retry.next for retry in others), default=format_instant(now))
            fault = others[-1].fault if others else ""
            _store(db, Retry(plugin, event.position, event.id, 0, format_instant(now), next_time, fault))

    def postpone(self, retries: Sequence[Retry], until: datetime) -> None:
        """Let these retries wait until an instant, or longer where they wait longer already."""
        with self._writing() as db:
            for retry in retries:
                _store(db, msgspec.structs.replace(retry, next=max(format_instant(until), retry.next)))

    def remove(self, retry: Retry) -> None:
        """Forget a retry: the plugin answered, or there is nothing to ask about any more."""
        with self._writing() as db:
            db.table("retries").delete_where("plugin = ? AND position = ?", [retry.plugin, retry.position])

    def retries(self) -> list[Retry]:
        """Return all retries in the order of their events; none when the file cannot be read.

        A damaged file is deleted, so that failures can be noted again.
        """
        if not self._file.is_file():
            return []
        try:
            with self._writing() as db:
                return _all(db)
        except (OSError, sqlite3.Error) as error:
            logging.getLogger(__name__).error("%s: %s", self._file.name, error)
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._file.unlink(missing_ok=True)
            return []

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """Open the file for one transaction; only the account that runs the program may read it."""
        make_file(self._file)
        connection = sqlite3.connect(self._file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            db = Database(connection, recursive_triggers=False)
            _create_table(db)
            yield db
            connection.execute("COMMIT")
        finally:
            connection.close()


def resting_plugins(retries: Sequence[Retry], now: datetime) -> frozenset[str]:
    """Return the plugins that failed so often that they are left alone at this moment."""
    numbers = Counter(retry.plugin for retry in retries if retry.next > format_instant(now))
    return frozenset(plugin for plugin, number in numbers.items() if number >= FAILURES_IN_A_ROW)


def has_due_retries(private: Path, now: datetime) -> bool:
    """Tell whether a workspace, opened or not, has retries whose pause is over."""
    return any(retry.next <= format_instant(now) for retry in RetryQueue(private).retries())


def _create_table(db: Database) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS retries (plugin TEXT, position INTEGER, event TEXT, attempts INTEGER,"
        " since TEXT, next TEXT, fault TEXT, PRIMARY KEY (plugin, position)) STRICT"
    )


def _all(db: Database) -> list[Retry]:
    return [Retry(**row) for row in db.query("SELECT * FROM retries ORDER BY position, plugin")]


def _find(db: Database, plugin: str, event: RecordedEvent) -> Retry | None:
    """Return the retry of a plugin for an event; None without one, or for one of a log that was put back."""
    rows = db.query(
        "SELECT * FROM retries WHERE plugin = ? AND position = ? AND event = ?",
        [plugin, event.position, event.id],
    )
    return next((Retry(**row) for row in rows), None)


def _store(db: Database, retry: Retry) -> None:
    db.table("retries").insert(msgspec.structs.asdict(retry), pk=("plugin", "position"), replace=True)
