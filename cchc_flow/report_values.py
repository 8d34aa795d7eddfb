"""What an area says in a periodic report: blocks, in which each number can be asked for what is behind it.

Plugins import these values from `hookspecs`.
"""

from collections.abc import Iterator

import msgspec

from cchc_flow.documents.blocks import Column, Listing, Number, Paragraph, Text
from cchc_flow.hook_values import Measure

ReportCell = str | int | Number | None
"""What a cell of a table holds; in a column of days a day is written 2026-03-05."""


class ReportTable(msgspec.Struct, frozen=True, tag="table"):
    """A table of a report; each row has a cell for every column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    title: str = ""


ReportBlock = Paragraph | Listing | ReportTable


class Report(msgspec.Struct, frozen=True, tag="report"):
    """The section of an area in a periodic report, as blocks of a document.

    A number in them is made by `Measure.number`, and its measure is one of the `figures`: so a reader of the
    report can ask which events it rests on. Raise ValueError for a number without its measure, for two
    measures with one key, and for a row that does not fit its columns.
    """

    title: str
    blocks: tuple[ReportBlock, ...] = ()
    figures: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        keys = [figure.key for figure in self.figures]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"two figures of the section have the key {key!r}")
        for number in self.numbers():
            if number.key not in keys:
                raise ValueError(f"the figure {number.key!r} of the number {number.words!r} is missing")
        for table in self.tables():
            if any(len(row) != len(table.columns) for row in table.rows):
                raise ValueError("a row of the table has more or fewer cells than it has columns")

    def numbers(self) -> Iterator[Number]:
        """Yield all numbers of the blocks."""
        for text in self.texts():
            yield from (run for run in text if isinstance(run, Number))
        for table in self.tables():
            yield from (cell for row in table.rows for cell in row if isinstance(cell, Number))

    def texts(self) -> Iterator[Text]:
        """Yield the text of each paragraph and of each entry of a list."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Listing):
                yield from block.entries

    def tables(self) -> Iterator[ReportTable]:
        """Yield the tables among the blocks."""
        return (block for block in self.blocks if isinstance(block, ReportTable))
