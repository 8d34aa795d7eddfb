"""What a plan says, gathered from the events of its adoption: one about the plan, one for each area's tasks.

In the first version of the event all of a plan stood in one.
"""

from collections.abc import Iterable

from cchc_flow.conversion import convert
from cchc_flow.workflow.events import NAMES, AdoptedArea, JsonObject, PlanAdopted, PlanAreaAdopted
from cchc_flow.workflow.upcast import complete_area, newest_name, upcast_event

WITH_TASKS = "plan.adopted/1"
_ADOPTIONS = frozenset({WITH_TASKS, NAMES[PlanAdopted]})


def adopted_plan(type_: str, data: JsonObject) -> PlanAdopted | None:
    """Return an event of adoption as it is today, whatever its version; None for another event."""
    return convert(upcast_event(type_, data)[1], PlanAdopted) if type_ in _ADOPTIONS else None


def adopted_areas(events: Iterable[tuple[str, JsonObject]]) -> tuple[AdoptedArea, ...]:
    """Return the areas of a plan with their tasks, from the (type, data) of its events, whatever version."""
    with_tasks: dict[str, AdoptedArea] = {}
    order: list[tuple[str, str]] = []
    for type_, data in events:
        if type_ == WITH_TASKS:
            with_tasks |= {area["code"]: convert(complete_area(area), AdoptedArea) for area in data["areas"]}
        if plan := adopted_plan(type_, data):
            order = [(heading.code, heading.title) for heading in plan.areas]
        elif newest_name(type_) == NAMES[PlanAreaAdopted]:
            area = convert(upcast_event(type_, data)[1], PlanAreaAdopted).area
            with_tasks[area.code] = area
    return tuple(
        with_tasks.get(code) or AdoptedArea(code=code, title=title, tasks=()) for code, title in order
    )
