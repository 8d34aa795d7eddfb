"""The form on which a plan is corrected before it is adopted: its first values, and what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from cchc_flow.commands import TaskChange
from cchc_flow.commands.items import TITLE_LIMIT
from cchc_flow.commands.unit_names import find_unit_by_name
from cchc_flow.plan_import.extraction.leads import task_leads
from cchc_flow.plan_import.proposal import Area, Goal, Proposal, Statement, Task, leaves
from cchc_flow.projections.directory import Unit
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.typed_text import TooLong, UnfitText, clean_line

Form = Mapping[str, str]


class TaskInput(msgspec.Struct, frozen=True):
    """The inputs of one task on the form; `due` is an ISO day, or what was typed if that is no day."""

    title: str
    lead: str
    due: str


class PlanTotals(msgspec.Struct, frozen=True):
    """The numbers of things found in a plan document."""

    areas: int
    tasks: int
    targets: int
    measures: int
    units: int
    assignments: int
    deadlines: int


def plan_totals(proposal: Proposal) -> PlanTotals:
    """Return the totals of a proposal; `tasks` counts only those that become items."""
    return PlanTotals(
        areas=len(proposal.areas),
        tasks=sum(1 for _ in work_items(proposal)),
        targets=len(proposal.targets),
        measures=sum(len(target.measures) for target in proposal.targets),
        units=len(proposal.units),
        assignments=sum(len(unit.assignments) for unit in proposal.units),
        deadlines=len(proposal.deadlines),
    )


def work_items(proposal: Proposal) -> Iterable[tuple[Area, Task]]:
    """Yield each task that becomes an item, that is each without subtasks, with its area."""
    return ((area, leaf) for area in proposal.areas for task in area.tasks for leaf in leaves(task))


def unit_names(proposal: Proposal, directory_units: Sequence[Unit]) -> list[str]:
    """Return the names of units to choose a lead from: those of the directory, then new ones of the plan.

    Last come units that only tasks name: whoever chooses one adds it to the directory.
    """
    names = [unit.name for unit in directory_units if unit.active]
    in_plan = [unit.name for unit in proposal.units if find_unit_by_name(unit.name, directory_units) is None]
    return [*names, *in_plan, *units_of_tasks_alone(proposal, directory_units)]


def units_of_tasks_alone(proposal: Proposal, directory_units: Sequence[Unit]) -> list[str]:
    """Return the units that are named as the lead of a task, and neither in the directory nor in the plan."""
    known = {unit.name for unit in proposal.units}
    leads = task_leads(proposal)
    named = dict.fromkeys(lead for _, task in work_items(proposal) if (lead := leads[task.ref]))
    return [name for name in named if name not in known and find_unit_by_name(name, directory_units) is None]


def suggested_inputs(proposal: Proposal, directory_units: Sequence[Unit]) -> dict[str, TaskInput]:
    """Return the inputs as the importer read the tasks, by the tasks' references.

    A unit that only tasks name is not suggested: it may be no unit at all.
    """
    leads, unsure = task_leads(proposal), set(units_of_tasks_alone(proposal, directory_units))
    names = {name: _directory_name(name, directory_units) for name in leads.values() if name not in unsure}
    return {
        task.ref: TaskInput(task.title, names.get(leads[task.ref], ""), task.due or "")
        for _, task in work_items(proposal)
    }


def typed_inputs(proposal: Proposal, form: Form) -> dict[str, TaskInput]:
    """Return the inputs as they were typed, by the tasks' references."""
    return {
        task.ref: TaskInput(
            *(
                clean_input(field, form.get(f"{field}-{task.ref}", ""))
                for field in TaskInput.__struct_fields__
            )
        )
        for _, task in work_items(proposal)
    }


def clean_input(field: str, raw: str) -> str:
    """Return what was typed into a field of a task: a cleaned line, or a day in ISO form.

    What is no day and a line that cannot be taken stay as they were typed.
    """
    return _iso_day(raw.strip()) if field == "due" else _typed_line(raw)


def input_errors(inputs: Mapping[str, TaskInput], names: Iterable[str]) -> dict[str, str]:
    """Return a sentence for each wrong input, by the input's name."""
    allowed_leads = {"", *names}
    errors: dict[str, str] = {}
    for ref, task_input in inputs.items():
        if fault := _title_fault(task_input.title):
            errors[f"title-{ref}"] = fault
        if task_input.lead not in allowed_leads:
            errors[f"lead-{ref}"] = "Hãy chọn một đơn vị trong danh sách."
        if not _is_day(task_input.due):
            errors[f"due-{ref}"] = "Hạn phải là một ngày, như 25/01/2026."
    return errors


def task_changes(inputs: Mapping[str, TaskInput]) -> dict[str, TaskChange]:
    """Return the inputs as the changes that the adoption of the plan takes, by reference."""
    return {
        ref: TaskChange(task_input.title, task_input.lead or None, task_input.due or None)
        for ref, task_input in inputs.items()
    }


def linkable_references(proposal: Proposal) -> set[str]:
    """Return the references that are anchors on the page, so that a link can lead to them."""
    parts: list[Goal | Statement] = [*proposal.objectives, *proposal.targets, *proposal.requirements]
    parts += proposal.general_assignments
    parts += [assignment for unit in proposal.units for assignment in unit.assignments]
    tasks = [
        descendant for area in proposal.areas for task in area.tasks for descendant in _with_children(task)
    ]
    headings = [unit.assignments[0].ref.rpartition(".")[0] for unit in proposal.units if unit.assignments]
    sections = {heading.rpartition(".")[0] for heading in headings[:1]}
    return {part.ref for part in (*parts, *tasks, *proposal.areas)} | {
        *headings,
        *sections,
        "Số",
        "Ngày",
        "Năm",
    }


def warnings_by_reference(proposal: Proposal) -> dict[str, list[str]]:
    """Return the importer's warnings, by the reference that each is about."""
    messages: dict[str, list[str]] = {}
    for warning in proposal.warnings:
        messages.setdefault(warning.ref, []).append(warning.message)
    return messages


def _with_children(task: Task) -> list[Task]:
    """Return a task and all tasks below it."""
    return [task, *(descendant for child in task.children for descendant in _with_children(child))]


def _directory_name(name: str | None, directory_units: Sequence[Unit]) -> str:
    """Return the directory's name of the unit, else the name as the plan has it, "" for none."""
    unit = find_unit_by_name(name, directory_units) if name else None
    return unit.name if unit else name or ""


def _typed_line(raw: str) -> str:
    """Return a typed line, cleaned; one that cannot be taken stays as it was typed."""
    try:
        return clean_line(raw, TITLE_LIMIT)
    except UnfitText:
        return raw


def _title_fault(title: str) -> str:
    """Return the sentence for a title that is empty, too long or not readable, "" for any other."""
    try:
        if clean_line(title, TITLE_LIMIT):
            return ""
    except TooLong:
        pass
    except UnfitText as error:
        return f"Tên {error}."
    return f"Tên cần từ 1 đến {TITLE_LIMIT} ký tự; bạn gõ {len(title)}."


def _is_day(words: str) -> bool:
    """Tell whether the words are empty or an ISO day."""
    try:
        return not words or bool(date.fromisoformat(words))
    except ValueError:
        return False


def _iso_day(words: str) -> str:
    """Return a typed day in ISO form; what is no day is returned unchanged."""
    try:
        return parse_day(words).isoformat()
    except ValueError:
        return words
