"""The audit trail: all events, newest first, each as a sentence with a link to the event.

An event of an item that the reader may not read has its line as well, without anything of the item: so the
positions have no gaps, and the totals are the same for all who read the trail. But a search by anything that
the line does not show (who, which unit, which words) finds none of these events and counts none, or it would
tell what the line keeps back.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.field_values import FieldValue, field_values_and_texts
from cchc_flow.audit.marks import marks_of
from cchc_flow.audit.report_contents import report_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import actor_name
from cchc_flow.errors import NotFound
from cchc_flow.projections import trail, trail_queries, trail_terms
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader, condition_of, may_read, readable_items
from cchc_flow.projections.runner import position
from cchc_flow.projections.trail import TrailEntry, TrailSearch
from cchc_flow.projections.trail_terms import Positions
from cchc_flow.workflow.policy import AUDITORS
from cchc_flow.workspace import Workspace

READERS = frozenset(AUDITORS)
"""Roles that may read the whole audit trail; others read the history of each item on its page."""

PAGE_SIZE = 100
ITEM = "item-"
HIDDEN = "Sự kiện của một công việc mà bạn không được xem."
UNREADABLE = "Không đọc được sự kiện này trong nhật ký: hãy kiểm tra tính toàn vẹn."


class Row(msgspec.Struct, frozen=True):
    """One event of the trail; `field_values` is what was filled in, `item` the card of its item, if any.

    `marks` are sentences that a reader should know beside it. `is_hidden` says that the reader may not read
    the item: then there is nothing of it.
    """

    entry: TrailEntry
    who: str
    sentence: str
    field_values: list[FieldValue]
    marks: list[str]
    item: Card | None
    is_hidden: bool = False


class Page(msgspec.Struct, frozen=True):
    """One page of the trail: its rows, how many events match in all, and where the next page begins.

    The `total` is 1,001 for more than a thousand. The next page has the events before the position `before`;
    None on the last page.
    """

    rows: tuple[Row, ...]
    total: int
    before: int | None


class Found(msgspec.Struct, frozen=True):
    """The events that match a search, for one reader: their positions up to `upto`.

    `includes_hidden` says that among them are those of items that the reader may not read.
    """

    positions: Positions
    upto: int
    includes_hidden: bool

    def newest_first(self, before: int | None = None) -> Iterator[int]:
        """Yield the positions, the newest first, from the last one before a position."""
        last = self.upto if before is None else min(self.upto, before - 1)
        return trail_terms.newest_first(self.positions, last)

    def oldest_first(self) -> Iterator[int]:
        """Yield the positions in the order of the log."""
        return trail_terms.oldest_first(self.positions, self.upto)

    def count(self) -> int:
        """Return how many they are, 1,001 for more than a thousand."""
        return trail_queries.count(self.positions, upto=self.upto)


def find_events(ws: Workspace, search: TrailSearch, reader: Reader | None) -> Found:
    """Return the events that match a search and that a reader may know to match it."""
    db, history = ws.read(), ws.read_history()
    upto = position(db)
    positions = trail_queries.matching(history, search, upto=upto)
    if not tells_of_items(search):
        return Found(positions, upto, includes_hidden=True)
    return Found(
        trail_terms.without(positions, hidden_positions(db, history, reader)), upto, includes_hidden=False
    )


def tells_of_items(search: TrailSearch) -> bool:
    """Tell whether it says something of an item that one of its events matches a search.

    Type and recorded day stand on the line of every event; all else does not.
    """
    return search != TrailSearch(type=search.type, since=search.since, until=search.until)


def hidden_positions(db: Database, history: Database, reader: Reader | None) -> Positions:
    """Return the positions of the events of items that a reader may not read."""
    kinds = trail_terms.values_of(history, "kind") if reader else []
    closed = [kind for kind in kinds if reader and not reader.reads_all_of(kind)]
    if reader is None or not closed:
        return lambda _: 0
    of_kinds = trail_terms.any_of(*(trail_terms.having(history, "kind", kind) for kind in closed))
    readable = trail_terms.those_of(
        place
        for kind in closed
        if kind in reader.scopes
        for item in _readable_ids(db, reader, kind)
        for place in trail_queries.positions_of_stream(history, f"{ITEM}{item}")
    )
    return trail_terms.without(of_kinds, readable)


def _readable_ids(db: Database, reader: Reader, kind: str) -> list[str]:
    """Return the ids of the items of a kind that somebody may read who may not read all of it."""
    condition, values = condition_of(readable_items(db, reader, kind))
    sql = f"SELECT DISTINCT item FROM cards WHERE kind = :kind AND {condition}"  # noqa: S608  # fixed words
    return [item for (item,) in db.execute(sql, {"kind": kind, **values}).fetchall()]


def load_page(ws: Workspace, search: TrailSearch, reader: Reader | None, before: int | None = None) -> Page:
    """Return the newest events that match, at most 100; a damaged one is shown as unreadable."""
    found = find_events(ws, search, reader)
    positions = list(islice(found.newest_first(before), PAGE_SIZE + 1))
    rows = load_rows(ws, positions[:PAGE_SIZE], reader)
    has_more = len(positions) > PAGE_SIZE
    return Page(rows, found.count(), rows[-1].entry.position if has_more else None)


def load_rows(ws: Workspace, positions: list[int], reader: Reader | None) -> tuple[Row, ...]:
    """Return the rows of some events, in the order of the positions that are given."""
    db = ws.read()
    names = naming.all_names(ws, db)
    hides = cache(lambda stream: is_hidden(db, stream, reader))
    card = cache(lambda stream: find_card(db, stream))
    return tuple(
        Row(entry, "", HIDDEN, [], [], None, is_hidden=True)
        if hides(entry.stream)
        else Row(
            entry,
            actor_name(entry.actor, names),
            *_sentence_values_and_marks(ws, db, entry, names, reader),
            card(entry.stream),
        )
        for entry in trail.load_entries(ws.read_history(), positions)
    )


def is_hidden(db: Database, stream: str, reader: Reader | None) -> bool:
    """Tell whether a stream is that of an item that the reader may not read."""
    item = items.find_item(db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None
    return item is not None and not may_read(db, reader, item)


def find_card(db: Database, stream: str) -> Card | None:
    """Return the card of the item that a stream belongs to, None for a stream of something else."""
    if not stream.startswith(ITEM):
        return None
    try:
        return queries.card(db, stream.removeprefix(ITEM))
    except NotFound:
        return None


def find_items(db: Database, words: str, reader: Reader | None) -> list[Card]:
    """Return the items with an id, or a reference in the plan ("III.1.2"), that the reader may read.

    Upper and lower case are equal.
    """
    key = words.strip().casefold()
    matches = (
        card for card in queries.all_cards(db) if key in (card.id.casefold(), (card.ref or "").casefold())
    )
    return queries.readable_cards(db, matches, reader)


def _sentence_values_and_marks(
    ws: Workspace, db: Database, entry: TrailEntry, names: dict[str, str], reader: Reader | None
) -> tuple[str, list[FieldValue], list[str]]:
    """Return the sentence, field values and marks of an event; of a damaged one only that fact."""
    try:
        event = ws.log.event(entry.position)
    except (NotFound, msgspec.MsgspecError):
        return UNREADABLE, [], []
    sentence = event_sentence(event, naming.names_for_event(db, event, names))
    values = field_values_and_texts(ws, db, event, names, reader) + report_values(db, event)
    return sentence, values, marks_of(db, event, names)
