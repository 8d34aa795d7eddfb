"""The table in which the tasks of a plan are given out: as it suggests, or as somebody changes that.

Each row is a command of its own: what is refused stays in the table, with its reason and all that was typed.
"""

from collections.abc import Mapping, Sequence

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from werkzeug.datastructures import MultiDict

from cchc_flow.commands.bulk_steps import Assigning, ItemAct, take_each
from cchc_flow.errors import NotFound
from cchc_flow.plan_import.extraction.cadences import suggested_cadence
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import items
from cchc_flow.projections.plans import Plan
from cchc_flow.web.forms.seen_versions import seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import CADENCE
from cchc_flow.workflow.task import TASK

bp = Blueprint("assigning", __name__, url_prefix="/<workspace>/plans/<plan>/assignments")
ASSIGNING = ("coordinator", "leader")
"""Who gives work out, and so acts on many items at once; what each step demands holds besides."""
NO_REFUSALS: Mapping[str, str] = {}
Form = MultiDict[str, str]


class AssignmentRow(msgspec.Struct, frozen=True):
    """A task that nobody has, with the inputs of its row; `refusal` says why it could not be given out."""

    item: Item
    lead: str
    support: tuple[str, ...]
    due: str
    cadence: str
    is_ticked: bool = False
    refusal: str = ""


@bp.get("")
@needs_role(*ASSIGNING)
def show(plan: str) -> str:
    """Show the tasks that nobody has, each with what the plan suggests for it; raise NotFound."""
    return _render(_find_plan(plan), [_suggested_row(item) for item in unassigned_tasks(plan)])


@bp.post("")
@needs_role(*ASSIGNING)
def create(plan: str) -> Answer:
    """Give out the rows that were chosen, and show the table with what is left and why."""
    adopted, order, form = _find_plan(plan), htmx.order(), request.form
    rows = [_typed_row(item, form) for item in unassigned_tasks(plan)]
    chosen = _chosen_ids(form)
    if not chosen:
        return _render(adopted, rows, error="Chưa chọn việc nào: hãy đánh dấu ít nhất một việc."), 422
    wrong, acts = _read_acts(form, chosen)
    results = take_each(g.ws, order, acts)
    g.ws.renew()
    refusals = wrong | {result.item: result.refusal for result in results if result.refusal}
    done = len(chosen) - len(refusals)
    left = [_typed_row(item, form, refusals) for item in unassigned_tasks(plan)]
    gone = _gone_items({row.item.id for row in left}, refusals)
    if not left and not gone:
        flash(f"Đã giao {done} việc: không còn việc nào của kế hoạch chưa giao.")
        return htmx.see_other(url_for("board.show", plan=plan))
    return _render(adopted, left, done=done, gone=gone), 200 if done else 422


def unassigned_tasks(plan: str) -> list[Item]:
    """Return the tasks of a plan that nobody has, in the order of the plan."""
    tasks = items.items_of_kind(g.db, TASK.kind, plan)
    return [item for item in tasks if item.state == TASK.initial and item.parent is None]


def _find_plan(plan: str) -> Plan:
    for adopted in plans.plans(g.db):
        if adopted.id == plan:
            return adopted
    raise NotFound(f"Không có kế hoạch năm «{plan[:20]}».", "Hãy mở trang Kế hoạch.")


def _gone_items(left: set[str], refusals: Mapping[str, str]) -> list[tuple[Item, str]]:
    """Return the refused items that left the table, each with its reason: a colleague was faster."""
    found = ((items.find_readable_item(g.db, item, g.reader), why) for item, why in refusals.items())
    return [(item, why) for item, why in found if item and item.id not in left]


def _suggested_row(item: Item) -> AssignmentRow:
    return AssignmentRow(item, _active(item.suggested_lead), item.support, item.due or "", _cadence(item))


def _active(unit: str | None) -> str:
    """Return a unit that can still be chosen, "" for one that was closed in the meantime."""
    return unit if unit and any(known.id == unit and known.active for known in directory.units(g.db)) else ""


def _cadence(item: Item) -> str:
    return item.cadence or suggested_cadence(item.text) or "once"


def _typed_row(item: Item, form: Form, refusals: Mapping[str, str] = NO_REFUSALS) -> AssignmentRow:
    """Return a row as it was typed; one that the form did not have, as the plan suggests it."""
    if f"seen-{item.id}" not in form:
        return _suggested_row(item)
    return AssignmentRow(
        item,
        form.get(f"lead-{item.id}", ""),
        tuple(form.getlist(f"support-{item.id}")),
        _iso_day(form.get(f"due-{item.id}", "").strip()),
        form.get(f"cadence-{item.id}", "once"),
        item.id in form.getlist("item") or item.id in refusals,
        refusals.get(item.id, ""),
    )


def _chosen_ids(form: Form) -> list[str]:
    """Return the ids of the rows to give out: the one whose button was pressed, all, or the ticked ones.

    The form says which rows it has, so that one sent twice means the same rows.
    """
    if only := form.get("only"):
        return [only]
    if form.get("which") == "all":
        return [name.removeprefix("seen-") for name in form if name.startswith("seen-")]
    return list(dict.fromkeys(form.getlist("item")))


def _read_acts(form: Form, chosen: list[str]) -> tuple[dict[str, str], list[ItemAct]]:
    """Return what is wrong with chosen rows by their ids, and the acts on the others."""
    wrong, acts = dict[str, str](), list[ItemAct]()
    for item in chosen:
        due = _iso_day(form.get(f"due-{item}", "").strip())
        if not form.get(f"lead-{item}"):
            wrong[item] = "Hãy chọn đơn vị chủ trì."
        elif due and not _is_day(due):
            wrong[item] = f"Hạn: «{due[:40]}» không phải là một ngày, như 25/01/2026."
        elif form.get(f"cadence-{item}", "once") not in dict(CADENCE):
            wrong[item] = "Định kỳ: hãy chọn trong danh sách."
        else:
            support = tuple(form.getlist(f"support-{item}"))
            act = Assigning(form[f"lead-{item}"], support, due, form.get(f"cadence-{item}", "once"))
            acts.append(ItemAct(item, act, seen_version("công việc", f"seen-{item}")))
    return wrong, acts


def _iso_day(words: str) -> str:
    """Return a typed day in ISO form; what is no day is returned unchanged."""
    try:
        return parse_day(words).isoformat()
    except ValueError:
        return words


def _is_day(words: str) -> bool:
    try:
        return bool(parse_day(words))
    except ValueError:
        return False


def _render(
    plan: Plan,
    rows: list[AssignmentRow],
    *,
    done: int | None = None,
    gone: Sequence[tuple[Item, str]] = (),
    error: str = "",
) -> str:
    """Return the page of the table; `done` is how many tasks were given out just now.

    `gone` are refused items that the table has no more, each with its reason.
    """
    areas = {area.code: area.title for area in plans.areas(g.db, plan.id)}
    return render_template(
        "plans/assignments.html",
        plan=plan,
        rows=rows,
        areas=areas,
        units=[(unit.id, unit.name) for unit in directory.units(g.db) if unit.active],
        cadences=CADENCE,
        refused=sum(bool(row.refusal) for row in rows) + len(gone),
        gone=gone,
        done=done,
        error=error,
    )


show.section = create.section = "plans"  # type: ignore[attr-defined]
