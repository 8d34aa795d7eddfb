"""The rows that one append adds to the tables of a log, computed before anything is written."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

import msgspec
from msgspec.structs import replace

from cchc_flow.errors import BadInput, Conflict, Refusal
from cchc_flow.eventlog import codec, contents, ids, instants, merkle
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Draft, Meta

Random = Callable[[int], bytes]
MOST_BYTES = 65_535
"""How many bytes a body has at most: what an entry of tiles (C2SP tlog-tiles) can hold."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a log that the next append continues from.

    `subtrees` are the hashes of the complete subtrees, largest first, and `root` is the root over them; `key`
    is the verifier key in force.
    `made` is when the last event was made, in milliseconds (POSIX) by the clock as it was: `recordedtime`
    does not follow a clock that is set back, and `time` may be long before.
    """

    size: int
    made: int
    recordedtime: str
    demo: bool
    subtrees: tuple[bytes, ...]
    root: bytes
    workspace: str
    origin: str
    key: str


EventRow = tuple[int, str, int, str, str, str, bytes, bytes]
"""Position, stream, version, type, recordedtime, actor, leaf and body of an event."""


class Batch:
    """The rows of one commit after `head`, and the head after it; `made` is when, in milliseconds."""

    def __init__(self, head: Head, meta: Meta, now: datetime, random: Random = os.urandom) -> None:
        self.events: list[EventRow] = []
        self.nodes: list[tuple[int, int, bytes]] = []
        self.contents: list[tuple[int, str]] = []
        self._command_digest = meta.command_digest
        self.head = head
        self._range = merkle.CompactRange(head.size, head.subtrees)
        self.made = int(now.timestamp() * 1000)
        self._random = random
        self.recordedtime = max(instants.format_instant(now), head.recordedtime)
        self._common = codec.common_fields(meta, f"/{head.workspace}", self.recordedtime)

    def add(self, change: Change, version: int) -> None:
        """Add the events of one stream, now at `version`; raise Conflict when another was expected."""
        if version != change.expected:
            raise Conflict(change.stream, change.expected, version)
        for event_version, draft in enumerate(change.events, version + 1):
            self._add_event(change.stream, event_version, draft)

    def head_after(self, key: str | None = None) -> Head:
        """Return the head of the log after the commit, with a new verifier `key` if the commit brings one."""
        return replace(
            self.head,
            size=self._range.size,
            made=self.made,
            recordedtime=self.recordedtime,
            subtrees=tuple(self._range.subtrees),
            root=self._root,
            key=key or self.head.key,
        )

    def event_rows(self, signers: Sequence[Signer]) -> list[tuple[object, ...]]:
        """Return the rows for the table of events; the last one carries the commit's signed checkpoint."""
        *others, last = self.events
        return [*((*row, None) for row in others), (*last, self.checkpoint().sign(signers))]

    def checkpoint(self) -> Checkpoint:
        """Return what the commit's seal states."""
        return Checkpoint(self.head.origin, self._range.size, self._root, self.recordedtime)

    def bodies(self) -> list[tuple[int, bytes]]:
        """Return the position and the body of each event."""
        return [(row[0], row[-1]) for row in self.events]

    @cached_property
    def _root(self) -> bytes:
        """The root after the commit: ask when all events are added."""
        return self._range.root()

    def commit_row(self) -> tuple[str, int, int, bytes]:
        """Return the row for the table of commits; raise BadInput when the batch has no event."""
        if not self.events:
            raise BadInput("Không có sự kiện nào để ghi.")
        return self._common["commandid"], self.head.size + 1, self._range.size, self._command_digest

    def _add_event(self, stream: str, version: int, draft: Draft) -> None:
        """Add the rows of one event: its own, the tree nodes it completes, its vault references."""
        id_ = ids.uuid7(self.made, self._random(ids.RANDOM_BYTES))
        body = codec.encode_event(self._common, draft, id=id_, subject=stream, streamversion=version)
        if len(body) > MOST_BYTES:
            raise _too_large(draft, len(body))
        leaf = merkle.leaf_hash(body)
        self.nodes += [node for node in self._range.append(leaf) if node[0] >= merkle.LOWEST_STORED_LEVEL]
        position, actor = self._range.size, self._common["actor"]
        self.events.append((position, stream, version, draft.type, self.recordedtime, actor, leaf, body))
        self.contents += [(position, digest) for digest in set(contents.referenced_digests(body))]


def _too_large(draft: Draft, size: int) -> Refusal:
    """Return the error for an event whose body is larger than the log takes."""
    return Refusal(
        f"Việc này ghi một sự kiện «{draft.type}» dài {size} byte, quá {MOST_BYTES} byte mà nhật ký nhận;"
        " chưa có gì được ghi.",
        "Hãy bớt nội dung, chia làm nhiều lần, hoặc đưa phần dài vào một tệp đính kèm.",
    )


def prepare_batch(
    head: Head, changes: Sequence[Change], meta: Meta, now: datetime, version_of: Callable[[str], int]
) -> Batch:
    """Return the batch of one append; `version_of` gives the stored version of a stream.

    Raise Conflict when a stream is not at its expected version, Refusal for an event that is too large.
    """
    batch = Batch(head, meta, now)
    versions: dict[str, int] = {}
    for change in changes:
        stream = codec.normalize_text(change.stream)
        version = versions[stream] if stream in versions else version_of(stream)
        batch.add(change if stream == change.stream else replace(change, stream=stream), version)
        versions[stream] = version + len(change.events)
    return batch
