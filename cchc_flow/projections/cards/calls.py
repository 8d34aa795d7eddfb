"""The items that may wait for one person: few rows of many, which the workflow then decides about."""

import json
from collections.abc import Collection

from sqlite_utils import Database

from cchc_flow.conversion import decode
from cchc_flow.projections import reading, workflows
from cchc_flow.projections.cards.filters import NONE, Filters
from cchc_flow.projections.cards.queries import CARD, Card, card_from_row, count_board
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.duties import ROLE_RELATIONS, states_that_call
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.task import TASK

_OPEN_WORK = f"to_position = {OPEN} AND final = 0 AND whole = 0 AND rests_since IS NULL"
_CALLS_ROLE = "kind || '/' || workflow || '/' || state IN (SELECT value FROM json_each(:states))"


def items_that_may_wait(db: Database, reader: Reader) -> list[tuple[Card, Item]]:
    """Return the items with a lead unit that may wait for a reader, by due day.

    Those that the reader's unit leads or the reader is in charge of, and those in a state, or with a request,
    that calls for one of the reader's roles.
    """
    condition, values = reading.condition_of_reader(db, reader)
    actor, states = reader.actor, _states(db, reader)
    rows = db.query(
        f"SELECT {CARD}, body FROM cards JOIN (SELECT id AS item_id, body FROM items)"  # noqa: S608  # fixed words
        f" ON item_id = cards.item WHERE {_OPEN_WORK} AND lead IS NOT NULL AND {condition}"
        f" AND (lead = :own_unit OR officer = :own_id OR {_CALLS_ROLE} OR (:decides AND asked IS NOT NULL))"
        " ORDER BY due_key, ref_key, item",
        values
        | {
            "own_unit": actor.unit,
            "own_id": actor.id,
            "states": json.dumps(states),
            "decides": int(bool(states)),
        },
    )
    return [(card_from_row(row), decode(row["body"], Item)) for row in rows]


def count_work_to_give(db: Database, reader: Reader) -> int:
    """Return how many tasks no unit has, 0 to who gives none out: the cards of the board without a unit."""
    if not any(state.startswith(f"{TASK.kind}/") for state in _states(db, reader)):
        return 0
    readable = reading.readable_items(db, reader, TASK.kind)
    return count_board(db, Filters(kind=TASK.kind, unit=NONE, readable=readable))


def _states(db: Database, reader: Reader) -> list[str]:
    """Return kind/version/state of all states that call for one of the reader's roles."""
    relations = _role_relations(reader.actor.roles, closes=reader.actor.coordinator_closes)
    return [
        f"{kind}/{version}/{state}"
        for kind, version in workflows.published_versions(db)
        for state in states_that_call(workflows.workflow(db, kind, version), relations)
    ]


def _role_relations(roles: Collection[str], *, closes: bool) -> frozenset[str]:
    """Return the relations by which these roles alone act."""
    return ROLE_RELATIONS.intersection({*roles, *(("closing_coordinator",) if closes else ())})
