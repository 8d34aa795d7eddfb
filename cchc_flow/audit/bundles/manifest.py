"""What a bundle says of itself: its scope, how its log ends, and each file with its size and digest.

`manifest.json` is canonical JSON (RFC 8785); `manifest.sig` is a signed note over it by the key that seals
the log. So nobody without that key makes a bundle, or changes one, be it only in what explains it.
"""

from hashlib import sha256

import msgspec

from cchc_flow.eventlog.codec import canonical_json

MANIFEST, SIGNATURE, PROOF, KEYS = "manifest.json", "manifest.sig", "proof.json", "keys.txt"
EVENTS, CHECKPOINTS, CONTENTS, EXPORTS = "events/", "checkpoints/", "contents/", "exports/"
CONSISTENCY, RECEIPTS = "consistency/", "receipts/"
FORMAT = "cchc-flow-bundle/1"

Range = tuple[int, int]
"""The first and the last of some positions that follow each other."""


class ScopeClaim(msgspec.Struct, frozen=True, kw_only=True):
    """Which events a bundle claims to have: those of `streams` from their first on (empty: of all streams).

    With the instants `from_` and `to` (RFC 3339; else empty) it is all that was recorded from the one until
    before the other: `run` has the positions of a first and a last event that lie outside, or end the log.
    """

    kind: str
    value: str
    streams: tuple[str, ...] = ()
    run: tuple[int, ...] = ()
    from_: str = msgspec.field(name="from", default="")
    to: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about a bundle of the first `size` events of a log; `positions` are of the events in it.

    `withheld` counts those of them that are a leaf hash alone, since who took the bundle may not read them.
    `files` has (size, hex SHA-256) by name.
    """

    format: str = FORMAT
    workspace: str
    title: str
    origin: str
    software: str
    size: int
    scope: ScopeClaim
    positions: tuple[Range, ...]
    withheld: int
    files: dict[str, tuple[int, str]]

    @property
    def count(self) -> int:
        """How many events the bundle has, with those of which it has only the leaf hash."""
        return sum(last - first + 1 for first, last in self.positions)

    def to_bytes(self) -> bytes:
        """Return the manifest as it is stored."""
        return canonical_json(msgspec.to_builtins(self))


def statement(manifest: bytes, origin: str) -> str:
    """Return what is signed of a manifest; no checkpoint begins like this."""
    return f"bundle of {origin}\nsha256 {sha256(manifest).hexdigest()}\n"
