"""What the commands about the log itself share: administrators give them, or the machine."""

from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import Meta
from cchc_flow.projections import directory
from cchc_flow.workspace import Workspace


def require_administrator(ws: Workspace, order: Order, refusal: str) -> str | None:
    """Return the role of who gives an order about the log, None for the machine; else raise NotAllowed."""
    if "admin" in directory.actor(ws.read(), order.actor).roles:
        return "admin"
    if order.is_system:
        return None
    raise NotAllowed(refusal, "Việc này do quản trị thực hiện.")


def meta_about_log(ws: Workspace, order: Order, digest: bytes, refusal: str) -> Meta:
    """Return the metadata of an event about the log; raise NotAllowed with the sentence `refusal`."""
    role = require_administrator(ws, order, refusal)
    return Meta(
        actor=order.actor,
        time=ws.now(),
        command_id=order.command_id,
        command_digest=digest,
        unit=directory.actor(ws.read(), order.actor).unit,
        role=role,
        correlation_id=order.command_id,
        channel=order.channel,
    )
