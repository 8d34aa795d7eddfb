"""Which events match a search of the trail, for one reader.

A search by anything that the line of a hidden event does not show (who, which unit, which words) finds no
event of an item that the reader may not read, and counts none: or it would tell what the line keeps back.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from cchc_flow.audit import event_words
from cchc_flow.projections import trail_queries, trail_terms
from cchc_flow.projections.reading import Reader, condition_of, readable_items
from cchc_flow.projections.runner import position
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.projections.trail_terms import Positions
from cchc_flow.workspace import Workspace

ITEM = "item-"


class Found(msgspec.Struct, frozen=True):
    """The events that match a search, for one reader: their positions up to `upto`.

    `includes_hidden` says that among them are those of items that the reader may not read, `withholds` that
    there may be such events which are left out. Events before `oldest` were not looked at, and words were
    looked for up to the event `indexed` only.
    """

    positions: Positions
    upto: int
    includes_hidden: bool
    withholds: bool = False
    oldest: int = 1
    indexed: int | None = None

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
    """Return all events that match a search and that a reader may know to match it."""
    found = _without_words(ws, search, reader)
    if not search.words:
        return found
    with_words = event_words.all_with_words(ws, search.words)
    positions = trail_terms.all_of(found.positions, with_words)
    return replace(found, positions=positions, indexed=_end_of_index(ws, found.upto))


def find_newest(
    ws: Workspace,
    search: TrailSearch,
    reader: Reader | None,
    before: int | None = None,
    *,
    hides: bool = False,
) -> Found:
    """Return the newest events that match, before a position: all of them, unless words are searched for.

    Of events that have frequent words only the newest ten thousand are looked at, down to `oldest`. With
    `hides` there are none of items that the reader may not read, though the search would not tell of them.
    """
    found = _without_words(ws, search, reader, hides=hides)
    if not search.words:
        return found
    upto = found.upto if before is None else min(found.upto, before - 1)
    few = trail_queries.count(found.positions, upto=found.upto) <= event_words.FEW
    hits = event_words.find_words(
        ws, search.words, found.positions, upto=found.upto if few else upto, few=few
    )
    positions = trail_terms.all_of(found.positions, hits.positions)
    return replace(found, positions=positions, oldest=hits.oldest, indexed=_end_of_index(ws, found.upto))


def _end_of_index(ws: Workspace, upto: int) -> int | None:
    """Return up to where words were looked for, None when that is everywhere."""
    indexed = event_words.indexed_upto(ws)
    return indexed if indexed < upto else None


def _without_words(
    ws: Workspace, search: TrailSearch, reader: Reader | None, *, hides: bool = False
) -> Found:
    """Return the events that match a search but for its words."""
    db, history = ws.read(), ws.read_history()
    upto = position(db)
    positions = trail_queries.matching(history, search, upto=upto)
    if not hides and not tells_of_items(search):
        return Found(positions, upto, includes_hidden=True)
    closed = closed_kinds(history, reader)
    visible = trail_terms.without(positions, hidden_positions(db, history, reader))
    return Found(visible, upto, includes_hidden=False, withholds=bool(closed))


def tells_of_items(search: TrailSearch) -> bool:
    """Tell whether it says something of an item that one of its events matches a search.

    Type and recorded day stand on the line of every event; all else does not.
    """
    return search != TrailSearch(type=search.type, since=search.since, until=search.until)


def hidden_positions(db: Database, history: Database, reader: Reader | None) -> Positions:
    """Return the positions of the events of items that a reader may not read."""
    closed = closed_kinds(history, reader)
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


def closed_kinds(history: Database, reader: Reader | None) -> list[str]:
    """Return the kinds with events of which a reader may not read every item."""
    if reader is None:
        return []
    return [kind for kind in trail_terms.values_of(history, "kind") if not reader.reads_all_of(kind)]


def _readable_ids(db: Database, reader: Reader, kind: str) -> list[str]:
    """Return the ids of the items of a kind that somebody may read who may not read all of it."""
    condition, values = condition_of(readable_items(db, reader, kind))
    sql = f"SELECT DISTINCT item FROM cards WHERE kind = :kind AND {condition}"  # noqa: S608  # fixed words
    return [item for (item,) in db.execute(sql, {"kind": kind, **values}).fetchall()]
