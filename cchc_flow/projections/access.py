"""The passwords that somebody else set anew: whose, when, by whom."""

from datetime import datetime, timedelta

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.events import NAMES, PasswordSet

SCHEMA = """
CREATE TABLE password_resets (
    position INTEGER PRIMARY KEY, person TEXT NOT NULL, recordedtime TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;
CREATE INDEX password_resets_by_person ON password_resets (person, position);
"""
MARKED_FOR = timedelta(days=30)
"""How long the acts of a person are marked after somebody else set the password anew."""


class PasswordReset(msgspec.Struct, frozen=True):
    """A password that somebody else, the `actor`, set anew at `recordedtime`."""

    position: int
    person: str
    recordedtime: str
    actor: str


def newest_reset(db: Database, person: str, before: int | None = None) -> PasswordReset | None:
    """Return when a person's password was last set by another (before a position), None if it never was."""
    sql = "SELECT * FROM password_resets WHERE person = ? AND position < coalesce(?, position + 1)"
    rows = db.query(f"{sql} ORDER BY position DESC LIMIT 1", [person, before])
    return next((PasswordReset(**row) for row in rows), None)


def reset_that_marks(db: Database, event: RecordedEvent) -> PasswordReset | None:
    """Return the reset of the actor's password in the 30 days before an event, None without one.

    Whoever handed out a password could have acted under the person's name.
    """
    reset = newest_reset(db, event.actor, event.position)
    if reset is None:
        return None
    since = datetime.fromisoformat(reset.recordedtime)
    return reset if datetime.fromisoformat(event.recordedtime) - since <= MARKED_FOR else None


def fold(db: Database, event: RecordedEvent) -> None:
    """Add a password that another than its owner set, unless it was the first; ignore other events."""
    if event.type != NAMES[PasswordSet]:
        return
    if event.actor != event.data["person"] and not event.data["first"]:
        db.execute(
            "INSERT INTO password_resets VALUES (?, ?, ?, ?)",
            [event.position, event.data["person"], event.recordedtime, event.actor],
        )
