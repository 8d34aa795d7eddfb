"""The command that lets another key sign the log from now on."""

from cchc_flow.commands.administration import meta_about_log
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.eventlog.port import Receipt
from cchc_flow.workspace import Workspace


def rotate_key(ws: Workspace, order: Order) -> Receipt:
    """Put a new signing key in force; the old one, if at hand, signs the change too. Raise NotAllowed."""
    refusal = "Bạn không được thay khóa niêm phong."
    return ws.log.rotate_key(meta_about_log(ws, order, b"rotate-key", refusal))
