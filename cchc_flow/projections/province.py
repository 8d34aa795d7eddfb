"""Whether this workspace is a province, which communes it lists, and to which province a commune belongs.

It decides who of a province may read a commune, so it lies in no file (see `projections`).
"""

import json
from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.events import CLASSES

SCHEMA = """
CREATE TEMP TABLE own_province (name TEXT NOT NULL) STRICT;
CREATE TEMP TABLE listed_communes (
    workspace TEXT PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    founding INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE province_membership (
    province TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, code TEXT
) STRICT;
CREATE TEMP TABLE province_visitors (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT, roles TEXT NOT NULL, province TEXT NOT NULL
) STRICT;
"""


class ListedCommune(msgspec.Struct, frozen=True):
    """A commune as its province lists it; `kind` is one of `workflow.provinces.KINDS`.

    `founding` tells that the province founds the workspace; one that is there is asked to join.
    """

    workspace: str
    code: str
    name: str
    kind: str
    founding: bool


class Membership(msgspec.Struct, frozen=True):
    """To which province a commune belongs: its workspace, its name, and the key of its opening event."""

    province: str
    name: str
    key: str
    code: str | None


class Visitor(msgspec.Struct, frozen=True):
    """Somebody of a province who has read the commune's pages, as known at the last change of the name.

    `id` is login@workspace, `province` the name of the province then.
    """

    id: str
    name: str
    title: str | None
    roles: frozenset[str]
    province: str

    @property
    def words(self) -> str:
        """The name with that of the province, so that nobody takes the person for one of the commune."""
        return f"{self.name} ({self.province})"


@kept_until_event_of("province")
def own_name(db: Database) -> str | None:
    """Return the name of the province whose workspace this is, None for that of a commune."""
    return next((row["name"] for row in db.query("SELECT name FROM own_province")), None)


@kept_until_event_of("province")
def communes(db: Database) -> list[ListedCommune]:
    """Return the communes that a province lists, in the order in which they were listed."""
    rows = db.query("SELECT * FROM listed_communes ORDER BY rowid")
    return [ListedCommune(**row | {"founding": bool(row["founding"])}) for row in rows]


def commune(db: Database, workspace: str) -> ListedCommune | None:
    """Return the listed commune with a workspace's name, None if the province lists none."""
    return _communes_by_workspace(db).get(workspace)


@kept_until_event_of("province")
def _communes_by_workspace(db: Database) -> Mapping[str, ListedCommune]:
    return {listed.workspace: listed for listed in communes(db)}


@kept_until_event_of("province")
def membership(db: Database) -> Membership | None:
    """Return to which province a commune belongs now, None if to none."""
    return next((Membership(**row) for row in db.query("SELECT * FROM province_membership")), None)


@kept_until_event_of("province")
def visitors(db: Database) -> Mapping[str, Visitor]:
    """Return everybody of a province who has ever read this commune's pages, by id."""
    return {
        row["id"]: Visitor(**row | {"roles": frozenset(json.loads(row["roles"]))})
        for row in db.query("SELECT * FROM province_visitors")
    }


def fold(db: Database, event: RecordedEvent) -> None:
    """Apply an event about provinces to the rows; other events are ignored."""
    if not event.type.startswith("province.") or event.type not in CLASSES:
        return
    match convert(event.data, CLASSES[event.type]):
        case ev.ProvinceFounded(name=name):
            db.execute("INSERT INTO own_province VALUES (?)", [name])
        case ev.CommuneListed(workspace=workspace, code=code, name=name, kind=kind, founding=founding):
            row = [workspace, code, name, kind, founding]
            db.execute("INSERT OR REPLACE INTO listed_communes VALUES (?, ?, ?, ?, ?)", row)
        case ev.CommuneUnlisted(workspace=workspace):
            db.execute("DELETE FROM listed_communes WHERE workspace = ?", [workspace])
        case ev.ProvinceJoined(province=province, name=name, key=key, code=code):
            db.execute("DELETE FROM province_membership")
            db.execute("INSERT INTO province_membership VALUES (?, ?, ?, ?)", [province, name, key, code])
        case ev.ProvinceLeft():
            db.execute("DELETE FROM province_membership")
        case ev.ProvinceVisited(person=who, name=name, title=title, roles=roles):
            row = [who, name, title, json.dumps(roles)]
            db.execute(_VISIT, row)


_VISIT = """
INSERT OR REPLACE INTO province_visitors
VALUES (?, ?, ?, ?, coalesce((SELECT name FROM province_membership), ''))
"""
