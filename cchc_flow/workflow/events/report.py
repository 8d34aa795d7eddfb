"""What happens to the commune's report on a period, and to the series in which documents are numbered."""

from cchc_flow.workflow.events.base import Content, Data, Evidence


class Signer(Data, frozen=True, kw_only=True):
    """Who signs a document, as it is printed: the lines above the name, and the name without titles."""

    lines: tuple[str, ...]
    name: str


class CutOff(Data, frozen=True, kw_only=True):
    """Up to where a document takes what was recorded into account; `day` counts as today."""

    position: int
    day: str


class Checkpoint(Data, frozen=True, kw_only=True):
    """The tree of the log as of a cut-off: its size, and its root in base64."""

    size: int
    root: str


class IssuedFile(Data, frozen=True, kw_only=True):
    """A frozen file; `digest` is the hex SHA-256 of its bytes alone, for whoever has the file."""

    format: str
    digest: str
    file: Evidence


class ReportEdited(Data, frozen=True, kw_only=True):
    """The coordinator wrote a section of the commune's report; None takes the words back."""

    plan: str
    period: str
    section: str
    text: Content | None


class OfIssuedReport(Data, frozen=True, kw_only=True):
    """Base of the data of an event about the commune's report on a period, and the number that it has."""

    plan: str
    period: str
    year: int
    number: int


class ReportIssued(OfIssuedReport, frozen=True, kw_only=True):
    """The commune's report on a period was issued; `lacking` says what was missing and did not matter.

    `replaces` is the number of a recalled report on the same period.
    """

    symbol: str
    subject: str
    day: str
    signer: Signer
    cut_off: CutOff
    checkpoint: Checkpoint
    files: tuple[IssuedFile, ...]
    lacking: tuple[str, ...]
    replaces: int | None


class ReportSent(OfIssuedReport, frozen=True, kw_only=True):
    """An issued report was sent to whom it is addressed."""

    day: str
    to: tuple[str, ...]


class ReportRecalled(OfIssuedReport, frozen=True, kw_only=True):
    """An issued report was recalled; it keeps its number, which nothing else gets."""

    reason: Content


class ReportSigned(OfIssuedReport, frozen=True, kw_only=True):
    """A signature of a "person" or an "agency" was set on a file; digests are hex SHA-256 of the bytes alone.

    The file with the digest `of` is the beginning of the signed one.
    """

    file: Evidence
    digest: str
    of: str
    signer: str
    capacity: str


class DocumentNumbered(Data, frozen=True, kw_only=True):
    """A document got a number in the commune's series of a year; an official letter has no `kind`.

    `given_by` the "system", which counted, or the "clerk", whose series holds documents that are not here.
    """

    year: int
    number: int
    symbol: str
    kind: str
    subject: str
    day: str
    signer: str
    given_by: str
    stream: str | None
    files: tuple[IssuedFile, ...]


class DocumentRecalled(Data, frozen=True, kw_only=True):
    """A document that is no report was recalled; it keeps its number."""

    year: int
    number: int
    reason: Content
