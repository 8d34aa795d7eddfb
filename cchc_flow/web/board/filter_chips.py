"""The filters of a board or list that are on, as chips: what each says, and the way to do without it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import msgspec
from flask import request, url_for
from sqlite_utils import Database

from cchc_flow.projections import plans
from cchc_flow.web.board.filter_words import conditions
from cchc_flow.web.board.query import ALL_PLANS, LANES, BoardQuery, scope_parameters
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.typed_text import upper_first

TITLED = frozenset({"due_from", "due_to", "waited"})
"""The conditions whose value alone would not say what it is about."""

LIST = "listing.index"
"""The endpoint of the list of items."""


class FilterChip(msgspec.Struct, frozen=True):
    """A filter that is on: the name of its parameter, its words, the URL of the page without it."""

    name: str
    words: str
    url: str


def filter_chips(
    db: Database, query: BoardQuery, parameters: Mapping[str, str], keeping: Sequence[str] = ()
) -> list[FilterChip]:
    """Return a chip for each parameter that has one; what is searched for stands in its own field.

    Their URLs are those of the page that is shown, also with the parameters that it is `keeping`. In a list,
    whose figure is told by its filters, each says what it is about.
    """
    scope = scope_parameters(parameters)
    rest = scope | {name: parameters[name] for name in keeping if parameters.get(name)}
    words = _chip_words(db, query, scope, is_titled=_is_list())
    return [FilterChip(name, words[name], _url_without(name, rest)) for name in words if name in scope]


def _is_list() -> bool:
    return request.endpoint == LIST


def _chip_words(
    db: Database, query: BoardQuery, scope: Mapping[str, str], *, is_titled: bool
) -> dict[str, str]:
    """Return the words of the chips by the name of their parameter, in their order."""
    own = {"plan": _plan_words(db, scope.get("plan", ""))}
    for one in conditions(db, query, scope):
        if one.name != "words":
            words = one.sentence if is_titled or one.name in TITLED else one.words
            own[one.name] = upper_first(words)
    day = day_words(query.as_of) if query.as_of else ""
    lanes = f"Chia hàng theo {LANES[query.lanes].lower()}" if query.lanes else ""
    return own | {
        "mine": "Của tôi",
        "parts": "Từng phần việc",
        "lanes": lanes,
        "as_of": f"Ngày {day}",
    }


def _url_without(name: str, scope: Mapping[str, str]) -> str:
    """Return the URL of the page with all parameters but one."""
    rest = urlencode({other: value for other, value in scope.items() if other != name})
    return url_for(LIST if _is_list() else "board.show") + (f"?{rest}" if rest else "")


def _plan_words(db: Database, plan: str) -> str:
    if plan == ALL_PLANS:
        return "Mọi năm"
    found = plans.find_plan(db, plan)
    return f"Năm {found.year}" if found else plan
