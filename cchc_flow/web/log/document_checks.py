"""Checking the file of a report on a page."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.document_check import DocumentCheck, check_with_log
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.web.forms.report_files import read_report_file
from cchc_flow.web.http import htmx
from cchc_flow.web.items.signatures import own_trusted, signature_words
from cchc_flow.web.log.events import for_auditors

bp = Blueprint("document_checks", __name__, url_prefix="/<workspace>")
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
        content = read_report_file("file")
    except MissingData as error:
        return _render(errors=error.fields, key=key), 422
    return _render(check=check_with_log(g.ws, content, key or None, own_trusted()), key=key)


def _parse_key(key: str) -> None:
    """Raise MissingData for what is no verifier key."""
    try:
        VerifierKey.parse(key)
    except BadInput as error:
        raise MissingData({"key": str(error)}) from error


def _render(**result: object) -> str:
    """Return the page, or to htmx what was found, with these variables."""
    context = _context() | result
    return htmx.page_or_fragment("document_checks/show.html", "document_checks/_check.html", **context)


def _context() -> dict[str, object]:
    return {
        "most": MOST_DIFFERENT,
        "verdict_words": verdict_words,
        **signature_words(),
    }


def verdict_words(check: DocumentCheck) -> str:
    """Return the result in one line."""
    if check.is_right:
        return "Tệp đúng là tệp đã ban hành và số liệu tính lại khớp"
    if check.is_right is None:
        return "Có điều chưa xác định được"
    return "Tệp có điều không đúng"
