"""Who does open work instead of its holder today, as the board, its rows by person and its filter tell it."""

import json
from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.memory import kept_while_still
from cchc_flow.workflow.hands import find_hands_of

_IS_OPEN = "done IS NULL AND final = 0"
_STAND_IN = f"(SELECT value FROM json_each(:stand_ins) WHERE key = lead || '/' || holder AND {_IS_OPEN})"  # noqa: S608  # fixed words
_HELD_WORK = (
    f"SELECT DISTINCT lead, holder FROM cards WHERE to_position = {OPEN} AND {_IS_OPEN}"  # noqa: S608  # fixed words
    " AND lead IS NOT NULL AND holder IS NOT NULL"
)


def stand_ins(db: Database, today: date) -> Mapping[str, str]:
    """Return who does the open work of a unit instead of its holder, by «unit/holder»."""
    found: Mapping[str, str] = kept_while_still(db, (stand_ins, today), lambda: _stand_ins(db, today))
    return found


def _stand_ins(db: Database, today: date) -> Mapping[str, str]:
    crew = directory.crew(db, today)
    found = {
        f"{lead}/{holder}": find_hands_of(holder, lead, crew).stand_in
        for lead, holder in db.execute(_HELD_WORK).fetchall()
    }
    return {key: person for key, person in found.items() if person is not None}


def absentees(db: Database, today: date) -> set[str]:
    """Return who is away or has left, so that others may do the work meanwhile."""
    gone = {person.id for person in directory.people(db) if not person.active}
    return gone.union(directory.crew(db, today).away)


def doer_column(instead: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return what stands in SQL for who does the work of a row of `cards`, and its values.

    With nobody `instead` of a holder that is the column itself, which an index may find.
    """
    if not instead:
        return "holder", {}
    return f"coalesce({_STAND_IN}, holder)", {"stand_ins": json.dumps(instead)}


def is_done_by(db: Database, person: str | None, today: date | None) -> tuple[str, dict[str, str]]:
    """Return the SQL condition for rows whose work a person has in hand or does for somebody, and its values.

    Who is away or may not act any more is found as the holder; None stands for nobody. `today` is None for a
    board of a past day, which tells of holders alone.
    """
    if person is None:
        return "holder IS NULL", {}
    doer, values = doer_column(stand_ins(db, today) if today else {})
    condition = f"{doer} = :person"
    if today and person in absentees(db, today):
        condition = f"(holder = :person OR {condition})"
    return condition, values | {"person": person}
