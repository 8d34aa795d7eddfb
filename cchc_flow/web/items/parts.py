"""The parts of a whole as its page shows them: a table of units and periods."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import settings, workflows
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card, full_badge
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.item import Item

Readable = Callable[[Iterable[Card]], list[Card]]
"""Returns those of some cards that the reader may read, which is asked of the present."""


class PartCell(msgspec.Struct, frozen=True):
    """One part in the table: its state, the state's title, and the badge of its due day.

    `asked` tells that somebody asked for an extension and nobody has decided yet.
    """

    id: str
    state: str
    title: str
    badge: Badge
    asked: bool


class MatrixRow(msgspec.Struct, frozen=True):
    """One unit's parts, one for each period; None where the unit has no part."""

    unit: str
    cells: list[PartCell | None]


class Matrix(msgspec.Struct, frozen=True):
    """The parts of a whole, of which `done` of `total` are finished.

    `periods` are in words; work that is done only once has one column with an empty title.
    """

    periods: list[str]
    rows: list[MatrixRow]
    done: int
    total: int


def matrix(
    db: Database, whole: Item, names: Mapping[str, str], today: date, readable: Readable
) -> Matrix | None:
    """Return the table of those parts of a whole that the reader may read; None for an item without parts."""
    if whole.distribution is None:
        return None
    cards = readable(queries.cards_of_parts(db, whole.id))
    columns = sorted({card.period or "" for card in cards}, key=_period_order)
    units = dict.fromkeys([*whole.distribution.units, *(card.unit for card in cards if card.unit)])
    soon, titles = settings.effective_settings(db).deadlines.soon, workflows.state_titles(db)
    cells = {
        (card.unit, card.period or ""): PartCell(
            card.id,
            card.state,
            titles[card.kind, card.state],
            full_badge(card, today, soon),
            card.asked is not None,
        )
        for card in cards
    }
    return Matrix(
        periods=[periods.parse(name).words() if name else "" for name in columns],
        rows=[
            MatrixRow(names.get(unit, unit), [cells.get((unit, period)) for period in columns])
            for unit in units
        ],
        done=sum(card.final for card in cards),
        total=len(cards),
    )


def period_words(item: Item | Card) -> str:
    """Return the period of a part or a report in words; "" if it has none."""
    return periods.parse(item.period).words() if item.period else ""


def parts_context(
    db: Database, item: Item, names: Mapping[str, str], today: date, readable: Readable
) -> dict[str, Any]:
    """Return the template variables of an item's parts: table, period, progress in percent, cadence.

    `db` may read the past.
    """
    card = queries.card(db, item.id)
    return {
        "matrix": matrix(db, item, names, today, readable),
        "period": period_words(item),
        "progress": 100 if card.done else card.progress,
        "cadence": dict(periods.CADENCE).get(item.cadence or "", ""),
    }


def _period_order(name: str) -> tuple[int, int]:
    """Return a sort key of a period's name: by year, then by the last month; "" comes first."""
    period = periods.parse(name) if name else None
    return (period.year, period.last) if period else (0, 0)
