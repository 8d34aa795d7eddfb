"""Who did what when: one slim row for each event, to look through a long history."""

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
    """One event of the history; `day` is its local day."""

    position: int
    recordedtime: str
    day: str
    actor: str
    type: str
    stream: str


class TrailSearch(msgspec.Struct, frozen=True):
    """What the reader looks for; what is None is not asked."""

    person: str | None = None
    type: str | None = None
    stream: str | None = None
    day: date | None = None


def entries(
    db: Database, search: TrailSearch, *, before: int | None = None, limit: int = 100
) -> list[TrailEntry]:
    """Return the newest entries that match, those before a position if one is given."""
    where, values = _where(search, before)
    rows = db.query(
        f"SELECT * FROM trail{where} ORDER BY position DESC LIMIT {limit:d}",  # noqa: S608  # fixed words
        values,
    )
    return [TrailEntry(**row) for row in rows]


def count_entries(db: Database, search: TrailSearch) -> int:
    """Return how many entries match."""
    where, values = _where(search, None)
    return int(db.execute(f"SELECT count(*) FROM trail{where}", values).fetchone()[0])  # noqa: S608  # fixed words


def neighbouring_positions(db: Database, stream: str, position: int) -> tuple[int | None, int | None]:
    """Return the positions of the stream's events before and after a position, None at either end."""
    sql = "SELECT (SELECT max(position) FROM trail WHERE stream = ? AND position < ?),"
    sql += " (SELECT min(position) FROM trail WHERE stream = ? AND position > ?)"
    before, after = db.execute(sql, [stream, position, stream, position]).fetchone()
    return before, after


def version_of(db: Database, stream: str) -> int:
    """Return how many events a stream has, 0 for one that does not exist."""
    return int(db.execute("SELECT count(*) FROM trail WHERE stream = ?", [stream]).fetchone()[0])


def event_types(db: Database) -> list[str]:
    """Return the types of events that happened."""
    return [row["type"] for row in db.query("SELECT DISTINCT type FROM trail ORDER BY type")]


def actors(db: Database) -> list[str]:
    """Return who acted."""
    return [row["actor"] for row in db.query("SELECT DISTINCT actor FROM trail ORDER BY actor")]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of one more event."""
    day = day_of(event.recordedtime).isoformat()
    db.execute(
        "INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?)",
        [event.position, event.recordedtime, day, event.actor, event.type, event.stream],
    )


def _where(search: TrailSearch, before: int | None) -> tuple[str, list[str | int]]:
    asked: list[tuple[str, str | int | None]] = [
        ("actor = ?", search.person),
        ("type = ?", search.type),
        ("stream = ?", search.stream),
        ("day = ?", search.day.isoformat() if search.day else None),
        ("position < ?", before),
    ]
    given = [(part, value) for part, value in asked if value is not None]
    where = " WHERE " + " AND ".join(part for part, _ in given) if given else ""
    return where, [value for _, value in given]
