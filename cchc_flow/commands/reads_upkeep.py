"""The daily duties about the log of reads: months that are over are closed, those whose time is over deleted.

Both are made up for after a pause. A file goes only after its closing root, and its deletion, are in the log.
"""

from datetime import date

import msgspec

from cchc_flow.commands import channels
from cchc_flow.commands.scheduled_openings import CLOCK
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.conversion import convert
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.projections import settings
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.events import LogReadsClosed, LogReadsDeleted
from cchc_flow.workspace import Workspace


class ReadsUpkeep(msgspec.Struct, frozen=True):
    """The months whose files were closed, and those whose files were deleted."""

    closed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


def keep_up_reads(ws: Workspace) -> ReadsUpkeep:
    """Close the files of months that are over, and delete those that were kept long enough.

    Raise LogBroken, after the other months are done, for a file that is damaged or lacks what this machine
    has seen in it; it stays as it is.
    """
    if doubt := ws.log.find_clock_doubt():
        raise doubt.error()
    today = local_day(ws.now())
    months = [month for month in ws.reads.months() if month < f"{today:%Y-%m}"]
    closed, broken = [], list[LogBroken | sqlite3.DatabaseError]()
    for month in months:
        try:
            closed += [month] if _close(ws, month) else []
        except (LogBroken, sqlite3.DatabaseError) as error:
            broken.append(error)
    deleted = [month for month in months if _delete_if_old(ws, month, today)]
    if broken:
        raise broken[0]
    return ReadsUpkeep(tuple(closed), tuple(deleted))


def stream_of_reads(month: str) -> str:
    """Return the stream of the file of a month's reads: its closing, and perhaps its deletion."""
    return f"reads-{month}"


def _close(ws: Workspace, month: str) -> bool:
    """Close the file of a month and record its root; return False when that was done before."""
    if ws.log.stream(stream_of_reads(month)):
        ws.reads.forget_end(month)
        return False
    end = ws.reads.close_month(month)
    if end is None:
        ws.reads.forget_month(month)
        return False  # a program that went down made it, and nothing was recorded in it
    is_new = _record(ws, LogReadsClosed(month=month, size=end.size, root=end.root.hex()), 0)
    ws.reads.forget_end(month)
    return is_new


def _delete_if_old(ws: Workspace, month: str, today: date) -> bool:
    """Delete the file of a closed month when its time is over, as an event says first."""
    events = ws.log.stream(stream_of_reads(month))
    keep = settings.effective_settings(ws.read()).reads.keep_months
    if len(events) == 1 and months_between(month, today) > keep:
        end = convert(events[0].data, LogReadsClosed)
        _record(ws, LogReadsDeleted(month=month, size=end.size, root=end.root, keep_months=keep), 1)
    elif len(events) < 2:
        return False
    ws.reads.forget_month(month)  # also when it was recorded before: the machine may have gone down between
    return True


def months_between(month: str, today: date) -> int:
    """Return how many months after a month (2026-03) a day is."""
    return today.year * 12 + today.month - int(month[:4]) * 12 - int(month[5:])


def _record(ws: Workspace, event: LogReadsClosed | LogReadsDeleted, expected: int) -> bool:
    """Record what happened to a month's file at this version of its stream; False if others were faster."""
    stream = stream_of_reads(event.month)

    def decide_commit(uow: UnitOfWork) -> Commit:
        if uow.version_of(stream) != expected:
            return Commit()
        return Commit([NewEvents(stream, expected, (event,))])

    order = Order(CLOCK, f"system:{ws.new_id()}", channel=channels.CLOCK)
    return write(ws, order, ["reads", stream, expected], decide_commit) is not None
