"""The settings of the workspace: what is in force, now or at any position, and who set it on what grounds."""

import json
from datetime import date
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog import instants
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow.calendar import end_of_day
from cchc_flow.workflow.events import NAMES, JsonObject, SettingChanged
from cchc_flow.workflow.settings.values import Settings, with_setting

SCHEMA = """
CREATE TABLE settings (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
    actor TEXT NOT NULL, recordedtime TEXT NOT NULL
) STRICT;
CREATE INDEX settings_by_name ON settings (name, position);
"""


class SettingChange(msgspec.Struct, frozen=True):
    """One change of a setting: its value from then on, what it rests on, who made it and when."""

    position: int
    name: str
    value: JsonObject
    source: str
    actor: str
    recordedtime: str


def effective_settings(db: Database, at: int | None = None) -> Settings:
    """Return the settings in force, now or as of a position; what nobody changed has its default."""
    return _now_in_force(db) if at is None else _newest(db, "position <= ?", at)


@kept_until_event_of("settings")
def _now_in_force(db: Database) -> Settings:
    return _newest(db, "position > ?", 0)


def settings_of_day(db: Database, day: date) -> Settings:
    """Return the settings by which a day is judged: those in force at its end, or by now."""
    return _newest(db, "recordedtime < ?", instants.format_instant(end_of_day(day)))


def _newest(db: Database, condition: str, value: int | str | None) -> Settings:
    rows = db.execute(
        f"SELECT name, value, max(position) FROM settings WHERE {condition} GROUP BY name",  # noqa: S608  # fixed words
        [value],
    ).fetchall()
    return _settings(tuple((name, held) for name, held, _ in rows))


@lru_cache(64)
def _settings(values: tuple[tuple[str, str], ...]) -> Settings:
    """Every row and every page asks for them, and they change a few times a year."""
    found = Settings()
    for name, held in values:
        found = with_setting(found, name, json.loads(held))
    return found


def setting_changes(db: Database, name: str) -> list[SettingChange]:
    """Return the changes of a setting, the newest first."""
    rows = db.query("SELECT * FROM settings WHERE name = ? ORDER BY position DESC", [name])
    return [SettingChange(**row | {"value": json.loads(row["value"])}) for row in rows]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of one more change."""
    if event.type == NAMES[SettingChanged]:
        data = event.data
        value = json.dumps(data["value"], ensure_ascii=False)
        row = [event.position, data["setting"], value, data["source"], event.actor, event.recordedtime]
        db.execute("INSERT INTO settings VALUES (?, ?, ?, ?, ?, ?)", row)
