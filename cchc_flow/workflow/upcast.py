"""Upcasters: they turn stored events of older versions into the newest version, as plain data."""

from collections.abc import Callable, Sequence

from cchc_flow.workflow.events import JsonObject

Upcaster = Callable[[JsonObject], JsonObject]


def upcast_event(name: str, data: JsonObject) -> tuple[str, JsonObject]:
    """Return an event's stored name and data in its newest version; unknown names stay as they are."""
    while name in UPCASTERS:
        name, upcast = UPCASTERS[name]
        data = upcast(data)
    return name, data


def newest_name(name: str) -> str:
    """Return the stored name of the newest version of an event."""
    while name in UPCASTERS:
        name = UPCASTERS[name][0]
    return name


def _add_part_keys(data: JsonObject) -> JsonObject:
    """Add the keys of a part, all empty: before version 2 no item was part of another."""
    return data | {"parent": None, "unit": None, "period": None}


def _add_what_a_plugin_decides(data: JsonObject) -> JsonObject:
    """Add the keys that tell a plugin's code and what it decides about, all empty: version 1 had none."""
    return data | {"digest": "", "areas": [], "kinds": [], "hooks": []}


def _add_reason(data: JsonObject) -> JsonObject:
    """Add the reason of a switching off, null: version 1 asked for none."""
    return data | {"reason": None}


def _add_figures(data: JsonObject) -> JsonObject:
    """Add a plugin's figures, null: version 2 did not tell them."""
    return data | {"figures": None}


def _add_first_day(data: JsonObject) -> JsonObject:
    """Add from when a figure holds, null: in version 1 from the day on which it was recorded."""
    return data | {"since": None}


def _add_mentions(data: JsonObject) -> JsonObject:
    """Add whom a comment mentions, nobody: version 1 did not say."""
    return data | {"mentions": []}


def _add_support(data: JsonObject) -> JsonObject:
    """Add the units that support the parts, none: before version 2 parts had none."""
    return data | {"support": []}


def _leave_headings(data: JsonObject) -> JsonObject:
    """Leave of each area of a plan what version 2 says of it; its tasks are read by `adopted_plan`."""
    return data | {"areas": area_headings(data["areas"])}


def area_headings(areas: Sequence[JsonObject]) -> list[JsonObject]:
    """Return the headings of the areas of a plan, each with the number of its single tasks."""
    return [
        {"code": area["code"], "title": area["title"], "tasks": _count_single_tasks(area["tasks"])}
        for area in areas
    ]


def _count_single_tasks(tasks: Sequence[JsonObject]) -> int:
    return sum(task["leaf"] + _count_single_tasks(task["children"]) for task in tasks)


def _add_particulars(data: JsonObject) -> JsonObject:
    """Add who leads the tasks of an area and the like, nothing: version 1 held their texts alone."""
    return data | {"area": complete_area(data["area"])}


def complete_area(area: JsonObject) -> JsonObject:
    """Return an area of an older version with the keys that the newest has of each task, all empty."""
    return area | {"tasks": [_complete_task(task) for task in area["tasks"]]}


def _complete_task(task: JsonObject) -> JsonObject:
    children = [_complete_task(child) for child in task["children"]]
    return {"lead": None, "support": [], "product": None, "due_text": None} | task | {"children": children}


def _add_legal_basis(data: JsonObject) -> JsonObject:
    """Add the law on which an erasure rests, null: version 1 did not say."""
    return data | {"legal_basis": None}


UPCASTERS: dict[str, tuple[str, Upcaster]] = {
    "content.erased/1": ("content.erased/2", _add_legal_basis),
    "item.opened/1": ("item.opened/2", _add_part_keys),
    "item.distributed/1": ("item.distributed/2", _add_support),
    "item.commented/1": ("item.commented/2", _add_mentions),
    "plugin.loaded/1": ("plugin.loaded/2", _add_what_a_plugin_decides),
    "plugin.loaded/2": ("plugin.loaded/3", _add_figures),
    "plugin.configured/1": ("plugin.configured/2", _add_first_day),
    "plan.adopted/1": ("plan.adopted/2", _leave_headings),
    "plan.area_adopted/1": ("plan.area_adopted/2", _add_particulars),
    "plugin.disabled/1": ("plugin.disabled/2", _add_reason),
}
