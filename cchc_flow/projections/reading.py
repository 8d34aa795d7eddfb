"""Who may read which items: by the newest published version of each kind, as `workflow.policy` decides.

Reading is not history: the newest version decides about items of older versions too, and about past days.
"""

import json
from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.directory import Person
from cchc_flow.projections.memory import kept_at_position, newest_position, past_position
from cchc_flow.workflow import policy
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import ALL, LEAD, SUBJECT, Actor
from cchc_flow.workflow.provinces import is_visitor_id

Condition = tuple[str, dict[str, str | None]]
"""A condition in SQL on rows of `cards`, and the values of its parameters."""


class Reader(msgspec.Struct, frozen=True):
    """Somebody who reads: `scopes` tells how much of each kind; a kind that is not in it, nothing at all.

    Where a function takes a reader, None stands for everybody: for the machine, and for figures that are the
    same for all.
    """

    actor: Actor
    scopes: Mapping[str, frozenset[str]]

    def reads_all_of(self, kind: str) -> bool:
        """Tell whether every item of a kind may be read."""
        return ALL in self.scopes.get(kind, ())


class ReadableItems(msgspec.Struct, frozen=True):
    """Some items of a kind that somebody may read: those that a unit leads, and those that name a person.

    `fields` are the fields in which a person is named.
    """

    unit: str | None = None
    person: str | None = None
    fields: tuple[str, ...] = ()


def reader_of(db: Database, person: str) -> Reader:
    """Return a person as a reader; who is unknown, disabled or without a role reads nothing.

    It rests on the directory, the settings and the workflows, and is kept until one of them changes.
    """

    _refuse_past(db)

    def read() -> Reader:
        actor = directory.actor(db, person)
        return Reader(actor, policy.readable_kinds(workflows.newest_workflows(db), actor))

    stamp = tuple(newest_position(db, family) for family in ("directory", "settings", "workflow"))
    reader: Reader = kept_at_position(db, (reader_of, person), stamp, read)
    return reader


def reader_of_person(db: Database, person: Person) -> Reader:
    """Return a person who is signed in as a reader.

    The directory knows nobody of a province: he or she reads in the roles that the edge found in its log.
    """
    if not is_visitor_id(person.id):
        return reader_of(db, person.id)
    _refuse_past(db)
    actor = Actor(person.id, person.roles)
    return Reader(actor, policy.readable_kinds(workflows.newest_workflows(db), actor))


def may_read(db: Database, reader: Reader | None, item: Item) -> bool:
    """Tell whether a reader may read an item."""
    if reader is None:
        return True
    _refuse_past(db)
    if reader.reads_all_of(item.kind):
        return True
    if item.kind not in reader.scopes:
        return False
    return policy.may_read(workflows.newest_workflow(db, item.kind), item, reader.actor)


def readable_items(db: Database, reader: Reader, kind: str) -> ReadableItems | None:
    """Return which items of a kind a reader may read, None if all of them."""
    _refuse_past(db)
    scopes = reader.scopes.get(kind, frozenset())
    if ALL in scopes:
        return None
    names = workflows.newest_workflow(db, kind).person_fields if SUBJECT in scopes else ()
    return ReadableItems(
        unit=reader.actor.unit if LEAD in scopes else None,
        person=reader.actor.id if names else None,
        fields=names,
    )


def _refuse_past(db: Database) -> None:
    """Raise RuntimeError on a connection that reads the past: its definitions and roles do not decide."""
    if past_position(db) is not None:
        raise RuntimeError("who may read is asked of the present, not of a connection to the past")


def condition_of(readable: ReadableItems | None) -> Condition:
    """Return the condition on rows of `cards` for the items of one kind; None stands for all of them.

    Which unit leads an item is asked of its present row: a row of a past day does not open it to the unit
    that led it then.
    """
    if readable is None:
        return "true", {}
    conditions = [_LED] if readable.unit else []
    conditions += [_NAMES] if readable.person else []
    values = {"reader_unit": readable.unit, "reader": readable.person, "naming": json.dumps(readable.fields)}
    return f"({' OR '.join(conditions) or 'false'})", values


_LED = (
    "EXISTS (SELECT 1 FROM main.cards AS present WHERE present.item = cards.item"  # noqa: S608  # fixed words
    f" AND present.to_position = {OPEN} AND present.lead = :reader_unit)"
)
_NAMES = (
    "EXISTS (SELECT 1 FROM item_fields WHERE item_fields.item = cards.item AND item_fields.value = :reader"
    " AND item_fields.name IN (SELECT value FROM json_each(:naming)))"
)


def condition_of_reader(db: Database, reader: Reader) -> Condition:
    """Return the condition on rows of `cards` of any kind that a reader may read them."""
    parts = {kind: readable_items(db, reader, kind) for kind in reader.scopes}
    values: dict[str, str | None] = {"whole": json.dumps([kind for kind in parts if parts[kind] is None])}
    conditions = ["kind IN (SELECT value FROM json_each(:whole))"]
    for number, (kind, readable) in enumerate(parts.items()):
        if readable is not None:
            condition, own = condition_of(readable)
            conditions.append(f"kind = :kind{number} AND {condition.replace(':naming', f':naming{number}')}")
            values |= {f"kind{number}": kind, f"naming{number}": own["naming"]}
            values |= {"reader_unit": reader.actor.unit, "reader": reader.actor.id}
    return f"({' OR '.join(conditions)})", values
