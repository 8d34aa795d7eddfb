"""What the workspace learned from corrected plans can be discarded: plans are read as the program came."""

from flask import Blueprint, flash, g, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.plan_learning import DISCARDERS, discard_learning
from cchc_flow.plan_import.learned import learn
from cchc_flow.plugin_host import contributions
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role

bp = Blueprint("learning", __name__, url_prefix="/<workspace>/plan-learning")


@bp.post("/discards")
@needs_role(*DISCARDERS)
def create_discard() -> Answer:
    """Read plans as the program came, from now on until somebody corrects another one."""
    is_new = discard_learning(g.ws, htmx.order())
    g.ws.renew()
    learn(g.ws, contributions.areas(g.ws.plugins))
    flash(
        "Đã bỏ những gì hệ thống học được. Kế hoạch sau được đọc như lúc mới cài đặt."
        if is_new
        else "Hệ thống chưa học được gì từ các kế hoạch đã nhập."
    )
    return htmx.see_other(url_for("plans.index"))
