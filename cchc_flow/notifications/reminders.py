"""What is due today, and to whom it is told: the daily round of the clock through one workspace.

It may be made by anybody, at any hour, by many at once: what was told is told once.
"""

from datetime import timedelta

import msgspec

from cchc_flow.commands import Opened, keep_up
from cchc_flow.commands.due_reminders import remind_of
from cchc_flow.projections import settings
from cchc_flow.projections.cards import items
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace


class ReminderRun(msgspec.Struct, frozen=True):
    """What one round did: what the calendar opened, how many items people were reminded of, and how many
    there was nobody to tell about."""

    opened: Opened
    reminded: int
    nobody: int


def run_reminders(ws: Workspace) -> ReminderRun:
    """Open what begins today, then remind of every due day that has reached a stage."""
    opened = keep_up(ws)
    looks = [remind_of(ws, item_id) for item_id in _items_to_check(ws)]
    return ReminderRun(opened, sum(one.now for one in looks), sum(one.nobody for one in looks))


def _items_to_check(ws: Workspace) -> list[str]:
    """Return the items whose due day the first stage may have reached: only these are looked at."""
    db = ws.read()
    first = max((one.days for one in settings.effective_settings(db).reminders.stages), default=0)
    return items.items_due_by(db, local_day(ws.now()) + timedelta(days=max(first, 0)))
