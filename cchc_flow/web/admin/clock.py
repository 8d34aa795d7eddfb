"""The page of the machine's clock, on which an administrator confirms one that is in doubt."""

from datetime import datetime

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.clock_confirmation import confirm_clock
from cchc_flow.errors import BadInput
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role, served_workspaces

bp = Blueprint("clock", __name__, url_prefix="/<workspace>/clock")


@bp.get("")
@needs_role("admin")
def show() -> str:
    """Show what the clock says, why it is in doubt if it is, and then the button that confirms it."""
    return render_template("clock/show.html", now=g.ws.now().isoformat(), doubt=g.ws.log.find_clock_doubt())


@bp.post("/confirmations")
@needs_role("admin")
def create_confirmation() -> Answer:
    """Confirm the time that the page showed."""
    confirm_clock(g.ws, htmx.order(), shown=_parse_shown_time())
    served_workspaces().record_again(g.ws.name)
    flash("Đã xác nhận đồng hồ máy chủ; từ nay hệ thống lại ghi nhật ký.")
    return htmx.see_other(url_for("clock.show"))


def _parse_shown_time() -> datetime:
    """Return the time that the page showed; raise BadInput without one."""
    try:
        shown = datetime.fromisoformat(request.form.get("shown", ""))
        if shown.tzinfo is None:
            raise ValueError(shown)
    except ValueError:
        raise BadInput("Biểu mẫu thiếu giờ đã hiện.", "Hãy tải lại trang rồi gửi lại.") from None
    return shown
