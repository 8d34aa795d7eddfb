"""What who approved a result had opened before: told by the log of reads, from the first recorded read on.

The judgements are kept in a file among the private ones: they say what somebody has not read.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from cchc_flow.audit import reads
from cchc_flow.audit.questions import stores
from cchc_flow.projections.signs.decisions import (
    LONGEST_HASTE,
    Approval,
    approvals_after,
    approvals_undone_after,
)
from cchc_flow.projections.signs.files import digests_of
from cchc_flow.projections.signs.rows import Sign, add_sign, end_signs, seconds_between
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.item import SYSTEM
from cchc_flow.workspace import Workspace

VERSION = 1
BATCH = 50
NOTHING, NO_FILE, HASTY = "unopened.nothing", "unopened.files", "hasty_look"
SIGNS = (NOTHING, NO_FILE, HASTY)


def open_openings(ws: Workspace, upto: int) -> Database:
    """Return the judgements on all approvals up to a position, as far as there was time to look them up."""
    db = stores.open_store(_path(ws), VERSION, "", ws.log)
    history, known = ws.read_history(), reads.known_since(ws)

    def read_on(after: int) -> int:
        found = approvals_after(history, after, upto, BATCH)
        reached = found[-1].position if len(found) == BATCH else upto
        for approval in found:
            for sign in _judge(ws, history, approval, known):
                add_sign(db, sign)
        for approval in approvals_undone_after(history, after, reached):
            end_signs(db, approval.position, SIGNS, approval.ended or 0)
        return reached

    stores.fill(db, ws.log, upto, read_on)
    return db


def _judge(ws: Workspace, history: Database, approval: Approval, known: datetime | None) -> Iterator[Sign]:
    """Yield the signs that an approval is; nothing of one before whose submission reads were not recorded.

    An entry has the first time within its hour, so that of the hour of the submission counts as after it.
    """
    submitted = datetime.fromisoformat(approval.submitted_time)
    if known is None or submitted < known or approval.actor.startswith(SYSTEM):
        return
    digests = digests_of(history, approval.item, approval.position)
    look = partial(
        _first_look,
        ws,
        approval.actor,
        since=submitted.replace(minute=0, second=0, microsecond=0),
        until=datetime.fromisoformat(approval.time),
    )
    opened = look([reads.item_thing(approval.item)])
    of_file = look([reads.content_thing(digest) for digest in digests])
    if opened is None and of_file is None:
        yield _sign(approval, NOTHING)
        return
    if digests and of_file is None:
        yield _sign(approval, NO_FILE, files=len(digests))
    first = max(min(time for time in (opened, of_file) if time), approval.submitted_time)
    seconds = seconds_between(first, approval.time)
    if seconds <= LONGEST_HASTE:
        yield _sign(approval, HASTY, -seconds, seconds=seconds)


def _first_look(
    ws: Workspace, person: str, things: list[str], *, since: datetime, until: datetime
) -> str | None:
    """Return when a person first had one of the things before the eyes, from a moment to another."""
    times = [
        entry.time
        for thing in things
        for entry in reads.reads_of(ws, person=person, thing=thing, since=since, until=until)
        if entry.act in reads.SEEN
    ]
    return min(times, default=None)


def _sign(approval: Approval, name: str, rank: int = 0, **data: int) -> Sign:
    return Sign(
        name=name,
        rank=rank,
        position=approval.position,
        day=day_of(approval.time).isoformat(),
        unit=approval.unit,
        actor=approval.actor,
        time=approval.time,
        items=(approval.item,),
        behind=(approval.submitted, approval.position),
        data=dict(data),
    )


def _path(ws: Workspace) -> Path:
    return ws.private / "openings.db"
