"""How a log stands by its newest seal, told by one cheap look: for who only asks whether it has changed."""

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.connection import Connection

_NEWEST = "SELECT position, seal FROM events ORDER BY position DESC LIMIT 1"


class Standing(msgspec.Struct, frozen=True):
    """How many events a log has, and the root over them; `moved_to` names its new home, "" while it is here.

    Nothing of this is verified: it tells two states apart, and proves none.
    """

    size: int
    root: bytes
    moved_to: str = ""


def read_standing(connection: Connection, moved_to: str = "") -> Standing | None:
    """Return how a log stands; None for an empty one, or one without a seal at its end."""
    row = connection.execute(_NEWEST).fetchone()
    root = find_sealed_root(row[1]) if row else None
    return Standing(row[0], root, moved_to) if row and root is not None else None


def find_sealed_root(seal: object) -> bytes | None:
    """Return the root that a stored seal states, None when it is no seal."""
    try:
        return parse_checkpoint(seal)[0].root if isinstance(seal, str) else None
    except BadInput:
        return None
