"""The plugins whose rules are in force: which were loaded, are missing, or enabled, and their figures."""

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert, decode
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import CLASSES, PluginArea, PluginLoaded
from cchc_flow.workflow.law import Edition
from cchc_flow.workflow.upcast import upcast_event

SCHEMA = """
CREATE TEMP TABLE rule_events (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, plugin TEXT NOT NULL
) STRICT;
CREATE TEMP TABLE plugins (
    name TEXT PRIMARY KEY, loaded TEXT NOT NULL, missing INTEGER NOT NULL, enabled INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE loads (position INTEGER PRIMARY KEY, plugin TEXT NOT NULL, loaded TEXT) STRICT;
CREATE TEMP TABLE figures (
    position INTEGER PRIMARY KEY, plugin TEXT NOT NULL, figure TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT NOT NULL, since TEXT NOT NULL, actor TEXT NOT NULL, recordedtime TEXT NOT NULL
) STRICT;
"""


DECIDING_HOOKS = frozenset({"check", "fields"})


class LoadedPlugin(msgspec.Struct, frozen=True):
    """A plugin as the log last describes it (see `PluginLoaded`).

    `enabled` tells whether its rules are checked, `missing` that it was gone, or could not be loaded.
    """

    name: str
    loaded: PluginLoaded
    missing: bool
    enabled: bool

    @property
    def title(self) -> str:
        """What people call it."""
        return self.loaded.title

    @property
    def version(self) -> str:
        """Its version."""
        return self.loaded.version

    @property
    def origin(self) -> str:
        """The package that brought it, or `policy.BUILT_IN`."""
        return self.loaded.origin

    @property
    def areas(self) -> tuple[PluginArea, ...]:
        """The areas that it looks after."""
        return self.loaded.areas

    def decides(self) -> bool:
        """Tell whether its hooks have a say in steps: without their answer, such a step is not taken."""
        return not DECIDING_HOOKS.isdisjoint(self.loaded.hooks)


class FigureChange(msgspec.Struct, frozen=True):
    """One change of a figure: the new value, the document it rests on (`source`), who made it and when.

    The value holds from the day `since` on, which may be another day than that of the change.
    """

    position: int
    plugin: str
    figure: str
    value: str
    source: str
    since: str
    actor: str
    recordedtime: str

    @property
    def edition(self) -> Edition:
        """The value as an edition of its figure: its document vouches for it."""
        return Edition(self.value, self.source, date.fromisoformat(self.since), checked=True)


@kept_until_event_of("plugin")
def loaded_plugins(db: Database) -> Mapping[str, LoadedPlugin]:
    """Return every plugin that was ever loaded, by name."""
    rows = db.query("SELECT * FROM plugins ORDER BY name")
    return {
        row["name"]: LoadedPlugin(
            row["name"], _parse(row["loaded"]), bool(row["missing"]), bool(row["enabled"])
        )
        for row in rows
    }


def _parse(loaded: str) -> PluginLoaded:
    return decode(loaded, PluginLoaded)


def state_before(db: Database, plugin: str, position: int) -> tuple[PluginLoaded | None, bool]:
    """Return how a plugin was last loaded before a position, and whether it was missing then."""
    rows = db.execute(
        "SELECT loaded FROM loads WHERE plugin = ? AND position < ? ORDER BY position DESC",
        [plugin, position],
    ).fetchall()
    loaded = next((_parse(row[0]) for row in rows if row[0] is not None), None)
    return loaded, bool(rows) and rows[0][0] is None


def enabled_plugins(db: Database) -> frozenset[str]:
    """Return the names of the plugins whose rules are checked."""
    return frozenset(plugin.name for plugin in loaded_plugins(db).values() if plugin.enabled)


@kept_until_event_of("plugin")
def versions(db: Database) -> Mapping[str, int]:
    """Return how many events there are about each plugin: the versions of their streams."""
    rows = db.query("SELECT plugin, count(*) AS version FROM rule_events GROUP BY plugin ORDER BY plugin")
    return {row["plugin"]: row["version"] for row in rows}


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
    db.execute("INSERT INTO rule_events VALUES (?, ?, ?)", [event.position, event.id, event.data["plugin"]])
    newest, data = upcast_event(event.type, event.data)
    match convert(data, CLASSES[newest]):
        case ev.PluginLoaded(plugin=name) as loaded:
            words = msgspec.json.encode(loaded).decode()
            db.execute("INSERT INTO loads VALUES (?, ?, ?)", [event.position, name, words])
            db.execute(
                "INSERT INTO plugins VALUES (?, ?, 0, 1) ON CONFLICT (name) DO UPDATE"
                " SET loaded = excluded.loaded, missing = 0",
                [name, words],
            )
        case ev.PluginMissing(plugin=name):
            db.execute("INSERT INTO loads VALUES (?, ?, NULL)", [event.position, name])
            db.execute("UPDATE plugins SET missing = 1 WHERE name = ?", [name])
        case ev.PluginEnabled(plugin=name):
            db.execute("UPDATE plugins SET enabled = 1 WHERE name = ?", [name])
        case ev.PluginDisabled(plugin=name):
            db.execute("UPDATE plugins SET enabled = 0 WHERE name = ?", [name])
        case ev.PluginConfigured(plugin=name, figure=figure, value=value, source=source, since=since):
            since = since or day_of(event.recordedtime).isoformat()
            db.execute(
                "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [event.position, name, figure, value, source, since, event.actor, event.recordedtime],
            )
