"""What waits for one person: to do, to decide, with others, and new in the unit. Each line one item."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import calls
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.memory import kept_at_position
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.duties import Call, Duty, find_call
from cchc_flow.workflow.events import NAMES, ItemExtensionRequested, ItemStarted
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

WEEK = timedelta(days=7)
STAFF = ("officer", "unit_head", "coordinator", "leader")
"""The roles of people who do the commune's work."""
CALLED = (*STAFF, AUDITOR)
"""The roles of people for whom work waits: answers to findings wait for inspectors."""


class Urgency(StrEnum):
    """Why work of one's own is to be done now, the most urgent first."""

    RETURNED = "returned"
    LATE = "late"
    SOON = "soon"
    """It is due within a week."""
    BEGIN = "begin"
    """It is to be taken up, or came lately where no step takes it up."""
    NONE = ""


class WorkLine(msgspec.Struct, frozen=True):
    """One item that waits: why, since when (an RFC 3339 instant), by whom it came, what it calls for.

    `who` is the id of a person; for work with others that of nobody: `steps` are theirs then. What `is_given`
    came from the head of the unit. What `has_come` is new to the reader without having to be taken up.
    """

    card: Card
    call: Call
    state: str
    who: str
    since: str
    urgency: Urgency = Urgency.NONE
    is_given: bool = False
    has_come: bool = False

    @property
    def is_new(self) -> bool:
        """Tell whether it is new to the reader's unit: not taken up yet, or come lately."""
        return self.call.begins or self.has_come

    @property
    def steps(self) -> tuple[Transition, ...]:
        """The steps that the item waits for, the next one first."""
        return self.call.steps


class MyWork(msgspec.Struct, frozen=True):
    """What waits for a person; `later` is own work that is not urgent, `to_give` counts work of nobody."""

    decide: tuple[WorkLine, ...] = ()
    do: tuple[WorkLine, ...] = ()
    later: tuple[WorkLine, ...] = ()
    wait: tuple[WorkLine, ...] = ()
    unit: tuple[WorkLine, ...] = ()
    to_give: int = 0

    @property
    def calling(self) -> int:
        """How many items wait for the person now: to be done or decided."""
        return len(self.do) + len(self.decide)


def work_of(ws: Workspace, db: Database, reader: Reader) -> MyWork:
    """Return what waits for a reader; nothing for who holds no role to which work comes.

    The menu of each page counts it, so it is kept until the log goes on, or the day ends.
    """
    if reader.actor.roles.isdisjoint(CALLED):
        return MyWork()
    stamp = position(db), local_day(ws.now()), reader
    work: MyWork = kept_at_position(db, (work_of, reader.actor.id), stamp, lambda: _gather(ws, db, reader))
    return work


def _gather(ws: Workspace, db: Database, reader: Reader) -> MyWork:
    """Return what waits for a reader, from the read models."""
    lines = list(_lines(ws, db, reader))
    own = [line for line in lines if line.call.duty == Duty.DO]
    order = list(Urgency)
    urgent = sorted(
        (line for line in own if line.urgency), key=lambda line: (order.index(line.urgency), _due_key(line))
    )
    return MyWork(
        decide=_lines_of_duty(lines, Duty.DECIDE),
        do=tuple(urgent),
        later=tuple(line for line in own if not line.urgency),
        wait=_lines_of_duty(lines, Duty.WAIT),
        unit=tuple(sorted(_of(lines, Duty.UNIT), key=lambda line: line.since, reverse=True)),
        to_give=calls.count_work_to_give(db, reader),
    )


def _lines(ws: Workspace, db: Database, reader: Reader) -> Iterator[WorkLine]:
    """Yield a line for each item that concerns the reader, by due day."""
    today = local_day(ws.now())
    crew = directory.crew(db, today)
    for card, item in calls.items_that_may_wait(db, reader):
        workflow = workflows.workflow(db, item.kind, item.workflow)
        call = find_call(workflow, item, reader.actor, crew)
        if call is None or call.duty == Duty.GIVE:
            continue
        if call.duty == Duty.UNIT and not _is_news(item, call, today):
            continue
        who, since = _origin(ws, item, call)
        is_own = call.duty == Duty.DO
        has_come = is_own and who != reader.actor.id and _has_come(workflow, item, since, today)
        urgency = _urgency(card, item, call.begins or has_come, today) if is_own else Urgency.NONE
        yield WorkLine(
            card=card,
            call=call,
            state=workflow.state(item.state).title,
            who=who,
            since=since,
            urgency=urgency,
            is_given=item.given_by is not None,
            has_come=has_come,
        )


def _origin(ws: Workspace, item: Item, call: Call) -> tuple[str, str]:
    """Return who brought an item to where it waits, or asked for something, and when."""
    if call.request and item.extension is not None:
        return item.extension.by, _time_of_request(ws, item)
    if item.submitted_by is not None and item.submitted_at is not None and not item.accepted:
        return item.submitted_by, item.submitted_at
    if item.given_by is not None and item.given_at is not None:
        return item.given_by, item.given_at
    return item.moved_by, item.moved_at


def _time_of_request(ws: Workspace, item: Item) -> str:
    """Return when the open request for an extension was made."""
    name = NAMES[ItemExtensionRequested]
    times = (event.recordedtime for event in ws.log.stream(f"item-{item.id}") if _is(event.type, name))
    return max(times, default=item.moved_at)


def _is(stored: str, name: str) -> bool:
    return newest_name(stored) == name


def _urgency(card: Card, item: Item, is_new: bool, today: date) -> Urgency:
    """Return why work of one's own is to be done now."""
    deadline = date.fromisoformat(card.deadline) if card.deadline else None
    if item.sent_back:
        return Urgency.RETURNED
    if deadline is not None and deadline < today:
        return Urgency.LATE
    if deadline is not None and deadline <= today + WEEK:
        return Urgency.SOON
    return Urgency.BEGIN if is_new else Urgency.NONE


def _is_news(item: Item, call: Call, today: date) -> bool:
    """Tell whether work of the unit is news: nobody has taken it up, or it moved within a week."""
    return (call.begins and call.holder is None) or _is_within_week(item.moved_at, today)


def _has_come(workflow: Workflow, item: Item, since: str, today: date) -> bool:
    """Tell whether an item came within a week and no step takes it up, as a finding is answered at once."""
    is_taken_up = any(step.event_class is ItemStarted for step in workflow.transitions)
    return not is_taken_up and not item.sent_back and _is_within_week(since, today)


def _is_within_week(instant: str, today: date) -> bool:
    return local_day(datetime.fromisoformat(instant)) >= today - WEEK


def _of(lines: Sequence[WorkLine], duty: Duty) -> list[WorkLine]:
    return [line for line in lines if line.call.duty == duty]


def _lines_of_duty(lines: Sequence[WorkLine], duty: Duty) -> tuple[WorkLine, ...]:
    """Return the lines of a duty, those that wait longest first."""
    return tuple(sorted(_of(lines, duty), key=lambda line: line.since))


def _due_key(line: WorkLine) -> str:
    return line.card.deadline or "9999"
