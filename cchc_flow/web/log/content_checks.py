"""Checking a downloaded file of evidence on a page."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue as Answer
from msgspec.structs import replace

from cchc_flow.audit.content_proof import ContentProof, check_content, parse_content_proof
from cchc_flow.audit.document_check import LARGEST_FILE
from cchc_flow.audit.receipt_check import check_with_log
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.eventlog.note import VerifierKey, parse_keys
from cchc_flow.eventlog.receipt_files import MOST_BYTES
from cchc_flow.web.http import htmx
from cchc_flow.web.log.events import for_auditors

bp = Blueprint("content_checks", __name__, url_prefix="/<workspace>")
VERDICTS = {
    True: "Tệp đúng là tệp mà sự kiện đã nêu",
    False: "Tệp có điều không đúng",
    None: "Có điều chưa xác định được",
}


@bp.get("/content-checks")
@for_auditors
def show() -> str:
    """Show the form: the file, the proof that was downloaded beside it, and at will a key."""
    return render_template("content_checks/show.html")


@bp.post("/content-checks")
@for_auditors
def create() -> Answer:
    """Check a file and show what was found; nothing is stored."""
    key = request.form.get("key", "").strip()
    try:
        content, proof, keys = _parse_form(key)
    except MissingData as error:
        return _render(errors=error.fields, key=key), 422
    receipt = check_with_log(g.ws, proof.receipt, None, keys, g.reader)
    check = replace(receipt, findings=check_content(content, proof) + receipt.findings)
    return _render(check=check, verdict=VERDICTS[check.is_right], key=key)


def _parse_form(key: str) -> tuple[bytes, ContentProof, list[VerifierKey]]:
    """Return file, proof and keys of the form; raise MissingData for what lacks or is malformed."""
    content, salt = _read("file", LARGEST_FILE), _read("salt", MOST_BYTES)
    errors: dict[str, str] = {}
    if content is None:
        errors["file"] = "Chưa chọn tệp nào: hãy chọn tệp minh chứng đã tải về."
    if salt is None:
        errors["salt"] = "Chưa chọn tệp nào: hãy chọn tệp muối đã tải về cùng."
    try:
        keys = parse_keys(key)
    except BadInput as error:
        errors["key"] = str(error)
    try:
        proof = parse_content_proof(salt or b"")
    except BadInput as error:
        errors.setdefault("salt", str(error))
    if errors or content is None:
        raise MissingData(errors)
    return content, proof, keys


def _read(field: str, most: int) -> bytes | None:
    """Return what was uploaded in a field, no more than `most` bytes; None without a file."""
    file = request.files.get(field)
    return file.stream.read(most) if file and file.filename else None


def _render(**result: object) -> str:
    """Return the page, or to htmx what was found, with these variables."""
    return htmx.page_or_fragment("content_checks/show.html", "audit/_check.html", **result)
