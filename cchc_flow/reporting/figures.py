"""The figures of a document: what each number in it is, and the events on which it rests."""

from decimal import Decimal

import msgspec

from cchc_flow.documents.blocks import Number
from cchc_flow.hook_values import absence
from cchc_flow.workflow.shares import format_quantity


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a document, named by its `key`; `value` is a decimal string, None when there is none.

    `source` is "log", "plugin:<name>" or "reported". `positions` are those of the events that it rests on, in
    ascending order; `rules` is the digest of the plugin that counted it.
    """

    key: str
    title: str
    value: str | None
    unit: str = ""
    source: str = "log"
    positions: tuple[int, ...] = ()
    rules: str = ""


class Figures:
    """The figures of one document, collected while it is built."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, figure: Figure, words: str = "") -> Number:
        """Return the number to print for a figure, in these words or in those of its value and unit.

        Raise ValueError when another figure has its key.
        """
        known = self._figures.setdefault(figure.key, figure)
        if known != figure:
            raise ValueError(f"figure {figure.key!r} is {known.value!r} and {figure.value!r}")
        if figure.value is None:
            return Number(words or absence(bool(figure.positions)), figure.key)
        value = Decimal(figure.value)
        return Number(words or format_quantity(value, figure.unit), figure.key, value)

    def all(self) -> tuple[Figure, ...]:
        """Return the figures in the order in which they were added."""
        return tuple(self._figures.values())
