"""The register of issued documents, and what the coordinator wrote for the commune's reports.

Rows carry the positions between which they are true, so both answer as of any moment.
"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.as_of import OPEN, moment_of
from cchc_flow.workflow.commune_report import period_of_stream, report_stream
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
    position INTEGER NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, symbol TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, day TEXT NOT NULL, signer TEXT NOT NULL,
    given_by TEXT NOT NULL, stream TEXT, actor TEXT NOT NULL, recordedtime TEXT NOT NULL,
    issue INTEGER, sent INTEGER, recalled INTEGER,
    from_position INTEGER NOT NULL, to_position INTEGER NOT NULL,
    PRIMARY KEY (year, number, from_position)
) STRICT;
CREATE INDEX issued_documents_by_position ON issued_documents (position);
CREATE INDEX issued_documents_by_stream ON issued_documents (stream);
CREATE TABLE report_texts (
    position INTEGER PRIMARY KEY, plan TEXT NOT NULL, period TEXT NOT NULL, section TEXT NOT NULL,
    digest TEXT, size INTEGER, media_type TEXT, actor TEXT NOT NULL, recordedtime TEXT NOT NULL,
    to_position INTEGER NOT NULL
) STRICT;
CREATE INDEX report_texts_by_period ON report_texts (plan, period, to_position);
"""
VERSIONED = {"issued_documents": "from_position", "report_texts": "position"}
Stage = Literal["drafted", "issued", "sent", "recalled"]


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


class CommuneReportState(msgspec.Struct, frozen=True):
    """How far the commune is with a report; while it is only drafted there is no document."""

    stage: Stage
    document: IssuedDocument | None = None


_COLUMNS = ", ".join(IssuedDocument.__struct_fields__)
_TRUE = "from_position <= :at AND to_position > :at"


def register(db: Database, year: int) -> list[IssuedDocument]:
    """Return the documents that were numbered in a year, by number."""
    return _documents(db, "year = :year ORDER BY number", year=year)


def document_at(db: Database, position: int) -> IssuedDocument | None:
    """Return the document that the event at a position numbered, None when it numbered nothing."""
    return next(iter(_documents(db, "position = :position", position=position)), None)


def documents_of(db: Database, stream: str) -> list[IssuedDocument]:
    """Return the documents that were issued of a stream, the newest first: the others were recalled."""
    return _documents(db, "stream = :stream ORDER BY position DESC", stream=stream)


def years(db: Database) -> list[int]:
    """Return the years that have numbered documents, the newest first."""
    return [year for (year,) in db.execute("SELECT DISTINCT year FROM issued_documents ORDER BY year DESC")]


def report_texts(db: Database, plan: str, period: str) -> dict[str, ReportText]:
    """Return what the coordinator wrote for a report, by section."""
    return {
        row["section"]: ReportText(
            row["position"],
            row["section"],
            Content(row["digest"], row["size"], row["media_type"]),
            row["actor"],
            row["recordedtime"],
        )
        for row in db.query(
            "SELECT * FROM report_texts WHERE plan = :plan AND period = :period AND to_position = :open"
            " AND digest IS NOT NULL ORDER BY position",
            {"plan": plan, "period": period, "open": OPEN},
        )
    }


def commune_reports(db: Database, plan: str, at: int | None = None) -> Mapping[str, CommuneReportState]:
    """Return how far the commune's reports are, by period, as of a position; without those not begun."""
    rows = db.execute(
        "SELECT DISTINCT period FROM report_texts WHERE plan = :plan AND position <= :at",
        {"plan": plan, "at": moment_of(at)},
    )
    states = {period: CommuneReportState("drafted") for (period,) in rows}
    for document in _documents(
        db, "stream GLOB :stream ORDER BY position", at, stream=report_stream(plan, "*")
    ):
        stage: Stage = "recalled" if document.recalled else "sent" if document.sent else "issued"
        states[period_of_stream(str(document.stream))] = CommuneReportState(stage, document)
    return states


def fold(db: Database, event: RecordedEvent) -> None:
    """Add what an event says to the rows; events of other families are ignored."""
    if event.type == NAMES[DocumentNumbered]:
        _add_document(db, event)
    elif event.type == NAMES[ReportEdited]:
        _add_text(db, event)
    elif column := _MARKS.get(event.type):
        _mark(db, column, event)


_MARKS = {
    NAMES[ReportIssued]: "issue",
    NAMES[ReportSent]: "sent",
    NAMES[ReportRecalled]: "recalled",
    NAMES[DocumentRecalled]: "recalled",
}
"""By the event: the column that has the position of what happened to a document."""


def _documents(db: Database, condition: str, at: int | None = None, **values: Any) -> list[IssuedDocument]:
    """Return the documents that meet an SQL condition, as of a position (None: now)."""
    rows = db.query(
        f"SELECT {_COLUMNS} FROM issued_documents WHERE {_TRUE} AND {condition}",  # noqa: S608  # fixed words
        {"at": moment_of(at), **values},
    )
    return [IssuedDocument(**row) for row in rows]


def _add_document(db: Database, event: RecordedEvent) -> None:
    """Add a document; a number that is taken (which no command allows) keeps its first document."""
    data = event.data
    names = ("year", "number", "symbol", "kind", "subject", "day", "signer", "given_by", "stream")
    if not _documents(db, "year = :year AND number = :number", year=data["year"], number=data["number"]):
        issue = event.position if data["files"] else None
        values = [event.position, *(data[name] for name in names), event.actor, event.recordedtime]
        _insert(db, "issued_documents", [*values, issue, None, None, event.position, OPEN])


def _mark(db: Database, column: str, event: RecordedEvent) -> None:
    """End the row of a document, and add one with the position of what happened to it."""
    key = {"year": event.data["year"], "number": event.data["number"]}
    for document in _documents(db, "year = :year AND number = :number", **key):
        db.execute(
            "UPDATE issued_documents SET to_position = :end WHERE year = :year AND number = :number"
            " AND to_position = :open",
            {**key, "end": event.position, "open": OPEN},
        )
        marked = msgspec.structs.replace(document, **{column: event.position})
        _insert(db, "issued_documents", [*msgspec.structs.astuple(marked), event.position, OPEN])


def _add_text(db: Database, event: RecordedEvent) -> None:
    data, text = event.data, event.data["text"] or {}
    key = [data["plan"], data["period"], data["section"]]
    db.execute(
        "UPDATE report_texts SET to_position = ? WHERE plan = ? AND period = ? AND section = ?"
        " AND to_position = ?",
        [event.position, *key, OPEN],
    )
    content = [text.get(name) for name in ("digest", "size", "media_type")]
    _insert(db, "report_texts", [event.position, *key, *content, event.actor, event.recordedtime, OPEN])


def _insert(db: Database, table: str, values: list[Any]) -> None:
    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608  # fixed
