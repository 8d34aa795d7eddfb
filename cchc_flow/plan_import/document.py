"""What every reader returns, whatever the file format: paragraphs and tables in document order."""

import msgspec


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph of a document.

    `number` is the mark that Word's automatic numbering prints ("II."), at list depth `level`; it is not part
    of `text`. `after_gap` says that an empty line stood before it, `joined` that it was put together from
    pieces that an empty line had torn apart, `final` that it ended in "./.", which closes a document.
    """

    text: str
    number: str | None = None
    level: int | None = None
    bold: bool = False
    after_gap: bool = True
    joined: bool = False
    final: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table as rows of cells; a merged cell repeats its text in every column and row that it covers."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table
