"""The values that the form of a step begins with, and on which a form rests that was opened some time ago."""

from collections.abc import Callable

from msgspec.structs import replace

from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.events import (
    Data,
    ItemApproved,
    ItemDelegated,
    ItemDistributed,
    ItemExtensionGranted,
    ItemExtensionRequested,
    ItemHandedOver,
    JsonObject,
)
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.unit_report import OF_REPORTS

USUAL_VALUES: dict[type[Data], JsonObject] = {ItemApproved: {"quality": "met"}}
"""What is chosen most often, where the item has nothing to begin with."""
FORM_SOURCES: dict[type[Data], Callable[[Item], tuple[object, ...]]] = {
    ItemDistributed: lambda item: (item.distribution, item),
    ItemExtensionGranted: lambda item: (item.extension, item),
    ItemExtensionRequested: lambda item: (),
    ItemHandedOver: lambda item: (),
    ItemDelegated: lambda item: (),
}
"""Where a step's form finds the values that it begins with, by the event that the step makes: the first that
has one counts. Other forms begin with those of the item, a request, a handing over and a giving with none."""


def current_values(step: Transition, item: Item) -> JsonObject:
    """Return the item's present values for a step's form, with the plan's suggested lead if it has none."""
    find_sources = FORM_SOURCES.get(step.event_class)
    sources = find_sources(item) if find_sources else (item,)
    if not sources:
        return {}
    values = {
        field.name: next((value for source in sources if (value := getattr(source, field.name, None))), None)
        for field in step.fields
        if field.kind not in ("text", "files", *OF_REPORTS)
    }
    if "lead" in values:
        values["lead"] = item.lead or item.suggested_lead
    if "percent" in values:
        values["percent"] = item.progress
    return values | USUAL_VALUES.get(step.event_class, {})


def with_present_values(context: DecisionContext, step: Transition, item: Item) -> DecisionContext:
    """Return the context of a decision in which the closed units and former people of the form are known.

    What the form of a step begins with may stay, also when the unit was closed or the person left since; a
    unit that the plan merely suggested may not, nor may such a value be chosen anew.
    """
    if not (context.former_units or context.former_people):
        return context
    suggested = {item.suggested_lead} if item.lead is None else set()
    present = {
        name: frozenset(value if isinstance(value, tuple) else (value,)) - suggested
        for name, value in current_values(step, item).items()
        if value
    }
    known = frozenset().union(*present.values())
    units = {unit: name for unit, name in context.former_units.items() if unit in known}
    people = {person: unit for person, unit in context.former_people.items() if person in known}
    return replace(context, units=context.units | units, people=context.people | people, present=present)
