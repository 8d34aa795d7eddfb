"""What a step changes on other items in the same commit: parts are opened, a whole follows its parts.

The read models say which parts there are; what is decided about them rests on the log.
"""

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import NewEvents, UnitOfWork
from cchc_flow.errors import LogBroken, NotFound, Refusal
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow import parts
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.distribution import Distribution, after_division
from cchc_flow.workflow.events import (
    Data,
    ItemCancelled,
    ItemDistributed,
    ItemFollowed,
    ItemResumed,
    ItemSupportChanged,
    ItemSuspended,
    Move,
)
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.parts import Part
from cchc_flow.workflow.policy import Actor

SHARED_BY_PARTS = (ItemSuspended, ItemResumed, ItemCancelled)
"""The events of the steps that each part takes together with its whole."""
MUTUAL_GUARDS = 3
"""At most so many open parts guard each other's versions: of the last two, finished at once, one must see the
other, or nobody would finish the whole."""


def changes_of_whole_or_parts(
    uow: UnitOfWork,
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
        after = after_division(item.distribution, event, context.today)
        return [*open_missing_parts(uow, item, after, context), *_support_changes(uow, item, after)]
    if item.parent and isinstance(event, Move):
        return _whole_changes(uow, item, event.to, context)
    if item.distribution and command and isinstance(event, SHARED_BY_PARTS):
        return list(_parts_changes(uow, item, command, actor, context))
    return []


def open_missing_parts(
    uow: UnitOfWork, whole: Item, distribution: Distribution, context: DecisionContext
) -> list[NewEvents]:
    """Return the changes that open those parts whose period has begun and that are not open yet.

    A unit that is closed gets none, and one that is back none of the periods that were over by then.
    """
    open_ids = {part.id for part in items.parts_of(uow.db, whole.id)}
    workflow = workflows.newest_workflow(uow.db, whole.kind)
    back = {unit.id: unit.back_since for unit in directory.units(uow.db) if unit.active}
    missing = [
        part
        for part in parts.begun_parts(distribution, context.today, context.closing_day)
        if part.id_in(whole.id) not in open_ids
        and part.unit in back
        and (part.period is None or part.period.end.isoformat() >= back[part.unit])
    ]
    return [_opening(whole, part, workflow, context) for part in missing]


def _support_changes(uow: UnitOfWork, whole: Item, after: Distribution) -> Iterator[NewEvents]:
    """Yield the changes by which open parts get the supporting units of their whole that is divided anew."""
    if whole.distribution is None or whole.distribution.support == after.support:
        return
    for part in items.parts_of(uow.db, whole.id):
        item, support = uow.load(part.id).item, parts.support_of_part(after, str(part.unit))
        if item.lead and item.support != support and not _is_final(uow, item):
            event = ItemSupportChanged(support=support, previous=item.support, reason=None)
            yield NewEvents(stream_of(part.id), item.version, (event,))


def _opening(whole: Item, part: Part, workflow: Workflow, context: DecisionContext) -> NewEvents:
    """Return the change that opens a part, with a day of its own where its period's is over."""
    due = parts.day_at_birth(part.due, context.today, context.settings, context.closing_day)
    events = parts.open_part(whole, replace(part, due=due), workflow)
    return NewEvents(stream_of(part.id_in(whole.id)), 0, events)


def finish_whole(uow: UnitOfWork, whole: Item, context: DecisionContext) -> list[NewEvents]:
    """Return the change that closes a whole whose parts are all finished with none to come, else none."""
    children = items.parts_of(uow.db, whole.id)
    if whole.distribution is None or not children or any(not _is_final(uow, part) for part in children):
        return []
    return _close_whole(uow, whole, context)


def _whole_changes(uow: UnitOfWork, part: Item, to: str, context: DecisionContext) -> list[NewEvents]:
    """Return the changes of a whole when one of its parts comes to a state."""
    whole = uow.load(str(part.parent)).item
    is_finished = workflows.workflow(uow.db, part.kind, part.workflow).state(to).final
    if not is_finished:
        return _move_whole(whole, "distributed") if whole.state == "closed" else []
    siblings = [sibling for sibling in items.parts_of(uow.db, whole.id) if sibling.id != part.id]
    unfinished = [sibling for sibling in siblings if not _is_final(uow, sibling)]
    if unfinished:
        return list(_guard_versions(unfinished)) if len(unfinished) <= MUTUAL_GUARDS else []
    return _close_whole(uow, whole, context, besides=part.id) if whole.state == "distributed" else []


def _close_whole(
    uow: UnitOfWork, whole: Item, context: DecisionContext, *, besides: str = ""
) -> list[NewEvents]:
    """Return the change that closes a whole of which the read models say that all parts are finished.

    Nothing is closed while a part is to come. Raise LogBroken when a part (but the one `besides`, which is
    being finished) is not finished by the log: then somebody has changed the read models.
    """
    if not _has_all_parts(whole, context):
        return []
    if any(not _is_final(uow, part) for part in _parts_in_log(uow, whole, context) if part.id != besides):
        raise LogBroken(
            f"Bảng đọc của công việc «{whole.id}» khác với nhật ký.", "Hãy chạy «cchc-flow rebuild»."
        )
    return _move_whole(whole, "closed")


def _parts_in_log(uow: UnitOfWork, whole: Item, context: DecisionContext) -> Iterator[Item]:
    """Yield the parts of a whole as the log has them, those that the read models do not show as well."""
    begun = (
        parts.begun_parts(whole.distribution, context.today, context.closing_day)
        if whole.distribution
        else ()
    )
    ids = {part.id for part in items.parts_of(uow.db, whole.id)} | {part.id_in(whole.id) for part in begun}
    for part_id in sorted(ids):
        with suppress(NotFound):  # a part of this period that was never opened
            yield uow.load(part_id).item


def _guard_versions(siblings: list[Item]) -> Iterator[NewEvents]:
    """Yield changes without events: the commit fails if one of these parts has moved in between."""
    return (NewEvents(stream_of(part.id), part.version) for part in siblings)


def _move_whole(whole: Item, to: str) -> list[NewEvents]:
    """Return the change that brings a whole into the state that its parts are in."""
    event = ItemFollowed(from_=whole.state, to=to)
    return [NewEvents(stream_of(whole.id), whole.version, (event,))]


def _parts_changes(
    uow: UnitOfWork, whole: Item, command: TakeStep, actor: Actor, context: DecisionContext
) -> Iterator[NewEvents]:
    """Yield the changes of the parts that take the step of their whole as well."""
    for part in _parts_in_log(uow, whole, context):
        workflow = workflows.workflow(uow.db, part.kind, part.workflow)
        try:
            decision = decide(workflow, part, TakeStep(command.name, command.data), actor, context)
        except Refusal:  # a part that is finished, or in no state for this step, stays as it is
            continue
        yield NewEvents(stream_of(part.id), part.version, decision.events)


def _is_final(uow: UnitOfWork, part: Item) -> bool:
    return workflows.workflow(uow.db, part.kind, part.workflow).state(part.state).final


def _has_all_parts(whole: Item, context: DecisionContext) -> bool:
    """Tell whether no part of a later period is to come."""
    distribution = whole.distribution
    return distribution is not None and parts.is_last(distribution, context.today, context.closing_day)
