"""What a periodic report is built from besides the log, and what comes out of it: plain values."""

from datetime import date

import msgspec

from cchc_flow.documents.blocks import Document, Seal, Signature
from cchc_flow.reporting.figures import Figure


class Passage(msgspec.Struct, frozen=True):
    """What somebody wrote for a section: who (a name to print), the words, the position of their event."""

    who: str
    words: str
    position: int


class SectionText(msgspec.Struct, frozen=True, kw_only=True):
    """One section that people write: the coordinator's words, what the units wrote, what the log says.

    The coordinator's words are printed; while there are none, those of the units are, each with its name.
    """

    key: str
    title: str
    coordinator: Passage | None = None
    units: tuple[Passage, ...] = ()
    computed: tuple[str, ...] = ()

    @property
    def said(self) -> list[tuple[str, list[Passage]]]:
        """What the units wrote, each sentence on one line and once, with the passages of all who wrote it."""
        same: dict[str, list[Passage]] = {}
        for passage in self.units:
            same.setdefault(" ".join(passage.words.split()), []).append(passage)
        return list(same.items())


class Gap(msgspec.Struct, frozen=True):
    """What a report lacks, and what to do `now`; what `blocks` is mended before the report is issued."""

    words: str
    now: str = ""
    blocks: bool = True


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided when a report is issued: its number, its day, and who signs.

    Number and day are None before. Without a `signature` it is that of the setting, else of the only leader
    in the directory; without a `symbol` that of the setting.
    """

    number: int | None = None
    day: date | None = None
    symbol: str = ""
    signature: Signature | None = None
    seal: Seal | None = None


class BuiltReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a document, with its figures, the sections that people write, and what it lacks."""

    document: Document
    figures: tuple[Figure, ...]
    sections: tuple[SectionText, ...]
    missing: tuple[Gap, ...]
    has_faults: bool = False
    """Whether an area could not answer, which it may do the next time."""

    @property
    def can_be_issued(self) -> bool:
        """Whether nothing that it lacks blocks its issue."""
        return not any(gap.blocks for gap in self.missing)
