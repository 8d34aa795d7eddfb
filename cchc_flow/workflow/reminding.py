"""Whom a reminder reaches, and at which stage of its due day an item is. Pure, as all of the core."""

from collections.abc import Iterable
from datetime import date

import msgspec

from cchc_flow.workflow.commands import Facts
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.settings import Reminders, Role


class Stage(msgspec.Struct, frozen=True):
    """A moment at which people are reminded: its name, which no other moment of the same due day has."""

    name: str
    to: tuple[Role, ...]


def stage(reminders: Reminders, due: date, today: date) -> Stage | None:
    """Return the stage that a due day has reached, or None before the first.

    Of the stages before the day the nearest one passed counts, also when nobody looked on its very day; after
    the last stage a new one begins each `every` days.
    """
    left = (due - today).days
    passed = [one for one in reminders.stages if left <= one.days and (one.days < 0) == (left < 0)]
    reached = min(passed, key=lambda one: one.days, default=None)
    last = min((one.days for one in reminders.stages if one.days < 0), default=0)
    if left < last and reminders.every:
        rounds = (last - left) // reminders.every
        if rounds:
            return Stage(f"late-{-last + rounds * reminders.every}", reminders.then)
    if reached is None:
        return None
    return Stage(f"before-{reached.days}" if reached.days >= 0 else f"late-{-reached.days}", reached.to)


def recipients(item: Item, roles: Iterable[Role], facts: Facts) -> tuple[str, ...]:
    """Return the people whom a reminder reaches, in the order of their ids.

    Where no officer is in charge, the heads of the lead unit stand in; where it has none, all its people.
    """
    found = {person for role in roles for person in _holders(item, role, facts)}
    return tuple(sorted(found))


def _holders(item: Item, role: Role, facts: Facts) -> set[str]:
    if role in ("leader", "coordinator"):
        return {person for person, held in facts.roles.items() if role in held}
    members = {person for person, unit in facts.people.items() if unit and unit == item.lead}
    if role == "officer" and item.officer in members:
        return {item.officer}
    heads = {person for person in members if "unit_head" in facts.roles.get(person, frozenset())}
    return heads or {person for person in members if facts.roles.get(person)}
