"""The summaries of communes that a node has made, in one small file that may be deleted at any time.

A summary holds for one commune, position of its log and day, and for the edition of what made it (see
`edition_of`). A later one of the same commune and day takes its place.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

import msgspec

from cchc_flow import __version__, projections
from cchc_flow.conversion import decode
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import format_instant, parse_instant
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
CREATE TABLE IF NOT EXISTS looks (commune TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT;
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

    def looks(self) -> dict[str, int]:
        """Return at which size of its log each commune was seen to be open to the province last."""
        try:
            with self._open() as database:
                return dict(database.execute("SELECT commune, size FROM looks").fetchall())
        except sqlite3.DatabaseError as error:
            self._remove_unless_busy(error)
            return {}

    def keep(self, commune: str, summary: CommuneSummary, made: datetime) -> None:
        """Keep a summary in the place of an earlier one, and forget days that nobody asked for lately."""
        row = [commune, summary.day.isoformat(), self._edition, summary.position, format_instant(made)]
        body = msgspec.json.encode(summary)
        self._write(("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?, ?)", [*row, body]))
        self._write((_SURPLUS, [MOST_DAYS]))

    def note_look(self, commune: str, size: int) -> None:
        """Note that a commune was open to the province when its log had so many events."""
        self._write(("INSERT OR REPLACE INTO looks VALUES (?, ?)", [commune, size]))

    def forget(self, commune: str) -> None:
        """Forget all that is kept of a commune, which the province may not read any more."""
        self._write(
            ("DELETE FROM summaries WHERE commune = ?", [commune]),
            ("DELETE FROM looks WHERE commune = ?", [commune]),
        )

    def _write(self, *statements: tuple[str, list[object]]) -> None:
        try:
            with self._open() as database, database:
                for sql, values in statements:
                    database.execute(sql, values)
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
