"""The items from which an inspector draws a sample, as they stood at a position of the log."""

from datetime import date
from typing import Literal

import msgspec
from sqlite_utils import Database

from cchc_flow.workflow.sampling import NO_STRATUM

Basis = Literal["all", "due", "done"]
Division = Literal["none", "unit", "area"]
_KEYS = {"none": "NULL", "unit": "lead", "area": "area"}
_DAYS = {"all": "", "due": " AND due BETWEEN :first AND :last", "done": " AND done BETWEEN :first AND :last"}


class Scope(msgspec.Struct, frozen=True):
    """Which items of a kind belong to a population.

    All, or those that were due (or done) from the day `first` to the day `last`; of some units, if any are
    named, and of an area of a plan, if one is. What is done in parts is left out: its parts are the work.
    """

    kind: str
    basis: Basis
    first: date
    last: date
    units: tuple[str, ...] = ()
    plan: str | None = None
    area: str | None = None


def population(db: Database, scope: Scope, by: Division, at: int) -> dict[str, list[str]]:
    """Return the ids of the items in a scope as of a position, by stratum, in the order of their ids."""
    strata: dict[str, list[str]] = {}
    units = ", ".join(f":unit{number}" for number in range(len(scope.units)))
    conditions = _DAYS[scope.basis] + (f" AND lead IN ({units})" if units else "")
    conditions += " AND plan = :plan AND area = :area" if scope.area else ""
    rows = db.execute(
        f"SELECT item, {_KEYS[by]} FROM cards WHERE kind = :kind AND whole = 0"  # noqa: S608  # fixed words
        f" AND from_position <= :at AND :at < to_position{conditions} ORDER BY item",
        {
            "kind": scope.kind,
            "at": at,
            "first": scope.first.isoformat(),
            "last": scope.last.isoformat(),
            "plan": scope.plan,
            "area": scope.area,
            **{f"unit{number}": unit for number, unit in enumerate(scope.units)},
        },
    )
    for item, key in rows:
        strata.setdefault(key or NO_STRATUM, []).append(item)
    return strata
