"""Entries of registers: the typed values of their fields, sums over them, and which entries count."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, Period, Workflow
from cchc_flow.workflow.periods import parse


def day_of(entry: Item, name: str) -> date | None:
    """Return the day in one of an entry's fields, None while it is empty."""
    value = entry.fields.get(name)
    return date.fromisoformat(value) if value else None


def period_of(entry: Item, name: str = "period") -> Period:
    """Return the period in one of an entry's fields; raise BadInput where there is none."""
    return parse(entry.fields[name] or "")


def amount_of(entry: Item, name: str) -> Decimal:
    """Return the amount in one of an entry's fields, 0 while it is empty."""
    return Decimal(entry.fields.get(name) or 0)


def count_of(entry: Item, name: str) -> int:
    """Return the whole number in one of an entry's fields, 0 while it is empty."""
    return int(entry.fields.get(name) or 0)


def total_amount(entries: Iterable[Item], name: str) -> Decimal:
    """Return the exact sum of a field's amounts over some entries."""
    return sum((amount_of(entry, name) for entry in entries), Decimal(0))


def total_count(entries: Iterable[Item], name: str) -> int:
    """Return the sum of a field's whole numbers over some entries."""
    return sum(count_of(entry, name) for entry in entries)


def ids(entries: Iterable[Item]) -> tuple[str, ...]:
    """Return the ids of some entries, in their order, as `Measure.items` takes them."""
    return tuple(entry.id for entry in entries)


def entries_without(state: str, kind: str, facts: Facts, **fields: str) -> list[Item]:
    """Return the entries of a register that are in any state but one: those that were not voided, say."""
    return [entry for entry in facts.items(kind, **fields) if entry.state != state]


def unfinished_entries(task: Item, area: str, registers: Iterable[Workflow], facts: Facts) -> list[Item]:
    """Return the entries that name a task of an area and are in no final state of their register.

    For a task of another area the list is empty.
    """
    entries = [
        entry
        for register in registers
        for entry in facts.items(register.kind, task=task.id)
        if entry.state not in _final_states(register)
    ]
    return entries if entries and facts.area_of(task) == area else []


def happened_within(window: tuple[date, date], entry: Item, name: str) -> bool:
    """Tell whether the day in a field lies in a window (first and last day); an empty field does not."""
    day = day_of(entry, name)
    return day is not None and window[0] <= day <= window[1]


def entries_within(window: tuple[date, date], entries: Iterable[Item], name: str) -> list[Item]:
    """Return the entries whose day in a field lies in a window (first and last day), in their order."""
    return [entry for entry in entries if happened_within(window, entry, name)]


def periods_overlap(period: Period, other: Period) -> bool:
    """Tell whether two periods share a month."""
    return period.begin <= other.end and other.begin <= period.end


def lies_within(period: Period, whole: Period) -> bool:
    """Tell whether all months of a period belong to another one."""
    return whole.begin <= period.begin and period.end <= whole.end


def _final_states(register: Workflow) -> set[str]:
    return {state.name for state in register.states if state.final}
