"""What a step on an item entails for others, in the same commit: parts are opened, a whole follows them."""

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
"""What befalls a whole befalls each of its parts too."""
NEAR_THE_END = 3
"""So few open parts watch each other: of two that are finished at once, one must see the other."""


def follow_parts(
    db: Database,
    item: Item,
    event: Data,
    command: TakeStep | None,
    actor: Actor,
    context: DecisionContext,
) -> list[NewEvents]:
    """Return what a step on an item, and its event, bring about on its parts or its whole."""
    if isinstance(event, ItemDistributed):
        return missing_parts(db, item, _distribution(event), context)
    if item.parent and isinstance(event, Move):
        return _whole_follows(db, item, event.to, context)
    if item.distribution and command and isinstance(event, SHARED_BY_PARTS):
        return list(_parts_follow(db, item, command, actor, context))
    return []


def missing_parts(
    db: Database, whole: Item, distribution: Distribution, context: DecisionContext
) -> list[NewEvents]:
    """Return the changes that open the parts which have begun and are not there."""
    known = {part.id for part in items.parts_of(db, whole.id)}
    workflow = workflows.newest_workflow(db, whole.kind)
    return [
        NewEvents(stream_of(part.id_in(whole.id)), 0, parts.open_part(whole, part, workflow))
        for part in parts.wanted(distribution, context.today, context.closing_day)
        if part.id_in(whole.id) not in known and part.unit in context.units
    ]


def finish_whole(db: Database, whole: Item, context: DecisionContext) -> list[NewEvents]:
    """Return the change that finishes a whole whose parts all are, for good; an empty list otherwise."""
    siblings = items.parts_of(db, whole.id)
    if whole.distribution is None or not siblings or any(not _is_final(db, part) for part in siblings):
        return []
    return _follow(whole, "closed") if _is_last(whole, context) else []


def _distribution(event: ItemDistributed) -> Distribution:
    return Distribution(event.units, event.cadence, event.since, event.due, event.due_day)


def _whole_follows(db: Database, part: Item, to: str, context: DecisionContext) -> list[NewEvents]:
    """Return what a whole does when a part of it comes to a state."""
    whole = items.item(db, str(part.parent))
    ends = workflows.workflow(db, part.kind, part.workflow).state(to).final
    if not ends:
        return _follow(whole, "distributed") if whole.state == "closed" else []
    others = [one for one in items.parts_of(db, whole.id) if one.id != part.id and not _is_final(db, one)]
    if others:
        return list(_guard_versions(others)) if len(others) <= NEAR_THE_END else []
    return _follow(whole, "closed") if whole.state == "distributed" and _is_last(whole, context) else []


def _guard_versions(others: list[Item]) -> Iterator[NewEvents]:
    return (NewEvents(stream_of(part.id), part.version) for part in others)


def _follow(whole: Item, to: str) -> list[NewEvents]:
    event = ItemFollowed(from_=whole.state, to=to)
    return [NewEvents(stream_of(whole.id), whole.version, (event,))]


def _parts_follow(
    db: Database, whole: Item, command: TakeStep, actor: Actor, context: DecisionContext
) -> Iterator[NewEvents]:
    for part in items.parts_of(db, whole.id):
        workflow = workflows.workflow(db, part.kind, part.workflow)
        try:
            decision = decide(workflow, part, TakeStep(command.name, command.data), actor, context)
        except Refusal:  # a part that is finished, or not in a state for this step, stays as it is
            continue
        yield NewEvents(stream_of(part.id), part.version, decision.events)


def _is_final(db: Database, part: Item) -> bool:
    return workflows.workflow(db, part.kind, part.workflow).state(part.state).final


def _is_last(whole: Item, context: DecisionContext) -> bool:
    distribution = whole.distribution
    return distribution is not None and parts.is_last(distribution, context.today, context.closing_day)
