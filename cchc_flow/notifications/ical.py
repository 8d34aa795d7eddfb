"""A person's work as a calendar feed (iCalendar, RFC 5545): each deadline is an all-day event."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from icalendar import Calendar, Event
from sqlite_utils import Database

from cchc_flow.notifications.report_days import DueDay, report_days
from cchc_flow.projections import directory, settings, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.directory import Person
from cchc_flow.projections.reading import may_read, reader_of
from cchc_flow.projections.runner import position
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import deadline, due_words, local_day
from cchc_flow.workflow.hands import find_hands
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workspace import Workspace

SETTINGS = ("settings-calendar", "settings-deadlines")
"""The streams of the settings by which the last day in time is found."""
REFRESH = timedelta(hours=6)


class Change(NamedTuple):
    """The position of an event, and when it was recorded (RFC 3339)."""

    position: int
    time: str


NEVER = Change(0, "1970-01-01T00:00:00Z")


def calendar_feed(ws: Workspace, person: Person, url: str) -> bytes:
    """Return the calendar of a person's open items and report days; events have links if `url` is given.

    Left out are items that the person may not read.
    """
    db, calendar = ws.read(), Calendar()
    changes = _Changes(ws, db)
    calendar.add("prodid", "-//cchc-flow//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Công việc CCHC, {ws.title}")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for due, own in _due_days(db, person, local_day(ws.now())):
        event = _event(ws, due, max(own, changes.newest(due)))
        if url:
            event.add("url", f"{url}/{ws.name}/{due.path}")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _due_days(db: Database, person: Person, today: date) -> Iterator[tuple[DueDay, Change]]:
    """Yield the days of a person's calendar, each with the newest change of the item that it is of."""
    reader, rules = reader_of(db, person.id), settings.effective_settings(db)
    names, titles = directory.names(db), workflows.state_titles(db)
    for item in _work_of(db, person, today):
        if may_read(db, reader, item):
            lead = names.get(item.lead or "", "chưa giao")
            due = _due_day(item, rules, f"{titles[item.kind, item.state]}. Chủ trì: {lead}.")
            yield due, Change(items.newest_position(db, item.id), item.last.time)
    for due in report_days(db, person, today):
        yield due, NEVER


def _work_of(db: Database, person: Person, today: date) -> list[Item]:
    """Return the open items with a due day that call a person, and those of the unit that nobody has yet.

    To the head of a unit, that is all that the unit leads.
    """
    crew, work = directory.crew(db, today), items.open_work_of_unit(db, person.unit) if person.unit else []
    if person.id in crew.heads(person.unit):
        return work
    hands = {item.id: find_hands(item, crew) for item in work}
    return [item for item in work if hands[item.id].named is None or person.id in hands[item.id].called]


def _title(item: Item) -> str:
    """Return an item's title, with the period if it is a part; a report has its period in its title."""
    period = periods.parse(item.period).words() if item.parent and item.period else ""
    return ", ".join(filter(None, (item.title, period)))


class _Changes:
    """Finds the newest event that may have changed what the feed says of a day, each stream read once.

    Of an item that is one of its own, or of the settings that move its day, of the name of its unit, or of
    its workflow.
    """

    def __init__(self, ws: Workspace, db: Database) -> None:
        self._log, self._db, self._upto = ws.log, db, position(db)
        self._shared: dict[str, Change | None] = {}

    def newest(self, due: DueDay) -> Change:
        """Return the position and the time of the newest change of the streams that a day rests on."""
        return max([NEVER, *filter(None, map(self._newest_of, due.streams))])

    def _newest_of(self, stream: str) -> Change | None:
        if stream not in self._shared:
            events = [event for event in self._log.stream(stream) if event.position <= self._upto]
            self._shared[stream] = Change(events[-1].position, events[-1].recordedtime) if events else None
        return self._shared[stream]


def _due_day(item: Item, rules: Settings, description: str) -> DueDay:
    """Return the day of an item as it stands in a calendar."""
    due = date.fromisoformat(str(item.due))
    last = deadline(due, rules)
    place = periods.place_words(item.ref, item.period if item.parent else None)
    description = f"{description} Hạn: {due_words(due, last)}." if due != last else description
    streams = (*SETTINGS, f"workflow-{item.kind}", *([f"unit-{item.lead}"] if item.lead else []))
    return DueDay(
        item.id,
        last,
        f"Hạn: {_title(item)}",
        f"{place}. {description}" if place else description,
        streams,
        f"items/{quote(item.id)}",
    )


def _event(ws: Workspace, due: DueDay, change: Change) -> Event:
    event = Event()
    event.add("uid", f"{due.name}@{ws.name}.cchc-flow")
    event.add("sequence", change.position)  # only ever grows, whichever event was the newest
    event.add("dtstamp", datetime.fromisoformat(change.time))
    event.add("last-modified", datetime.fromisoformat(change.time))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", due.summary)
    event.add("description", due.description)
    event.add("transp", "TRANSPARENT")
    return event
