"""The filters of a board that are on, as chips: what each says, and the way to the board without it."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import msgspec
from flask import url_for
from sqlite_utils import Database

from cchc_flow.projections import directory, plans, workflows
from cchc_flow.web.board.query import ALL_PLANS, DUE, BoardQuery, scope_parameters
from cchc_flow.workflow.calendar import day_words

Wording = Callable[[Database, BoardQuery, str], str]


class FilterChip(msgspec.Struct, frozen=True):
    """A filter that is on: the name of its parameter, its words, the URL of the board without it."""

    name: str
    words: str
    url: str


def filter_chips(db: Database, query: BoardQuery, parameters: Mapping[str, str]) -> list[FilterChip]:
    """Return a chip for each parameter that has one; what is searched for stands in its own field."""
    scope = scope_parameters(parameters)
    return [
        FilterChip(name, words(db, query, scope[name]), _url_without(name, scope))
        for name, words in CHIPS.items()
        if name in scope
    ]


def _url_without(name: str, scope: Mapping[str, str]) -> str:
    """Return the URL of the board with all parameters but one."""
    rest = urlencode({other: value for other, value in scope.items() if other != name})
    return url_for("board.show") + (f"?{rest}" if rest else "")


def _area_words(db: Database, query: BoardQuery, code: str) -> str:
    titles = {area.code: area.title for area in plans.areas(db, query.filters.plan)}
    return f"{code}. {titles[code]}" if code in titles else "Không thuộc lĩnh vực nào"


def _name_words(db: Database, _: BoardQuery, unit_or_person: str) -> str:
    return directory.marked_names(db).get(unit_or_person, "Chưa giao")


def _plan_words(db: Database, _: BoardQuery, plan: str) -> str:
    if plan == ALL_PLANS:
        return "Mọi năm"
    return next((f"Năm {one.year}" for one in plans.plans(db) if one.id == plan), plan)


def _state_words(db: Database, query: BoardQuery, state: str) -> str:
    return workflows.state_titles(db).get((query.filters.kind, state), state)


def _day_words(_: Database, query: BoardQuery, typed: str) -> str:
    return f"Ngày {day_words(query.as_of) if query.as_of else typed}"


CHIPS: dict[str, Wording] = {
    "plan": _plan_words,
    "area": _area_words,
    "unit": _name_words,
    "officer": _name_words,
    "state": _state_words,
    "due": lambda _db, _query, due: DUE[due],
    "mine": lambda *_: "Của tôi",
    "parts": lambda *_: "Từng phần việc",
    "as_of": _day_words,
}
"""How each parameter is told, in the order of the chips."""
