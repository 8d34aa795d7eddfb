"""The audit trail: one slim row for each event, so that a long history can be searched.

Its file may know newer events than the page that asks: queries take the position `upto` which they look.
"""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.calendar import day_of

SCHEMA = """
CREATE TABLE trail (
    position INTEGER PRIMARY KEY, recordedtime TEXT NOT NULL, day TEXT NOT NULL, actor TEXT NOT NULL,
    type TEXT NOT NULL, stream TEXT NOT NULL
) STRICT;
CREATE INDEX trail_by_actor ON trail (actor);
CREATE INDEX trail_by_type ON trail (type);
CREATE INDEX trail_by_stream ON trail (stream);
CREATE INDEX trail_by_day ON trail (day);
"""


class TrailEntry(msgspec.Struct, frozen=True):
    """The row of one event; `day` is its local day."""

    position: int
    recordedtime: str
    day: str
    actor: str
    type: str
    stream: str


class TrailSearch(msgspec.Struct, frozen=True):
    """What to search the trail for; None matches everything."""

    person: str | None = None
    type: str | None = None
    stream: str | None = None
    day: date | None = None


def entries(db: Database, search: TrailSearch, *, upto: int, limit: int = 100) -> list[TrailEntry]:
    """Return the newest entries that match, up to a position."""
    where, values = _where_clause(search, upto)
    rows = db.query(
        f"SELECT * FROM trail{where} ORDER BY position DESC LIMIT {limit:d}",  # noqa: S608  # fixed words
        values,
    )
    return [TrailEntry(**row) for row in rows]


def count_entries(db: Database, search: TrailSearch, *, upto: int) -> int:
    """Return how many entries match, up to a position."""
    where, values = _where_clause(search, upto)
    return int(db.execute(f"SELECT count(*) FROM trail{where}", values).fetchone()[0])  # noqa: S608  # fixed words


def neighbouring_positions(
    db: Database, stream: str, position: int, *, upto: int
) -> tuple[int | None, int | None]:
    """Return the positions of the previous and the next event of a stream; None at its ends."""
    sql = "SELECT (SELECT max(position) FROM trail WHERE stream = :stream AND position < :position),"
    sql += " (SELECT min(position) FROM trail WHERE stream = :stream AND position > :position"
    sql += " AND position <= :upto)"
    values = {"stream": stream, "position": position, "upto": upto}
    before, after = db.execute(sql, values).fetchone()
    return before, after


def event_types(db: Database) -> list[str]:
    """Return the types of all events in the log, in alphabetical order."""
    return [row["type"] for row in db.query("SELECT DISTINCT type FROM trail ORDER BY type")]


def actors(db: Database) -> list[str]:
    """Return the ids of all actors in the log, in alphabetical order."""
    return [row["actor"] for row in db.query("SELECT DISTINCT actor FROM trail ORDER BY actor")]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of an event."""
    day = day_of(event.recordedtime).isoformat()
    db.execute(
        "INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?)",
        [event.position, event.recordedtime, day, event.actor, event.type, event.stream],
    )


def _where_clause(search: TrailSearch, upto: int) -> tuple[str, list[str | int]]:
    """Return the SQL WHERE clause of a search, and its values."""
    conditions: list[tuple[str, str | int | None]] = [
        ("actor = ?", search.person),
        ("type = ?", search.type),
        ("stream = ?", search.stream),
        ("day = ?", search.day.isoformat() if search.day else None),
        ("position <= ?", upto),
    ]
    needed = [(condition, value) for condition, value in conditions if value is not None]
    where = " WHERE " + " AND ".join(condition for condition, _ in needed)
    return where, [value for _, value in needed]
