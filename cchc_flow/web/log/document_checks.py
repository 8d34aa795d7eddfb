"""Checking the file of a report on a page, and keeping a signed one."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.document_check import DocumentCheck, check_with_log
from cchc_flow.commands.document_numbers import ISSUERS
from cchc_flow.errors import BadInput, CchcError, MissingData, Refusal
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.reporting.signed_reports import take_signed
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.items.signatures import own_trusted, signature_words
from cchc_flow.web.log.events import for_auditors

bp = Blueprint("document_checks", __name__, url_prefix="/<workspace>")
LARGEST = 40 * 1024 * 1024
"""Of a file, in bytes: a report of some hundred pages with its signatures has a few megabytes."""
MOST_DIFFERENT = 200
"""How many figures that differ are shown."""


@bp.get("/document-checks")
@for_auditors
def show() -> str:
    """Show the form: a file, and at will the key that was kept elsewhere."""
    return render_template("document_checks/show.html", **_context())


@bp.post("/document-checks")
@for_auditors
def create() -> Answer:
    """Check a file and show what was found; nothing is stored."""
    key = request.form.get("key", "").strip()
    try:
        if key:
            _parse_key(key)
        content = _read_file("file")
    except MissingData as error:
        return _render(errors=error.fields, key=key), 422
    return _render(check=check_with_log(g.ws, content, key or None, own_trusted()), key=key)


@bp.post("/signed-reports")
@needs_role(*ISSUERS)
def create_signed() -> Answer:
    """Keep the signed file of an issued report, if nothing but signatures was added to it."""
    try:
        before = take_signed(g.ws, _read_file("signed"), htmx.order(), own_trusted())
    except (MissingData, Refusal) as error:
        return _render_whole(error), status_of(error)
    flash(f"Đã ghi nhận bản đã ký của {before.name}.")
    return htmx.see_other(url_for("document_checks.show"))


def _parse_key(key: str) -> None:
    """Raise MissingData for what is no verifier key."""
    try:
        VerifierKey.parse(key)
    except BadInput as error:
        raise MissingData({"key": str(error)}) from error


def _read_file(field: str) -> bytes:
    """Return the uploaded file; raise MissingData without one, and for one that is too large."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise MissingData({field: "Chưa chọn tệp nào: hãy chọn tệp PDF của báo cáo."})
    content: bytes = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise MissingData({field: "Tệp lớn quá 40 MB: hãy chọn đúng tệp PDF của báo cáo."})
    return content


def _render(**result: object) -> str:
    """Return the page, or to htmx what was found, with these variables."""
    context = _context() | result
    return htmx.page_or_fragment("document_checks/show.html", "document_checks/_check.html", **context)


def _render_whole(error: CchcError) -> str:
    """Return the page, which says why a signed file was not kept."""
    errors = error.fields if isinstance(error, MissingData) else {"signed": str(error)}
    return render_template("document_checks/show.html", **_context(), signed_errors=errors)


def _context() -> dict[str, object]:
    return {
        "may_keep": bool(g.person.roles.intersection(ISSUERS)),
        "most": MOST_DIFFERENT,
        "verdict_words": verdict_words,
        **signature_words(),
    }


def verdict_words(check: DocumentCheck) -> str:
    """Return the result in one line."""
    if check.is_right:
        return "Tệp đúng là tệp đã phát hành và số liệu tính lại khớp"
    if check.is_right is None:
        return "Có điều chưa xác định được"
    return "Tệp có điều không đúng"
