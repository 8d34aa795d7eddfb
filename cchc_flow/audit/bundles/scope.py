"""Which events a bundle has: those of the whole log, of an item, of a unit's work, or of a period."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.bundles.manifest import Range, ScopeClaim
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.eventlog.erasures import PREFIX as ERASURES
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.projections import directory
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.calendar import end_of_day
from cchc_flow.workflow.events import NAMES, LogKeyRotated, LogOpened
from cchc_flow.workflow.periods import Period

Hides = Callable[[str], bool]
WHOLE, ITEM, UNIT, PERIOD = "whole", "item", "unit", "period"
KEY_EVENTS = (NAMES[LogOpened], NAMES[LogKeyRotated])


class Scope(msgspec.Struct, frozen=True):
    """What somebody asks a bundle to be about, with its title; `streams` are those of its items."""

    kind: str
    value: str
    title: str
    streams: tuple[str, ...] = ()
    period: Period | None = None


class Selection(msgspec.Struct, frozen=True):
    """The positions of the events of a scope, as ranges in order, and what the bundle claims of them."""

    ranges: tuple[Range, ...]
    claim: ScopeClaim


WHOLE_LOG = Scope(WHOLE, "", "toàn bộ nhật ký")


def item_scope(db: Database, item_id: str, reader: Reader | None) -> Scope:
    """Return the scope of an item with its parts; raise NotFound for one that the reader may not read."""
    item = items.find_readable_item(db, item_id, reader)
    if item is None:
        raise items.no_such_item(item_id)
    ids = [item.id, *(part.id for part in items.parts_of(db, item.id))]
    ref = f"{item.ref} " if item.ref else ""
    return Scope(ITEM, item.id, f"công việc {ref}«{item.title}»", _item_streams(ids))


def unit_scope(db: Database, unit: str, reader: Reader | None = None) -> Scope:
    """Return the scope of all items that a unit leads or has led, as far as the reader may read them.

    Raise NotFound for an unknown unit, BadInput when there are none: for a unit that leads only what the
    reader may not read, in the same words as for one that leads nothing.
    """
    name = directory.names(db).get(unit)
    if name is None or unit not in {known.id for known in directory.units(db)}:
        raise NotFound(f"Không có đơn vị «{unit}».", "Hãy dùng mã đơn vị như trang «Đơn vị và người».")
    led = "SELECT DISTINCT item FROM cards WHERE lead = ? ORDER BY item"
    ids = [id_ for (id_,) in db.execute(led, [unit]) if items.find_readable_item(db, id_, reader)]
    if not ids:
        raise BadInput(f"{name} chưa chủ trì công việc nào mà bạn được xem, nên không có gì để lập hồ sơ.")
    return Scope(UNIT, unit, f"các công việc do {name} chủ trì", _item_streams(ids))


def period_scope(period: Period) -> Scope:
    """Return the scope of what was recorded in a period, by the local calendar."""
    return Scope(PERIOD, period.name, f"những gì được ghi trong {period.words()}", period=period)


def select_events(log: EventLog, scope: Scope, size: int, hides: Hides) -> Selection:
    """Return the events of a scope among the first `size`; raise BadInput when there are none.

    Those that name the keys of the log are there in any case, and those that erased what others refer to.
    `hides` tells of which streams the bundle has only leaf hashes. Among named streams these are left out:
    that they lie in the scope, and what they are called, would tell of them.
    """
    if scope.kind == WHOLE:
        return Selection(((1, size),), ScopeClaim(kind=WHOLE, value=""))
    if scope.period:
        claim = _claim_of_period(log, scope.period, size, hides)
        chosen: Iterable[int] = range(claim.run[0], claim.run[1] + 1)
    else:
        streams = tuple(stream for stream in scope.streams if not hides(stream))
        if not streams:
            raise BadInput("Trong phạm vi này không có gì mà bạn được xem.", "Hãy chọn phạm vi khác.")
        chosen = [event.position for event in log.streams(streams, size)]
        claim = ScopeClaim(kind=scope.kind, value=scope.value, streams=streams)
    positions = {*chosen, *(event.position for event in key_events(log, size))}
    return Selection(_ranges(positions | _erasures_of(log, positions, size)), claim)


def key_events(log: EventLog, size: int) -> list[RecordedEvent]:
    """Return the events among the first `size` that put a key of the log in force."""
    own = log.stream(log.event(1).stream)
    return [event for event in own if event.type in KEY_EVENTS and event.position <= size]


def _item_streams(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(f"item-{id_}" for id_ in ids))


def _claim_of_period(log: EventLog, period: Period, size: int, hides: Hides) -> ScopeClaim:
    """Return the claim that all events of a period are there; raise BadInput when there are none.

    Recorded times never go back, so the last event before it and the first one after it prove that, when
    they can be read; where the bundle hides them, the next ones are taken.
    """
    begin, until = end_of_day(period.begin - timedelta(days=1)), end_of_day(period.end)
    before, inside = log.position_before(begin), min(log.position_before(until), size)
    if before >= inside:
        raise BadInput(f"Trong {period.words()} nhật ký không ghi sự kiện nào.", "Hãy chọn kỳ khác.")
    first, last = max(before, 1), min(inside + 1, size)
    while first > 1 and hides(log.event(first).stream):
        first -= 1
    while last < size and hides(log.event(last).stream):
        last += 1
    times = format_instant(begin), format_instant(until)
    return ScopeClaim(kind=PERIOD, value=period.name, run=(first, last), from_=times[0], to=times[1])


def _erasures_of(log: EventLog, positions: set[int], size: int) -> set[int]:
    """Return the positions of the events that erased contents which events at some positions refer to."""
    erased = {event.data["digest"]: event.position for event in log.read_streams((ERASURES,), upto=size)}
    found: set[int] = set()
    pending = positions if erased else set()
    while pending:
        digests = {digest for position in pending for digest in referenced_digests(log.body(position))}
        pending = {erased[digest] for digest in digests & erased.keys()} - found - positions
        found |= pending
    return found


def _ranges(positions: Iterable[int]) -> tuple[Range, ...]:
    """Return positions as ranges, in order."""
    ranges: list[Range] = []
    for position in sorted(positions):
        if ranges and ranges[-1][1] == position - 1:
            ranges[-1] = ranges[-1][0], position
        else:
            ranges.append((position, position))
    return tuple(ranges)
