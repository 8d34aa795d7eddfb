"""What a step on an item entails for others, in the same commit: parts are opened, a whole follows them."""

from collections.abc import Iterator

from sqlite_utils import Database

from cchc_flow.commands.streams import stream_of
from cchc_flow.errors import NotFound, Refusal
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow import parts
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.events import NAMES, ItemDistributed, ItemFollowed, JsonObject
from cchc_flow.workflow.item import Distribution, Item
from cchc_flow.workflow.policy import Actor

WITH_THE_WHOLE = ("suspend", "resume", "cancel")
"""Steps on a whole that each of its parts takes too."""
NEAR_THE_END = 3
"""So few open parts watch each other: of two that are finished at once, one must see the other."""


def entailed(
    db: Database,
    item: Item,
    drafts: tuple[Draft, ...],
    step: TakeStep | None,
    actor: Actor,
    facts: DecisionContext,
) -> list[Change]:
    """Return what the events of an item bring about on its parts or its whole."""
    found: list[Change] = []
    for draft in drafts:
        if draft.type == NAMES[ItemDistributed]:
            found += _distributed(db, item, draft.data, facts)
        elif item.parent and "to" in draft.data:
            found += _followed(db, item, draft.data["to"], facts)
        elif item.distribution and step and step.name in WITH_THE_WHOLE:
            found += _taken_along(db, item, step, actor, facts)
    return found


def missing_parts(
    db: Database, whole: Item, distribution: Distribution, facts: DecisionContext
) -> list[Change]:
    """Return the changes that open the parts which have begun and are not there."""
    known = {part.id for part in items.parts_of(db, whole.id)}
    workflow = workflows.newest_workflow(db, whole.kind)
    return [
        Change(stream_of(part.id_in(whole.id)), 0, parts.opened(whole, part, workflow))
        for part in parts.wanted(distribution, facts.today, facts.closing_day)
        if part.id_in(whole.id) not in known and part.unit in facts.units
    ]


def completed(db: Database, whole: Item, facts: DecisionContext) -> list[Change]:
    """Return the change that finishes a whole whose parts all are, for good; an empty list otherwise."""
    siblings = items.parts_of(db, whole.id)
    if whole.distribution is None or not siblings or any(not _is_final(db, part) for part in siblings):
        return []
    return _follow(whole, "closed") if _is_last(whole, facts) else []


def refuse_a_period_to_come(db: Database, item_id: str) -> None:
    """Raise NotFound, saying so, when the id is that of a part whose period is not open."""
    whole_id, _, key = item_id.partition(":")
    if key and db.execute("SELECT 1 FROM items WHERE id = ?", [whole_id]).fetchone():
        raise NotFound(
            "Kỳ này của công việc chưa mở, hoặc không giao cho đơn vị này.", "Hãy xem công việc chung."
        )


def _distributed(db: Database, item: Item, data: JsonObject, facts: DecisionContext) -> list[Change]:
    parts_of = Distribution(data["units"], data["cadence"], data["since"], data["due"], data["due_day"])
    return missing_parts(db, item, parts_of, facts)


def _followed(db: Database, part: Item, to: str, facts: DecisionContext) -> list[Change]:
    """Return what a whole does when a part of it comes to a state."""
    whole = items.item(db, str(part.parent))
    ends = workflows.workflow(db, part.kind, part.workflow).state(to).final
    if not ends:
        return _follow(whole, "distributed") if whole.state == "closed" else []
    others = [one for one in items.parts_of(db, whole.id) if one.id != part.id and not _is_final(db, one)]
    if others:
        return list(_watched(others)) if len(others) <= NEAR_THE_END else []
    return _follow(whole, "closed") if whole.state == "distributed" and _is_last(whole, facts) else []


def _watched(others: list[Item]) -> Iterator[Change]:
    return (Change(stream_of(one.id), one.version, ()) for one in others)


def _follow(whole: Item, to: str) -> list[Change]:
    draft = Draft(NAMES[ItemFollowed], {"from": whole.state, "to": to})
    return [Change(stream_of(whole.id), whole.version, (draft,))]


def _taken_along(
    db: Database, whole: Item, step: TakeStep, actor: Actor, facts: DecisionContext
) -> Iterator[Change]:
    for part in items.parts_of(db, whole.id):
        workflow = workflows.workflow(db, part.kind, part.workflow)
        try:
            decision = decide(workflow, part, TakeStep(step.name, step.data), actor, facts)
        except Refusal:  # a part that is finished, or not in a state for this step, stays as it is
            continue
        yield Change(stream_of(part.id), part.version, decision.drafts)


def _is_final(db: Database, part: Item) -> bool:
    return workflows.workflow(db, part.kind, part.workflow).state(part.state).final


def _is_last(whole: Item, facts: DecisionContext) -> bool:
    distribution = whole.distribution
    return distribution is not None and parts.is_last(distribution, facts.today, facts.closing_day)
