"""The columns of the list by which it can be sorted, and the order that each gives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.projections.cards.counts import FigureRow
from cchc_flow.projections.cards.row import LAST
from cchc_flow.projections.search import search_key

DOWN = "-"
"""Stands before the name of a column that is sorted downwards."""


class Sorting(msgspec.Struct, frozen=True):
    """By which column the list is sorted, and whether downwards; the empty column is the board's order."""

    column: str = ""
    is_down: bool = False

    def after_click(self, column: str) -> str:
        """Return the value of the URL's `sort` once somebody clicks on the heading of a column."""
        return f"{DOWN}{column}" if self.column == column and not self.is_down else column

    def aria_sort(self, column: str) -> str:
        """Return what assistive technology is told of a heading; "" for a column that does not sort now."""
        if self.column != column:
            return ""
        return "descending" if self.is_down else "ascending"


class OrderingNames(msgspec.Struct, frozen=True):
    """What the order of rows needs besides them: the units by name, the places of the states."""

    units: Mapping[str, str]
    states: Mapping[str, int]


COLUMNS = ("ref", "title", "unit", "state", "due", "done")


def parse_order(words: str) -> Sorting:
    """Return the order that the URL asks for; raise BadInput for a column that there is none of."""
    column = words.removeprefix(DOWN)
    if column and column not in COLUMNS:
        raise BadInput(f"Không sắp xếp được theo «{column[:40]}».", "Hãy bấm vào tiêu đề một cột của bảng.")
    return Sorting(column, bool(column) and words.startswith(DOWN))


def sort_rows(rows: Sequence[FigureRow], order: Sorting, names: OrderingNames) -> list[FigureRow]:
    """Return the rows in an order; those with an empty value come last, up as well as down.

    Rows that are equal stay in the order of the board.
    """
    if not order.column:
        return list(rows)
    value = _value_of(order.column, names)
    filled = [row for row in rows if value(row) is not None]
    empty = [row for row in rows if value(row) is None]
    return [*sorted(filled, key=value, reverse=order.is_down), *empty]


def _value_of(column: str, names: OrderingNames) -> Callable[[FigureRow], Any]:
    """Return the function that gives a row's value in a column, None for an empty one."""
    match column:
        case "title":
            return lambda row: search_key(row["title"])
        case "unit":
            keys = {unit: search_key(name) for unit, name in names.units.items()}
            return lambda row: keys.get(row["lead"] or "")
        case "state":
            return lambda row: names.states.get(row["state"], len(names.states))
        case "due":
            return lambda row: None if row["due_key"] == LAST else row["due_key"]
        case "ref":
            return lambda row: row["ref_key"]
        case _:
            return lambda row: row[column]
