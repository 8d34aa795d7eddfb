"""The whole history as an inspector reads it: newest first, in sentences, each leading to its event."""

from functools import cache

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.given import Given, all_of
from cchc_flow.audit.sentences import sentence
from cchc_flow.audit.words import who
from cchc_flow.errors import NotFound
from cchc_flow.projections import trail
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.trail import Entry, Search
from cchc_flow.workspace import Workspace

READERS = frozenset({"inspector", "coordinator", "leader", "admin"})
"""Roles that may read the history of everything; others read that of each item, on its page."""

LIMIT = 100
ITEM = "item-"
UNREADABLE = "Không đọc được sự kiện này trong nhật ký: hãy kiểm tra tính toàn vẹn."


class Row(msgspec.Struct, frozen=True):
    """One event of the history, with what was filled in; `item` is the card of the item that it is about."""

    entry: Entry
    who: str
    sentence: str
    given: list[Given]
    item: Card | None


class Page(msgspec.Struct, frozen=True):
    """Some rows, how many match in all, and the position before which the next ones lie."""

    rows: tuple[Row, ...]
    total: int
    before: int | None


def page(ws: Workspace, search: Search, before: int | None = None) -> Page:
    """Return the newest events that match; one that the log no longer holds is shown as unreadable."""
    db = ws.read()
    found = trail.entries(db, search, before=before, limit=LIMIT + 1)
    names = naming.everything(ws, db)
    card = cache(lambda stream: card_of(db, stream))
    rows = tuple(
        Row(entry, who(entry.actor, names), *_told(ws, db, entry, names), card(entry.stream))
        for entry in found[:LIMIT]
    )
    more = len(found) > LIMIT
    return Page(rows, trail.total(db, search), rows[-1].entry.position if more else None)


def card_of(db: Database, stream: str) -> Card | None:
    """Return the card of the item whose stream this is, None for a stream of anything else."""
    if not stream.startswith(ITEM):
        return None
    try:
        return queries.card(db, stream.removeprefix(ITEM))
    except NotFound:
        return None


def items_named(db: Database, words: str) -> list[Card]:
    """Return the items that a reader means: by the item's id, or by the reference in the plan ("III.1.2")."""
    wanted = words.strip().casefold()
    return [
        card for card in queries.all_cards(db) if wanted in (card.id.casefold(), (card.ref or "").casefold())
    ]


def _told(ws: Workspace, db: Database, entry: Entry, names: dict[str, str]) -> tuple[str, list[Given]]:
    try:
        event = ws.log.event(entry.position)
    except (NotFound, msgspec.MsgspecError):
        return UNREADABLE, []
    return sentence(event, naming.of_event(db, event, names)), all_of(ws, db, event, names)
