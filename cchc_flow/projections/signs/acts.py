"""Signs in the envelope of any event: by which way it came, in whose name, and when it says it was given."""

from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.signs.rows import add_sign, seconds_between, sign_of
from cchc_flow.workflow.events import NAMES, PasswordSet
from cchc_flow.workflow.item import SYSTEM

SCHEMA = """
CREATE TABLE last_commit (
    only INTEGER PRIMARY KEY, command TEXT NOT NULL, newest TEXT NOT NULL, position INTEGER NOT NULL,
    before TEXT, before_position INTEGER
) STRICT;
CREATE TABLE resets (
    person TEXT PRIMARY KEY, position INTEGER NOT NULL, time TEXT NOT NULL, actor TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
TERMINAL = "terminal:"
LONGEST_SUSPICION = 30 * 86_400
"""Acts later than so many seconds after somebody else set the password are not told."""
SHORTEST_BACKDATING = 3_600
"""A claim that is fewer seconds too early is due to a command that waited, not to a clock or a person."""


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the signs that the envelope of an event is."""
    _note_backdating(db, event)
    if (event.channel or "").startswith(TERMINAL):
        user = (event.channel or "").removeprefix(TERMINAL)
        rank = 0 if event.actor.startswith(SYSTEM) else 1
        add_sign(db, sign_of(event, "terminal", rank, unit=event.unit, items=_items(event), user=user))
    if event.type == NAMES[PasswordSet]:
        _note_reset(db, event)
    elif not event.type.startswith("access."):
        _note_act_after_reset(db, event)


def _items(event: RecordedEvent) -> tuple[str, ...]:
    """Return the id of the item that an event is about, if it is about one."""
    return (event.stream.removeprefix("item-"),) if event.stream.startswith("item-") else ()


def _note_backdating(db: Database, event: RecordedEvent) -> None:
    """Add the sign that an event says it was given before the checkpoint of the commit before its own.

    Its rank is the seconds. All events of a commit have the command that wrote them.
    """
    row = db.execute("SELECT command, newest, position, before, before_position FROM last_commit").fetchone()
    command, newest, position, before, before_position = row or ("", None, 0, None, 0)
    if command != event.command_id:
        before, before_position = newest, position
    if before is not None:
        seconds = seconds_between(event.time, before)
        if seconds >= SHORTEST_BACKDATING:
            sign = sign_of(
                event,
                "backdated",
                seconds,
                unit=event.unit,
                items=_items(event),
                behind=[before_position],
                claimed=event.time,
                sealed=before,
                size=before_position,
            )
            add_sign(db, sign)
    db.execute(
        "INSERT OR REPLACE INTO last_commit VALUES (1, ?, ?, ?, ?, ?)",
        [event.command_id, event.recordedtime, event.position, before, before_position],
    )


def _note_reset(db: Database, event: RecordedEvent) -> None:
    """Remember that somebody else set a person's password anew."""
    person = event.data["person"]
    if event.actor != person and not event.data["first"]:
        db.execute(
            "INSERT OR REPLACE INTO resets VALUES (?, ?, ?, ?)",
            [person, event.position, event.recordedtime, event.actor],
        )


def _note_act_after_reset(db: Database, event: RecordedEvent) -> None:
    """Add the sign that an act came soon after another set the password; its rank is minus the seconds."""
    row = db.execute("SELECT position, time, actor FROM resets WHERE person = ?", [event.actor]).fetchone()
    if row is None:
        return
    position, time, by = row
    seconds = seconds_between(time, event.recordedtime)
    if seconds <= LONGEST_SUSPICION:
        sign = sign_of(
            event,
            "after_reset",
            -seconds,
            unit=event.unit,
            items=_items(event),
            behind=[position],
            reset=time,
            by=by,
            type=event.type,
        )
        add_sign(db, sign)
