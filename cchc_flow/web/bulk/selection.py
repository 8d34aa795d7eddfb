"""Which items a form selects: those that are ticked, or all that match the filters of a list."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import g, request, url_for
from sqlite_utils import Database

from cchc_flow.commands.bulk_steps import MOST
from cchc_flow.errors import MissingData
from cchc_flow.projections.cards import counts, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.board.listing_query import parse_figure
from cchc_flow.web.board.query import parse_board_query, scope_parameters

SEEN = "seen-"
"""How the names begin of the fields with the version at which the form shows an item."""


def selected_cards() -> list[Card]:
    """Return the cards of the items that the form selects, of those that the person may read.

    Raise MissingData when there are none, or too many for one submission.
    """
    cards = _matching_cards() if request.form.get("everything") else cards_of(g.db, ticked_ids())
    if not cards:
        raise MissingData({"selection": "Chưa chọn việc nào: hãy đánh dấu ít nhất một việc trong bảng."})
    if len(cards) > MOST:
        raise _too_many(len(cards))
    return cards


def shown_cards() -> list[Card]:
    """Return the cards of the items that the form over a selection has, ticked or not."""
    return cards_of(g.db, [name.removeprefix(SEEN) for name in request.form if name.startswith(SEEN)])


def ticked_ids() -> list[str]:
    """Return the ids of the ticked items, each once."""
    return list(dict.fromkeys(request.form.getlist("item")))


def cards_of(db: Database, ids: Sequence[str]) -> list[Card]:
    """Return the cards of these items as they are now, without those that the person may not read."""
    return queries.readable_cards(db, queries.cards_by_id(db, ids), g.reader)


def list_parameters() -> dict[str, Any]:
    """Return the parameters of the list in which the items were selected."""
    sent = dict(parse_qsl(request.form.get("filter", "")[:2000]))
    kept = {name: sent[name] for name in ("figure", "sort") if sent.get(name)}
    return kept | scope_parameters(sent)


def list_url() -> str:
    """Return the address of the list in which the items were selected."""
    return url_for("listing.index", **list_parameters())


def _matching_cards() -> list[Card]:
    """Return the cards of all items in the list, on however many pages."""
    parameters = list_parameters()
    query = parse_board_query(parameters, g.person, g.ws)
    rows = counts.rows_behind(g.db, parse_figure(parameters.get("figure", "")), query.filters, query.today)
    if len(rows) > MOST:
        raise _too_many(len(rows))
    return counts.cards_of_rows(g.db, rows)


def _too_many(number: int) -> MissingData:
    return MissingData({"selection": f"Mỗi lần nhiều nhất {MOST} việc; đang chọn {number}. Hãy lọc bớt."})
