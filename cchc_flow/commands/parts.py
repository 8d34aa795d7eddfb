"""What a step changes on other items in the same commit: parts are opened, a whole follows its parts."""

from collections.abc import Iterator

from sqlite_utils import Database

from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import NewEvents
from cchc_flow.errors import Refusal
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow import parts
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.events import (
    Data,
    ItemCancelled,
    ItemDistributed,
    ItemFollowed,
    ItemResumed,
    ItemSuspended,
    Move,
)
from cchc_flow.workflow.item import Distribution, Item
from cchc_flow.workflow.policy import Actor

SHARED_BY_PARTS = (ItemSuspended, ItemResumed, ItemCancelled)
"""The events of the steps that each part takes together with its whole."""
MUTUAL_GUARDS = 3
"""At most so many open parts guard each other's versions: of the last two, finished at once, one must see the
other, or nobody would finish the whole."""


def changes_of_whole_or_parts(
    db: Database,
    item: Item,
    event: Data,
    command: TakeStep | None,
    actor: Actor,
    context: DecisionContext,
) -> list[NewEvents]:
    """Return the changes that an event of an item brings to its parts or to its whole, in the same commit.

    `command` is the step that made the event, None when the event takes a step back.
    """
    if isinstance(event, ItemDistributed):
        return open_missing_parts(db, item, _distribution(event), context)
    if item.parent and isinstance(event, Move):
        return _whole_changes(db, item, event.to, context)
    if item.distribution and command and isinstance(event, SHARED_BY_PARTS):
        return list(_parts_changes(db, item, command, actor, context))
    return []


def open_missing_parts(
    db: Database, whole: Item, distribution: Distribution, context: DecisionContext
) -> list[NewEvents]:
    """Return the changes that open those parts whose period has begun and that are not open yet."""
    open_ids = {part.id for part in items.parts_of(db, whole.id)}
    workflow = workflows.newest_workflow(db, whole.kind)
    return [
        NewEvents(stream_of(part.id_in(whole.id)), 0, parts.open_part(whole, part, workflow))
        for part in parts.begun_parts(distribution, context.today, context.closing_day)
        if part.id_in(whole.id) not in open_ids and part.unit in context.units
    ]


def finish_whole(db: Database, whole: Item, context: DecisionContext) -> list[NewEvents]:
    """Return the change that closes a whole whose parts are all finished with none to come, else none."""
    children = items.parts_of(db, whole.id)
    if whole.distribution is None or not children or any(not _is_final(db, part) for part in children):
        return []
    return _move_whole(whole, "closed") if _has_all_parts(whole, context) else []


def _distribution(event: ItemDistributed) -> Distribution:
    return Distribution(event.units, event.cadence, event.since, event.due, event.due_day)


def _whole_changes(db: Database, part: Item, to: str, context: DecisionContext) -> list[NewEvents]:
    """Return the changes of a whole when one of its parts comes to a state."""
    whole = items.item(db, str(part.parent))
    is_finished = workflows.workflow(db, part.kind, part.workflow).state(to).final
    if not is_finished:
        return _move_whole(whole, "distributed") if whole.state == "closed" else []
    siblings = [sibling for sibling in items.parts_of(db, whole.id) if sibling.id != part.id]
    unfinished = [sibling for sibling in siblings if not _is_final(db, sibling)]
    if unfinished:
        return list(_guard_versions(unfinished)) if len(unfinished) <= MUTUAL_GUARDS else []
    return (
        _move_whole(whole, "closed")
        if whole.state == "distributed" and _has_all_parts(whole, context)
        else []
    )


def _guard_versions(siblings: list[Item]) -> Iterator[NewEvents]:
    """Yield changes without events: the commit fails if one of these parts has moved in between."""
    return (NewEvents(stream_of(part.id), part.version) for part in siblings)


def _move_whole(whole: Item, to: str) -> list[NewEvents]:
    """Return the change that brings a whole into the state that its parts are in."""
    event = ItemFollowed(from_=whole.state, to=to)
    return [NewEvents(stream_of(whole.id), whole.version, (event,))]


def _parts_changes(
    db: Database, whole: Item, command: TakeStep, actor: Actor, context: DecisionContext
) -> Iterator[NewEvents]:
    """Yield the changes of the parts that take the step of their whole as well."""
    for part in items.parts_of(db, whole.id):
        workflow = workflows.workflow(db, part.kind, part.workflow)
        try:
            decision = decide(workflow, part, TakeStep(command.name, command.data), actor, context)
        except Refusal:  # a part that is finished, or in no state for this step, stays as it is
            continue
        yield NewEvents(stream_of(part.id), part.version, decision.events)


def _is_final(db: Database, part: Item) -> bool:
    return workflows.workflow(db, part.kind, part.workflow).state(part.state).final


def _has_all_parts(whole: Item, context: DecisionContext) -> bool:
    """Tell whether no part of a later period is to come."""
    distribution = whole.distribution
    return distribution is not None and parts.is_last(distribution, context.today, context.closing_day)
