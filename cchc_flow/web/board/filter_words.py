"""The conditions of a board or list in words: in the heading of a list, and on the chips of the bar."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards.filters import NONE
from cchc_flow.reporting.ageing import WAITED
from cchc_flow.web.board.query import DUE, BoardQuery
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words

Wording = Callable[[Database, BoardQuery, str], str]


class Condition(msgspec.Struct, frozen=True):
    """A condition that is set: the name of its parameter, what it is about, and its value in words."""

    name: str
    title: str
    words: str

    @property
    def sentence(self) -> str:
        """The condition as it stands in a heading: «Đơn vị: Trạm Y tế»."""
        return f"{self.title}: {self.words}" if self.words else self.title


def conditions(db: Database, query: BoardQuery, parameters: Mapping[str, str]) -> list[Condition]:
    """Return the conditions by which the items of a query were chosen, besides their kind and plan.

    `waited` is known from the parameters of the URL alone.
    """
    filters = query.filters
    values = {name: getattr(filters, name, None) or parameters.get(name, "").strip() for name in WORDINGS}
    if filters.due_from and filters.due_from == filters.due_to:
        values |= {"due_from": "", "due_to": ""}
        same_day = [Condition("due_to", f"Hạn ngày {_day(db, query, filters.due_to)}", "")]
    else:
        same_day = []
    set_ones = [
        Condition(name, title, words(db, query, str(values[name])))
        for name, (title, words) in WORDINGS.items()
        if values[name]
    ]
    return [*set_ones, *same_day]


def _area(db: Database, query: BoardQuery, code: str) -> str:
    titles = {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, query.filters.plan)}
    return titles.get(code, "không thuộc lĩnh vực nào")


def _unit(db: Database, _: BoardQuery, unit: str) -> str:
    return directory.marked_names(db).get(unit, "chưa giao")


def _officer(db: Database, _: BoardQuery, person: str) -> str:
    return directory.marked_names(db).get(person, "chưa ai nhận")


def _period(_: Database, __: BoardQuery, period: str) -> str:
    return "không theo kỳ" if period == NONE else periods.parse(period).words()


def _state(db: Database, query: BoardQuery, state: str) -> str:
    return workflows.state_titles(db).get((query.filters.kind, state), state)


def _day(_: Database, __: BoardQuery, day: str) -> str:
    return day_words(date.fromisoformat(day))


WORDINGS: dict[str, tuple[str, Wording]] = {
    "area": ("Lĩnh vực", _area),
    "unit": ("Đơn vị", _unit),
    "officer": ("Người làm", _officer),
    "period": ("Kỳ", _period),
    "state": ("Bước", _state),
    "due": ("Hạn", lambda _db, _query, due: DUE[due].lower()),
    "due_from": ("Hạn từ", _day),
    "due_to": ("Hạn đến", _day),
    "waited": ("Ở bước này", lambda _db, _query, waited: WAITED[waited].lower()),
    "words": ("Tìm", lambda _db, _query, words: f"«{words}»"),
}
"""What each condition is about, and how its value is told, in the order of a heading."""
