"""What proves the events of a bundle: its checkpoints, and the nodes of the tree between its events."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from cchc_flow.audit.bundles.manifest import Range
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.port import EventLog
from cchc_flow.workflow.calendar import day_of, end_of_day

Node = tuple[int, int, bytes]
"""Level, index and hash of a complete subtree."""


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


def _day_ends(log: EventLog, size: int) -> Iterator[int]:
    """Yield the position of the last event of each local day but the last one."""
    day: date = day_of(log.event(1).recordedtime)
    last = day_of(log.event(size).recordedtime)
    while day < last:
        position = log.position_before(end_of_day(day))
        yield position
        day = max(day + timedelta(days=1), day_of(log.event(position + 1).recordedtime))
