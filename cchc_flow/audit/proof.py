"""Proving that one event is in the log: its bytes, its leaf hash, and the audit path up to the root."""

from collections.abc import Sequence

import msgspec

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import checkpoint, merkle
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.port import EventLog


class InclusionProof(msgspec.Struct, frozen=True):
    """The inclusion proof (RFC 6962) of one event in the tree of the newest checkpoint.

    `leaf` is computed from `body`, not read from the log; `path` is the audit path, lowest hash first;
    `is_valid` tells whether it leads to the checkpoint's root.
    """

    body: bytes
    leaf: bytes
    path: Sequence[bytes]
    checkpoint: Checkpoint
    is_valid: bool


def prove_inclusion(log: EventLog, position: int) -> InclusionProof:
    """Return the inclusion proof of an event in the newest checkpoint; raise NotFound without the event."""
    body = log.body(position)
    newest, _ = checkpoint.parse_checkpoint(log.checkpoint())
    leaf = merkle.leaf_hash(body)
    path = _audit_path(log, position, newest.size)
    is_valid = merkle.verify_inclusion(leaf, position - 1, newest.size, path, newest.root)
    return InclusionProof(body, leaf, path, newest, is_valid)


def indent_json(body: bytes) -> str:
    """Return a body as indented JSON for readers; these are not the bytes that were hashed."""
    return msgspec.json.format(body, indent=2).decode()


def _audit_path(log: EventLog, position: int, size: int) -> Sequence[bytes]:
    """Return the audit path of an event; an empty one, which proves nothing, when the log is damaged."""
    try:
        return log.inclusion_proof(position, size)
    except (LogBroken, NotFound, BadInput):
        return ()
