"""The plugins whose rules are in force: which were loaded, which are enabled, and their figures."""

from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.events import CLASSES

SCHEMA = """
CREATE TEMP TABLE rule_events (position INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
CREATE TEMP TABLE plugins (
    name TEXT PRIMARY KEY, title TEXT NOT NULL, version TEXT NOT NULL, origin TEXT NOT NULL,
    enabled INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE figures (
    position INTEGER PRIMARY KEY, plugin TEXT NOT NULL, figure TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT NOT NULL, actor TEXT NOT NULL, recordedtime TEXT NOT NULL
) STRICT;
"""


class LoadedPlugin(msgspec.Struct, frozen=True):
    """A plugin as the log describes it; `enabled` tells whether its rules are checked."""

    name: str
    title: str
    version: str
    origin: str
    enabled: bool


class FigureChange(msgspec.Struct, frozen=True):
    """One change of a figure: the new value, the document it rests on (`source`), who made it and when."""

    position: int
    plugin: str
    figure: str
    value: str
    source: str
    actor: str
    recordedtime: str


@kept_until_event_of("plugin")
def loaded_plugins(db: Database) -> Mapping[str, LoadedPlugin]:
    """Return every plugin that was ever loaded, by name."""
    rows = db.query("SELECT * FROM plugins ORDER BY name")
    return {row["name"]: LoadedPlugin(**row | {"enabled": bool(row["enabled"])}) for row in rows}


def enabled_plugins(db: Database) -> frozenset[str]:
    """Return the names of the plugins whose rules are checked."""
    return frozenset(plugin.name for plugin in loaded_plugins(db).values() if plugin.enabled)


@kept_until_event_of("plugin")
def latest_event_id(db: Database) -> str | None:
    """Return the id of the latest event about plugins: it identifies the rules in force. None without one."""
    row = db.execute("SELECT id FROM rule_events ORDER BY position DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def position_of_event(db: Database, event_id: str) -> int | None:
    """Return the position of the event about plugins with an id, or None if there is none."""
    row = db.execute("SELECT position FROM rule_events WHERE id = ?", [event_id]).fetchone()
    return int(row[0]) if row else None


def figure_changes(db: Database, plugin: str, at: int | None = None) -> list[FigureChange]:
    """Return the changes of a plugin's figures up to a position (None: all), the newest first."""
    return [
        change
        for change in _all_changes(db)
        if change.plugin == plugin and (at is None or change.position <= at)
    ]


@kept_until_event_of("plugin")
def _all_changes(db: Database) -> list[FigureChange]:
    return [FigureChange(**row) for row in db.query("SELECT * FROM figures ORDER BY position DESC")]


def fold(db: Database, event: RecordedEvent) -> None:
    """Apply an event about plugins to the rows; other events are ignored."""
    if not event.type.startswith("plugin."):
        return
    db.execute("INSERT INTO rule_events VALUES (?, ?)", [event.position, event.id])
    match msgspec.convert(event.data, CLASSES[event.type]):
        case ev.PluginLoaded(plugin=name, title=title, version=version, origin=origin):
            db.execute(
                "INSERT INTO plugins VALUES (?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE"
                " SET title = excluded.title, version = excluded.version, origin = excluded.origin",
                [name, title, version, origin],
            )
        case ev.PluginEnabled(plugin=name):
            db.execute("UPDATE plugins SET enabled = 1 WHERE name = ?", [name])
        case ev.PluginDisabled(plugin=name):
            db.execute("UPDATE plugins SET enabled = 0 WHERE name = ?", [name])
        case ev.PluginConfigured(plugin=name, figure=figure, value=value, source=source):
            db.execute(
                "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?)",
                [event.position, name, figure, value, source, event.actor, event.recordedtime],
            )
