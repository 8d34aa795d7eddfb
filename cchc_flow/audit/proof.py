"""One event held against the seal: its bytes, its leaf, and the way from there up to the root."""

from collections.abc import Sequence

import msgspec

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import checkpoint, merkle
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.port import EventLog


class InclusionProof(msgspec.Struct, frozen=True):
    """One event under the newest checkpoint: `leaf` is hashed from `body` now, not read from the log.

    `path` is the RFC 6962 audit path, lowest first; `holds` tells whether it leads to the checkpoint's root.
    """

    body: bytes
    leaf: bytes
    path: Sequence[bytes]
    checkpoint: Checkpoint
    holds: bool


def prove_inclusion(log: EventLog, position: int) -> InclusionProof:
    """Return the proof that an event is in the log that the newest checkpoint seals; raise NotFound."""
    body = log.body(position)
    sealed, _ = checkpoint.parse_checkpoint(log.checkpoint())
    leaf = merkle.leaf_hash(body)
    path = _path(log, position, sealed.size)
    holds = merkle.verify_inclusion(leaf, position - 1, sealed.size, path, sealed.root)
    return InclusionProof(body, leaf, path, sealed, holds)


def indent_json(body: bytes) -> str:
    """Return the JSON indented, for people: these are not the bytes that were hashed."""
    return msgspec.json.format(body, indent=2).decode()


def _path(log: EventLog, position: int, size: int) -> Sequence[bytes]:
    """Return the audit path; an empty one, which proves nothing, when the log was damaged on the way."""
    try:
        return log.inclusion_proof(position, size)
    except (LogBroken, NotFound, BadInput):
        return ()
