"""What a person decides about rows of an appendix: which day or lead holds, and what becomes a task."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from cchc_flow.plan_import.extraction.annex_joining import task_of
from cchc_flow.plan_import.proposal import AnnexRow, Area, Proposal, Task

RowChoices = Mapping[int, str]
"""What was decided about rows, by their places: KEEP_TEXT, TAKE_ROW, or the code of the area they join."""
NO_CHOICES: RowChoices = MappingProxyType({})
KEEP_TEXT, TAKE_ROW = "text", "row"


def apply_row_choices(proposal: Proposal, choices: RowChoices) -> Proposal:
    """Return the proposal as decided: tasks with the day and lead of a row, new rows as tasks of areas."""
    if not choices:
        return proposal
    rows = {row.ref: row for row in proposal.annex if row.place in choices}
    taken = {row.matches: row for row in rows.values() if row.matches and choices[row.place] == TAKE_ROW}
    new = [row for row in rows.values() if row.matches is None]
    areas = tuple(_with_new_rows(_with_rows(area, taken), new, choices) for area in proposal.areas)
    return replace(proposal, areas=areas)


def fitting_area(row: AnnexRow, proposal: Proposal) -> str:
    """Return the code of the area under whose name a row stands in the appendix, "" if none has that name."""
    name = (row.area or "").casefold().strip()
    return next((area.code for area in proposal.areas if name and area.title.casefold().strip() == name), "")


def _with_new_rows(area: Area, rows: Sequence[AnnexRow], choices: RowChoices) -> Area:
    """Return an area with the rows that are to be tasks of it, after its own."""
    tasks = tuple(task_of(row) for row in rows if choices[row.place] == area.code)
    return replace(area, tasks=(*area.tasks, *tasks)) if tasks else area


def _with_rows(area: Area, rows: Mapping[str, AnnexRow]) -> Area:
    """Return an area whose tasks have the day and the lead of the rows that they are to follow."""
    return replace(area, tasks=tuple(_with_row(task, rows) for task in area.tasks)) if rows else area


def _with_row(task: Task, rows: Mapping[str, AnnexRow]) -> Task:
    row = rows.get(task.ref)
    children = tuple(_with_row(child, rows) for child in task.children)
    if row is None:
        return replace(task, children=children)
    return replace(
        task,
        children=children,
        due=row.due.last_day or task.due,
        before=row.due.value if row.due.is_before else None,
        lead=row.lead or task.lead,
        support=row.support or task.support,
        product=row.product or task.product,
        due_text=row.due_text or task.due_text,
        cadence=row.due.cadence or task.cadence,
    )
