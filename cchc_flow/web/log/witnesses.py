"""The witnesses of the log: asking them, and carrying files to and from one that has no address."""

from flask import Blueprint, Response, flash, g, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.witnessing import MAX_FILE, ask_all, load_witnessing, request_for, take_answer
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download
from cchc_flow.web.log.events import for_auditors
from cchc_flow.web.log.verification import render_checkpoint

bp = Blueprint("witnesses", __name__, url_prefix="/<workspace>/witnesses")


@bp.post("/asks")
@for_auditors
def ask() -> Answer:
    """Ask all witnesses that have an address, and say what came of it."""
    refused = ask_all(g.ws)
    for each in refused:
        flash(each.words, "lasting")
    if not refused:
        flash("Các bên chứng kiến đã ký xác nhận dấu niêm phong mới nhất.")
    return htmx.see_other(url_for("verification.checkpoint", _anchor="witnesses"))


@bp.get("/request")
@for_auditors
def download_request() -> Response:
    """Send what is carried to a witness: the newest checkpoint, and the proof from what it saw last."""
    key = _find_key(request.args.get("witness", ""))
    return download(request_for(g.ws, key), f"{g.ws.name}-xin-chung-kien.txt", "text/plain")


@bp.post("/answers")
@for_auditors
def take() -> Answer:
    """Keep the cosigned checkpoint that was carried back."""
    file = request.files.get("answer")
    try:
        if not file or not file.filename:
            raise BadInput("Chưa chọn tệp nào.", "Hãy chọn tệp mà bên chứng kiến đã ký.")
        state = take_answer(g.ws, file.read(MAX_FILE))
    except BadInput as error:
        return render_checkpoint({"answer": str(error)}), 422
    flash(f"Đã nhận chữ ký của «{state.key.name}».")
    return htmx.see_other(url_for("verification.checkpoint", _anchor="witnesses"))


@bp.get("/<key_id>.txt", endpoint="cosigned")
@for_auditors
def download_cosigned(key_id: str) -> Response:
    """Send the newest checkpoint that a witness cosigned, with its signature."""
    for state in load_witnessing(g.ws).states:
        if state.key.key_id.hex() == key_id and state.cosigned:
            name = f"{g.ws.name}-dau-niem-phong-{state.cosigned.checkpoint.size}-{key_id}.txt"
            return download(state.cosigned.note, name, "text/plain")
    raise _no_such_witness()


def _find_key(key_id: str) -> WitnessKey | None:
    """Return the key of a witness of the setting, None when none is asked for; raise NotFound."""
    if not key_id:
        return None
    for state in load_witnessing(g.ws).states:
        if state.key.key_id.hex() == key_id:
            return state.key
    raise _no_such_witness()


def _no_such_witness() -> NotFound:
    return NotFound("Không có bên chứng kiến này.", "Hãy mở lại trang Dấu niêm phong.")
