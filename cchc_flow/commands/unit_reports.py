"""What follows from a unit's report: once it is accepted, its figures are the readings of targets."""

from collections.abc import Sequence

from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.targets import reported_readings
from cchc_flow.commands.unit_of_work import NewEvents, UnitOfWork
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.unit_reports import REPORT_KIND
from cchc_flow.workflow.events import NAMES, Data, ItemClosed, ItemReported


def readings_of_acceptance(uow: UnitOfWork, loaded: Loaded, event: Data) -> list[NewEvents]:
    """Return the readings to append when an event accepts a unit's report; none for other events."""
    if loaded.item.kind != REPORT_KIND or not isinstance(event, ItemClosed):
        return []
    told = last_told(loaded.events)
    readings = convert(told.data, ItemReported).readings if told else ()
    if told is None or not readings:
        return []
    return reported_readings(uow, loaded.item, readings, (told.position,))


def last_told(events: Sequence[RecordedEvent]) -> RecordedEvent | None:
    """Return the event by which a unit last told what its report holds, None if it never did."""
    return next((event for event in reversed(events) if event.type == NAMES[ItemReported]), None)
