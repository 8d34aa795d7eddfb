"""The register of issued documents, and the sections that the coordinator wrote for the commune's reports.

Rows carry the positions between which they hold, so both answer as of any moment.
"""

from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.workflow.events import (
    NAMES,
    Content,
    DocumentNumbered,
    DocumentRecalled,
    ReportEdited,
    ReportIssued,
    ReportRecalled,
    ReportSent,
)

SCHEMA = """
CREATE TABLE issued_documents (
    position INTEGER PRIMARY KEY, year INTEGER NOT NULL, number INTEGER NOT NULL, symbol TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, day TEXT NOT NULL, signer TEXT NOT NULL,
    given_by TEXT NOT NULL, stream TEXT, actor TEXT NOT NULL, recordedtime TEXT NOT NULL,
    issue INTEGER, sent INTEGER, recalled INTEGER
) STRICT;
CREATE UNIQUE INDEX issued_documents_by_number ON issued_documents (year, number);
CREATE TABLE report_texts (
    position INTEGER PRIMARY KEY, plan TEXT NOT NULL, period TEXT NOT NULL, section TEXT NOT NULL,
    digest TEXT, size INTEGER, media_type TEXT, actor TEXT NOT NULL, recordedtime TEXT NOT NULL,
    to_position INTEGER NOT NULL
) STRICT;
CREATE INDEX report_texts_by_period ON report_texts (plan, period, to_position);
"""


class IssuedDocument(msgspec.Struct, frozen=True):
    """One entry of the register; `position` is that of the event that numbered it.

    `stream` is that of the report that it is, and `issue` the position of the event with its files. `sent`
    and `recalled` are the positions of what came after, None until then.
    """

    position: int
    year: int
    number: int
    symbol: str
    kind: str
    subject: str
    day: str
    signer: str
    given_by: str
    stream: str | None
    actor: str
    recordedtime: str
    issue: int | None
    sent: int | None
    recalled: int | None


class ReportText(msgspec.Struct, frozen=True):
    """A section of a report as the coordinator `actor` wrote it; the words lie in the vault as `text`."""

    position: int
    section: str
    text: Content
    actor: str
    recordedtime: str


def register(db: Database, year: int, at: int | None = None) -> list[IssuedDocument]:
    """Return the documents that were numbered in a year, by number, as of a position (None: now)."""
    rows = db.query(
        "SELECT * FROM issued_documents WHERE year = ? AND position <= ? ORDER BY number", [year, _upto(at)]
    )
    return [_document(row, _upto(at)) for row in rows]


def document_at(db: Database, position: int) -> IssuedDocument | None:
    """Return the document that the event at a position numbered, None when it numbered nothing."""
    rows = db.query("SELECT * FROM issued_documents WHERE position = ?", [position])
    return next((_document(row, OPEN) for row in rows), None)


def documents_of(db: Database, stream: str, at: int | None = None) -> list[IssuedDocument]:
    """Return the documents that were issued of a stream, the newest first: the others were recalled."""
    rows = db.query(
        "SELECT * FROM issued_documents WHERE stream = ? AND position <= ? ORDER BY position DESC",
        [stream, _upto(at)],
    )
    return [_document(row, _upto(at)) for row in rows]


def years(db: Database) -> list[int]:
    """Return the years that have numbered documents, the newest first."""
    return [year for (year,) in db.execute("SELECT DISTINCT year FROM issued_documents ORDER BY year DESC")]


def report_texts(db: Database, plan: str, period: str, at: int | None = None) -> dict[str, ReportText]:
    """Return what the coordinator wrote for a report, by section, as of a position (None: now)."""
    rows = db.query(
        "SELECT position, section, digest, size, media_type, actor, recordedtime FROM report_texts"
        " WHERE plan = ? AND period = ? AND position <= ? AND to_position > ? ORDER BY position",
        [plan, period, _upto(at), _upto(at)],
    )
    return {
        row["section"]: ReportText(
            row["position"],
            row["section"],
            Content(row["digest"], row["size"], row["media_type"]),
            row["actor"],
            row["recordedtime"],
        )
        for row in rows
        if row["digest"] is not None
    }


def fold(db: Database, event: RecordedEvent) -> None:
    """Add what an event says to the rows; events of other families are ignored."""
    data = event.data
    if event.type == NAMES[DocumentNumbered]:
        _add_document(db, event)
    elif event.type == NAMES[DocumentRecalled] or event.type == NAMES[ReportRecalled]:
        _mark(db, "recalled", data["year"], data["number"], event.position)
    elif event.type == NAMES[ReportSent]:
        _mark(db, "sent", data["year"], data["number"], event.position)
    elif event.type == NAMES[ReportIssued]:
        _mark(db, "issue", data["year"], data["number"], event.position)
    elif event.type == NAMES[ReportEdited]:
        _add_text(db, event)


def _upto(at: int | None) -> int:
    """Return the position up to which rows count; every one, without."""
    return OPEN - 1 if at is None else at


def _document(row: dict[str, Any], at: int) -> IssuedDocument:
    """Return a row as it was at a position."""
    later = [name for name in ("sent", "recalled") if (row[name] or 0) > at]
    return IssuedDocument(**row | dict.fromkeys(later))


def _add_document(db: Database, event: RecordedEvent) -> None:
    data = event.data
    names = ("year", "number", "symbol", "kind", "subject", "day", "signer", "given_by", "stream")
    issue = event.position if data["files"] else None
    db.execute(
        f"INSERT OR IGNORE INTO issued_documents VALUES ({', '.join('?' * 15)})",  # noqa: S608  # fixed words
        [event.position, *(data[name] for name in names), event.actor, event.recordedtime, issue, None, None],
    )


def _mark(db: Database, column: str, year: int, number: int, position: int) -> None:
    """Write the position of what happened to a document into one of its columns."""
    db.execute(
        f"UPDATE issued_documents SET {column} = ? WHERE year = ? AND number = ?",  # noqa: S608  # fixed words
        [position, year, number],
    )


def _add_text(db: Database, event: RecordedEvent) -> None:
    data, text = event.data, event.data["text"] or {}
    key = [data["plan"], data["period"], data["section"]]
    db.execute(
        "UPDATE report_texts SET to_position = ? WHERE plan = ? AND period = ? AND section = ?"
        " AND to_position = ?",
        [event.position, *key, OPEN],
    )
    db.execute(
        f"INSERT INTO report_texts VALUES ({', '.join('?' * 10)})",  # noqa: S608  # fixed words
        [
            event.position,
            *key,
            *(text.get(name) for name in ("digest", "size", "media_type")),
            event.actor,
            event.recordedtime,
            OPEN,
        ],
    )
