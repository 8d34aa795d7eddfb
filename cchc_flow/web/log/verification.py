"""Verification of the whole log at a click, and the checkpoint to keep elsewhere."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit import verification
from cchc_flow.audit.model_check.check import begin_check, find_check
from cchc_flow.audit.model_check.wording import DifferenceWording
from cchc_flow.audit.witnessing import load_witnessing
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.eventlog import checkpoint as checkpoints
from cchc_flow.eventlog.consistency_request import parse_size, prove_consistency
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download
from cchc_flow.web.log.events import for_auditors

bp = Blueprint("verification", __name__, url_prefix="/<workspace>")


@bp.get("/verifications")
@for_auditors
def show() -> str:
    """Show the form: the button, the expected time, and inputs for a checkpoint that was kept elsewhere."""
    return render_template("verifications/show.html", **_page_context())


@bp.post("/verifications")
@for_auditors
def create() -> Answer:
    """Verify the whole log now and show the result; nothing is stored."""
    file, key = request.files.get("checkpoint"), request.form.get("key", "").strip()
    try:
        reference = verification.parse_reference(file.read(verification.MAX_FILE_SIZE) if file else b"", key)
    except MissingData as error:
        return _render(errors=error.fields, key=key), 422
    verdict = verification.run_verification(g.ws, reference)
    if verdict.report.ok:  # else the log itself is what is wrong
        begin_check(g.ws)
    return _render(verdict=verdict, key=key)


@bp.get("/verifications/read-models", endpoint="models")
@for_auditors
def show_models() -> str:
    """Show how far the comparison of what pages show with the log has come, and what it found."""
    return htmx.page_or_fragment("verifications/show.html", "verifications/_models.html", **_page_context())


@bp.get("/checkpoint", endpoint="checkpoint")
@for_auditors
def show_checkpoint() -> str:
    """Show the newest checkpoint, the verifier key, what to do with them, and who witnessed the log."""
    return render_checkpoint()


@bp.get("/checkpoint/consistency", endpoint="consistency")
@for_auditors
def prove_consistency_with_kept() -> Answer:
    """Send the proof that the newest checkpoint extends one of `old` events, or say why there is none."""
    old = request.args.get("old", "").strip().replace(".", "")
    try:
        proof = prove_consistency(g.ws.log, parse_size(old))
    except BadInput as error:
        return render_checkpoint({"old": str(error)}), 422
    return download(proof.text(), f"{g.ws.name}-noi-tiep-{old}.txt", "text/plain")


def render_checkpoint(errors: dict[str, str] | None = None) -> str:
    """Return the page of the checkpoint; `errors` are about one of its forms."""
    note, key = g.ws.log.checkpoint_and_key()
    checkpoint, _ = checkpoints.parse_checkpoint(note)
    return render_template(
        "checkpoints/show.html",
        note=note,
        checkpoint=checkpoint,
        key=key,
        filename=_file_name(checkpoint.size),
        witnessing=load_witnessing(g.ws),
        errors=errors,
        tab="verification.checkpoint",
    )


@bp.get("/checkpoint/note", endpoint="note")
@for_auditors
def download_note() -> Response:
    """Send the newest checkpoint as a file that `cchc-flow verify --checkpoint` can read."""
    text = g.ws.log.checkpoint()
    checkpoint, _ = checkpoints.parse_checkpoint(text)
    return download(text, _file_name(checkpoint.size), "text/plain")


@bp.get("/checkpoint/key", endpoint="key")
@for_auditors
def download_key() -> Response:
    """Send the current verifier key as a file of one line."""
    return download(f"{g.ws.log.verifier_key()}\n", f"{g.ws.name}-khoa-kiem-tra.txt", "text/plain")


def _render(**result: object) -> str:
    """Return the page of verification, or its report to htmx, with these variables."""
    return htmx.page_or_fragment(
        "verifications/show.html", "verifications/_report.html", **_page_context(), **result
    )


def _page_context() -> dict[str, Any]:
    """Return the log's size, the seconds that its verification takes, and how the pages compare with it."""
    size = g.ws.log.size()
    check, running = find_check(g.ws)
    rows = DifferenceWording(g.ws, g.reader).rows(check.found) if check and check.found else []
    return {
        "size": size,
        "seconds": verification.expected_seconds(size),
        "check": check,
        "checking": running,
        "different": rows,
    }


def _file_name(size: int) -> str:
    """Return the name of the file of a checkpoint at this size of the log."""
    return f"{g.ws.name}-dau-niem-phong-{size}.txt"
