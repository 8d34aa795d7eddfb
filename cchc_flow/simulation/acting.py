"""The actions of the simulation, and how each is performed in a workspace."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import msgspec

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.commands.commune_reports import Issue, issue_report, send_report
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.errors import CommandReused, Refusal
from cchc_flow.projections import directory, issued
from cchc_flow.reporting.issuing import freezer
from cchc_flow.simulation import entries, target_acts
from cchc_flow.workflow.calendar import day_words, local_day
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.unit_report import NOTHING
from cchc_flow.workspace import Workspace

CLOCK = "system:clock"
SIGNS = ("TM. Ủy ban nhân dân", "Chủ tịch")


class Action(msgspec.Struct, frozen=True):
    """Something that an actor does at a moment: `kind` is one of `PERFORMERS`, `subject` an item or a person.

    `step` is the step of the workflow to take, if any. The subject of an action on an entry of a `register`
    is the title of the entry.
    """

    moment: datetime
    actor: str
    kind: str
    subject: str
    step: str = ""
    data: JsonObject = {}
    register: str = ""


class SimulatedClock:
    """The clock of a simulated workspace: it stands still at `moment` until that is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def perform(ws: Workspace, action: Action, order: Order) -> None:
    """Perform an action; an order that was carried out before changes nothing."""
    PERFORMERS[action.kind](ws, action, order)


def _take_step(ws: Workspace, action: Action, order: Order) -> None:
    commands.take_step(ws, action.subject, TakeStep(action.step, action.data), order)


def _submit_report(ws: Workspace, action: Action, order: Order) -> None:
    """Submit a unit's report with the readings of the day, unless nothing arose.

    What was submitted before the simulation was interrupted is not submitted with the readings of now.
    """
    told = action.data["report"]
    if NOTHING not in told:
        told = told | target_acts.readings_of_report(ws, action.subject)
    with suppress(CommandReused):
        commands.take_step(ws, action.subject, TakeStep(action.step, action.data | {"report": told}), order)


def _undo_step(ws: Workspace, action: Action, order: Order) -> None:
    commands.undo_step(ws, action.subject, order)


def _open_scheduled_work(ws: Workspace, action: Action, order: Order) -> None:
    commands.do_scheduled_work(ws)


def _change_setting(ws: Workspace, action: Action, order: Order) -> None:
    commands.change_setting(ws, action.subject, action.data["value"], action.data["source"], order)


def _add_person(ws: Workspace, action: Action, order: Order) -> None:
    data = action.data
    commands.add_person(ws, action.subject, data["name"], data["title"], data["unit"], order)
    for role in data["roles"]:
        role_order = msgspec.structs.replace(order, command_id=f"{order.command_id}-{role}")
        commands.grant_role(ws, action.subject, role, role_order)


def _deactivate_person(ws: Workspace, action: Action, order: Order) -> None:
    data = action.data
    commands.change_person(ws, action.subject, data["name"], data["title"], data["unit"], False, order)


def _write_entry(ws: Workspace, action: Action, order: Order) -> None:
    entries.write_entry(ws, action.register, {"title": action.subject, **action.data}, order)


def _advance_entry(ws: Workspace, action: Action, order: Order) -> None:
    entries.advance_entry(ws, (action.register, action.subject), action.step, action.data, order)


def _act_on_targets(ws: Workspace, action: Action, order: Order) -> None:
    target_acts.ACTS[action.kind](ws, action.subject, action.data, order)


def _write_section(ws: Workspace, action: Action, order: Order) -> None:
    edit_section(ws, action.subject, action.data["section"], action.data["text"], order)


def _issue_report(ws: Workspace, action: Action, order: Order) -> None:
    """Issue a report unless it is issued, or something still blocks it."""
    if _stage(ws, action.subject) == "drafted":
        chairman, day = directory.names(ws.read())[action.actor], day_words(local_day(action.moment))
        issue = Issue(day=day, signer=chairman, signer_lines=SIGNS, accepts_gaps=True)
        with suppress(Refusal):
            issue_report(ws, action.subject, issue, order, freezer(ws))


def _send_report(ws: Workspace, action: Action, order: Order) -> None:
    if _stage(ws, action.subject) == "issued":
        send_report(ws, action.subject, day_words(local_day(action.moment)), order)


def _stage(ws: Workspace, period: str) -> str:
    """Return how far the commune is with its report on a period of the year."""
    found = issued.commune_reports(ws.read(), target_acts.PLAN).get(period)
    return found.stage if found else ""


PERFORMERS: dict[str, Callable[[Workspace, Action, Order], None]] = {
    "step": _take_step,
    "report": _submit_report,
    "undo": _undo_step,
    "calendar": _open_scheduled_work,
    "setting": _change_setting,
    "joins": _add_person,
    "leaves": _deactivate_person,
    "write": _write_entry,
    "advance": _advance_entry,
    "write_section": _write_section,
    "issue_report": _issue_report,
    "send_report": _send_report,
    **dict.fromkeys(target_acts.ACTS, _act_on_targets),
}
