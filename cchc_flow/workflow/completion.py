"""What an event of a step holds and no form asks for: days, people, the decided request, who is mentioned."""

from collections.abc import Callable
from datetime import date, timedelta

from cchc_flow.workflow import reminding
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.events import (
    Data,
    ItemAssigned,
    ItemCommented,
    ItemDelegated,
    ItemDistributed,
    ItemDueSet,
    ItemExtensionGranted,
    ItemExtensionRefused,
    ItemRecalled,
    ItemReminded,
    ItemResumed,
    ItemReturned,
    ItemSubmitted,
    ItemSupportChanged,
    ItemSuspended,
    JsonObject,
)
from cchc_flow.workflow.guards import begin_of_parts
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.mentions import find_mentions
from cchc_flow.workflow.periods import STEPS
from cchc_flow.workflow.unit_report import WHOLE, own_words


def complete_data(cls: type[Data], item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    """Return the data of a step with what its event holds besides: days, people, the decided request."""
    add = _ADDITIONS.get(cls)
    return data | add(item, data, context) if add else data


def _assignment_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"cadence": item.cadence}


def _distribution_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    cadence = data["cadence"] or "once"
    unused = "due" if cadence in STEPS else "due_day"
    support = data.get("support", item.distribution.support if item.distribution else ())
    begin = begin_of_parts(data["since"], context).isoformat()
    return {"since": begin, "cadence": cadence, "support": support, unused: None}


def _giving_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"previous": item.officer}


def _taking_back_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"officer": item.officer}


def _comment_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    text = data["text"].text
    return {"mentions": find_mentions(text, context.people_who_read(item)) if "@" in text else ()}


def _decided_request_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"asked": item.extension.due if item.extension else None}


def _due_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"previous": item.due}


def _support_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"previous": item.support}


def _suspension_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"on": context.today.isoformat()}


def _resumption_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    if item.due is None or item.rests_since is None:
        return {"due": item.due}
    rested = context.today - date.fromisoformat(item.rests_since)
    return {"due": (date.fromisoformat(item.due) + max(rested, timedelta())).isoformat()}


def _submission_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {"result": own_words(data)} if isinstance(data.get(WHOLE), dict) else {}


def _return_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    """Count no defect of quality where the form of the return does not ask for any."""
    return {"defects": data.get("defects", 0)}


def _reminder_data(item: Item, data: JsonObject, context: DecisionContext) -> JsonObject:
    return {
        "stage": None,
        "due": item.due,
        "people": reminding.recipients(item, ("officer", "unit_head"), context),
    }


_ADDITIONS: dict[type[Data], Callable[[Item, JsonObject, DecisionContext], JsonObject]] = {
    ItemAssigned: _assignment_data,
    ItemDistributed: _distribution_data,
    ItemCommented: _comment_data,
    ItemDelegated: _giving_data,
    ItemRecalled: _taking_back_data,
    ItemExtensionGranted: _decided_request_data,
    ItemExtensionRefused: _decided_request_data,
    ItemDueSet: _due_data,
    ItemSupportChanged: _support_data,
    ItemSuspended: _suspension_data,
    ItemResumed: _resumption_data,
    ItemReminded: _reminder_data,
    ItemReturned: _return_data,
    ItemSubmitted: _submission_data,
}

ADDED: dict[type[Data], frozenset[str]] = {
    ItemAssigned: frozenset({"cadence"}),
    ItemDistributed: frozenset({"cadence", "since", "support", "due", "due_day"}),
    ItemCommented: frozenset({"mentions"}),
    ItemDelegated: frozenset({"previous"}),
    ItemRecalled: frozenset({"officer"}),
    ItemExtensionGranted: frozenset({"asked"}),
    ItemExtensionRefused: frozenset({"asked"}),
    ItemDueSet: frozenset({"previous"}),
    ItemSupportChanged: frozenset({"previous"}),
    ItemSuspended: frozenset({"on"}),
    ItemResumed: frozenset({"due"}),
    ItemReminded: frozenset({"stage", "due", "people"}),
}
"""What `complete_data` adds to the data of these events."""
WITH_DEFAULT: dict[type[Data], frozenset[str]] = {ItemReturned: frozenset({"defects"})}
"""What `complete_data` adds to these unless the form of the step asks for it."""
