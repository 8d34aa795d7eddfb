"""The readings of a measure, folded from the events of its stream."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import (
    CLASSES,
    Content,
    Event,
    TargetCorrected,
    TargetMeasured,
    TargetSet,
)


class Reading(TargetMeasured, frozen=True, kw_only=True):
    """A measure's figure for a period from one source, as it stands.

    `position` is that of the event that says so, by `actor` on a local `day`; `first` that of the first one.
    A reading that was corrected has the figure before as `previous`, and the `reason`.
    """

    actor: str
    day: str
    position: int
    first: int
    corrections: int = 0
    previous: str | None = None
    reason: Content | None = None


class MeasureHistory(msgspec.Struct, frozen=True):
    """What a measure's stream says by now: the newest decision about it, and the readings by their key."""

    setting: TargetSet | None = None
    readings: Mapping[tuple[str, str], Reading] = {}
    """By period and source."""


def stream_of_measure(plan: str, target: str, measure: int) -> str:
    """Return the name of a measure's stream."""
    return f"target-{plan}-{target}-{measure}"


def fold_measure(events: Sequence[Event], positions: Sequence[int]) -> MeasureHistory:
    """Return what the events of a measure's stream, which stand at these positions, say together."""
    setting, found = None, dict[tuple[str, str], Reading]()
    for event, position in zip(events, positions, strict=True):
        day = day_of(event.recordedtime)
        match convert(event.data, CLASSES[event.type]):
            case TargetSet() as data:
                setting = data
            case TargetMeasured() as data:
                found[data.period, data.source] = first_reading(data, event.actor, day, position)
            case TargetCorrected() as data:
                former = found[data.period, data.source]
                found[data.period, data.source] = correct_reading(former, data, event.actor, day, position)
    return MeasureHistory(setting, found)


def first_reading(data: TargetMeasured, actor: str, day: date, position: int) -> Reading:
    """Return the reading that an event at a position records."""
    own = {name: getattr(data, name) for name in data.__struct_fields__}
    return Reading(**own, actor=actor, day=day.isoformat(), position=position, first=position)


def correct_reading(former: Reading, data: TargetCorrected, actor: str, day: date, position: int) -> Reading:
    """Return a reading as it stands after a correction."""
    return msgspec.structs.replace(
        former,
        value=data.value,
        count=data.count,
        of=data.of,
        estimate=data.estimate,
        item=data.item or former.item,
        positions=data.positions,
        actor=actor,
        day=day.isoformat(),
        position=position,
        corrections=former.corrections + 1,
        previous=data.previous,
        reason=data.reason,
    )


def is_same_figure(one: str | None, other: str | None) -> bool:
    """Tell whether two figures are the same number, or both say that nothing arose."""
    if one is None or other is None:
        return one is other
    return Decimal(one) == Decimal(other)


def in_order_of_time(readings: Sequence[Reading]) -> list[Reading]:
    """Return one reading for each moment: of periods with the same end only the longest, the oldest first."""
    by_end: dict[date, Reading] = {}
    for reading in readings:
        period = periods.parse(reading.period)
        other = by_end.get(period.end)
        if other is None or periods.parse(other.period).begin > period.begin:
            by_end[period.end] = reading
    return [by_end[end] for end in sorted(by_end)]
