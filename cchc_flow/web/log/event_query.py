"""The search of the history that the address of an audit page asks for."""

from flask import g
from werkzeug.datastructures import MultiDict

from cchc_flow.audit.event_search import EventQuery, parse_search

OF_THE_PAGE = ("before",)
"""The parameters of an address that say how the page shows the events, and not which."""


def parse_query(args: MultiDict[str, str], others: tuple[str, ...] = OF_THE_PAGE) -> EventQuery:
    """Return the search of an address for who is signed in; `others` are the page's own parameters.

    A parameter or value that there is not is told in a sentence (`errors`), and the search finds nothing.
    """
    pairs = [(name, value) for name, value in args.items(multi=True) if not name.startswith("_")]
    return parse_search(g.ws, pairs, g.reader, others)
