"""The audit trail: one row for each event, so that a long history can be searched.

Its file may know newer events than the page that asks: queries take the position `upto` which they look. What
the filters of the history choose from is in `trail_terms`, and which events match them in `trail_queries`.
"""

from datetime import date
from typing import Literal

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import trail_items
from cchc_flow.projections.trail_terms import add_term

SCHEMA = """
CREATE TABLE trail (
    position INTEGER PRIMARY KEY, recordedtime TEXT NOT NULL, day TEXT NOT NULL, time TEXT NOT NULL,
    happened TEXT NOT NULL, actor TEXT NOT NULL, unit TEXT, role TEXT, channel TEXT, type TEXT NOT NULL,
    stream TEXT NOT NULL, kind TEXT, area TEXT, command TEXT NOT NULL, correlation TEXT, causation TEXT
) STRICT;
CREATE INDEX trail_by_stream ON trail (stream);
CREATE INDEX trail_by_day ON trail (day);
CREATE INDEX trail_by_correlation ON trail (correlation) WHERE correlation IS NOT NULL;
"""
Clock = Literal["recorded", "happened"]
NO_CHANNEL = "none"
"""The channel of events of the first envelope, which did not tell theirs."""


class TrailEntry(msgspec.Struct, frozen=True):
    """The row of one event.

    `recordedtime` is when it was recorded and `day` that local day, `time` when the order was given and
    `happened` that one. `kind` and `area` are those of its item; `area` is the code in the item's plan.
    `command`, `correlation` and `causation` are the ids of the envelope.
    """

    position: int
    recordedtime: str
    day: str
    time: str
    happened: str
    actor: str
    unit: str | None
    role: str | None
    channel: str | None
    type: str
    stream: str
    kind: str | None
    area: str | None
    command: str
    correlation: str | None
    causation: str | None


class TrailSearch(msgspec.Struct, frozen=True):
    """What to search the trail for; None (for the words, "") matches everything.

    `type` is a stored name ("item.closed/1"), or one without its version for all of them. `channel` is the
    way without what comes after its colon ("terminal"). The days `since` and `until` are both within, and
    those of the `clock`. The `words` are found in an event's sentence, typed texts and title.
    """

    person: str | None = None
    type: str | None = None
    stream: str | None = None
    since: date | None = None
    until: date | None = None
    clock: Clock = "recorded"
    unit: str | None = None
    role: str | None = None
    channel: str | None = None
    kind: str | None = None
    area: str | None = None
    flag: str | None = None
    words: str = ""


def load_entries(db: Database, positions: list[int]) -> list[TrailEntry]:
    """Return the rows of some events, in the order of the positions that are given."""
    rows = (db.query("SELECT * FROM trail WHERE position = ?", [position]) for position in positions)
    return [TrailEntry(**row) for found in rows for row in found]


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


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of an event, and the terms by which it can be found."""
    facts = trail_items.facts_of(db, event)
    day, happened = (
        trail_items.local_day_of_hour(event.recordedtime[:13]),
        trail_items.local_day_of_hour(event.time[:13]),
    )
    row = (
        event.position, event.recordedtime, day, event.time, happened, event.actor, event.unit, event.role,
        event.channel, event.type, event.stream, facts.kind, facts.area, event.command_id,
        event.correlation_id, event.causation_id,
    )  # fmt: skip
    db.execute("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    terms = (
        ("person", event.actor),
        ("unit", event.unit),
        ("role", event.role),
        ("channel", channel_way(event.channel)),
        ("type", event.type.partition("/")[0]),
        ("version", event.type),
        ("kind", facts.kind),
        ("area", facts.area),
        ("happened", happened),
    )
    for facet, value in terms:
        if value is not None:
            add_term(db, facet, value, event.position)
    for flag, position in facts.flags:
        add_term(db, "flag", flag, position)


def channel_way(channel: str | None) -> str:
    """Return the way of a channel ("terminal" of "terminal:root", "web" of "web+table")."""
    return channel.partition(":")[0].partition("+")[0] if channel else NO_CHANNEL
