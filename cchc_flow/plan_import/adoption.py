"""Turns a proposal into the adoption command: the plan as event data, and the tasks to open."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.commands import Adoption, NewTask, TaskChange
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.extraction.areas import all_tasks
from cchc_flow.plan_import.extraction.leads import task_leads
from cchc_flow.plan_import.proposal import Area, Deadline, Goal, Proposal, Task, has_content
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.events import JsonObject

NO_CHANGES: Mapping[str, TaskChange] = {}


def adoption(
    proposal: Proposal, document: Upload, changes: Mapping[str, TaskChange] = NO_CHANGES
) -> Adoption:
    """Return the command that adopts a plan; `changes` are a person's corrections of tasks, by reference.

    Raise BadInput when the document does not say which year it plans, or nothing in it was read as work.
    """
    if not has_content(proposal):
        raise BadInput(
            "Không đọc được nhiệm vụ hay chỉ tiêu nào trong kế hoạch này.",
            "Hãy xem lại từng đoạn ở trang Nhập kế hoạch, hoặc dùng tệp khác.",
        )
    if proposal.year is None:
        raise BadInput("Không thấy năm của kế hoạch trong văn bản.", "Hãy ghi năm ở tiêu đề rồi nhập lại.")
    return Adoption(
        year=proposal.year,
        plan=_plan(proposal, proposal.year, changes),
        document=document,
        tasks=tuple(_new_tasks(proposal, changes)),
        units=tuple((unit.name, unit.aliases) for unit in proposal.units),
    )


def _plan(proposal: Proposal, year: int, changes: Mapping[str, TaskChange]) -> JsonObject:
    """Return the plan as the data of the event that adopts it."""
    data = msgspec.to_builtins(proposal)
    corrections = _corrections(proposal, changes)
    unchanged = ("number", "title", "issuer", "legal_bases", "requirements", "general_assignments")
    return {name: data[name] for name in unchanged} | {
        "closing_day": proposal.closing_day or date(year, 12, 31).isoformat(),
        "objectives": [_goal(goal) for goal in proposal.objectives],
        "targets": [_goal(goal) for goal in proposal.targets],
        "areas": [_area(area, corrections) for area in proposal.areas],
        "deadlines": [_deadline(deadline) for deadline in proposal.deadlines],
        "units": [_unit(unit) for unit in data["units"]],
    }


def _goal(goal: Goal) -> JsonObject:
    """Return an objective or target as event data; the values of its measures are decimal strings."""
    measures = [
        msgspec.to_builtins(measure) | {"value": str(Decimal(str(measure.value)))}
        for measure in goal.measures
    ]
    return {"ref": goal.ref, "text": goal.text, "measures": measures}


def _corrections(proposal: Proposal, changes: Mapping[str, TaskChange]) -> dict[str, JsonObject]:
    """Return the leads and days that a person gave instead of those that tasks name, by reference."""
    leads = task_leads(proposal)
    corrections: dict[str, JsonObject] = {}
    for task in all_tasks(proposal.areas):
        change = changes.get(task.ref)
        correction: JsonObject = {}
        if change and task.lead and change.lead and change.lead != leads[task.ref]:
            correction["lead"] = change.lead
        if change and task.due_text and change.due and change.due != task.due:
            correction["due_text"] = day_words(date.fromisoformat(change.due))
        corrections[task.ref] = correction
    return corrections


def _area(area: Area, corrections: Mapping[str, JsonObject]) -> JsonObject:
    """Return an area as event data, with its tasks."""
    tasks = [_task(task, corrections) for task in area.tasks]
    return {"code": area.code, "title": area.title, "tasks": tasks}


def _unit(unit: JsonObject) -> JsonObject:
    """Return a unit as event data: without its reference in the document."""
    return {key: value for key, value in unit.items() if key != "ref"}


def _task(task: Task, corrections: Mapping[str, JsonObject]) -> JsonObject:
    """Return a task as event data, with what is told of it, and with its subtasks."""
    said = {"lead": task.lead, "support": task.support, "product": task.product, "due_text": task.due_text}
    return {
        "ref": task.ref,
        "text": task.text,
        "title": task.title,
        "leaf": task.leaf,
        **said,
        **corrections[task.ref],
        "children": [_task(child, corrections) for child in task.children],
    }


def _deadline(deadline: Deadline) -> JsonObject:
    """Return a deadline as event data: of a yearly one the day of this year, of the month after no day.

    A plan is of one year, and the settings count the days of reports within their period.
    """
    data = msgspec.to_builtins(deadline)
    days = (None, None) if deadline.is_after else (deadline.monthly_day, deadline.period_day)
    kind = "once" if deadline.date else "recurring"
    unchanged = {name: data[name] for name in ("who", "to", "date", "text")}
    return unchanged | {"kind": kind, "monthly_day": days[0], "period_day": days[1]}


def _new_tasks(proposal: Proposal, changes: Mapping[str, TaskChange]) -> Iterator[NewTask]:
    """Yield the work items to open, as the importer read them or as a person changed them."""
    leads = task_leads(proposal)
    for area in proposal.areas:
        for task, heading in _leaves(area):
            as_read = TaskChange(task.title, leads.get(task.ref), task.due)
            change = changes.get(task.ref, as_read)
            yield NewTask(
                ref=task.ref,
                text=task.text,
                area=area.code,
                heading=heading,
                title=change.title,
                lead=change.lead,
                due=change.due,
                product=task.product,
                cadence=task.cadence,
            )


def _leaves(area: Area) -> Iterator[tuple[Task, str | None]]:
    """Yield the tasks without subtasks in document order, each with the text of its parent task."""
    stack: list[tuple[Task, str | None]] = [(task, None) for task in reversed(area.tasks)]
    while stack:
        task, heading = stack.pop()
        if task.leaf:
            yield task, heading
        stack += [(child, task.text) for child in reversed(task.children)]
