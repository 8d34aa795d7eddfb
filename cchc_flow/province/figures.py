"""The figures of a province: those of its communes, one beside the other and added up."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from cchc_flow.projections.cards.counts import Counts
from cchc_flow.projections.search import search_key
from cchc_flow.province.overview import Sighting
from cchc_flow.province.summary import AreaCounts, CommuneSummary

OTHER = ""
"""The key of work in no area that a plugin knows."""
Order = Callable[[CommuneSummary], int]
ORDERS: dict[str, Order] = {
    "done_in_time": lambda summary: summary.counts.done_in_time,
    "done_late": lambda summary: summary.counts.done_late,
    "open_in_time": lambda summary: summary.counts.open_in_time,
    "open_late": lambda summary: summary.counts.open_late,
    "targets": lambda summary: summary.targets_behind,
    "reports": lambda summary: summary.late_reports,
    "waits": lambda summary: summary.longest.days if summary.longest else -1,
}
"""By what the communes can be sorted, the greatest first; any other word sorts them by name."""


class AreaRow(msgspec.Struct, frozen=True):
    """One reform area over all communes: its counts, and those of each commune by its name."""

    key: str
    title: str
    counts: Counts
    communes: dict[str, tuple[AreaCounts, ...]]


def add_counts(counts: Iterable[Counts]) -> Counts:
    """Return the sums of counts, figure by figure."""
    sums = dict.fromkeys(Counts.__struct_fields__, 0)
    for each in counts:
        for name in sums:
            sums[name] += getattr(each, name)
    return Counts(**sums)


def sort_sightings(sightings: Iterable[Sighting], order: str) -> list[Sighting]:
    """Return the communes sorted by one of ORDERS, or by name; those that were not read come last."""
    by_name = sorted(sightings, key=lambda one: search_key(one.commune.title))
    value = ORDERS.get(order)
    if value is None:
        return by_name
    return sorted(by_name, key=lambda one: -value(one.summary) if one.summary else 1)


def find_sightings(sightings: Iterable[Sighting], words: str) -> list[Sighting]:
    """Return the communes in whose names some words stand, whatever the accents."""
    wanted = search_key(words)
    return [one for one in sightings if wanted in search_key(one.commune.title)]


def area_rows(sightings: Sequence[Sighting], titles: dict[str, str], other: str) -> list[AreaRow]:
    """Return a row for each area of `titles` (by key) that any commune has work in, then one for the rest."""
    found: dict[str, dict[str, list[AreaCounts]]] = {}
    for one in sightings:
        for area in one.summary.areas if one.summary else ():
            key = area.key if area.key in titles else OTHER
            found.setdefault(key, {}).setdefault(one.commune.name, []).append(area)
    return [
        AreaRow(
            key,
            title,
            add_counts(area.counts for areas in found[key].values() for area in areas),
            {name: tuple(areas) for name, areas in found[key].items()},
        )
        for key, title in (titles | {OTHER: other}).items()
        if key in found
    ]
