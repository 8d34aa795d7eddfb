"""The audit trail: all events, newest first, each as a sentence with a link to the event.

An event of an item that the reader may not read has its line as well, without anything of the item: so the
positions have no gaps. What a search may find of them is told in `audit.found`.
"""

from functools import cache
from itertools import islice

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.field_values import FieldValue, field_values_and_texts
from cchc_flow.audit.found import Found, find_newest
from cchc_flow.audit.found import find_events as find_events
from cchc_flow.audit.marks import marks_of
from cchc_flow.audit.report_contents import report_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import actor_name
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import trail
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.trail import TrailEntry, TrailSearch
from cchc_flow.workspace import Workspace

PAGE_SIZE = 100
ITEM = "item-"
HIDDEN = "Sự kiện của một công việc mà bạn không được xem."
UNREADABLE = "Không đọc được sự kiện này trong nhật ký: hãy kiểm tra tính toàn vẹn."


class Row(msgspec.Struct, frozen=True):
    """One event of the trail; `field_values` is what was filled in, `item` the card of its item, if any.

    `label` names the item, a part with its unit and period. `marks` are sentences that a reader should know
    beside it. `is_hidden` says that the reader may not read the item: then there is nothing of it.
    """

    entry: TrailEntry
    who: str
    sentence: str
    field_values: list[FieldValue]
    marks: list[str]
    item: Card | None
    label: str = ""
    is_hidden: bool = False


class Page(msgspec.Struct, frozen=True):
    """One page of the trail: its rows, all that was found, and where the next page begins.

    The next page has the events before the position `before`; None on the last page of what was found.
    """

    rows: tuple[Row, ...]
    found: Found
    before: int | None

    @property
    def is_all(self) -> bool:
        """Whether every event that was found is on this page."""
        return len(self.rows) == self.found.count()


def load_page(ws: Workspace, search: TrailSearch, reader: Reader | None, before: int | None = None) -> Page:
    """Return the newest events that match, at most 100; a damaged one is shown as unreadable."""
    found = find_newest(ws, search, reader, before)
    positions = list(islice(found.newest_first(before), PAGE_SIZE + 1))
    rows = load_rows(ws, positions[:PAGE_SIZE], reader)
    return Page(rows, found, rows[-1].entry.position if len(positions) > PAGE_SIZE else None)


def load_rows(ws: Workspace, positions: list[int], reader: Reader | None) -> tuple[Row, ...]:
    """Return the rows of some events, in the order of the positions that are given."""
    db = ws.read()
    names = naming.all_names(ws, db)
    hides = cache(lambda stream: is_hidden(db, stream, reader))
    card = cache(lambda stream: find_card(db, stream))
    events = ws.log.readable_events(positions)
    return tuple(
        Row(entry, "", HIDDEN, [], [], None, is_hidden=True)
        if hides(entry.stream)
        else Row(
            entry,
            actor_name(entry.actor, names),
            *_sentence_values_and_marks(ws, db, events.get(entry.position), names, reader),
            item := card(entry.stream),
            naming.item_label(item, names) if item else "",
        )
        for entry in trail.load_entries(ws.read_history(), positions)
    )


def is_hidden(db: Database, stream: str, reader: Reader | None) -> bool:
    """Tell whether a stream is that of an item that the reader may not read."""
    item = items.find_item(db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None
    return item is not None and not may_read(db, reader, item)


def find_card(db: Database, stream: str) -> Card | None:
    """Return the card of the item that a stream belongs to, None for a stream of something else."""
    return queries.find_card(db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None


def find_items(db: Database, words: str, reader: Reader | None) -> list[Card]:
    """Return the items with an id, or a reference in the plan ("III.1.2"), that the reader may read.

    Upper and lower case are equal.
    """
    key = words.strip().casefold()
    matches = (
        card for card in queries.all_cards(db) if key in (card.id.casefold(), (card.ref or "").casefold())
    )
    return queries.readable_cards(db, matches, reader)


def find_wholes(db: Database, words: str, reader: Reader | None) -> list[Card]:
    """Return the items with an id or a reference, without the parts of a whole, which have its reference too.

    A part is found by its id, and by the reference where the reader may not read the whole.
    """
    named = find_items(db, words, reader)
    return [card for card in named if card.parent is None] or named


def _sentence_values_and_marks(
    ws: Workspace, db: Database, event: RecordedEvent | None, names: dict[str, str], reader: Reader | None
) -> tuple[str, list[FieldValue], list[str]]:
    """Return the sentence, field values and marks of an event; of a damaged one (None) only that fact."""
    if event is None:
        return UNREADABLE, [], []
    sentence = event_sentence(event, naming.names_for_event(db, event, names))
    values = field_values_and_texts(ws, db, event, names, reader) + report_values(db, event)
    return sentence, values, marks_of(db, event, names)
