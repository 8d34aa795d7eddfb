"""The command that lets another key sign the log from now on."""

from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import Meta, Receipt
from cchc_flow.projections import directory
from cchc_flow.workspace import Workspace


def rotate_key(ws: Workspace, order: Order) -> Receipt:
    """Put a new signing key in force; the old one, if at hand, signs the change too. Raise NotAllowed."""
    actor = directory.actor(ws.read(), order.actor)
    is_admin = "admin" in actor.roles
    if not is_admin and not order.is_system:
        raise NotAllowed("Bạn không được thay khóa niêm phong.", "Việc này do quản trị thực hiện.")
    meta = Meta(
        actor=order.actor,
        time=ws.now(),
        command_id=order.command_id,
        command_digest=b"rotate-key",
        unit=actor.unit,
        role="admin" if is_admin else None,
        correlation_id=order.command_id,
        channel=order.channel,
    )
    return ws.log.rotate_key(meta)
