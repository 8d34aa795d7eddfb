"""The head of a log in PostgreSQL as far as a node may trust it: sealed, or vouched for since the last seal.

What the table of heads says is never signed: who can write there but has no key would get his tree sealed.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

import msgspec

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import codec, merkle
from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import WHAT_NOW, find_node, opening_event, read_key_in_force
from cchc_flow.eventlog.ids import milliseconds_of
from cchc_flow.eventlog.instants import parse_instant
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.verification.unsealed import LONGEST
from cchc_flow.eventlog.voucher import is_vouched
from cchc_flow.workflow.events import NAMES, LogKeyRotated
from cchc_flow.workflow.shares import format_number

NEWEST_SEAL = (
    "SELECT position, recordedtime, seal, body FROM events WHERE position <= ? AND seal IS NOT NULL"
    " ORDER BY position DESC LIMIT 1"
)
EVENTS = (
    "SELECT leaf, type, recordedtime, seal, CASE WHEN position = ? THEN body END FROM events"
    " WHERE position > ? AND position <= ? ORDER BY position"
)
COMMITS = "SELECT first, last, command_id, voucher FROM commits WHERE last > ? AND last <= ? ORDER BY last"


class Extension(msgspec.Struct, frozen=True):
    """A trusted head, and the checkpoints of the commits before it that lack their seals."""

    head: Head
    unsealed: tuple[Checkpoint, ...] = ()


def load_trusted(connection: Connection, size: int) -> Extension:
    """Return the head that the log had with `size` events; raise LogBroken when no key answers for it."""
    row = connection.execute(NEWEST_SEAL, (size,)).fetchone()
    if row is None:
        raise LogBroken("Nhật ký chưa có dấu niêm phong nào.", WHAT_NOW)
    sealed, recordedtime, seal, body = row
    opening = opening_event(connection)
    subtrees = tuple(find_node(connection, *at) for at in merkle.complete_subtrees(sealed))
    head = Head(
        size=sealed,
        made=milliseconds_of(codec.decode_event(sealed, body).id),
        recordedtime=recordedtime,
        demo=opening.data["demo"],
        subtrees=subtrees,
        root=merkle.root_over_subtrees(subtrees),
        workspace=opening.data["workspace"],
        origin=opening.data["key"].split("+")[0],
        key=read_key_in_force(connection, sealed),
    )
    _check_seal(seal, Checkpoint(head.origin, sealed, head.root, recordedtime), head.key)
    if sealed == size:
        return Extension(head)
    extension = extend_trusted(connection, head, size)
    if extension is None:
        raise _unsealed_error(size)
    return extension


def extend_trusted(connection: Connection, head: Head, size: int) -> Extension | None:
    """Return the head that the log had with `size` events, from an earlier one that is trusted.

    None when another key came into force in between. Raise LogBroken when the commits in between are
    neither sealed nor vouched for by the key in force.
    """
    events = connection.execute(EVENTS, (size, head.size, size)).fetchall()
    commits = connection.execute(COMMITS, (head.size, size)).fetchall()
    if any(event[1] == NAMES[LogKeyRotated] for event in events):
        return None
    if len(events) != size - head.size:
        raise LogBroken(f"Nhật ký thiếu sự kiện trước vị trí {format_number(size)}.", WHAT_NOW)
    return _follow(head, events, commits)


def _follow(head: Head, events: Sequence[Any], commits: Sequence[Any]) -> Extension:
    """Return the head after some commits; the newest seal among them answers for all before it."""
    tree = merkle.CompactRange(head.size, head.subtrees)
    key, rows = VerifierKey.parse(head.key), iter(events)
    unsealed: list[Checkpoint] = []
    unvouched, waiting = 0, list[str]()
    newest: tuple[str, Checkpoint] | None = None
    for first, last, command, voucher in commits:
        own = [*islice(rows, last - first + 1)]
        if first != tree.size + 1 or len(own) != last - first + 1:
            raise _unsealed_error(last)
        leaves = [bytes(row[0]) for row in own]
        for leaf in leaves:
            tree.append(leaf)
        checkpoint = Checkpoint(head.origin, last, tree.root(), own[-1][2])
        if seal := own[-1][3]:
            newest, unvouched, waiting = (seal, checkpoint), 0, []
        else:
            unsealed.append(checkpoint)
            waiting.append(checkpoint.time)
            if voucher is None or not is_vouched(key, bytes(voucher), command, leaves):
                unvouched = unvouched or last
    if newest:
        _check_seal(*newest, head.key)
    if waiting and parse_instant(waiting[-1]) - parse_instant(waiting[0]) > LONGEST:  # seals were taken away
        raise _unsealed_error(unsealed[-len(waiting)].size)
    if unvouched or tree.size != head.size + len(events):
        raise _unsealed_error(unvouched or tree.size)
    *_, (_, _, recordedtime, _, body) = events
    after = msgspec.structs.replace(
        head,
        size=tree.size,
        made=milliseconds_of(codec.decode_event(tree.size, bytes(body)).id),
        recordedtime=recordedtime,
        subtrees=tuple(tree.subtrees),
        root=tree.root(),
    )
    return Extension(after, tuple(unsealed))


def _check_seal(seal: str, expected: Checkpoint, key: str) -> None:
    """Raise LogBroken unless a stored seal states what is expected and is signed by the key in force."""
    stated, note = _parse(seal)
    if stated != expected or note is None:
        raise LogBroken(
            f"Dấu niêm phong mới nhất không khớp với {format_number(expected.size)} sự kiện của nhật ký.",
            WHAT_NOW,
        )
    if not VerifierKey.parse(key).has_signed(note):
        raise LogBroken("Chữ ký của dấu niêm phong mới nhất không đúng.", WHAT_NOW)


def _parse(seal: str) -> tuple[Checkpoint | None, Note | None]:
    try:
        return parse_checkpoint(seal)
    except BadInput:
        return None, None


def _unsealed_error(position: int) -> LogBroken:
    return LogBroken(
        f"Lần ghi đến vị trí {format_number(position)} không có dấu niêm phong, cũng không khóa nào bảo đảm.",
        WHAT_NOW,
    )
