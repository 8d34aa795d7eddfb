"""What proves the events of a bundle: its checkpoints, and the nodes of the tree between its events."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from cchc_flow.audit.bundles.manifest import CONSISTENCY, RECEIPTS, Range
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.consistency_request import ConsistencyRequest
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.receipt_files import SUFFIX, ReceiptFile
from cchc_flow.workflow.calendar import day_of, end_of_day

MOST_RECEIPTS = 1_000
"""A receipt repeats the body of its event: of more events nobody reads them one by one."""
Node = tuple[int, int, bytes]
"""Level, index and hash of a complete subtree."""
Hides = Callable[[str], bool]


def kept_checkpoints(log: EventLog, size: int, positions: Iterable[int]) -> dict[int, str]:
    """Return the notes of the checkpoints at the ends of all days by their sizes, the last of `size` events.

    Those that first covered some positions are there too.
    """
    wanted = {*_day_ends(log, size), *positions, size}
    notes = (log.checkpoint_at(position)[0] for position in sorted(wanted))
    return {parse_checkpoint(note)[0].size: note for note in notes}


def nodes_between(
    log: EventLog, ranges: Sequence[Range], size: int, boundaries: Iterable[int]
) -> Iterator[Node]:
    """Yield the fewest complete subtrees of the first `size` leaves in which no event of the ranges is.

    None reaches over a boundary (a number of events), so that the root there follows from what is left of it:
    one walk from the left proves the events, and that each of these trees extends the one before.
    """
    cuts, low = sorted({*boundaries, size}), 0
    for first, last in (*ranges, (size + 1, size + 1)):
        while low < first - 1:
            high = min(first - 1, cuts[bisect_left(cuts, low + 1)])
            for level, index in merkle.subtrees_between(low, high):
                yield level, index, log.node(level, index)
            low = high
        low = last


def proofs_for_other_tools(
    log: EventLog, ranges: Sequence[Range], seals: Mapping[int, str], hides: Hides
) -> Iterator[tuple[str, str]]:
    """Yield name and text of files that repeat what `proof.json` proves in the forms of C2SP.

    They are the proof from each checkpoint to the next one, and receipts where the events are few.
    """
    for old, new in pairwise(sorted(seals)):
        proof = ConsistencyRequest(old, tuple(log.consistency_proof(old, new)), seals[new])
        yield f"{CONSISTENCY}{old:09}-{new:09}.txt", proof.text()
    if sum(last - first + 1 for first, last in ranges) <= MOST_RECEIPTS:
        for receipt in _receipts(log, ranges, max(seals.items()), hides):
            yield f"{RECEIPTS}{receipt.position:09}{SUFFIX}", receipt.text()


def _receipts(
    log: EventLog, ranges: Sequence[Range], newest: tuple[int, str], hides: Hides
) -> Iterator[ReceiptFile]:
    """Yield the receipt of each event; of one that is hidden, with its leaf hash alone."""
    size, note = newest
    for first, last in ranges:
        for position, body in log.read_bodies(first - 1, last):
            is_hidden = hides(log.event(position).stream)
            path = tuple(log.inclusion_proof(position, size))
            yield ReceiptFile(position - 1, path, note, merkle.leaf_hash(body) if is_hidden else body)


def _day_ends(log: EventLog, size: int) -> Iterator[int]:
    """Yield the position of the last event of each local day but the last one."""
    day: date = day_of(log.event(1).recordedtime)
    last = day_of(log.event(size).recordedtime)
    while day < last:
        position = log.position_before(end_of_day(day))
        yield position
        day = max(day + timedelta(days=1), day_of(log.event(position + 1).recordedtime))
