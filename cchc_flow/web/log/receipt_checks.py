"""Checking a receipt on a page: whoever holds one may, and is told no more than may be read."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.proof import indent_json
from cchc_flow.audit.receipt_check import ReceiptCheck, check_with_log
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.eventlog.note import VerifierKey, parse_keys
from cchc_flow.eventlog.receipt_files import MOST_BYTES, ReceiptFile, parse_receipt
from cchc_flow.web.http import htmx
from cchc_flow.web.log.events import in_auditors_menu
from cchc_flow.workflow.policy import may_read_log
from cchc_flow.workflow.shares import format_number

bp = Blueprint("receipt_checks", __name__, url_prefix="/<workspace>")


@bp.get("/receipt-checks")
@in_auditors_menu
def show() -> str:
    """Show the form: a receipt, and at will the body of its event and the key that was kept elsewhere."""
    return _render()


@bp.post("/receipt-checks")
@in_auditors_menu
def create() -> Answer:
    """Check a receipt and show what was found; nothing is stored."""
    key = request.form.get("key", "").strip()
    try:
        receipt, keys = _parse_form(key)
    except MissingData as error:
        return _render(errors=error.fields, key=key), 422
    check = check_with_log(g.ws, receipt, _read("body") or None, keys, g.reader)
    text = _readable(check.body) if check.is_right is not False else None
    return _render(check=check, key=key, verdict=_verdict_words(check), text=text)


def _parse_form(key: str) -> tuple[ReceiptFile, list[VerifierKey]]:
    """Return the receipt and the keys of the form; raise MissingData for what is malformed."""
    errors: dict[str, str] = {}
    content = _read("receipt")
    if not content:
        raise MissingData({"receipt": "Chưa chọn tệp nào: hãy chọn tệp biên nhận."})
    try:
        receipt = parse_receipt(content)
    except BadInput as error:
        errors["receipt"] = str(error)
    try:
        keys = parse_keys(key)
    except BadInput as error:
        errors["key"] = str(error)
    if errors:
        raise MissingData(errors)
    return receipt, keys


def _read(field: str) -> bytes:
    """Return what was uploaded in a field, no more than any receipt has; nothing without a file."""
    file = request.files.get(field)
    return file.stream.read(MOST_BYTES) if file else b""


def _readable(body: bytes | None) -> str | None:
    """Return a body as indented JSON, or as it is when it is none; None without one."""
    try:
        return indent_json(body) if body else None
    except ValueError:
        return body.decode(errors="replace") if body else None


def _verdict_words(check: ReceiptCheck) -> str:
    """Return the result in one line."""
    if check.is_right:
        return (
            f"Biên nhận đúng: sự kiện số {format_number(check.receipt.position)} nằm nguyên vẹn trong nhật ký"
        )
    if check.is_right is None:
        return "Có điều chưa xác định được"
    return "Biên nhận có điều không đúng"


def _render(**result: object) -> str:
    """Return the page, or to htmx what was found, with these variables."""
    context = {"auditor": may_read_log(g.person.roles), **result}
    return htmx.page_or_fragment("receipt_checks/show.html", "audit/_check.html", **context)
