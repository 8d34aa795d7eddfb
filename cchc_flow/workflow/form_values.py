"""The values that the form of a step begins with, and on which a form rests that was opened some time ago."""

from collections.abc import Callable

from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.events import (
    Data,
    ItemDistributed,
    ItemExtensionGranted,
    ItemExtensionRequested,
    ItemHandedOver,
    JsonObject,
)
from cchc_flow.workflow.item import Item

FORM_SOURCES: dict[type[Data], Callable[[Item], tuple[object, ...]]] = {
    ItemDistributed: lambda item: (item.distribution, item),
    ItemExtensionGranted: lambda item: (item.extension, item),
    ItemExtensionRequested: lambda item: (),
    ItemHandedOver: lambda item: (),
}
"""Where a step's form finds the values that it begins with, by the event that the step makes: the first that
has one counts. Other forms begin with those of the item, a request and a handing over with none."""


def current_values(step: Transition, item: Item) -> JsonObject:
    """Return the item's present values for a step's form, with the plan's suggested lead if it has none."""
    find_sources = FORM_SOURCES.get(step.event_class)
    sources = find_sources(item) if find_sources else (item,)
    if not sources:
        return {}
    values = {
        field.name: next((value for source in sources if (value := getattr(source, field.name, None))), None)
        for field in step.fields
        if field.kind not in ("text", "files")
    }
    if "lead" in values:
        values["lead"] = item.lead or item.suggested_lead
    if "percent" in values:
        values["percent"] = item.progress
    return values
