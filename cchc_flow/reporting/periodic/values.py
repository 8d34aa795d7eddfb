"""What a periodic report is built from besides the log, and what comes out of it: plain values."""

from collections.abc import Mapping
from datetime import date

import msgspec

from cchc_flow.documents.blocks import Document, Signature
from cchc_flow.reporting.figures import Figure

RESULTS, LIMITS, CAUSES, NEXT, PROPOSALS, DIRECTING = (
    "results",
    "limits",
    "causes",
    "next",
    "proposals",
    "direction",
)
"""The sections that every report has besides those of the plan's areas, whose keys are their codes."""


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


class Gap(msgspec.Struct, frozen=True):
    """What a report lacks, and what to do `now`; what `blocks` is mended before the report is issued."""

    words: str
    now: str = ""
    blocks: bool = True


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What the commune decides about a report, and no figure tells.

    Number and day are None before it is issued. Without a `signature` it is that of the only leader in the
    directory. `passages` are the coordinator's words by section.
    """

    number: int | None = None
    day: date | None = None
    symbol: str = "BC-UBND"
    superior: str = ""
    addressees: tuple[str, ...] = ("Sở Nội vụ",)
    recipients: tuple[str, ...] = ("Như trên", "Chủ tịch, các Phó Chủ tịch UBND", "Lưu: VT, VHXH")
    signature: Signature | None = None
    passages: Mapping[str, Passage] = msgspec.field(default_factory=dict)


class BuiltReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a document, with its figures, the sections that people write, and what it lacks."""

    document: Document
    figures: tuple[Figure, ...]
    sections: tuple[SectionText, ...]
    missing: tuple[Gap, ...]

    @property
    def can_be_issued(self) -> bool:
        """Whether nothing that it lacks blocks its issue."""
        return not any(gap.blocks for gap in self.missing)
