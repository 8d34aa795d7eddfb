"""The form on which a plan is corrected before it is adopted: what it shows, and what was made of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from cchc_flow.commands import TaskChange
from cchc_flow.commands.directory import unit_called
from cchc_flow.commands.items import TITLE_LIMIT
from cchc_flow.plan_import.extraction.leads import suggested_leads
from cchc_flow.plan_import.proposal import Area, Goal, Proposal, Statement, Task, leaves
from cchc_flow.projections.directory import Unit
from cchc_flow.workflow.calendar import parse_day

Form = Mapping[str, str]


class TaskInput(msgspec.Struct, frozen=True):
    """One task as it stands on the form; `due` is what was typed, a day or not."""

    title: str
    lead: str
    due: str


class PlanTotals(msgspec.Struct, frozen=True):
    """How much was found in a document."""

    areas: int
    tasks: int
    targets: int
    measures: int
    units: int
    assignments: int
    deadlines: int


def plan_totals(proposal: Proposal) -> PlanTotals:
    """Return how much a proposal holds; `tasks` counts those that become work items."""
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
    """Yield each task that becomes a work item, with its area."""
    return ((area, leaf) for area in proposal.areas for task in area.tasks for leaf in leaves(task))


def unit_names(proposal: Proposal, known: Sequence[Unit]) -> list[str]:
    """Return the names to choose a lead from: those of the directory, then what only the plan names."""
    own = [unit.name for unit in known if unit.active]
    return own + [unit.name for unit in proposal.units if unit_called(unit.name, known) is None]


def suggested_inputs(proposal: Proposal, known: Sequence[Unit]) -> dict[str, TaskInput]:
    """Return, by reference, each task as the importer read it, with the lead that it suggests."""
    leads = {code: _directory_name(name, known) for code, name in suggested_leads(proposal).items()}
    return {
        task.ref: TaskInput(task.title, leads.get(area.code, ""), task.due or "")
        for area, task in work_items(proposal)
    }


def typed_inputs(proposal: Proposal, form: Form) -> dict[str, TaskInput]:
    """Return, by reference, each task as it was typed."""
    return {
        task.ref: TaskInput(
            " ".join(form.get(f"title-{task.ref}", "").split()),
            " ".join(form.get(f"lead-{task.ref}", "").split()),
            _iso_day(form.get(f"due-{task.ref}", "").strip()),
        )
        for _, task in work_items(proposal)
    }


def input_errors(drafts: Mapping[str, TaskInput], names: Iterable[str]) -> dict[str, str]:
    """Return what is wrong, a sentence under the name of each input."""
    known = {"", *names}
    found: dict[str, str] = {}
    for ref, draft in drafts.items():
        if not 1 <= len(draft.title) <= TITLE_LIMIT:
            found[f"title-{ref}"] = f"Tên cần từ 1 đến {TITLE_LIMIT} ký tự; bạn gõ {len(draft.title)}."
        if draft.lead not in known:
            found[f"lead-{ref}"] = "Hãy chọn một đơn vị trong danh sách."
        if not _is_day(draft.due):
            found[f"due-{ref}"] = "Hạn phải là một ngày, như 25/01/2026."
    return found


def task_changes(drafts: Mapping[str, TaskInput]) -> dict[str, TaskChange]:
    """Return what the importer's adoption takes."""
    return {
        ref: TaskChange(draft.title, draft.lead or None, draft.due or None) for ref, draft in drafts.items()
    }


def linkable_references(proposal: Proposal) -> set[str]:
    """Return the references that have a place of their own on the page."""
    parts: list[Goal | Statement] = [*proposal.objectives, *proposal.targets, *proposal.requirements]
    parts += proposal.general_assignments
    parts += [told for unit in proposal.units for told in unit.assignments]
    tasks = [one for area in proposal.areas for task in area.tasks for one in _with_children(task)]
    headings = [unit.assignments[0].ref.rpartition(".")[0] for unit in proposal.units if unit.assignments]
    sections = {heading.rpartition(".")[0] for heading in headings[:1]}
    return {one.ref for one in (*parts, *tasks, *proposal.areas)} | {*headings, *sections, "Số", "Ngày"}


def warnings_by_reference(proposal: Proposal) -> dict[str, list[str]]:
    """Return the importer's warnings under the reference that they are about."""
    found: dict[str, list[str]] = {}
    for remark in proposal.warnings:
        found.setdefault(remark.ref, []).append(remark.message)
    return found


def _with_children(task: Task) -> list[Task]:
    return [task, *(one for child in task.children for one in _with_children(child))]


def _directory_name(name: str | None, known: Sequence[Unit]) -> str:
    unit = unit_called(name, known) if name else None
    return unit.name if unit else name or ""


def _is_day(words: str) -> bool:
    try:
        return not words or bool(date.fromisoformat(words))
    except ValueError:
        return False


def _iso_day(words: str) -> str:
    """Return a typed day as it is kept; what is no day stays as it is, to be told."""
    try:
        return parse_day(words).isoformat()
    except ValueError:
        return words
