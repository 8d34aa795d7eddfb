"""The settings of a workspace, as of now or of any position, and the history of their changes."""

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
CREATE TEMP TABLE settings (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
    actor TEXT NOT NULL, recordedtime TEXT NOT NULL
) STRICT;
CREATE INDEX temp.settings_by_name ON settings (name, position);
"""


class SettingChange(msgspec.Struct, frozen=True):
    """One change of a setting: the new value, the document it rests on (`source`), who made it and when."""

    position: int
    name: str
    value: JsonObject
    source: str
    actor: str
    recordedtime: str


def effective_settings(db: Database, at: int | None = None) -> Settings:
    """Return the settings in force now or as of a position; a setting never changed has its default."""
    return _now_in_force(db) if at is None else _settings_where(db, "position <= ?", at)


@kept_until_event_of("settings")
def _now_in_force(db: Database) -> Settings:
    return _settings_where(db, "position > ?", 0)


def settings_of_day(db: Database, day: date) -> Settings:
    """Return the settings in force at the end of a day, or now if the day is not over."""
    return _settings_where(db, "recordedtime < ?", instants.format_instant(end_of_day(day)))


def _settings_where(db: Database, condition: str, value: int | str | None) -> Settings:
    """Return the settings by the newest change of each that meets an SQL condition on one value."""
    rows = db.execute(
        f"SELECT name, value, max(position) FROM settings WHERE {condition} GROUP BY name",  # noqa: S608  # fixed words
        [value],
    ).fetchall()
    return _settings(tuple((name, value) for name, value, _ in rows))


@lru_cache(64)
def _settings(values: tuple[tuple[str, str], ...]) -> Settings:
    """Return the settings with stored values; cached because rows and pages need them again and again."""
    settings = Settings()
    for name, value in values:
        settings = with_setting(settings, name, json.loads(value))
    return settings


def setting_changes(db: Database, name: str) -> list[SettingChange]:
    """Return the changes of one setting, the newest first."""
    rows = db.query("SELECT * FROM settings WHERE name = ? ORDER BY position DESC", [name])
    return [SettingChange(**row | {"value": json.loads(row["value"])}) for row in rows]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of a changed setting; other events are ignored."""
    if event.type == NAMES[SettingChanged]:
        data = event.data
        value = json.dumps(data["value"], ensure_ascii=False)
        row = [event.position, data["setting"], value, data["source"], event.actor, event.recordedtime]
        db.execute("INSERT INTO settings VALUES (?, ?, ?, ?, ?, ?)", row)
