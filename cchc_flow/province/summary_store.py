"""The summaries of communes that a node has made, in one small file that may be deleted at any time.

A summary holds for one commune, position of its log and day, and for the edition of what made it (see
`edition_of`). A later one of the same commune and day takes its place.

All that is kept of a commune is of one log: the one that ended, when it was looked at last, at a size with a
root (`Standing`). Who looks next first compares the log with that, and another log begins with nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

import msgspec

from cchc_flow import __version__, projections
from cchc_flow.conversion import decode
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import format_instant, parse_instant
from cchc_flow.eventlog.standing import Standing
from cchc_flow.files import make_file
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.province.summary import CommuneSummary

MOST_DAYS = 62
"""For how many days summaries are kept: those that were asked for last."""
BUSY_SECONDS = 5
_SCHEMA = """
CREATE TABLE IF NOT EXISTS summaries (
    commune TEXT NOT NULL, day TEXT NOT NULL, edition TEXT NOT NULL, position INTEGER NOT NULL,
    made TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (commune, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ends (commune TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL) STRICT;
"""
_SURPLUS = """
DELETE FROM summaries WHERE day NOT IN (
    SELECT day FROM summaries GROUP BY day ORDER BY max(made) DESC, day DESC LIMIT ?
)
"""


class KeptSummary(msgspec.Struct, frozen=True):
    """A summary, and when it was made."""

    summary: CommuneSummary
    made: datetime


class SummaryStore:
    """The file of summaries; one that is damaged is made anew, since all of it can be computed again."""

    def __init__(self, file: Path, edition: str) -> None:
        self._file, self._edition = file, edition

    def of_day(self, day: date) -> dict[str, KeptSummary]:
        """Return what is kept of a day, by the names of the communes."""
        sql = "SELECT commune, made, body FROM summaries WHERE day = ? AND edition = ?"
        try:
            with self._open() as database:
                rows = database.execute(sql, [day.isoformat(), self._edition]).fetchall()
            return {
                name: KeptSummary(decode(body, CommuneSummary), parse_instant(made))
                for name, made, body in rows
            }
        except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
            self._remove_unless_busy(error)
            return {}

    def ends(self) -> dict[str, Standing]:
        """Return how the log of each commune stood when it was seen to be open to the province last."""
        try:
            with self._open() as database:
                rows = database.execute("SELECT commune, size, root FROM ends").fetchall()
            return {commune: Standing(size, root) for commune, size, root in rows}
        except sqlite3.DatabaseError as error:
            self._remove_unless_busy(error)
            return {}

    def note_look(
        self, commune: str, before: Standing | None, end: Standing, new: KeptSummary | None = None
    ) -> None:
        """Note that a commune was open to the province at this end of its log, and keep what was made of it.

        `before` is the end that was found here and that this log goes on from, None when there was none. If
        another process has noted another one meanwhile, nothing is noted, as it may be another log.
        """

        def note(database: sqlite3.Connection) -> None:
            row = database.execute("SELECT size, root FROM ends WHERE commune = ?", [commune]).fetchone()
            known = Standing(*row) if row else None
            if known not in (before, end):
                return
            if known is None:
                database.execute("DELETE FROM summaries WHERE commune = ?", [commune])
            database.execute("INSERT OR REPLACE INTO ends VALUES (?, ?, ?)", [commune, end.size, end.root])
            if new:
                self._keep(database, commune, new)

        self._write(note)

    def forget(self, commune: str) -> None:
        """Forget all that is kept of a commune: the province may not read it, or it has another log now."""

        def delete(database: sqlite3.Connection) -> None:
            database.execute("DELETE FROM summaries WHERE commune = ?", [commune])
            database.execute("DELETE FROM ends WHERE commune = ?", [commune])

        self._write(delete)

    def _keep(self, database: sqlite3.Connection, commune: str, new: KeptSummary) -> None:
        """Keep a summary in the place of an earlier one, and forget days that nobody asked for lately."""
        summary = new.summary
        row = [commune, summary.day.isoformat(), self._edition, summary.position, format_instant(new.made)]
        body = msgspec.json.encode(summary)
        database.execute("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?, ?)", [*row, body])
        database.execute(_SURPLUS, [MOST_DAYS])

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do a work in one transaction; what cannot be written is computed again later."""
        try:
            with self._open() as database, database:
                database.execute("BEGIN IMMEDIATE")
                work(database)
        except sqlite3.DatabaseError as error:
            self._remove_unless_busy(error)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        make_file(self._file)
        with closing(sqlite3.connect(self._file, timeout=BUSY_SECONDS)) as database:
            database.executescript(_SCHEMA)
            yield database

    def _remove_unless_busy(self, error: Exception) -> None:
        """Remove a file that cannot be read; one that another process is writing only stays as it is."""
        if not isinstance(error, sqlite3.OperationalError):
            with suppress(FileNotFoundError):
                self._file.unlink()


def edition_of(plugins: Plugins) -> str:
    """Return what a summary rests on besides the log: this program, its read models and its plugins."""
    parts = [
        __version__,
        str(projections.VERSION),
        *(f"{one.name} {one.digest}" for one in plugins.about.values()),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
