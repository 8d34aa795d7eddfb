"""The daily run that opens scheduled work and reminds people of due days, in one workspace.

It may run at any hour and in several processes at once: each reminder is recorded only once.
"""

from datetime import timedelta

import msgspec

from cchc_flow.commands import OpenedWork, do_scheduled_work
from cchc_flow.commands.due_reminders import remind_if_due
from cchc_flow.projections import settings
from cchc_flow.projections.cards import items
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace


class ReminderRun(msgspec.Struct, frozen=True):
    """What a run did: the work it opened, how many items it reminded of, and how many had no recipient."""

    opened: OpenedWork
    reminded: int
    nobody: int


def run_reminders(ws: Workspace) -> ReminderRun:
    """Open the work scheduled for today, then remind of each item that has reached a reminder stage.

    Raise ClockInDoubt when it may not be today at all.
    """
    if doubt := ws.log.find_clock_doubt():
        raise doubt.error()
    opened = do_scheduled_work(ws)
    results = [remind_if_due(ws, item_id) for item_id in _items_to_check(ws)]
    return ReminderRun(
        opened, sum(result.sent for result in results), sum(result.nobody for result in results)
    )


def _items_to_check(ws: Workspace) -> list[str]:
    """Return the ids of the items that may have reached the first reminder stage; only these are checked."""
    db = ws.read()
    first = max((stage.days for stage in settings.effective_settings(db).reminders.stages), default=0)
    return items.items_due_by(db, local_day(ws.now()) + timedelta(days=max(first, 0)))
