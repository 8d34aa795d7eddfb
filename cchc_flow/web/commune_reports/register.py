"""The register of issued documents: what took which number, and numbers for documents that are no report."""

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.evidence import load_evidence
from cchc_flow.commands.document_numbers import (
    ISSUERS,
    FrozenFile,
    NewDocument,
    Numbering,
    number_document,
    read_numbers,
    recall_document,
)
from cchc_flow.conversion import convert
from cchc_flow.documents.files import FORMATS
from cchc_flow.errors import CchcError, Conflict, NotFound, Refusal
from cchc_flow.projections import issued, settings
from cchc_flow.projections.issued import IssuedDocument
from cchc_flow.reporting import official
from cchc_flow.reporting.document_register import document_register, missing_numbers, remark
from cchc_flow.reporting.work_list import urging_letter
from cchc_flow.web.commune_reports.loading import READERS, FileLink, file_links, frozen_file, today
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download, send_document
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.reading import record_content
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.workflow.commune_report import period_of_stream
from cchc_flow.workflow.events import NAMES, DocumentNumbered, IssuedFile
from cchc_flow.workflow.numbering import next_number, series_stream

bp = Blueprint("issued_documents", __name__, url_prefix="/<workspace>/issued-documents")
TYPED = ("kind", "symbol", "subject", "day", "signer", "number", "unit")


class Entry(msgspec.Struct, frozen=True):
    """A line of the register: the document, its remark, the period whose report it is, and its own files."""

    document: IssuedDocument
    remark: str
    period: str
    files: tuple[FileLink, ...]


@bp.get("")
@needs_role(*READERS)
def index() -> str:
    """Show the register of a year, with the form that gives a number to a document."""
    return _render(_year())


@bp.post("")
@needs_role(*ISSUERS)
def create() -> Answer:
    """Give a document a number; the letter to a unit is frozen with it."""
    typed = {name: request.form.get(name, "") for name in TYPED}
    document = NewDocument(**{name: typed[name] for name in TYPED if name != "unit"})
    try:
        number_document(g.ws, document, htmx.order(), _freezer(typed["unit"]))
    except (Refusal, Conflict) as error:
        return _render(today().year, error, form="new", typed=typed), status_of(error)
    flash("Đã cấp số và ghi vào sổ.")
    return htmx.see_other(url_for("issued_documents.index"))


@bp.get("/new")
@needs_role(*ISSUERS)
def new() -> str:
    """Show the register with the form filled in for the letter to a unit whose tasks are late."""
    unit = request.args.get("unit", "")
    letter = urging_letter(g.ws, g.db, unit, today())
    typed: dict[str, Any] = {"subject": letter.subject, "unit": unit, "day": today()}
    rules = settings.effective_settings(g.db).documents
    more = {
        "symbol": rules.letter_symbol,
        "signer": official.signature(g.db).name,
        "to": letter.addressees[0],
    }
    return _render(today().year, typed=typed | more, form="new")


@bp.post("/<int:position>/recalls")
@needs_role(*ISSUERS)
def create_recall(position: int) -> Answer:
    """Recall a document that is no report."""
    reason = request.form.get("reason", "")
    try:
        recall_document(g.ws, position, reason, htmx.order(), seen=seen_version("sổ văn bản"))
    except (Refusal, Conflict) as error:
        typed = {"reason": reason}
        return _render(_year(), error, form=f"recall-{position}", typed=typed), status_of(error)
    flash("Đã thu hồi văn bản; số đã cấp vẫn giữ.")
    return htmx.see_other(url_for("issued_documents.index"))


@bp.get("/register.<ending>", endpoint="register")
@needs_role(*READERS)
def download_register(ending: str) -> Response:
    """Send the register of a year as a file."""
    year = _year()
    return send_document(document_register(g.ws, g.db, year, today()), f"so-van-ban-{year}", ending)


@bp.get("/<int:position>/file.<ending>", endpoint="file")
@needs_role(*READERS)
def download_file(position: int, ending: str) -> Response:
    """Send a frozen file of the document that the event at a position numbered."""
    file = frozen_file(position, ending, of=(NAMES[DocumentNumbered],))
    if file is None:
        raise NotFound("Văn bản không có tệp này.", "Hãy mở lại sổ văn bản.")
    number = g.ws.log.event(position).data["number"]
    name = f"{g.ws.name}-van-ban-so-{number:02d}.{ending}"
    record_content(file.file.content.digest)
    return download(load_evidence(g.ws, file.file), name, file.file.content.media_type)


def _freezer(unit: str) -> Callable[[Numbering], list[FrozenFile]]:
    """Return what makes the files of a document: of the letter to a unit all formats, without a unit none."""

    def freeze(numbering: Numbering) -> list[FrozenFile]:
        if not unit:
            return []
        db = g.ws.read()
        letter = msgspec.structs.replace(
            urging_letter(g.ws, db, unit, today()),
            number=numbering.number,
            symbol=numbering.symbol,
            day=numbering.day,
            subject=numbering.subject,
            signature=msgspec.structs.replace(official.signature(db), name=numbering.signer),
        )
        return [
            FrozenFile(
                ending,
                f"cong-van-{numbering.number}.{ending}",
                form.media_type,
                form.write(letter, g.ws.templates),
            )
            for ending, form in FORMATS.items()
        ]

    return freeze


def _year() -> int:
    """Return the year in the address, or this one for none that has documents."""
    words = request.args.get("year", "")
    years = {str(year): year for year in issued.years(g.db)}
    return years.get(words, today().year)


def _render(
    year: int, error: CchcError | None = None, form: str = "", typed: dict[str, Any] | None = None
) -> str:
    """Return the register; `error` says why its `form` was refused, which holds what was `typed`."""
    context = form_context(series_stream(year), error)
    errors = context.pop("errors")
    documents = issued.register(g.db, year)
    rules = settings.effective_settings(g.db).documents
    return render_template(
        "issued_documents/index.html",
        year=year,
        years=sorted({*issued.years(g.db), today().year}, reverse=True),
        entries=[_entry(document) for document in reversed(documents)],
        missing=missing_numbers(g.db, documents, year),
        may_issue=bool(g.person.roles.intersection(ISSUERS)),
        documents=rules,
        next_number=next_number(read_numbers(g.ws, g.db, today().year), rules),
        signer=official.signature(g.db).name,
        today=today(),
        errors_of={form: errors} if form else {},
        typed_of={form: typed} if form else {},
        **context,
    )


def _entry(document: IssuedDocument) -> Entry:
    files: tuple[IssuedFile, ...] = ()
    if document.stream is None and document.issue:
        files = convert(g.ws.log.event(document.position).data, DocumentNumbered).files
    period = period_of_stream(document.stream) if document.stream else ""
    return Entry(document, remark(document), period, file_links(files))


index.section = new.section = "overview"  # type: ignore[attr-defined]
