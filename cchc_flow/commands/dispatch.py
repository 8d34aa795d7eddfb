"""The whole life of a command, from top to bottom: load, authorise, decide, check the rules, append, react.

Browser, importer, command line, clock and the reactions of plugins all come through here.
"""

from collections.abc import Sequence

from cchc_flow.commands import bulk_entries, items, reactions, registers, scheduled_openings
from cchc_flow.commands.bulk_entries import Row
from cchc_flow.commands.old_pages import refuse_changed_values
from cchc_flow.commands.outcome import Outcome, outcome_of, outcome_of_reactions
from cchc_flow.commands.parts import changes_of_whole_or_parts
from cchc_flow.commands.scheduled_openings import OpenedWork
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork
from cchc_flow.commands.unit_reports import readings_of_acceptance
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import Receipt
from cchc_flow.hookspecs import Opening, Taking
from cchc_flow.plugin_host.rule_checks import OVERRIDE, check_rules
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import Decision, authorise, decide, refuse_old_page, undo
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import Data, JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import answer_events
from cchc_flow.workspace import Workspace


def take_step(ws: Workspace, item_id: str, command: TakeStep, order: Order) -> Outcome:
    """Take a step from the raw data of a form; raise a Refusal, and then nothing is stored."""
    return handle(UnitOfWork(ws, order), item_id, command)


def handle(uow: UnitOfWork, item_id: str, command: TakeStep, *, shown: int | None = None) -> Outcome:
    """Take a step in a unit of work that a page may have read through, then carry out the reactions to it.

    `shown` is the version of the item with whose values the step's form began, None without a form.
    """
    return _carry_out_reactions(uow, _take_step(uow, item_id, command, shown))


def _take_step(uow: UnitOfWork, item_id: str, command: TakeStep, shown: int | None = None) -> Outcome:
    """Take a step, without the reactions to it; raise a Refusal, and then nothing is stored."""

    def decide_commit() -> Commit:
        actor, loaded = uow.require_actor(), uow.read(item_id)
        workflow, item = loaded.workflow, loaded.item
        transition, context = workflow.transition(command.name), uow.context(item.plan)
        authorise(workflow, item, transition, actor, context, seen=command.seen)
        refuse_changed_values(loaded, transition, shown, context)
        plugin_fields = uow.gather_fields(loaded, transition)
        decision = decide(workflow, item, command, actor, context, plugin_fields)
        if not decision.events:
            return Commit()
        earlier = _events_before_step(uow, item, transition, decision, plugin_fields)
        change = NewEvents(stream_of(item_id), item.version, (*earlier, *decision.events))
        others = changes_of_whole_or_parts(uow, item, decision.events[-1], command, actor, context)
        readings = readings_of_acceptance(uow, loaded, decision.events[-1])
        return Commit([change, *others, *readings], decision.role, actor.unit)

    receipt = uow.write([item_id, command], decide_commit)
    return outcome_of(uow, item_id, receipt)


def _events_before_step(
    uow: UnitOfWork, item: Item, transition: Transition, decision: Decision, fields: tuple[Field, ...]
) -> tuple[Data, ...]:
    """Return the events that precede that of the step: the answers to plugins, and the overridden warnings.

    `fields` are those of plugins. Raise a Refusal when a rule blocks the step, or warns of it and no reason
    is given. The step's own event comes last, since an undoing takes the last event back.
    """
    if not fields:
        return ()
    data = {name: value for name, value in decision.data.items() if name != OVERRIDE.name}
    answers = {field.name: data[field.name] for field in fields if field != OVERRIDE}
    overridden = check_rules(uow.fact_source(), item, transition, data, decision.data[OVERRIDE.name])
    return *answer_events(item, transition.name, answers), *overridden


def undo_step(ws: Workspace, item_id: str, order: Order, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back; raise a Refusal if it is another's, too old, or not the one `seen`.

    The actor does it in the role in which he made that move, and must still hold it.
    """
    return handle_undo(UnitOfWork(ws, order), item_id, seen=seen)


def handle_undo(uow: UnitOfWork, item_id: str, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back in a unit of work (see `undo_step`)."""

    def decide_commit() -> Commit:
        actor, loaded = uow.require_actor(), uow.read(item_id)
        item, context = loaded.item, uow.context(loaded.item.plan)
        refuse_old_page(loaded.workflow, item, actor, context, seen=seen)
        decision, role = undo(item, actor, uow.ws.now()), loaded.events[-1].role
        if role not in actor.roles:
            raise NotAllowed("Bạn không còn vai trò đã dùng khi thao tác.", "Hãy liên hệ quản trị.")
        change = NewEvents(stream_of(item_id), item.version, decision.events)
        others = changes_of_whole_or_parts(uow, item, decision.events[-1], None, actor, context)
        return Commit([change, *others], role, actor.unit)

    receipt = uow.write([item_id, ["undo", seen]], decide_commit)
    return _carry_out_reactions(uow, outcome_of(uow, item_id, receipt))


def open_task(ws: Workspace, data: JsonObject, order: Order, *, seen: int | None = None) -> Outcome:
    """Open a task that the plan's document does not have; raise NotAllowed, MissingData or ItemMoved.

    `seen` is the year of the plan whose areas the form offered (see `commands.items.open_task`).
    """
    uow = UnitOfWork(ws, order)
    return _carry_out_reactions(uow, items.open_task(uow, data, seen=seen))


def open_entry(ws: Workspace, kind: str, data: JsonObject, order: Order) -> Outcome:
    """Open an item of a register from the raw data of a form; raise a Refusal."""
    uow = UnitOfWork(ws, order)
    return _carry_out_reactions(uow, registers.open_entry(uow, kind, data))


def open_entries(ws: Workspace, kind: str, rows: Sequence[Row], order: Order) -> Receipt | None:
    """Open an item of a register for each row, all or none; raise WrongRows or NotAllowed."""
    receipt = bulk_entries.open_entries(ws, kind, rows, order)
    reactions.carry_out_reactions(ws, receipt, _carry_out_consequence)
    return receipt


def do_scheduled_work(ws: Workspace) -> OpenedWork:
    """Open the parts and reports that are due by now, and carry out reactions that were left undone."""
    opened = scheduled_openings.open_scheduled_work(ws)
    catch_up_reactions(ws)
    return opened


def catch_up_reactions(ws: Workspace) -> int:
    """Carry out the reactions to any event that were left undone; return how many there were."""
    return reactions.catch_up(ws, _carry_out_consequence)


def retry_reactions(ws: Workspace) -> int:
    """Carry out the reactions that failed and whose pause is over; return how many there were."""
    return reactions.retry_due(ws, _carry_out_consequence)


def _carry_out_reactions(uow: UnitOfWork, outcome: Outcome) -> Outcome:
    """Carry out the reactions of plugins to a command; return its outcome with the item as it is then."""
    if not reactions.carry_out_reactions(uow.ws, outcome.receipt, _carry_out_consequence):
        return outcome
    return outcome_of_reactions(uow, outcome)


def _carry_out_consequence(ws: Workspace, consequence: Opening | Taking, order: Order) -> Outcome:
    """Carry out one command of a plugin, without the reactions to it: `reactions` sees to those."""
    uow = UnitOfWork(ws, order)
    if isinstance(consequence, Opening):
        return registers.open_by_rule(uow, consequence)
    return _take_step(uow, consequence.item, TakeStep(consequence.step, dict(consequence.data)))
