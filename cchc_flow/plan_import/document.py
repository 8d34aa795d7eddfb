"""What a reader returns: paragraphs and tables in the order of the document, and nothing of plans."""

import msgspec


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph; `number` is the mark that Word counted (it is not in `text`), `level` its depth."""

    text: str
    number: str | None = None
    level: int | None = None
    bold: bool = False
    after_gap: bool = True
    joined: bool = False
    final: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table as rows of cells; a cell that spans columns or rows has its text in each place it covers."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table
