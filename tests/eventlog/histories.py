"""A small checker of concurrent histories of a log: what writers were told and readers saw, put together.

It knows nothing of how the log works. Writers add one element each to a stream at the version that they
expect; a reader reads the log from its beginning. As every reading gives the whole order, checking is linear,
which the general case is not: Kyle Kingsbury's Elle needs a Java machine for that, and no registry of Python
has a checker.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Write(NamedTuple):
    """An append as its writer saw it: when it was sent and answered (s), and where it is.

    `position` is None for one that was refused (`is_refused`: it never happens), or whose answer was lost.
    """

    element: str
    stream: str
    expected: int
    sent: float
    answered: float
    position: int | None
    is_refused: bool = False


class Seen(NamedTuple):
    """An event as a reader saw it."""

    position: int
    stream: str
    version: int
    element: str


class Read(NamedTuple):
    """What one reading of the whole log gave, and when it began and ended (s)."""

    reader: str
    began: float
    ended: float
    events: Sequence[Seen]


def find_faults(writes: Sequence[Write], reads: Sequence[Read]) -> list[str]:
    """Return what is wrong with a history; nothing when one order of its writes explains all that was seen.

    The order is that of the positions: without gaps, and all readings are beginnings of it. A version counts
    the elements of its stream. Each acknowledged write is in the order once, where its writer was told; a
    refused one is not. And it keeps to time: what was answered before another was sent comes before it, and a
    reading that begins later sees it.
    """
    order = max((read.events for read in reads), key=len, default=())
    return [
        *_order_faults(order),
        *(fault for read in reads for fault in _read_faults(read, order, writes)),
        *_write_faults(writes, order),
        *_reader_faults(reads),
    ]


def _order_faults(order: Sequence[Seen]) -> Iterator[str]:
    lengths: dict[str, int] = {}
    for place, seen in enumerate(order, 1):
        if seen.position != place:
            yield f"position {seen.position} stands at place {place}"
        lengths[seen.stream] = lengths.get(seen.stream, 0) + 1
        if seen.version != lengths[seen.stream]:
            yield f"{seen.stream} has version {seen.version} at its element {lengths[seen.stream]}"


def _read_faults(read: Read, order: Sequence[Seen], writes: Sequence[Write]) -> Iterator[str]:
    if [*read.events] != [*order[: len(read.events)]]:
        yield f"{read.reader} read what is no beginning of the log"
    for write in writes:
        if write.position and write.answered < read.began and write.position > len(read.events):
            yield f"{read.reader} did not see {write.element}, which was acknowledged before"


def _write_faults(writes: Sequence[Write], order: Sequence[Seen]) -> Iterator[str]:
    places: dict[str, list[Seen]] = {}
    for seen in order:
        places.setdefault(seen.element, []).append(seen)
    for write in writes:
        found = places.get(write.element, [])
        if len(found) > 1:
            yield f"{write.element} is there {len(found)} times"
        if write.is_refused and found:
            yield f"{write.element} was refused and is there"
        if write.position and [seen.position for seen in found] != [write.position]:
            yield f"{write.element} was acknowledged at {write.position} and is at {found}"
        if any(seen.version != write.expected + 1 for seen in found):
            yield f"{write.element} was written over another version than {write.expected}"
    known = sorted((write for write in writes if write.position), key=lambda write: write.position or 0)
    latest_sent = float("-inf")
    for write in known:  # in the order of positions none is answered before an earlier one was sent
        if write.answered < latest_sent:
            yield f"{write.element} was answered before one at an earlier position was sent"
        latest_sent = max(latest_sent, write.sent)


def _reader_faults(reads: Sequence[Read]) -> Iterator[str]:
    for reader in {read.reader for read in reads}:
        own = sorted((read for read in reads if read.reader == reader), key=lambda read: read.began)
        if any(len(later.events) < len(earlier.events) for earlier, later in pairwise(own)):
            yield f"{reader} saw less than before"
