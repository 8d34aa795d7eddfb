"""What the process that reads a PDF answers."""

from collections.abc import Iterable

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph, Table


class Scan(BadInput):
    """The pages of a document are pictures: it holds no letters to read."""


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A block: a paragraph or a table."""

    paragraph: Paragraph | None = None
    table: Table | None = None


class Answer(msgspec.Struct, frozen=True):
    """The blocks of a document, or in two sentences `why` it could not be read and what to do `now`.

    `is_scan` says that it could not be read because its pages are pictures.
    """

    pieces: tuple[Piece, ...] = ()
    why: str = ""
    now: str = ""
    is_scan: bool = False


def pack(blocks: Iterable[Block]) -> Answer:
    """Return the answer that holds some blocks."""
    return Answer(tuple(Piece(table=b) if isinstance(b, Table) else Piece(paragraph=b) for b in blocks))
