"""Deadlines in working days: clocks that stop while a citizen supplements, promises, apologies."""

from collections.abc import Mapping
from datetime import date, timedelta

from cchc_flow.workflow.calendar import add_working_days, is_working_day, last_working_day

Changes = Mapping[date, bool]
"""The days that differ from the public holidays: whether each is a working day."""


def working_days(after: date, until: date, changes: Changes) -> int:
    """Return how many working days come after one day, up to and including another; 0 if that is earlier."""
    days = (after + timedelta(days=offset) for offset in range(1, (until - after).days + 1))
    return sum(is_working_day(day, changes) for day in days)


def last_day(received: date, days: int, stopped: int, changes: Changes) -> date:
    """Return the last day of a clock of so many working days that was stopped for `stopped` of them.

    What arrives on a day off counts as received on the next working day; the clock starts the day after.
    """
    return add_working_days(received, days + stopped, changes)


def extended_promise(old_due: date, waited: int, changes: Changes) -> date:
    """Return the day promised to a citizen, moved back by the working days spent waiting for that citizen."""
    return add_working_days(old_due, waited, changes) if waited else old_due


def is_late(promise: date, returned: date, supplements: int, most: int) -> bool:
    """Tell whether a dossier is late: returned after the promise, or supplemented too often.

    More than `most` requests for a supplement make it late even when it is returned in time.
    """
    return returned > promise or supplements > most


def apology_deadline(promise: date, days: int, changes: Changes) -> date:
    """Return the last working day on which the apology for a late dossier is in time.

    It lies so many calendar days before the promised day; from a day off it moves to the working day before,
    because moving it later would take the citizen's notice away.
    """
    return last_working_day(promise - timedelta(days=days), changes)
