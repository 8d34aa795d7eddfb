"""Signs in how often a person decides: many decisions within a minute."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.signs.rows import Sign, add_sign, seconds_between, sign_of
from cchc_flow.workflow.item import SYSTEM, Item

SCHEMA = """
CREATE TABLE decided (
    decision TEXT NOT NULL, actor TEXT NOT NULL, time TEXT NOT NULL, position INTEGER NOT NULL,
    item TEXT NOT NULL, unit TEXT, PRIMARY KEY (decision, actor, time, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE bursts (
    actor TEXT NOT NULL, decision TEXT NOT NULL, sign INTEGER NOT NULL, most INTEGER NOT NULL,
    PRIMARY KEY (actor, decision)
) STRICT, WITHOUT ROWID;
"""
BURST_SECONDS = 60
LONGEST_BURST = 300
"""More decisions within a minute are not counted."""
SHOWN_OF_BURST = 100
"""So many decisions of a burst are named, the newest ones."""


def note_burst(db: Database, item: Item, event: RecordedEvent, decision: str) -> None:
    """Add or renew the sign that a person decided about several items within a minute.

    A burst goes on for as long as the next decision comes within a minute; its sign is the fullest minute.
    """
    if event.actor.startswith(SYSTEM):
        return
    place, name = [decision, event.actor], f"burst.{decision}"
    values = [*place, event.recordedtime, event.position, item.id, item.lead]
    db.execute("INSERT INTO decided VALUES (?, ?, ?, ?, ?, ?)", values)
    begin = datetime.fromisoformat(event.recordedtime) - timedelta(seconds=BURST_SECONDS)
    recent = db.execute(
        "SELECT position, time, item, unit FROM decided WHERE decision = ? AND actor = ? AND time > ?"
        " ORDER BY time DESC, position DESC LIMIT ?",
        [*place, format_instant(begin), LONGEST_BURST],
    ).fetchall()
    if len(recent) < 2:
        db.execute("DELETE FROM bursts WHERE decision = ? AND actor = ?", place)
        return
    sql = "SELECT sign, most FROM bursts WHERE decision = ? AND actor = ?"
    sign, most = db.execute(sql, place).fetchone() or (0, 0)
    if len(recent) > most:
        db.execute("DELETE FROM signs WHERE position = ? AND name = ?", [sign, name])
        add_sign(db, _burst_sign(event, name, recent))
        db.execute(
            "INSERT OR REPLACE INTO bursts VALUES (?, ?, ?, ?)",
            [event.actor, decision, event.position, len(recent)],
        )


def _burst_sign(event: RecordedEvent, name: str, recent: list[tuple[int, str, str, str | None]]) -> Sign:
    """Return the sign of a burst; `recent` are its decisions, newest first: position, time, item, unit."""
    units, shown = {unit for *_, unit in recent}, recent[:SHOWN_OF_BURST][::-1]
    return sign_of(
        event,
        name,
        len(recent),
        unit=units.pop() if len(units) == 1 else None,
        items=dict.fromkeys(item for _, _, item, _ in shown),
        behind=[position for position, *_ in shown],
        number=len(recent),
        seconds=seconds_between(recent[-1][1], event.recordedtime),
    )
