"""Writing a bundle of proof, in one pass over its events and with little memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from cchc_flow.audit.bundles.tree import Node, kept_checkpoints, nodes_between, proofs_for_other_tools
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
    making = _Making(ws, scope, file, reader)
    making.write_events(progress)
    missing = _add_contents(ws, making.writer, making.lines.digests)
    if with_tables:
        add_tables(ws, making.writer, making.selection.ranges, reader)
    making.write_proofs(sizes)
    return Bundle(making.write_manifest(missing), missing)


class _Making:
    """One bundle in the making, as of the newest checkpoint of when it was begun."""

    def __init__(self, ws: Workspace, scope: Scope, file: IO[bytes], reader: Reader | None) -> None:
        self._ws, self._scope = ws, scope
        self._newest, _ = parse_checkpoint(ws.log.checkpoint())
        self._hides = _hidden_streams(ws, reader)
        self.selection = select_events(ws.log, scope, self._newest.size, self._hides)
        self.writer = BundleWriter(file)
        self.lines = _EventLines(ws, self._hides)

    def write_events(self, progress: Progress) -> None:
        """Write the lines of the events, some thousands to a file."""
        for chunk in _chunks(self.selection.ranges):
            self.writer.add(f"{EVENTS}{chunk[0][0]:09}.jsonl", self.lines.of(chunk))
            progress(chunk[-1][1], self._newest.size)

    def write_proofs(self, sizes: Iterable[int]) -> None:
        """Write the keys, the checkpoints, and the nodes between the events, cut at these sizes as well."""
        log, ranges, size = self._ws.log, self.selection.ranges, self._newest.size
        keys = key_events(log, size)
        seals = kept_checkpoints(log, size, [event.position for event in keys])
        cuts = {*seals, *(it for it in sizes if 0 < it <= size)}
        self.writer.add(KEYS, [f"{event.data['key']}\n".encode() for event in keys])
        for at, seal in seals.items():
            self.writer.add(f"{CHECKPOINTS}{at:09}.txt", [seal.encode()])
        self.writer.add(PROOF, _proof_blocks(nodes_between(log, ranges, size, cuts)))
        for name, text in proofs_for_other_tools(log, ranges, seals, self._hides):
            self.writer.add(name, [text.encode()])

    def write_manifest(self, missing: Sequence[str]) -> Manifest:
        """Write what explains the bundle, its manifest, and the signature of that; return the manifest."""
        manifest = Manifest(
            workspace=self._ws.name,
            title=explaining.title(self._ws, self._scope, self._newest),
            origin=self._newest.origin,
            software=__version__,
            size=self._newest.size,
            scope=self.selection.claim,
            positions=self.selection.ranges,
            withheld=self.lines.withheld,
            files=self.writer.files,  # it grows by what explains the bundle, until the manifest is written
        )
        for name, content in explaining.files(manifest, missing):
            self.writer.add(name, [content])
        listing = manifest.to_bytes()
        self.writer.add(MANIFEST, [listing])
        note = self._ws.log.sign(statement(listing, self._newest.origin))
        self.writer.add(SIGNATURE, [note.encode()])
        self.writer.finish()
        return manifest


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
        salted = ws.vault.find_salted(digest) or b""
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
