"""The whole history as an inspector reads it: newest first, in sentences, each leading to its event."""

from functools import cache

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.field_values import FieldValue, field_values_and_texts
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import actor_name
from cchc_flow.errors import NotFound
from cchc_flow.projections import trail
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.trail import TrailEntry, TrailSearch
from cchc_flow.workspace import Workspace

READERS = frozenset({"inspector", "coordinator", "leader", "admin"})
"""Roles that may read the history of everything; others read that of each item, on its page."""

LIMIT = 100
ITEM = "item-"
UNREADABLE = "Không đọc được sự kiện này trong nhật ký: hãy kiểm tra tính toàn vẹn."


class Row(msgspec.Struct, frozen=True):
    """One event of the history, with what was filled in; `item` is the card of the item that it is about."""

    entry: TrailEntry
    who: str
    sentence: str
    given: list[FieldValue]
    item: Card | None


class Page(msgspec.Struct, frozen=True):
    """Some rows, how many match in all, and the position before which the next ones lie."""

    rows: tuple[Row, ...]
    total: int
    before: int | None


def load_page(ws: Workspace, search: TrailSearch, before: int | None = None) -> Page:
    """Return the newest events that match; one that the log no longer holds is shown as unreadable."""
    db = ws.read()
    found = trail.entries(db, search, before=before, limit=LIMIT + 1)
    names = naming.all_names(ws, db)
    card = cache(lambda stream: find_card(db, stream))
    rows = tuple(
        Row(entry, actor_name(entry.actor, names), *_told(ws, db, entry, names), card(entry.stream))
        for entry in found[:LIMIT]
    )
    more = len(found) > LIMIT
    return Page(rows, trail.count_entries(db, search), rows[-1].entry.position if more else None)


def find_card(db: Database, stream: str) -> Card | None:
    """Return the card of the item whose stream this is, None for a stream of anything else."""
    if not stream.startswith(ITEM):
        return None
    try:
        return queries.card(db, stream.removeprefix(ITEM))
    except NotFound:
        return None


def find_items(db: Database, words: str) -> list[Card]:
    """Return the items that a reader means: by the item's id, or by the reference in the plan ("III.1.2")."""
    wanted = words.strip().casefold()
    return [
        card for card in queries.all_cards(db) if wanted in (card.id.casefold(), (card.ref or "").casefold())
    ]


def _told(
    ws: Workspace, db: Database, entry: TrailEntry, names: dict[str, str]
) -> tuple[str, list[FieldValue]]:
    try:
        event = ws.log.event(entry.position)
    except (NotFound, msgspec.MsgspecError):
        return UNREADABLE, []
    return event_sentence(event, naming.names_for_event(db, event, names)), field_values_and_texts(
        ws, db, event, names
    )
