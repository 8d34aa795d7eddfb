"""A document as lines: each paragraph, and each row of a table."""

from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.structure.marks import Mark, automatic_mark, parse_mark


class Line(msgspec.Struct, frozen=True):
    """A paragraph, or a row of a table with its `cells`; `text` follows the `mark` that it begins with.

    `place` is its number in the file, from 1, and `page` the page where a reader knows it. `legibility` is
    how surely its block was recognised in a picture, None for letters of the file itself.
    """

    place: int
    text: str
    mark: Mark | None = None
    page: int | None = None
    paragraph: Paragraph | None = None
    cells: tuple[str, ...] | None = None
    legibility: float | None = None


def document_lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Return the lines of a document's clean blocks in order."""
    return tuple(line for block in blocks for line in _block_lines(block))


def _block_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Table):
        for row, cells in enumerate(block.rows):
            text = " ".join(dict.fromkeys(cell for cell in cells if cell)).replace("\n", " ")
            yield Line(block.place + row, text, page=block.page, cells=cells, legibility=block.legibility)
        return
    if block.number is not None:
        mark: Mark | None = automatic_mark(block.number, block.level)
        text = block.text
    else:
        mark, text = parse_mark(block.text) or (None, block.text)
    yield Line(block.place, text, mark, block.page, block, legibility=block.legibility)
