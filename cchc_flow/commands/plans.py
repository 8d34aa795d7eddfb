"""The command that adopts a plan and opens all its tasks, in one commit."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.items import TITLE_LIMIT
from cchc_flow.commands.unit_names import find_unit_by_name, new_unit
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, Refusal
from cchc_flow.eventlog.port import Receipt
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.directory import Unit
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import (
    ItemOpened,
    JsonObject,
    PlanAdopted,
    PlanAreaAdopted,
    PlanReadingCorrected,
    ReadingCorrection,
)
from cchc_flow.workflow.upcast import area_headings
from cchc_flow.workspace import Workspace

MOST_CORRECTIONS = 400
"""How many corrections one event holds: its body stays below the limit of the log."""


class NewTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task to open; `lead` is the name of the unit that the plan, or the coordinator, suggests."""

    ref: str
    title: str
    text: str
    area: str
    heading: str | None = None
    product: str | None = None
    due: str | None = None
    cadence: str | None = None
    lead: str | None = None


class TaskChange(msgspec.Struct, frozen=True):
    """The title, lead and due day that the coordinator gave a task before adopting the plan."""

    title: str
    lead: str | None
    due: str | None


class Adoption(msgspec.Struct, frozen=True):
    """A plan as it is to be adopted: `plan` has the keys of `PlanAdopted` but those of its document.

    Each of its areas has its tasks with it.

    `units` are the names and aliases that the plan gives; those which the directory lacks are added.
    `corrections` are the roles that a person gave or confirmed while the document was read.
    """

    year: int
    plan: JsonObject
    document: Upload
    tasks: tuple[NewTask, ...]
    units: tuple[tuple[str, tuple[str, ...]], ...]
    corrections: tuple[ReadingCorrection, ...] = ()


def adopt_plan(ws: Workspace, adoption: Adoption, order: Order) -> Receipt | None:
    """Adopt a plan and open its tasks; None when the very same document was adopted before.

    Raise Refusal when that year has a plan from another document, MissingData when a title is empty or too
    long, or when two areas or two tasks have the same number.
    """
    digest = hashlib.sha256(adoption.document.content).hexdigest()

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        if "coordinator" not in actor.roles and not order.is_system:
            raise NotAllowed("Bạn không được ban hành kế hoạch.", "Việc này do đầu mối CCHC thực hiện.")
        if was_adopted(uow.db, adoption.year, digest):
            return Commit()
        _check_titles_and_numbers(adoption)
        role = "coordinator" if "coordinator" in actor.roles else None
        return Commit(_adoption_changes(uow.db, adoption, digest), role, actor.unit)

    content = [digest, adoption.tasks, *([adoption.corrections] if adoption.corrections else [])]
    return write(ws, order, content, decide_commit)


def was_adopted(db: Database, year: int, document_digest: str) -> bool:
    """Tell whether this document is the year's plan; raise Refusal when another one is."""
    plan = plans.plan_of_year(db, year)
    if plan is None:
        return False
    if plan.document_digest != document_digest:
        raise Refusal(
            f"Kế hoạch năm {year} đã được nhập từ một văn bản khác.",
            "Bản này chưa thay được cả văn bản: hãy thêm việc mới và hủy việc không còn, ngay trên bảng.",
        )
    return True


def _adoption_changes(db: Database, adoption: Adoption, digest: str) -> list[NewEvents]:
    """Return the changes that adopt a plan: the plan itself, its new units, its tasks."""
    plan = str(adoption.year)
    document = {"plan": plan, "year": adoption.year, "document": adoption.document, "document_digest": digest}
    unit_changes, units = _add_missing_units(adoption, directory.units(db))
    workflow = workflows.newest_workflow(db, "task")
    task_changes = [
        NewEvents(f"item-{plan}-{task.ref}", 0, (_open_task(workflow, task, plan, units),))
        for task in adoption.tasks
    ]
    areas = adoption.plan["areas"]
    event = PlanAdopted(**adoption.plan | document | {"areas": area_headings(areas)})
    parts = (PlanAreaAdopted(plan=plan, area=area) for area in areas if area["tasks"])
    corrections = _correction_events(plan, digest, adoption.corrections)
    return [NewEvents(f"plan-{plan}", 0, (event, *parts, *corrections)), *unit_changes, *task_changes]


def _correction_events(
    plan: str, digest: str, corrections: Sequence[ReadingCorrection]
) -> Iterator[PlanReadingCorrected]:
    """Yield the events that keep the corrections, so many in each as it can hold."""
    for first in range(0, len(corrections), MOST_CORRECTIONS):
        part = tuple(corrections[first : first + MOST_CORRECTIONS])
        yield PlanReadingCorrected(plan=plan, document_digest=digest, corrections=part)


def _add_missing_units(adoption: Adoption, known: Sequence[Unit]) -> tuple[list[NewEvents], list[Unit]]:
    """Return the changes that add the units of the plan to the directory, and all units there are then."""
    units, changes = list(known), []
    for name, aliases in adoption.units:
        if find_unit_by_name(name, units) is None:
            event = new_unit(name, aliases, units)
            units.append(Unit(event.unit, event.name, event.aliases, True))
            changes.append(NewEvents(f"unit-{event.unit}", 0, (event,)))
    return changes, units


def _open_task(workflow: Workflow, task: NewTask, plan: str, units: Sequence[Unit]) -> ItemOpened:
    lead = find_unit_by_name(task.lead, units) if task.lead else None
    return open_item(
        workflow,
        title=task.title,
        text=task.text,
        plan=plan,
        ref=task.ref,
        area=task.area,
        heading=task.heading,
        product=task.product,
        due=task.due,
        cadence=task.cadence,
        suggested_lead=lead.id if lead else None,
    )


def _check_titles_and_numbers(adoption: Adoption) -> None:
    """Raise MissingData with a sentence for each unfit title and each number that stands twice."""
    wrong = {
        task.ref: f"{task.ref}: tên công việc cần từ 1 đến {TITLE_LIMIT} ký tự."
        for task in adoption.tasks
        if not 1 <= len(task.title.strip()) <= TITLE_LIMIT
    }
    areas = [str(area["code"]) for area in adoption.plan["areas"]]
    wrong |= {code: f"{code}: hai lĩnh vực cùng mang số này." for code in _repetitions(areas)}
    refs = [task.ref for task in adoption.tasks]
    wrong |= {ref: f"{ref}: hai công việc cùng mang số này." for ref in _repetitions(refs)}
    if wrong:
        raise MissingData(wrong)


def _repetitions(names: Sequence[str]) -> list[str]:
    """Return the names that stand there more than once."""
    return [name for name, count in Counter(names).items() if count > 1]
