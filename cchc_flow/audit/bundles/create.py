"""Writing a bundle of proof, in one pass over its events and with little memory."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import IO

import msgspec

from cchc_flow import __version__
from cchc_flow.audit import trail
from cchc_flow.audit.bundles import explaining
from cchc_flow.audit.bundles.archive import BundleWriter
from cchc_flow.audit.bundles.manifest import (
    CHECKPOINTS,
    CONTENTS,
    EVENTS,
    KEYS,
    MANIFEST,
    PROOF,
    SIGNATURE,
    Manifest,
    Range,
    statement,
)
from cchc_flow.audit.bundles.scope import Hides, Scope, key_events, select_events
from cchc_flow.audit.bundles.tables import add_tables
from cchc_flow.audit.bundles.tree import Node, kept_checkpoints, nodes_between
from cchc_flow.conversion import decoder
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.eventlog.erasures import erased_digests
from cchc_flow.projections.reading import Reader
from cchc_flow.workspace import Workspace

CHUNK = 2_000
"""How many events one file of a bundle has: a verifier holds one file at a time in memory."""
Progress = Callable[[int, int], None]


class Bundle(msgspec.Struct, frozen=True):
    """A bundle that was written: its manifest, and the contents that the vault should have and has not."""

    manifest: Manifest
    missing: tuple[str, ...]


class _Subject(msgspec.Struct):
    subject: str


_decode_subject = decoder(_Subject)


def write_bundle(
    ws: Workspace,
    scope: Scope,
    file: IO[bytes],
    *,
    reader: Reader | None = None,
    sizes: Iterable[int] = (),
    with_tables: bool = False,
    progress: Progress = lambda done, total: None,
) -> Bundle:
    """Write the bundle of a scope as of the newest checkpoint into a file that can be read and sought.

    `reader` is who takes it (None: may read everything); at the `sizes` (numbers of events) a checkpoint that
    was kept elsewhere can be compared. Tables are for people, and take much longer than the rest. Raise
    BadInput for a scope without events, LogBroken without the key.
    """
    newest, _ = parse_checkpoint(ws.log.checkpoint())
    hides = _hidden_streams(ws, reader)
    selection = select_events(ws.log, scope, newest.size, hides)
    keys = key_events(ws.log, newest.size)
    seals = kept_checkpoints(ws.log, newest.size, [event.position for event in keys])
    writer, lines = BundleWriter(file), _EventLines(ws, hides)
    for chunk in _chunks(selection.ranges):
        writer.add(f"{EVENTS}{chunk[0][0]:09}.jsonl", lines.of(chunk))
        progress(chunk[-1][1], newest.size)
    missing = _add_contents(ws, writer, lines.digests)
    for size, seal in seals.items():
        writer.add(f"{CHECKPOINTS}{size:09}.txt", [seal.encode()])
    if with_tables:
        add_tables(ws, writer, selection.ranges, reader)
    cuts = {*seals, *(size for size in sizes if 0 < size <= newest.size)}
    writer.add(PROOF, _proof_blocks(nodes_between(ws.log, selection.ranges, newest.size, cuts)))
    writer.add(KEYS, [f"{event.data['key']}\n".encode() for event in keys])
    manifest = Manifest(
        workspace=ws.name,
        title=explaining.title(ws, scope, newest),
        origin=newest.origin,
        software=__version__,
        size=newest.size,
        scope=selection.claim,
        positions=selection.ranges,
        withheld=lines.withheld,
        files=writer.files,
    )
    for name, content in explaining.files(manifest):
        writer.add(name, [content])
    listing = manifest.to_bytes()
    writer.add(MANIFEST, [listing])
    writer.add(SIGNATURE, [ws.log.sign(statement(listing, newest.origin)).encode()])
    writer.finish()
    return Bundle(manifest, missing)


def _hidden_streams(ws: Workspace, reader: Reader | None) -> Hides:
    """Return what tells whether a stream is that of an item which the reader may not read."""
    if reader is None:
        return lambda stream: False
    db = ws.read()
    return cache(lambda stream: trail.is_hidden(db, stream, reader))


class _EventLines:
    """Gives the lines of events, and remembers the contents that they refer to."""

    def __init__(self, ws: Workspace, hides: Hides) -> None:
        self._log, self._hides = ws.log, hides
        self.digests: set[bytes] = set()
        self.withheld = 0

    def of(self, ranges: Iterable[Range]) -> Iterator[bytes]:
        """Yield the line of each event: its body, or its leaf hash as a JSON text where it is withheld."""
        for first, last in ranges:
            for _, body in self._log.read_bodies(first - 1, last):
                yield self._line(body)

    def _line(self, body: bytes) -> bytes:
        if self._hides(_decode_subject(body).subject):
            self.withheld += 1
            return b'"%s"\n' % merkle.leaf_hash(body).hex().encode()
        self.digests.update(map(bytes.fromhex, referenced_digests(body)))
        return body + b"\n"


def _chunks(ranges: Iterable[Range]) -> Iterator[list[Range]]:
    """Yield the ranges in groups of not more than CHUNK positions; a longer one is divided."""
    group, room = list[Range](), CHUNK
    for first, last in ranges:
        while first <= last:
            end = min(last, first + room - 1)
            group.append((first, end))
            room -= end - first + 1
            first = end + 1
            if not room:
                yield group
                group, room = [], CHUNK
    if group:
        yield group


def _add_contents(ws: Workspace, writer: BundleWriter, digests: set[bytes]) -> tuple[str, ...]:
    """Write the contents with their salts, as the vault has them; return those that it lacks.

    Those that were erased by an event are not lacking, and are not written even if a copy brought them back.
    """
    missing, erased = [], erased_digests(ws.log)
    for digest in sorted(map(bytes.hex, digests)):
        if digest in erased:
            continue
        path = ws.vault.path(digest)
        salted = path.read_bytes() if path.is_file() else b""
        if sha256(salted).hexdigest() == digest:
            writer.add(f"{CONTENTS}{digest}", [salted])
        else:
            missing.append(digest)
    return tuple(missing)


def _proof_blocks(nodes: Iterable[Node]) -> Iterator[bytes]:
    """Yield a JSON array of [level, index, hash in hex], from the left to the right of the tree."""
    start = b"["
    for level, index, node in nodes:
        yield start + msgspec.json.encode([level, index, node.hex()])
        start = b",\n"
    yield b"[]" if start == b"[" else b"]"
