"""What a plan says, gathered from the events of its adoption: one about the plan, one for each area's tasks.

In the first version of the event all of a plan stood in one.
"""

from collections.abc import Iterable

from cchc_flow.conversion import convert
from cchc_flow.workflow.events import NAMES, Area, JsonObject, PlanAdopted, PlanAreaAdopted
from cchc_flow.workflow.upcast import upcast_event

WITH_TASKS = "plan.adopted/1"
_ADOPTIONS = frozenset({WITH_TASKS, NAMES[PlanAdopted]})


def adopted_plan(type_: str, data: JsonObject) -> PlanAdopted | None:
    """Return an event of adoption as it is today, whatever its version; None for another event."""
    return convert(upcast_event(type_, data)[1], PlanAdopted) if type_ in _ADOPTIONS else None


def adopted_areas(events: Iterable[tuple[str, JsonObject]]) -> tuple[Area, ...]:
    """Return the areas of a plan with their tasks, from the (type, data) of its events."""
    with_tasks: dict[str, Area] = {}
    order: list[tuple[str, str]] = []
    for type_, data in events:
        if type_ == WITH_TASKS:
            with_tasks |= {area["code"]: convert(area, Area) for area in data["areas"]}
        if plan := adopted_plan(type_, data):
            order = [(heading.code, heading.title) for heading in plan.areas]
        elif type_ == NAMES[PlanAreaAdopted]:
            area = convert(data, PlanAreaAdopted).area
            with_tasks[area.code] = area
    return tuple(with_tasks.get(code) or Area(code=code, title=title, tasks=()) for code, title in order)
