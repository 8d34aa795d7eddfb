"""Older versions of events, brought step by step to the newest shape, as plain data."""

from collections.abc import Callable

from cchc_flow.workflow.events import JsonObject

Upcaster = Callable[[JsonObject], JsonObject]


def upcast_event(name: str, data: JsonObject) -> tuple[str, JsonObject]:
    """Return the stored name and the data of an event as its newest version would have them."""
    while name in UPCASTERS:
        name, step = UPCASTERS[name]
        data = step(data)
    return name, data


def newest_name(name: str) -> str:
    """Return the stored name of the newest version of an event."""
    while name in UPCASTERS:
        name = UPCASTERS[name][0]
    return name


def _opened_with_its_key(data: JsonObject) -> JsonObject:
    """Before version 2 no item was a part of another."""
    return data | {"parent": None, "unit": None, "period": None}


UPCASTERS: dict[str, tuple[str, Upcaster]] = {
    "item.opened/1": ("item.opened/2", _opened_with_its_key),
}
