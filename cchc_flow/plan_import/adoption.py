"""From what was read to what is adopted: the proposal as the data of an event, and the tasks to open."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.commands import Adoption, NewTask, TaskChange
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.extraction.leads import suggested_leads
from cchc_flow.plan_import.proposal import Area, Goal, Proposal, Task
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.events import JsonObject

NO_CHANGES: Mapping[str, TaskChange] = {}


def adoption(
    proposal: Proposal, document: Upload, changes: Mapping[str, TaskChange] = NO_CHANGES
) -> Adoption:
    """Return the plan as it is to be adopted; `changes` gives, by reference, what a person made of a task.

    Raise BadInput when the document does not say its year, without which no plan can be kept.
    """
    if proposal.year is None:
        raise BadInput("Không thấy năm của kế hoạch trong văn bản.", "Hãy ghi năm ở tiêu đề rồi nhập lại.")
    return Adoption(
        year=proposal.year,
        plan=_plan(proposal, proposal.year),
        document=document,
        tasks=tuple(_new_tasks(proposal, changes)),
        units=tuple((unit.name, unit.aliases) for unit in proposal.units),
    )


def _plan(proposal: Proposal, year: int) -> JsonObject:
    whole = msgspec.to_builtins(proposal)
    kept = ("number", "title", "issuer", "legal_bases", "requirements", "units", "general_assignments")
    return {name: whole[name] for name in kept} | {
        "closing_day": proposal.closing_day or date(year, 12, 31).isoformat(),
        "objectives": [_goal(goal) for goal in proposal.objectives],
        "targets": [_goal(goal) for goal in proposal.targets],
        "areas": [_area(area) for area in proposal.areas],
        "deadlines": [_without(deadline, "ref") for deadline in whole["deadlines"]],
    }


def _goal(goal: Goal) -> JsonObject:
    measures = [
        msgspec.to_builtins(measure) | {"value": str(Decimal(str(measure.value)))}
        for measure in goal.measures
    ]
    return {"ref": goal.ref, "text": goal.text, "measures": measures}


def _area(area: Area) -> JsonObject:
    return {"code": area.code, "title": area.title, "tasks": [_task(task) for task in area.tasks]}


def _task(task: Task) -> JsonObject:
    children = [_task(child) for child in task.children]
    return {"ref": task.ref, "text": task.text, "title": task.title, "leaf": task.leaf, "children": children}


def _without(data: JsonObject, name: str) -> JsonObject:
    return {key: value for key, value in data.items() if key != name}


def _new_tasks(proposal: Proposal, changes: Mapping[str, TaskChange]) -> Iterator[NewTask]:
    leads = suggested_leads(proposal)
    for area in proposal.areas:
        for task, heading in _leaves(area):
            read = TaskChange(task.title, leads.get(area.code), task.due)
            change = changes.get(task.ref, read)
            yield NewTask(
                ref=task.ref,
                text=task.text,
                area=area.code,
                heading=heading,
                title=change.title,
                lead=change.lead,
                due=change.due,
            )


def _leaves(area: Area) -> Iterator[tuple[Task, str | None]]:
    """Yield each task that is work of its own, with the words of the task that heads it."""
    waiting: list[tuple[Task, str | None]] = [(task, None) for task in reversed(area.tasks)]
    while waiting:
        task, heading = waiting.pop()
        if task.leaf:
            yield task, heading
        waiting += [(child, task.text) for child in reversed(task.children)]
