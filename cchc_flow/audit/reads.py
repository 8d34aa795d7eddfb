"""Recording who reads what, and asking about it. What cannot be recorded keeps nobody from reading."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from cchc_flow import logs
from cchc_flow.commands import channels
from cchc_flow.errors import CchcError
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import parse_instant
from cchc_flow.eventlog.reads.entry import RecordedRead
from cchc_flow.eventlog.reads.reading import Filters
from cchc_flow.workspace import Workspace

OPENED, PREVIEWED, DOWNLOADED = "opened", "previewed", "downloaded"
SEARCHED, EXPORTED = "searched", "exported"
ACTS = {
    OPENED: "Mở xem",
    PREVIEWED: "Xem tệp tại chỗ",
    DOWNLOADED: "Tải tệp về",
    SEARCHED: "Tra cứu",
    EXPORTED: "Xuất ra tệp",
}
"""How a thing is read, in Vietnamese. Stored names, which never change."""
SEEN = (OPENED, PREVIEWED, DOWNLOADED)
"""The acts by which a person has had a thing before the eyes."""
FIXED = frozenset(
    {"from", "to", "day", "clock", "person", "unit", "role", "channel", "type", "kind", "area", "flag", "act"}
)
"""The filters whose values are chosen from a list; of others only the name is recorded, for it is typed."""
FIXED_VALUE = re.compile(r"[A-Za-z0-9_.:/+-]{1,64}")
TYPED = frozenset({"q", "item", "thing", "key"})
LONGEST_THING = 300


def record_read(ws: Workspace, person: str, act: str, thing: str, *, channel: str = channels.WEB) -> bool:
    """Record that a person reads a thing now, once in an hour; return True for a new entry.

    Nothing is raised: what cannot be recorded (a full disk, a missing key) is told to the security log.
    """
    try:
        return ws.reads.record(person, act, thing[:LONGEST_THING], channel)
    except (CchcError, OSError, sqlite3.Error) as error:
        logs.report_refusal("read_not_recorded", workspace=ws.name, account=person, why=type(error).__name__)
        return False


def reads_of(
    ws: Workspace,
    *,
    person: str | None = None,
    thing: str | None = None,
    act: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[RecordedRead]:
    """Yield what was read from `since` on and before `until`, newest first; raise LogBroken for damage.

    An entry has the first time within its hour. Before `known_since` nothing is known.
    """
    things = None if thing is None else frozenset({thing})
    return ws.reads.entries(Filters(person, things, act), since=since, until=until)


def known_since(ws: Workspace) -> datetime | None:
    """Return from when on reads are known, which is the first entry that was not deleted; None for none."""
    for month in ws.reads.months():
        if (first := ws.reads.first_time(month)) is not None:
            return parse_instant(first)
    return None


def item_thing(item_id: str) -> str:
    """Return how an item is called in the log of reads."""
    return f"item-{item_id}"


def content_thing(digest: str) -> str:
    """Return how a content of the vault is called in the log of reads."""
    return f"content-{digest}"


def event_thing(position: int) -> str:
    """Return how an event is called in the log of reads."""
    return f"event-{position}"


def search_thing(page: str, filters: Mapping[str, str]) -> str:
    """Return how a search is called: the page, the filters in use, and values that nobody typed freely."""
    words = [_filter_words(name, value) for name, value in sorted(filters.items()) if value]
    used = "&".join(filter(None, words))
    return f"{page}?{used}" if used else page


def _filter_words(name: str, value: str) -> str:
    """Return a filter as it is recorded: of one whose value was typed only the name, of no filter nothing."""
    if name in FIXED and FIXED_VALUE.fullmatch(value):
        return f"{name}={value}"
    return name if name in FIXED | TYPED else ""
