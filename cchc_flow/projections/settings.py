"""The settings of the workspace: what is in force, now or at any position, and who set it on what grounds."""

import json

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import Recorded
from cchc_flow.workflow.events import NAMES, JsonObject, SettingChanged
from cchc_flow.workflow.settings import Settings, changed

SCHEMA = """
CREATE TABLE settings (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
    actor TEXT NOT NULL, recordedtime TEXT NOT NULL
) STRICT;
CREATE INDEX settings_by_name ON settings (name, position);
"""


class Entry(msgspec.Struct, frozen=True):
    """One change of a setting: its value from then on, what it rests on, who made it and when."""

    position: int
    name: str
    value: JsonObject
    source: str
    actor: str
    recordedtime: str


def in_force(db: Database, at: int | None = None) -> Settings:
    """Return the settings in force, now or as of a position; what nobody changed has its default."""
    found = Settings()
    rows = db.query(
        "SELECT name, value, max(position) FROM settings WHERE position <= coalesce(?, position)"
        " GROUP BY name",
        [at],
    )
    for row in rows:
        found = changed(found, row["name"], json.loads(row["value"]))
    return found


def in_force_when(db: Database, instant: str) -> Settings:
    """Return the settings that were in force at a moment (RFC 3339)."""
    sql = "SELECT max(position) FROM settings WHERE recordedtime <= ?"
    return in_force(db, db.execute(sql, [instant]).fetchone()[0] or 0)


def history(db: Database, name: str) -> list[Entry]:
    """Return the changes of a setting, the newest first."""
    rows = db.query("SELECT * FROM settings WHERE name = ? ORDER BY position DESC", [name])
    return [Entry(**row | {"value": json.loads(row["value"])}) for row in rows]


def fold(db: Database, event: Recorded) -> None:
    """Add the row of one more change."""
    if event.type == NAMES[SettingChanged]:
        data = event.data
        value = json.dumps(data["value"], ensure_ascii=False)
        row = [event.position, data["setting"], value, data["source"], event.actor, event.recordedtime]
        db.execute("INSERT INTO settings VALUES (?, ?, ?, ?, ?, ?)", row)
