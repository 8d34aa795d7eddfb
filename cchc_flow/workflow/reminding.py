"""Reminders of due days: the stage that a day has reached, and whom to remind. Pure."""

from collections.abc import Collection, Iterable
from datetime import date

import msgspec

from cchc_flow.workflow.calendar import deadline
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import ItemReminded
from cchc_flow.workflow.hands import AT_WORK, find_hands
from cchc_flow.workflow.item import Item, done_on
from cchc_flow.workflow.settings.values import Reminders, Role


class Stage(msgspec.Struct, frozen=True):
    """A point in time before or after a due day, with a name (`before-3`, `late-10`), and whom to remind."""

    name: str
    to: tuple[Role, ...]


def due_reminder(workflow: Workflow, item: Item, context: DecisionContext) -> ItemReminded | None:
    """Return the reminder that is due for an item today, None if there is none.

    There is none for an item that is done, suspended, or done in parts. `people` is empty if nobody is there
    to be reminded.
    """
    if item.due is None or item.distribution or item.rests_since or done_on(item):
        return None
    if workflow.state(item.state).final:
        return None
    last = deadline(date.fromisoformat(item.due), context.settings)
    stage = reached_stage(context.settings.reminders, last, context.today)
    if stage is None or not stage.to:
        return None
    people = reminder_recipients(item, stage.to, context)
    return ItemReminded(stage=stage.name, due=item.due, people=people, text=None)


def reached_stage(reminders: Reminders, due: date, today: date) -> Stage | None:
    """Return the stage that a due day has reached today, None before the first.

    It is the latest stage whose day has come, so that none is lost if the clock did not run on that day.
    After the last stage a new one begins every `reminders.every` days.
    """
    days_left = (due - today).days
    last = min((stage.days for stage in reminders.stages if stage.days < 0), default=0)
    if reminders.every > 0 and last - days_left >= reminders.every:
        rounds = (last - days_left) // reminders.every
        return Stage(f"late-{-last + rounds * reminders.every}", reminders.then)
    side = [stage for stage in reminders.stages if (stage.days < 0) == (days_left < 0)]
    reached = [stage.days for stage in side if days_left <= stage.days]
    if not reached:
        return None
    latest = min(reached)
    to = tuple(dict.fromkeys(role for stage in side if stage.days == latest for role in stage.to))
    return Stage(f"before-{latest}" if latest >= 0 else f"late-{-latest}", to)


def reminder_recipients(item: Item, roles: Iterable[Role], context: DecisionContext) -> tuple[str, ...]:
    """Return the ids of those whom an automatic reminder goes to, sorted.

    Coordinators stand in for the lead unit while there is none, while its result waits for review, and if it
    has no users. If that still leaves nobody, the leaders are reminded, or else the administrators.
    """
    roles = frozenset(roles)
    in_unit, elsewhere = roles & AT_WORK, set(roles - AT_WORK)
    is_waiting = item.lead is None or item.submitted_by is not None
    staff = () if is_waiting or not in_unit else recipients(item, sorted(in_unit), context)
    if in_unit and not staff:
        elsewhere.add("coordinator")
    people = {*staff, *(person for role in elsewhere for person in _people_with_role(role, context))}
    for role in ("coordinator", "leader", "admin"):
        people = people or _people_with_role(role, context)
    return tuple(sorted(people))


def recipients(item: Item, roles: Iterable[Role], context: DecisionContext) -> tuple[str, ...]:
    """Return the ids of those who hold these roles for an item, sorted.

    The officer is whom the item calls (see `hands`). If the unit has nobody in the roles, all do who do its
    work.
    """
    roles, team = tuple(roles), context.crew.team(item.lead)
    people = {person for role in roles for person in _holders(item, role, context)}
    if AT_WORK.intersection(roles) and not people & team:
        people |= team
    return tuple(sorted(people))


def _holders(item: Item, role: Role, context: DecisionContext) -> Collection[str]:
    """Return who holds a role for an item."""
    match role:
        case "officer":
            return find_hands(item, context.crew).called
        case "unit_head":
            return context.crew.heads(item.lead)
        case _:
            return _people_with_role(role, context)


def _people_with_role(role: str, context: DecisionContext) -> set[str]:
    """Return who holds a role, without those who are away unless all are."""
    people = {person for person, roles in context.roles.items() if role in roles}
    return people.difference(context.away) or people
