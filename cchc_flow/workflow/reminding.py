"""Whom a reminder reaches, and at which stage of its due day an item is. Pure, as all of the core."""

from collections.abc import Iterable
from datetime import date

import msgspec

from cchc_flow.workflow.calendar import deadline
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import ItemReminded
from cchc_flow.workflow.item import Item, done_on
from cchc_flow.workflow.settings.values import Reminders, Role

AT_WORK = frozenset({"officer", "unit_head"})
"""Roles that are held in the lead unit; the others are held in the commune."""


class Stage(msgspec.Struct, frozen=True):
    """A moment at which people are reminded: its name, which no other moment of the same due day has."""

    name: str
    to: tuple[Role, ...]


def due_reminder(workflow: Workflow, item: Item, facts: DecisionContext) -> ItemReminded | None:
    """Return what the clock reminds of on a day, None while there is nothing to remind of.

    What is done, rests, or is done in parts is left alone. Where nobody can be told, `people` is empty.
    """
    if item.due is None or item.distribution or item.rests_since or done_on(item):
        return None
    if workflow.state(item.state).final:
        return None
    last = deadline(date.fromisoformat(item.due), facts.settings)
    reached = reached_stage(facts.settings.reminders, last, facts.today)
    if reached is None or not reached.to:
        return None
    return ItemReminded(
        stage=reached.name, due=item.due, people=reminder_recipients(item, reached.to, facts), text=None
    )


def reached_stage(reminders: Reminders, due: date, today: date) -> Stage | None:
    """Return the stage that a due day has reached, or None before the first.

    Of the stages before the day the nearest one passed counts, also when nobody looked on its very day; after
    the last stage a new one begins each `every` days.
    """
    left = (due - today).days
    last = min((one.days for one in reminders.stages if one.days < 0), default=0)
    if reminders.every > 0 and last - left >= reminders.every:
        rounds = (last - left) // reminders.every
        return Stage(f"late-{-last + rounds * reminders.every}", reminders.then)
    passed = [one.days for one in reminders.stages if left <= one.days and (one.days < 0) == (left < 0)]
    if not passed:
        return None
    nearest = min(passed)
    to = tuple(dict.fromkeys(role for one in reminders.stages if one.days == nearest for role in one.to))
    return Stage(f"before-{nearest}" if nearest >= 0 else f"late-{-nearest}", to)


def reminder_recipients(item: Item, roles: Iterable[Role], facts: DecisionContext) -> tuple[str, ...]:
    """Return the people whom the clock tells, in the order of their ids.

    Coordinators stand in for the lead unit while there is none, while the result waits for review, and where
    it has no users. What still reaches nobody is told to leaders, then to administrators.
    """
    wanted = frozenset(roles)
    unit = wanted & AT_WORK
    waits = item.lead is None or item.submitted_by is not None
    working = () if waits or not unit else recipients(item, sorted(unit), facts)
    above = set(wanted - AT_WORK) | (set() if working or not unit else {"coordinator"})
    found = {*working, *(person for role in above for person in _with_role(role, facts))}
    for role in ("coordinator", "leader", "admin"):
        found = found or _with_role(role, facts)
    return tuple(sorted(found))


def recipients(item: Item, roles: Iterable[Role], facts: DecisionContext) -> tuple[str, ...]:
    """Return the people whom a reminder reaches, in the order of their ids.

    Where no officer is in charge, the heads of the lead unit stand in; where the roles reach nobody in it,
    all its people who have a role.
    """
    wanted = tuple(roles)
    members = {person for person, unit in facts.people.items() if unit and unit == item.lead}
    found = {person for role in wanted for person in _holders(item, role, members, facts)}
    if AT_WORK.intersection(wanted) and not found & members:
        found |= {person for person in members if facts.roles.get(person)}
    return tuple(sorted(found))


def _holders(item: Item, role: Role, members: set[str], facts: DecisionContext) -> set[str]:
    if role not in AT_WORK:
        return _with_role(role, facts)
    if role == "officer" and item.officer in members:
        return {item.officer}
    return members & _with_role("unit_head", facts)


def _with_role(role: str, facts: DecisionContext) -> set[str]:
    return {person for person, held in facts.roles.items() if role in held}
