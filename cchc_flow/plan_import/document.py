"""What every reader returns, whatever the file format: paragraphs and tables in document order."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph of a document.

    `number` is the mark that Word's automatic numbering prints ("II."), at list depth `level`; it is not part
    of `text`. `after_gap` says that an empty line stood before it, `joined` that it was put together from
    pieces that an empty line had torn apart, `final` that it ended in "./.", which closes a document.
    `place` is its number in the file, from 1, counting paragraphs and rows of tables; `page`, `style`,
    `italic`, `centred` and `indent` (in points) are what a reader knows of how it is set. `legibility` is how
    surely its letters were recognised in a picture, from 0 to 1, None for letters that the file holds.
    """

    text: str
    number: str | None = None
    level: int | None = None
    bold: bool = False
    after_gap: bool = True
    joined: bool = False
    final: bool = False
    place: int = 0
    page: int | None = None
    style: str | None = None
    italic: bool = False
    centred: bool = False
    indent: float = 0.0
    legibility: float | None = None


class Table(msgspec.Struct, frozen=True):
    """A table as rows of cells; a merged cell repeats its text in every column and row that it covers.

    `place` is the number of its first row in the file, as for a paragraph; `page` where it begins.
    """

    rows: tuple[tuple[str, ...], ...]
    place: int = 0
    page: int | None = None
    legibility: float | None = None


Block = Paragraph | Table


def number_blocks(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks of a reader with their places in the file."""
    numbered: list[Block] = []
    place = 1
    for block in blocks:
        numbered.append(replace(block, place=place))
        place += len(block.rows) if isinstance(block, Table) else 1
    return numbered
