"""The command by which a person confirms the machine's clock, so that it may stamp events again."""

from datetime import datetime

from cchc_flow.commands.administration import meta_about_log
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.commands.workspace_setup import publish_what_came
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.clock_guard import MOST_BEHIND
from cchc_flow.workspace import Workspace


def confirm_clock(ws: Workspace, order: Order, *, shown: datetime | None = None) -> None:
    """Record that the clock is right, so that every program on this machine goes on. Raise NotAllowed.

    `shown` is the time that a person saw on a page and confirms. Raise Refusal when the clock was set since
    then, or there is nothing to confirm any more.
    """
    meta = meta_about_log(ws, order, b"confirm-clock", "Bạn không được xác nhận đồng hồ máy chủ.")
    if shown is not None and abs(ws.now() - shown) > MOST_BEHIND:
        raise Refusal(
            "Đồng hồ máy chủ đã đổi, hoặc trang đã mở quá lâu.", "Hãy xem lại giờ đang hiện rồi xác nhận lại."
        )
    if shown is not None and ws.log.find_clock_doubt() is None:
        raise Refusal("Đồng hồ máy chủ không có gì phải xác nhận.")
    ws.log.confirm_clock(meta)
    publish_what_came(ws)
