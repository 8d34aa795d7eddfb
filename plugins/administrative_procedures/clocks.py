"""Days as the area counts them: clocks in working days, which stop while a citizen supplements."""

from collections.abc import Mapping
from datetime import date, timedelta

from cchc_flow.workflow.calendar import add_working_days, is_working_day, last_working_day

Changes = Mapping[date, bool]


def working_days(after: date, until: date, changes: Changes) -> int:
    """Return how many working days there are after a day, up to another; 0 when that is not later."""
    days = (after + timedelta(days=one) for one in range(1, (until - after).days + 1))
    return sum(is_working_day(day, changes) for day in days)


def last_day(received: date, days: int, stopped: int, changes: Changes) -> date:
    """Return the last day of a clock that rested for `stopped` working days.

    What comes on a day off is taken to have come on the next working day, which is not counted.
    """
    return add_working_days(received, days + stopped, changes)


def promised(old_due: date, waited: int, changes: Changes) -> date:
    """Return the day promised to a citizen, put off by the working days that the citizen took."""
    return add_working_days(old_due, waited, changes) if waited else old_due


def is_late(promise: date, returned: date, supplements: int, most: int) -> bool:
    """Tell whether a dossier is late: returned after the promise, or supplements asked for too often."""
    return returned > promise or supplements > most


def apology_due(promise: date, days: int, changes: Changes) -> date:
    """Return the last working day on which the apology for a late dossier is in time.

    A limit before a promise is moved by a day off towards the earlier side: put off, it would be no limit.
    """
    return last_working_day(promise - timedelta(days=days), changes)
