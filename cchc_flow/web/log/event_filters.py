"""What the page of the history offers beside its rows: the filters to choose, and those that are chosen."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for

from cchc_flow.audit import facets, naming, search_choices
from cchc_flow.audit.event_search import EventQuery
from cchc_flow.projections.cards import queries
from cchc_flow.workflow.calendar import day_words, parse_day


def filters_context(query: EventQuery, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the variables of the page for its filters; they are counted, so only a usable query has them."""
    counted = facets.count_items(g.ws, query.search, g.reader)
    items = [(item, naming.item_label(queries.card(g.db, item), names), events) for item, events in counted]
    return {
        "facets": facets.load_facets(g.ws, query.search, g.reader),
        "items": items,
        "labels_of_filters": [
            (name, _label(query, name, names), _url_without(query, name))
            for name in query.given
            if name != "clock"
        ],
    }


def _url_without(query: EventQuery, name: str) -> str:
    others: dict[str, Any] = {key: value for key, value in query.given.items() if key != name}
    return url_for("events.index", **others)


def _label(query: EventQuery, name: str, names: Mapping[str, str]) -> str:
    """Return a filter that is set in words."""
    value = query.values[name]
    if name in search_choices.FACETS:
        titles = search_choices.titles_of(g.ws, name)
        title = titles.get(value) or titles.get(value.partition("/")[0], value)
        return f"{search_choices.FACETS[name]}: {title}"
    if name == "item":
        return f"Công việc: {naming.item_label(query.candidates[0], names)}"
    if name == "q":
        return f"Có từ: {value}"
    clock = search_choices.CLOCKS[query.search.clock].lower()
    return f"{DAYS[name]} {day_words(parse_day(value))} ({clock})"


DAYS = {"from": "Từ", "to": "Đến", "day": "Ngày"}
