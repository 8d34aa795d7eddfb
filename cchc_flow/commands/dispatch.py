"""The whole life of a command, from top to bottom: load, ask, decide, append, and what follows from it.

Browser, importer, command line, clock and the rules of plugins all come through here.
"""

from collections.abc import Sequence

from cchc_flow.commands import bulk_entries, items, reactions, registers, scheduled_openings
from cchc_flow.commands.bulk_entries import Row
from cchc_flow.commands.outcome import Outcome, outcome_of, outcome_of_reactions
from cchc_flow.commands.parts import follow_parts
from cchc_flow.commands.scheduled_openings import Opened
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import Receipt
from cchc_flow.hookspecs import Opening, Taking
from cchc_flow.plugin_host.rule_checks import OVERRIDE, check_rules
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import Decision, authorise, decide, refuse_old_page, undo
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import Data, JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import kept_besides
from cchc_flow.workspace import Workspace


def take_step(ws: Workspace, item_id: str, command: TakeStep, order: Order) -> Outcome:
    """Take a step with raw data as a form gives them; raise a Refusal, and then nothing is stored."""
    return handle(UnitOfWork(ws, order), item_id, command)


def handle(uow: UnitOfWork, item_id: str, command: TakeStep) -> Outcome:
    """Take a step in a unit of work, which may have read already, then do what follows from it."""
    return _react(uow, _handle(uow, item_id, command))


def _handle(uow: UnitOfWork, item_id: str, command: TakeStep) -> Outcome:
    def attempt() -> Commit:
        loaded, actor = uow.load(item_id), uow.require_actor()
        workflow, item, context = loaded.workflow, loaded.item, uow.context(loaded.item.plan)
        transition = workflow.transition(command.name)
        authorise(workflow, item, transition, actor, context, seen=command.seen)
        fields = uow.gather_fields(loaded, transition)
        decision = decide(workflow, item, command, actor, context, fields)
        if not decision.events:
            return Commit()
        events = (*_ask_rules(uow, item, transition, decision, fields), *decision.events)
        change = NewEvents(stream_of(item_id), item.version, events)
        others = follow_parts(uow.db, item, decision.events[-1], command, actor, context)
        return Commit([change, *others], decision.role, actor.unit)

    return outcome_of(uow, item_id, uow.write([item_id, command], attempt))


def _ask_rules(
    uow: UnitOfWork, item: Item, transition: Transition, decision: Decision, fields: tuple[Field, ...]
) -> tuple[Data, ...]:
    """Return what is recorded before the step: what plugins asked besides, and the warnings overridden.

    Raise a Refusal where a rule keeps the step out. The step itself stays the last event: undo looks for it.
    """
    if not fields:
        return ()
    data = {name: value for name, value in decision.data.items() if name != OVERRIDE.name}
    answers = {field.name: data[field.name] for field in fields if field != OVERRIDE}
    overruled = check_rules(uow.facts(), item, transition, data, decision.data[OVERRIDE.name])
    return *kept_besides(item, transition.name, answers), *overruled


def undo_step(ws: Workspace, item_id: str, order: Order, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back; raise a Refusal when it is another's, too late, or not the one `seen`.

    It is done in the role in which that move was made, which must still be held.
    """
    return handle_undo(UnitOfWork(ws, order), item_id, seen=seen)


def handle_undo(uow: UnitOfWork, item_id: str, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back in a unit of work (see `undo_step`)."""

    def attempt() -> Commit:
        loaded, actor = uow.load(item_id), uow.require_actor()
        item, context = loaded.item, uow.context(loaded.item.plan)
        refuse_old_page(loaded.workflow, item, actor, context, seen=seen)
        decision, role = undo(item, actor, uow.ws.now()), loaded.events[-1].role
        if role not in actor.roles:
            raise NotAllowed("Bạn không còn vai trò đã dùng khi thao tác.", "Hãy liên hệ quản trị.")
        change = NewEvents(stream_of(item_id), item.version, decision.events)
        others = follow_parts(uow.db, item, decision.events[-1], None, actor, context)
        return Commit([change, *others], role, actor.unit)

    receipt = uow.write([item_id, ["undo", seen]], attempt)
    return _react(uow, outcome_of(uow, item_id, receipt))


def open_task(ws: Workspace, data: JsonObject, order: Order) -> Outcome:
    """Open a task that the plan's document does not have; raise NotAllowed or MissingData."""
    uow = UnitOfWork(ws, order)
    return _react(uow, items.open_task(uow, data))


def open_entry(ws: Workspace, kind: str, data: JsonObject, order: Order) -> Outcome:
    """Open an item of a register with raw data as a form gives them; raise a Refusal."""
    uow = UnitOfWork(ws, order)
    return _react(uow, registers.open_entry(uow, kind, data))


def open_entries(ws: Workspace, kind: str, rows: Sequence[Row], order: Order) -> Receipt | None:
    """Open an item of a register for each row, all or none; raise WrongRows or NotAllowed."""
    receipt = bulk_entries.open_entries(ws, kind, rows, order)
    reactions.follow(ws, receipt, _carry_out)
    return receipt


def keep_up(ws: Workspace) -> Opened:
    """Open what the calendar asks for by now, and do what still has to follow from any event."""
    opened = scheduled_openings.keep_up(ws)
    catch_up(ws)
    return opened


def catch_up(ws: Workspace) -> int:
    """Do what still has to follow from any event by the rules of plugins; return how much that was."""
    return reactions.catch_up(ws, _carry_out)


def _react(uow: UnitOfWork, outcome: Outcome) -> Outcome:
    """Carry out what follows by the rules of plugins; return the item as it is after that as well."""
    if not reactions.follow(uow.ws, outcome.receipt, _carry_out):
        return outcome
    return outcome_of_reactions(uow, outcome)


def _carry_out(ws: Workspace, consequence: Opening | Taking, order: Order) -> Outcome:
    uow = UnitOfWork(ws, order)
    if isinstance(consequence, Opening):
        return registers.open_by_rule(uow, consequence)
    return _handle(uow, consequence.item, TakeStep(consequence.step, dict(consequence.data)))
