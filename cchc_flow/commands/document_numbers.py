"""Commands about the series of numbers: a document takes one with its files, and is recalled."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.typed_values import faults_into, optional_value, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.port import Receipt, RecordedEvent
from cchc_flow.projections import issued, settings
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import day_words, parse_day
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import DocumentNumbered, DocumentRecalled, IssuedFile
from cchc_flow.workflow.numbering import (
    HIGHEST,
    Series,
    choose_number,
    document_number,
    fold_series,
    series_stream,
)
from cchc_flow.workflow.settings.values import Documents
from cchc_flow.workflow.typed_text import UnfitText, clean_line, clean_text
from cchc_flow.workspace import Workspace

ISSUERS = ("coordinator", "leader")
"""Who may issue, send and recall documents, in the order in which a role is taken for it."""
LONGEST_SUBJECT = 300
LONGEST_WORD = 60
LONGEST_REASON = 2_000
DIGITS = 12


class FrozenFile(msgspec.Struct, frozen=True):
    """A file of a document that is about to be issued; `format` is the ending of its `name`."""

    format: str
    name: str
    media_type: str
    content: bytes


class Numbering(msgspec.Struct, frozen=True):
    """The number that a document is about to get, the day that it bears, and its words as they are stored."""

    number: int
    symbol: str
    day: date
    subject: str
    signer: str


class NewDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that takes a number, as it was typed; one without `kind` is an official letter.

    `number` is that of the clerk, empty where the system counts.
    """

    kind: str
    symbol: str
    subject: str
    day: str
    signer: str
    number: str = ""
    stream: str | None = None


Freeze = Callable[[Numbering], Sequence[FrozenFile]]
"""Makes the files of a document with the number that it is about to get."""


def number_document(
    ws: Workspace, document: NewDocument, order: Order, freeze: Freeze = lambda numbering: ()
) -> Receipt | None:
    """Give a document the next number of its year, or the clerk's, and freeze its files with it.

    When another takes the number first, all is decided and made again. Raise NotAllowed, or MissingData for
    what cannot be used: a day that is not there yet, a number that is taken.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = require_issuer(uow, "cấp số văn bản")
        rules = settings.effective_settings(uow.db).documents
        day = parse_day_of_document(document.day, uow.today())
        cleaned = _clean_document(document)
        series = read_numbers(ws, uow.db, day.year)
        number = choose_number(series, rules, parse_number(document.number, rules), day)
        files = freeze(Numbering(number, cleaned.symbol, day, cleaned.subject, cleaned.signer))
        event = number_event(cleaned, day, number, rules, frozen_files(files))
        return Commit([take_number(series, event)], role, uow.actor().unit)

    return write(ws, order, ["number", document], decide_commit)


def recall_document(
    ws: Workspace, place: int, reason: str, order: Order, *, seen: int | None = None
) -> Receipt | None:
    """Recall the document that was numbered at a position; it keeps its number.

    Raise NotFound, Refusal for a report (its own page recalls it) or what was recalled before, MissingData
    without a reason.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = require_issuer(uow, "thu hồi văn bản")
        document = issued.document_at(uow.db, place)
        if document is None:
            raise NotFound("Không có văn bản này trong sổ.", "Hãy mở lại sổ văn bản.")
        stream = series_stream(document.year)
        refuse_old_page(uow, stream, seen, "sửa văn bản này", concerns=_is_about(document.number))
        number = document_number(document.number, document.symbol)
        if document.stream:
            raise Refusal(f"Văn bản số {number} là báo cáo kỳ.", "Hãy thu hồi ở trang của báo cáo đó.")
        if document.recalled:
            raise Refusal(f"Văn bản số {number} đã thu hồi trước đó.", "Hãy mở lại sổ văn bản.")
        text = typed_reason(reason)
        event = DocumentRecalled(year=document.year, number=document.number, reason=text)
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], role, uow.actor().unit)

    return write(ws, order, ["recall-document", place, reason], decide_commit)


def _is_about(number: int) -> Callable[[RecordedEvent], bool]:
    """Return what tells whether an event of a series is about the document with a number."""
    return lambda event: bool(event.data["number"] == number)


