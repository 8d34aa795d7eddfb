"""Units, people and their roles as of the newest event."""

import json
from collections.abc import Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import settings
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import CLASSES, JsonObject
from cchc_flow.workflow.hands import Crew
from cchc_flow.workflow.policy import Actor

SCHEMA = """
CREATE TEMP TABLE units (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, active INTEGER NOT NULL,
    since TEXT NOT NULL, back_since TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TEMP TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT, unit TEXT, active INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE absences (
    person TEXT PRIMARY KEY, since TEXT NOT NULL, until TEXT NOT NULL, stand_in TEXT
) STRICT;
CREATE TEMP TABLE roles (person TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (person, role)) STRICT;
"""


class Unit(msgspec.Struct, frozen=True):
    """A unit of the commune, added on the ISO day `since`; one that is not `active` gets no new work.

    `back_since` is the day on which it became active again, "" if it was never closed.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    active: bool
    since: str = ""
    back_since: str = ""

    @property
    def last_since(self) -> str:
        """The ISO day from which it has been active."""
        return self.back_since or self.since

    @property
    def words(self) -> str:
        """The name, marked if the unit is no more."""
        return self.name if self.active else f"{self.name} (đã giải thể)"


class Person(msgspec.Struct, frozen=True):
    """A person: `id` is the login, `title` the office held, `unit` a unit's id."""

    id: str
    name: str
    title: str | None
    unit: str | None
    active: bool
    roles: frozenset[str]

    @property
    def words(self) -> str:
        """The name, marked if the person may not sign in any more."""
        return self.name if self.active else f"{self.name} (đã khóa)"


class Absence(msgspec.Struct, frozen=True):
    """That a person is away from one ISO day to another, both included, and who does the work meanwhile."""

    person: str
    since: str
    until: str
    stand_in: str | None

    def is_on(self, day: date) -> bool:
        """Tell whether the person is away on a day."""
        return self.since <= day.isoformat() <= self.until


@kept_until_event_of("directory")
def units(db: Database) -> list[Unit]:
    """Return all units in the order in which they were added."""
    return [
        Unit(**row | {"aliases": tuple(json.loads(row["aliases"])), "active": bool(row["active"])})
        for row in db.query("SELECT * FROM units ORDER BY rowid")
    ]


@kept_until_event_of("directory")
def people(db: Database) -> list[Person]:
    """Return all people in the order in which they were added."""
    roles: dict[str, set[str]] = {}
    for row in db.query("SELECT person, role FROM roles"):
        roles.setdefault(row["person"], set()).add(row["role"])
    return [
        _person(row, frozenset(roles.get(row["id"], ())))
        for row in db.query("SELECT * FROM people ORDER BY rowid")
    ]


def person(db: Database, person_id: str) -> Person | None:
    """Return the person with a login, or None."""
    return _people_by_id(db).get(person_id)


@kept_until_event_of("directory")
def _people_by_id(db: Database) -> Mapping[str, Person]:
    return {known.id: known for known in people(db)}


def actor(db: Database, actor_id: str) -> Actor:
    """Return the actor with an id; one who is unknown, disabled or no person (the clock) has no role."""
    record = person(db, actor_id)
    if record is None or not record.active:
        return Actor(actor_id)
    closes = settings.effective_settings(db).review.coordinator_closes
    return Actor(actor_id, record.roles, record.unit, coordinator_closes=closes)


@kept_until_event_of("directory")
def absences(db: Database) -> list[Absence]:
    """Return the newest absence of each person that was not ended, over or not."""
    return [Absence(**row) for row in db.query("SELECT * FROM absences ORDER BY since, person")]


def absence_of(db: Database, person_id: str) -> Absence | None:
    """Return the newest absence of a person, over or not; None if none was set, or it was ended."""
    return next((absence for absence in absences(db) if absence.person == person_id), None)


def crew(db: Database, day: date) -> Crew:
    """Return who can do work on a local day, and who is away on it."""
    away = {absence.person: absence.stand_in for absence in absences(db) if absence.is_on(day)}
    return msgspec.structs.replace(_crew(db), away=away) if away else _crew(db)


@kept_until_event_of("directory")
def _crew(db: Database) -> Crew:
    """Return who can do work while nobody is away."""
    active = [known for known in people(db) if known.active]
    return Crew({known.id: known.unit for known in active}, {known.id: known.roles for known in active})


@kept_until_event_of("directory")
def names(db: Database) -> Mapping[str, str]:
    """Return the names of all people and units by id."""
    rows = db.query("SELECT id, name FROM units UNION ALL SELECT id, name FROM people")
    return {row["id"]: row["name"] for row in rows}


@kept_until_event_of("directory")
def marked_names(db: Database) -> Mapping[str, str]:
    """Return the names of all people and units by id, marked «đã giải thể» or «đã khóa» where that is so."""
    return {unit.id: unit.words for unit in units(db)} | {person.id: person.words for person in people(db)}


def fold(db: Database, event: RecordedEvent) -> None:
    """Apply an event of the directory to the rows; other events are ignored."""
    if not event.type.startswith("directory."):
        return
    match convert(event.data, CLASSES[event.type]):
        case ev.UnitAdded(unit=unit, name=name, aliases=aliases):
            db.execute(
                "INSERT INTO units VALUES (?, ?, ?, 1, ?, '')", [unit, name, json.dumps(aliases), _day(event)]
            )
        case ev.UnitChanged(unit=unit, name=name, aliases=aliases, active=active):
            db.execute(
                "UPDATE units SET name = ?, aliases = ?, active = ?,"
                " back_since = iif(? > active, ?, back_since) WHERE id = ?",
                [name, json.dumps(aliases), active, active, _day(event), unit],
            )
        case ev.PersonAdded(person=who, name=name, title=title, unit=unit):
            db.execute("INSERT INTO people VALUES (?, ?, ?, ?, 1)", [who, name, title, unit])
        case ev.PersonChanged(person=who, name=name, title=title, unit=unit, active=active):
            db.execute(
                "UPDATE people SET name = ?, title = ?, unit = ?, active = ? WHERE id = ?",
                [name, title, unit, active, who],
            )
        case ev.RoleGranted(person=who, role=role):
            db.execute("INSERT OR IGNORE INTO roles VALUES (?, ?)", [who, role])
        case ev.RoleRevoked(person=who, role=role):
            db.execute("DELETE FROM roles WHERE person = ? AND role = ?", [who, role])
        case ev.AbsenceSet(person=who, since=since, until=until, stand_in=stand_in):
            db.execute("INSERT OR REPLACE INTO absences VALUES (?, ?, ?, ?)", [who, since, until, stand_in])
        case ev.AbsenceEnded(person=who):
            db.execute("DELETE FROM absences WHERE person = ?", [who])


def _day(event: RecordedEvent) -> str:
    return day_of(event.recordedtime).isoformat()


def _person(row: JsonObject, roles: frozenset[str]) -> Person:
    return Person(row["id"], row["name"], row["title"], row["unit"], bool(row["active"]), roles)
