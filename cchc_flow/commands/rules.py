"""A decision under the rules of the plugins: what they ask besides, what they refuse, what was overridden."""

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.asking import OVERRIDE, Overruled, asked_besides, checked
from cchc_flow.workflow.commands import DecisionContext, TakeStep, Typed
from cchc_flow.workflow.decide import Decision
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import NAMES, Draft, ItemAdvanced, ItemOverruled, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import kept
from cchc_flow.workspace import Workspace


def under_rules(
    ws: Workspace,
    db: Database,
    workflow: Workflow,
    item: Item,
    step: TakeStep,
    decision: Decision,
    facts: DecisionContext,
    actor: str,
) -> Decision:
    """Return the decision with what the plugins have to say to it; raise a Refusal where one keeps it out."""
    if not decision.drafts or not (ws.plugins.about or ws.plugins.load_faults):
        return decision
    transition = workflow.transition(step.name)
    more = asked_besides(ws, db, item.kind, step.name, item)
    added = clean(more, step.data, facts)
    reason = clean((OVERRIDE,), step.data, facts)[OVERRIDE.name]
    told = clean(transition.fields, step.data, facts) | added
    overruled = checked(ws, db, item, transition, told, reason, actor=actor)
    before = (*_advanced(item, step.name, added), *told_overruled(step.name, overruled))
    return msgspec.structs.replace(decision, drafts=(*before, *decision.drafts))


def _advanced(item: Item, step: str, added: JsonObject) -> tuple[Draft, ...]:
    """Return the event that keeps what was asked besides; it stands before the step, which stays the last."""
    if not any(value not in (None, ()) for value in added.values()):
        return ()
    return (Draft(NAMES[ItemAdvanced], {"from": item.state, "to": item.state} | kept(step, added)),)


def told_overruled(step: str, found: Overruled | None) -> tuple[Draft, ...]:
    """Return the event that keeps which warnings were overridden and why; none when none was."""
    if found is None:
        return ()
    reason: Typed = found.reason
    return (Draft(NAMES[ItemOverruled], {"step": step, "rules": found.rules, "reason": reason}),)
