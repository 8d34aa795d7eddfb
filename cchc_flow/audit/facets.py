"""How many events each further filter of the history would leave."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from cchc_flow.audit import search_choices
from cchc_flow.audit.found import ITEM, Found, find_newest
from cchc_flow.audit.search_choices import FACETS
from cchc_flow.projections import trail_queries
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.projections.trail_items import FLAGS
from cchc_flow.workspace import Workspace

MOST_ITEMS = 10


class Choice(msgspec.Struct, frozen=True):
    """A value of a facet, what it is called, how many events have it (1,001: more), and if it is chosen."""

    value: str
    title: str
    events: int
    is_chosen: bool


class Facet(msgspec.Struct, frozen=True):
    """A facet by its name in the address, its title and its choices, the most frequent first."""

    name: str
    title: str
    choices: tuple[Choice, ...]


def load_facets(ws: Workspace, search: TrailSearch, reader: Reader | None) -> list[Facet]:
    """Return the facets of a search; each is counted as if it was not filtered by itself.

    No event of an item that the reader may not read is counted, but by type, which its line shows.
    """
    counting = _Counting(ws, search, reader)
    return [facet for name in FACETS if (facet := counting.facet(name)).choices]


def count_items(ws: Workspace, search: TrailSearch, reader: Reader | None) -> list[tuple[str, int]]:
    """Return (id, how many of all) of the items with most events among the newest thousand of a search."""
    found = _Counting(ws, search, reader).found("kind", None)
    streams = trail_queries.count_streams(
        ws.read_history(), found.positions, upto=found.upto, limit=MOST_ITEMS
    )
    return [(stream.removeprefix(ITEM), events) for stream, events in streams]


class _Counting:
    """Counts for one search; sets of events are found once for all facets that are not filtered."""

    def __init__(self, ws: Workspace, search: TrailSearch, reader: Reader | None) -> None:
        self._ws, self._search, self._reader = ws, search, reader
        self._found: dict[tuple[str, bool], Found] = {}

    def facet(self, name: str) -> Facet:
        """Return a facet with its choices."""
        chosen: str | None = getattr(self._search, name)
        chosen = chosen.partition("/")[0] if chosen else None
        found = self.found(name, chosen)
        counts = trail_queries.count_values(self._ws.read_history(), name, found.positions, upto=found.upto)
        if chosen:
            counts.setdefault(chosen, 0)
        titles = search_choices.titles_of(self._ws, name)
        choices = (
            Choice(value, titles.get(value, value), number, value == chosen)
            for value, number in counts.items()
        )
        return Facet(name, FACETS[name], tuple(_sort_choices(name, choices)))

    def found(self, facet: str, chosen: str | None) -> Found:
        """Return the events of the search without its filter by a facet, as this facet may count them."""
        key = (facet if chosen else "", facet == "type")
        if key not in self._found:
            search = replace(self._search, **{facet: None}) if chosen else self._search
            self._found[key] = find_newest(self._ws, search, self._reader, hides=facet != "type")
        return self._found[key]


def _sort_choices(facet: str, choices: Iterator[Choice]) -> list[Choice]:
    if facet == "flag":
        return sorted(choices, key=lambda choice: FLAGS.index(choice.value))
    return sorted(choices, key=lambda choice: (not choice.is_chosen, -choice.events, choice.title))
