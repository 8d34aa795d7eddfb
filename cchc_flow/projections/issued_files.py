"""Which issued file a file is: the very one, one that was signed since, or none; read from the log itself."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.events import (
    CLASSES,
    DocumentNumbered,
    DocumentRecalled,
    IssuedFile,
    ReportIssued,
    ReportRecalled,
    ReportSigned,
)
from cchc_flow.workflow.numbering import LETTER, document_number
from cchc_flow.workflow.upcast import upcast_event

STREAMS = ("report-", "documents-")


class KnownFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an issued document; `signed_by` is empty for the one that was issued, before any signature.

    `position` is that of the event that froze it, `digest` the hex SHA-256 of its bytes. `period` is that of
    the report it belongs to, None for another document.
    """

    position: int
    year: int
    number: int
    name: str
    size: int
    digest: str
    period: str | None
    recalled: bool = False
    signed_by: str = ""

    def is_beginning_of(self, content: bytes) -> bool:
        """Tell whether a file begins with this one and goes on."""
        return self.size < len(content) and sha256(content[: self.size]).hexdigest() == self.digest


def find_same(log: EventLog, content: bytes) -> KnownFile | None:
    """Return the frozen file that has the same bytes, None when there is none."""
    digest = sha256(content).hexdigest()
    return next((file for file in known_files(log) if file.digest == digest), None)


def find_beginning(log: EventLog, content: bytes) -> KnownFile | None:
    """Return the longest frozen file with which a file begins, None when there is none."""
    known = sorted(known_files(log), key=lambda file: file.size, reverse=True)
    return next((file for file in known if file.is_beginning_of(content)), None)


def known_files(log: EventLog) -> list[KnownFile]:
    """Return the frozen files of all documents that were issued, those of reports with the signed ones."""
    files: list[KnownFile] = []
    recalled: set[tuple[int, int]] = set()
    for event, data in _events(log):
        match data:
            case ReportIssued():
                name = _document_name("Báo cáo", data.number, data.symbol, data.day)
                files += (_issued_file(event, data, file, name) for file in data.files)
            case DocumentNumbered():
                name = _document_name(data.kind or LETTER, data.number, data.symbol, data.day)
                files += (_issued_file(event, data, file, name) for file in data.files)
            case ReportSigned():
                files.append(_signed_file(event, data, files))
            case ReportRecalled() | DocumentRecalled():
                recalled.add((data.year, data.number))
    return [msgspec.structs.replace(file, recalled=(file.year, file.number) in recalled) for file in files]


def _events(log: EventLog) -> Iterator[tuple[RecordedEvent, object]]:
    """Yield the events about issued documents with their data in the newest shape."""
    for event in log.read_streams(STREAMS):
        newest, data = upcast_event(event.type, event.data)
        yield event, convert(data, CLASSES[newest])


def _issued_file(
    event: RecordedEvent, data: ReportIssued | DocumentNumbered, file: IssuedFile, name: str
) -> KnownFile:
    return KnownFile(
        position=event.position,
        year=data.year,
        number=data.number,
        name=name,
        size=file.file.content.size,
        digest=file.digest,
        period=data.period if isinstance(data, ReportIssued) else None,
    )


def _signed_file(event: RecordedEvent, data: ReportSigned, files: list[KnownFile]) -> KnownFile:
    """Return a signed file, which has the name of the one that was signed."""
    name = next((file.name for file in files if file.digest == data.of), "")
    return KnownFile(
        position=event.position,
        year=data.year,
        number=data.number,
        name=name,
        size=data.file.content.size,
        digest=data.digest,
        period=data.period,
        signed_by=data.signer,
    )


def _document_name(kind: str, number: int, symbol: str, day: str) -> str:
    return f"{kind} số {document_number(number, symbol)} ngày {day_words(date.fromisoformat(day))}"
