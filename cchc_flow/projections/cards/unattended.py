"""Open work that nobody does any more: its unit was closed, or the person in charge may not act any more."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.filters import Filters, filter_condition
from cchc_flow.projections.cards.queries import Card, card_from_row, readable_cards
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.directory import Absence
from cchc_flow.projections.memory import kept_while_still
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import STEPS

_NO_DAY = date.min  # no due day is filtered by
_SUPPORTS = (
    "EXISTS (SELECT 1 FROM items, json_each(CAST(items.body AS TEXT), '$.support')"
    " WHERE items.id = cards.item AND value = ?)"
)
_OPEN_WORK = f"final = 0 AND whole = 0 AND to_position = {OPEN}"

_SUPPORTING = (
    "SELECT cards.*, value AS one FROM cards JOIN items ON items.id = cards.item,"  # noqa: S608  # fixed words
    f" json_each(CAST(items.body AS TEXT), '$.support') WHERE {_OPEN_WORK}"
)


class Leaver(msgspec.Struct, frozen=True):
    """A unit (`sort` "units") or person (`sort` "people") whose open work is to be handed over.

    `supported` is what others lead and the unit supports. `wholes` are to be divided anew: their next periods
    would open no part for the unit, or parts that it supports.
    """

    sort: str
    id: str
    words: str
    cards: Sequence[Card]
    wholes: Sequence[Item] = ()
    supported: Sequence[Card] = ()

    @property
    def number(self) -> int:
        """How many items there are in all."""
        return len(self.cards) + len(self.wholes) + len(self.supported)


def open_work(db: Database, column: str, holder: str, reader: Reader | None = None) -> list[Card]:
    """Return the open items of all kinds and plans whose `column` (lead or holder) is a unit or person."""
    return _open_cards(db, f"{column} = ?", holder, reader)


def supported_work(db: Database, unit: str, reader: Reader | None = None) -> list[Card]:
    """Return the open items of all kinds and plans that a unit supports; boards count them."""
    cards = kept_while_still(db, (supported_work, unit), lambda: _open_cards(db, _SUPPORTS, unit, None))
    return readable_cards(db, cards, reader)


def _open_cards(db: Database, condition: str, value: str, reader: Reader | None) -> list[Card]:
    sql = f"SELECT * FROM cards WHERE {_OPEN_WORK} AND {condition}"  # noqa: S608  # fixed words
    rows = db.query(f"{sql} ORDER BY kind DESC, due_key, ref_key, item", [value])
    return readable_cards(db, [card_from_row(row | {"id": row["item"]}) for row in rows], reader)


def stand_ins_of(db: Database, people: Collection[str], today: date) -> list[Absence]:
    """Return the absences in which some people do the work of others, but those that are over."""
    return [
        one for one in directory.absences(db) if one.stand_in in people and one.until >= today.isoformat()
    ]


def leavers(db: Database, reader: Reader | None = None) -> list[Leaver]:
    """Return the closed units and the people who may not act any more that still have open work."""
    closed = [unit for unit in directory.units(db) if not unit.active]
    former = [person for person in directory.people(db) if not person.active]
    wholes = _wholes_by_periods(db) if closed else []
    units = (
        Leaver(
            "units",
            unit.id,
            unit.words,
            open_work(db, "lead", unit.id, reader),
            _naming(unit.id, wholes),
            supported_work(db, unit.id, reader),
        )
        for unit in closed
    )
    people = (
        Leaver("people", person.id, person.words, open_work(db, "holder", person.id, reader))
        for person in former
    )
    return [leaver for leaver in (*units, *people) if leaver.number]


def wholes_naming(db: Database, unit: str) -> list[Item]:
    """Return the unfinished tasks done by periods that are divided among a unit and perhaps others."""
    return _naming(unit, _wholes_by_periods(db))


def _wholes_by_periods(db: Database) -> list[Item]:
    return [
        whole
        for whole in items.unfinished_wholes(db)
        if whole.distribution and whole.distribution.cadence in STEPS
    ]


def _naming(unit: str, wholes: Sequence[Item]) -> list[Item]:
    return [
        whole
        for whole in wholes
        if whole.distribution and unit in (*whole.distribution.units, *whole.distribution.support)
    ]


def open_numbers(db: Database, column: str, reader: Reader | None = None) -> Mapping[str, int]:
    """Return the number of open items by who leads (column `lead`) or has them in hand (`holder`).

    What a unit supports counts as well: all of it is handed over together.
    """
    led = f"SELECT cards.*, {column} AS one FROM cards WHERE {_OPEN_WORK} AND {column} IS NOT NULL"  # noqa: S608  # fixed words
    rows = [*db.query(led), *(db.query(_SUPPORTING) if column == "lead" else ())]
    cards = [(row["one"], card_from_row(row | {"id": row["item"]})) for row in rows]
    readable = {card.id for card in readable_cards(db, [card for _, card in cards], reader)}
    return Counter(str(one) for one, card in cards if card.id in readable)


def holders(db: Database, column: str, scope: Filters) -> set[str]:
    """Return who leads (column `lead`) or is in charge of (`officer`) any item of a kind and plan."""
    only = Filters(kind=scope.kind, plan=scope.plan, readable=scope.readable)
    where, values = filter_condition(db, only, _NO_DAY, None)
    sql = f"SELECT DISTINCT {column} AS holder FROM cards WHERE {where} AND {column} IS NOT NULL"  # noqa: S608  # fixed words
    return {row["holder"] for row in db.query(sql, values)}
