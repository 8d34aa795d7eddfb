"""What somebody does at a moment of the story, and how it is carried out in a workspace."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.simulation import entries
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workspace import Workspace

CLOCK = "system:clock"


class Action(msgspec.Struct, frozen=True):
    """Somebody does something at a moment: `what` is one of `ACTS`, `of` the item or person it is done to.

    `step` is the step of the item's workflow that is taken, where one is. An entry of a register is known by
    its title, `of` a `register`.
    """

    moment: datetime
    actor: str
    what: str
    of: str
    step: str = ""
    data: JsonObject = {}
    register: str = ""


class SimulatedClock:
    """The clock of a workspace in which a story is told: it stands until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def perform(ws: Workspace, act: Action, order: Order) -> None:
    """Do what an act says; an order that was carried out before changes nothing."""
    PERFORMERS[act.what](ws, act, order)


def _step(ws: Workspace, act: Action, order: Order) -> None:
    commands.take_step(ws, act.of, TakeStep(act.step, act.data), order)


def _undo(ws: Workspace, act: Action, order: Order) -> None:
    commands.undo_step(ws, act.of, order)


def _calendar(ws: Workspace, act: Action, order: Order) -> None:
    commands.keep_up(ws)


def _setting(ws: Workspace, act: Action, order: Order) -> None:
    commands.change_setting(ws, act.of, act.data["value"], act.data["source"], order)


def _joins(ws: Workspace, act: Action, order: Order) -> None:
    data = act.data
    commands.add_person(ws, act.of, data["name"], data["title"], data["unit"], order)
    for role in data["roles"]:
        granted = Order(order.actor, f"{order.command_id}-{role}")
        commands.grant_role(ws, act.of, role, granted)


def _leaves(ws: Workspace, act: Action, order: Order) -> None:
    data = act.data
    commands.change_person(ws, act.of, data["name"], data["title"], data["unit"], False, order)


def _write(ws: Workspace, act: Action, order: Order) -> None:
    entries.write_entry(ws, act.register, {"title": act.of, **act.data}, order)


def _advance(ws: Workspace, act: Action, order: Order) -> None:
    entries.advance_entry(ws, (act.register, act.of), act.step, act.data, order)


PERFORMERS: dict[str, Callable[[Workspace, Action, Order], None]] = {
    "step": _step,
    "undo": _undo,
    "calendar": _calendar,
    "setting": _setting,
    "joins": _joins,
    "leaves": _leaves,
    "write": _write,
    "advance": _advance,
}
