"""The readings of targets that were recorded or corrected between two moments, and who answers for them."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import attrgetter

import msgspec

from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.events import CLASSES, TargetCorrected, TargetMeasured, TargetSet
from cchc_flow.workflow.upcast import upcast_event
from cchc_flow.workspace import Workspace

TARGET = "target-"
_Data = TargetSet | TargetMeasured | TargetCorrected
_History = list[tuple[RecordedEvent, _Data]]


class ReadingChange(msgspec.Struct, frozen=True):
    """A measure's figure for a period from a source, at both ends; `is_new` tells that there was none.

    None as a figure says that nothing arose. With an empty `period` it is who answers for the measure, a unit
    or None, that became another. `last` is the newest of the events, with its `data`.
    """

    plan: str
    target: str
    period: str
    source: str
    before: str | None
    after: str | None
    is_new: bool
    positions: tuple[int, ...]
    last: RecordedEvent
    data: _Data


def changed_readings(
    ws: Workspace, streams: Collection[str], between: tuple[int, int], scope: Scope
) -> Iterator[ReadingChange]:
    """Yield what became another of the measures with these streams, by target and period.

    A target belongs to a plan and to the unit that answers for it, and to no area.
    """
    if scope.area is not None:
        return
    since, upto = between
    for _, group in groupby(ws.log.streams(sorted(streams), upto), attrgetter("stream")):
        yield from _changes_of_measure([*group], since, scope)


def _changes_of_measure(events: list[RecordedEvent], since: int, scope: Scope) -> Iterator[ReadingChange]:
    """Yield what became another of one measure, whose events these are."""
    histories: dict[tuple[str, str], _History] = {}
    units = set()
    for event in events:
        name, plain = upcast_event(event.type, event.data)
        match convert(plain, CLASSES[name]):
            case TargetSet() as data:
                histories.setdefault(("", ""), []).append((event, data))
                units.add(data.owner)
            case TargetMeasured() as data:
                histories.setdefault((data.period, data.source), []).append((event, data))
                units.add(data.unit)
            case TargetCorrected() as data:
                histories.setdefault((data.period, data.source), []).append((event, data))
    if scope.unit is not None and scope.unit not in units:
        return
    for key in sorted(histories):
        change = _change(key, histories[key], since)
        if change is not None and scope.plan in (None, change.plan):
            yield change


def _change(key: tuple[str, str], history: _History, since: int) -> ReadingChange | None:
    """Return what became another by the newer events about a period and source; None if there are none."""
    newer = [(event, data) for event, data in history if event.position > since]
    if not newer:
        return None
    older = history[: len(history) - len(newer)]
    last, data = newer[-1]
    return ReadingChange(
        data.plan,
        data.target,
        *key,
        _value(older[-1][1]) if older else None,
        _value(data),
        not older,
        tuple(event.position for event, _ in newer),
        last,
        data,
    )


def _value(data: _Data) -> str | None:
    return data.owner if isinstance(data, TargetSet) else data.value
