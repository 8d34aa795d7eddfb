"""The order to seal the log by another key from now on."""

from cchc_flow.eventlog.port import Meta, Receipt
from cchc_flow.handling.writing import Order
from cchc_flow.workspace import Workspace


def rotate_key(ws: Workspace, order: Order) -> Receipt:
    """Put a new key in force; the old one, if it is at hand, seals the change as well."""
    meta = Meta(
        actor=order.actor,
        time=ws.now(),
        command_id=order.command_id,
        command_digest=b"rotate-key",
        role="admin",
        correlation_id=order.command_id,
    )
    return ws.log.rotate_key(meta)
