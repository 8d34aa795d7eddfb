"""The log of reads in words: who read what, newest first; nothing of an item that the reader may not read."""

import re
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice

import msgspec

from cchc_flow.audit import naming
from cchc_flow.audit.evidence import evidence_name, evidence_of
from cchc_flow.audit.export_clauses import FILTER_TITLES
from cchc_flow.audit.questions.catalogue import find_question
from cchc_flow.audit.reads import ACTS, content_thing, item_thing
from cchc_flow.audit.trail import ITEM, find_card, is_hidden
from cchc_flow.audit.words import event_type_title
from cchc_flow.errors import NotFound
from cchc_flow.eventlog.reads.entry import RecordedRead
from cchc_flow.eventlog.reads.reading import Filters
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.trail_items import positions_of_content
from cchc_flow.workflow.calendar import day_words, end_of_day
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

PAGE_SIZE = 100
HIDDEN = "Một công việc mà bạn không được xem"
PAGES = {
    "events": "Nhật ký",
    "reads": "Lượt xem",
    "comparisons": "So hai thời điểm",
    "questions": "Câu hỏi có sẵn",
    "bundles": "Hồ sơ bằng chứng",
    "documents": "Tài liệu",
}
"""The pages on which one looks through many things, as entries name them."""
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)", re.ASCII)
EVENT = re.compile(r"event-(\d+)", re.ASCII)
CONTENT = re.compile(r"content-([0-9a-f]{64})")


class ReadSearch(msgspec.Struct, frozen=True):
    """Which reads are asked for; `items` are that item alone, with its files."""

    person: str | None = None
    act: str | None = None
    item: Card | None = None
    since: date | None = None
    until: date | None = None


class ReadRow(msgspec.Struct, frozen=True):
    """One entry: who, how, and what in words, with the card of its item or the position of its event."""

    entry: RecordedRead
    who: str
    act: str
    words: str
    card: Card | None = None
    event: int | None = None


class ReadPage(msgspec.Struct, frozen=True):
    """Some rows, newest first, and before which entry (month:position) the next page begins (None: none)."""

    rows: tuple[ReadRow, ...]
    before: str | None


def load_reads(
    ws: Workspace, search: ReadSearch, reader: Reader | None, before: tuple[str, int] | None = None
) -> ReadPage:
    """Return a page of the log of reads as a reader may see it; raise LogBroken for a damaged file."""
    found = ws.reads.entries(
        Filters(search.person, _things(ws, search.item), search.act),
        since=end_of_day(search.since - timedelta(days=1)) if search.since else None,
        until=end_of_day(search.until) if search.until else None,
        before=before,
    )
    entries = list(islice(found, PAGE_SIZE + 1))
    describe = _Words(ws, reader)
    rows = tuple(describe.row(entry) for entry in entries[:PAGE_SIZE])
    last = entries[PAGE_SIZE - 1] if len(entries) > PAGE_SIZE else None
    return ReadPage(rows, f"{last.month}:{last.position}" if last else None)


def _things(ws: Workspace, item: Card | None) -> frozenset[str] | None:
    """Return the names under which an item and its files are read, None for all things."""
    if item is None:
        return None
    files = evidence_of(ws.log.stream(f"{ITEM}{item.id}"))
    return frozenset({item_thing(item.id), *(content_thing(file.content.digest) for file in files)})


class _Words:
    """Describes entries, each thing once."""

    def __init__(self, ws: Workspace, reader: Reader | None) -> None:
        self._ws, self._reader, self._db = ws, reader, ws.read()
        self._names = naming.all_names(ws, self._db)
        self._known: dict[str, tuple[str, Card | None, int | None]] = {}

    def row(self, entry: RecordedRead) -> ReadRow:
        """Return an entry in words."""
        if entry.thing not in self._known:
            self._known[entry.thing] = self._describe(entry.thing)
        words, card, event = self._known[entry.thing]
        who = self._names.get(entry.person, entry.person)
        return ReadRow(entry, who, ACTS.get(entry.act, entry.act), words, card, event)

    def _describe(self, thing: str) -> tuple[str, Card | None, int | None]:
        """Return what a thing is in words, with its item or its event."""
        if thing.startswith(ITEM):
            return self._describe_item(thing, "")
        if found := EVENT.fullmatch(thing):
            return f"Sự kiện số {format_number(found[1])}", None, int(found[1])
        if found := CONTENT.fullmatch(thing):
            return self._describe_content(found[1])
        return self._describe_page(thing), None, None

    def _describe_item(self, stream: str, file: str) -> tuple[str, Card | None, int | None]:
        """Return what an item is, or a file of it; nothing of one that the reader may not read."""
        if is_hidden(self._db, stream, self._reader):
            return HIDDEN, None, None
        card = find_card(self._db, stream)
        return (file or (card.title if card else stream)), card, None

    def _describe_content(self, digest: str) -> tuple[str, Card | None, int | None]:
        """Return the name of a file of an item, which its events tell; of another content its event."""
        positions = positions_of_content(self._ws.read_history(), digest)
        for position in positions:
            event = self._ws.log.event(position)
            for file in evidence_of([event]):
                if file.content.digest == digest and event.stream.startswith(ITEM):
                    return self._describe_item(event.stream, f"Tệp «{evidence_name(self._ws, file)}»")
        if positions:
            return f"Tệp nêu ở sự kiện số {format_number(positions[0])}", None, positions[0]
        return f"Nội dung {digest[:12]}… trong kho", None, None

    def _describe_page(self, thing: str) -> str:
        """Return a page on which one looks through many things, with its filters."""
        page, _, query = thing.partition("?")
        filters = dict(part.partition("=")[::2] for part in query.split("&") if part)
        titles = (
            FILTER_TITLES | {"act": "cách xem", "person": "người xem"} if page == "reads" else FILTER_TITLES
        )
        chosen = [
            f"{titles.get(name, name)} {self._value(value)}" for name, value in filters.items() if value
        ]
        words = f"lọc theo {', '.join(chosen)}" if chosen else ""
        typed = "có điều kiện đã gõ" if any(not value for value in filters.values()) else ""
        return ", ".join(filter(None, [self._page(page), words, typed]))

    def _page(self, page: str) -> str:
        """Return the title of a page; of a question or a document with its name."""
        kind, _, name = page.partition("/")
        if kind == "questions" and name:
            with suppress(NotFound):
                return f"Câu hỏi «{find_question(self._ws, self._db, name).question.title}»"
        return " ".join(filter(None, [PAGES.get(kind, kind), name]))

    def _value(self, value: str) -> str:
        """Return the value of a filter in words: a day, a person, a unit, a type of events."""
        if DAY.fullmatch(value):
            return day_words(date.fromisoformat(value))
        known = self._names | ACTS
        return f"«{event_type_title(value) if '/' in value else known.get(value, value)}»"