def require_issuer(uow: UnitOfWork, deed: str) -> str:
    """Return the role in which the actor issues documents; raise NotAllowed."""
    roles = uow.actor().roles
    role = next((issuer for issuer in ISSUERS if issuer in roles), None)
    if role is None:
        raise NotAllowed(f"Bạn không được {deed}.", "Việc này do đầu mối CCHC hoặc lãnh đạo UBND thực hiện.")
    return role


def read_numbers(ws: Workspace, db: Database, year: int) -> Series:
    """Return the numbers of a year from the log itself, as of the position that is read."""
    return fold_series(year, ws.log.streams([series_stream(year)], position(db)))


def take_number(series: Series, event: DocumentNumbered) -> NewEvents:
    """Return the change that takes a number: it fails when another document was numbered in the meantime."""
    return NewEvents(series_stream(series.year), series.version, (event,))


def number_event(
    document: NewDocument, day: date, number: int, rules: Documents, files: tuple[IssuedFile, ...]
) -> DocumentNumbered:
    """Return the event that numbers a document."""
    return DocumentNumbered(
        year=day.year,
        number=number,
        symbol=document.symbol,
        kind=document.kind,
        subject=document.subject,
        day=day.isoformat(),
        signer=document.signer,
        given_by="clerk" if rules.by_clerk else "system",
        stream=document.stream,
        files=files,
    )


def frozen_files(files: Sequence[FrozenFile]) -> tuple[IssuedFile, ...]:
    """Return files as their event names them; their bytes go into the vault before it is appended."""
    return tuple(_frozen_file(file) for file in files)


def _frozen_file(file: FrozenFile) -> IssuedFile:
    upload: Any = Upload(file.name, file.content, file.media_type)  # replaced by a reference to the vault
    return IssuedFile(format=file.format, digest=hashlib.sha256(file.content).hexdigest(), file=upload)


def typed_reason(reason: str) -> Any:
    """Return the reason of a recall, to be put into the vault; raise MissingData without one."""
    return Typed(required_value("reason", "Lý do thu hồi", reason, LONGEST_REASON, clean_text))


def parse_day_of_document(typed: str, today: date) -> date:
    """Return the day that a document bears; raise MissingData for none, or one that is still to come."""
    try:
        day = parse_day(clean_line(typed, LONGEST_WORD))
    except (UnfitText, ValueError):
        raise MissingData({"day": "Ngày văn bản: phải là một ngày, như 25/01/2026."}) from None
    if day > today:
        raise MissingData({"day": f"Ngày văn bản: không sau hôm nay, {day_words(today)}."})
    if day.year < today.year - 1:
        raise MissingData({"day": f"Ngày văn bản: không trước năm {today.year - 1}."})
    return day


def parse_number(typed: str, rules: Documents) -> int | None:
    """Return the clerk's number, None where none was typed or the system counts; raise MissingData."""
    words = ""
    with suppress(UnfitText):
        words = clean_line(typed, LONGEST_WORD)
    if not rules.by_clerk or not typed.strip():
        return None
    number = int(words) if words.isascii() and words.isdigit() and len(words) <= DIGITS else 0
    if not 1 <= number <= HIGHEST:
        raise MissingData({"number": f"Số văn bản: phải là số nguyên từ 1 đến {HIGHEST}, không kèm ký hiệu."})
    return number


def _clean_document(document: NewDocument) -> NewDocument:
    """Return the words of a document as they are stored; raise MissingData for what is missing."""
    wrong: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, title, limit in (
        ("symbol", "Ký hiệu", LONGEST_WORD),
        ("subject", "Trích yếu", LONGEST_SUBJECT),
        ("signer", "Người ký", LONGEST_WORD),
    ):
        with faults_into(wrong):
            values[name] = required_value(name, title, getattr(document, name), limit)
    with faults_into(wrong):
        values["kind"] = optional_value("kind", "Tên loại", document.kind, LONGEST_WORD) or ""
    if wrong:
        raise MissingData(wrong)
    return msgspec.structs.replace(document, **values)
