"""The blocks that an official document is made of: plain values, in the order in which they are read.

Text is a sequence of runs: plain words, words set bold or italic, and numbers that can be asked for the
events behind them. No run holds markup; whoever writes a document escapes what its format needs.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec


class Number(msgspec.Struct, frozen=True, tag="number"):
    """A number as it is printed; `key` names it among the figures of its document.

    Its `value` is what a spreadsheet holds; None when the words stand for a figure that is missing.
    """

    words: str
    key: str
    value: Decimal | None = None


class Strong(msgspec.Struct, frozen=True, tag="strong"):
    """Words that are set bold."""

    words: str


class Emphasis(msgspec.Struct, frozen=True, tag="emphasis"):
    """Words that are set italic."""

    words: str


Run = str | Number | Strong | Emphasis
Text = tuple[Run, ...]
"""The runs of a paragraph, of one entry of a list, or of a cell."""

Level = Literal[1, 2, 3]
"""1 is a part «I.», set in capitals; 2 a khoản «1.» with a title; 3 a điểm «a)»."""


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """The title of a part; `mark` is its number as it is printed («I.», «1.», «a)»)."""

    level: Level
    mark: str
    words: str


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """A paragraph of the text."""

    text: Text


class Listing(msgspec.Struct, frozen=True, tag="listing"):
    """Entries below each other: with a dash, or with the letters a), b), c), d), đ), e)."""

    entries: tuple[Text, ...]
    marks: Literal["dash", "letters"] = "dash"


Kind = Literal["words", "number", "day"]
Cell = str | int | Decimal | date | Number | None
"""What a cell holds; writers of spreadsheets keep its type."""


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its head, what its cells hold, and its share of the width (any number above 0)."""

    title: str
    kind: Kind = "words"
    width: int = 10


class Row(msgspec.Struct, frozen=True):
    """A row of a table; one that is a `heading` has one cell over the whole width, above a group of rows."""

    cells: tuple[Cell, ...]
    heading: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table; each row has a cell for every column, or is a heading with a single one."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""


Block = Heading | Paragraph | Listing | Table


class Appendix(msgspec.Struct, frozen=True):
    """A Phụ lục: its title and blocks; it begins on a page of its own, which can lie across."""

    title: str
    blocks: tuple[Block, ...]
    across: bool = False


class Signature(msgspec.Struct, frozen=True):
    """Who signs: the lines above («TM. ỦY BAN NHÂN DÂN», «CHỦ TỊCH»), and the name without titles."""

    lines: tuple[str, ...]
    name: str = ""


class Seal(msgspec.Struct, frozen=True):
    """The checkpoint at the foot of the last page: one small line, and what the QR code beside it holds.

    The code leads to the proof: an address, or the checkpoint itself where no address is known.
    """

    words: str
    code: str


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One official document.

    `kind` is its tên loại («BÁO CÁO»); an official letter (công văn) has none, and its `subject` then stands
    below the number as «V/v …». `number` is None while none was given, `day` while it is not signed. `seal`
    stands at the foot of the last page; one that lies `across` is a list rather than a letter.
    """

    issuer: str
    symbol: str
    place: str
    subject: str
    signature: Signature
    recipients: tuple[str, ...]
    blocks: tuple[Block, ...]
    superior: str = ""
    kind: str = ""
    number: int | None = None
    day: date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    seal: Seal | None = None
    across: bool = False

    @property
    def title(self) -> str:
        """What the document is called in lists and in the properties of its files."""
        return f"{self.kind.capitalize()} {self.subject}".strip() if self.kind else f"V/v {self.subject}"
