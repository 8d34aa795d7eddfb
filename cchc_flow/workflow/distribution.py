"""How a whole is done in parts, and what its history makes of that. Pure."""

from datetime import date

import msgspec
from msgspec.structs import replace

from cchc_flow.workflow.events import ItemDistributed


class Distribution(msgspec.Struct, frozen=True):
    """How a whole is done in parts (see `events.ItemDistributed`).

    `joined` has the day on which a unit came to those of the first division; `rested` the days from which,
    and on which no longer, the whole was suspended. Both decide which parts are owed (`parts.begun_parts`).
    """

    units: tuple[str, ...]
    cadence: str
    since: str
    due: str | None
    due_day: int | None
    support: tuple[str, ...] = ()
    joined: dict[str, str] = {}
    rested: tuple[tuple[str, str], ...] = ()


def after_division(before: Distribution | None, data: ItemDistributed, on: date) -> Distribution:
    """Return how an item is done in parts once it is divided on a day, for the first time or anew."""
    after = Distribution(data.units, data.cadence, data.since, data.due, data.due_day, data.support)
    if before is None:
        return after
    new = {unit: on.isoformat() for unit in data.units if unit not in before.units}
    kept = {unit: day for unit, day in before.joined.items() if unit in data.units}
    return replace(after, joined=kept | new, rested=before.rested)


def after_rest(parts: Distribution | None, since: str | None, on: date) -> Distribution | None:
    """Return how an item is done in parts once it is resumed on a day; None for an item without parts."""
    if parts is None or since is None:
        return parts
    return replace(parts, rested=(*parts.rested, (since, on.isoformat())))
