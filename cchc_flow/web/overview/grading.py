"""Grading by Nghị định 335/2025/NĐ-CP: a table of units or people, and the events behind each figure."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput, NotAllowed
from cchc_flow.projections import directory, plans, settings
from cchc_flow.reporting.grading import Product, grades, products
from cchc_flow.web.board.query import parse_past_day
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_of, end_of_day, local_day
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import ABOUT

bp = Blueprint("grading", __name__)
READERS = frozenset({"coordinator", "leader", "inspector"})
GROUPINGS = {"unit": "Theo đơn vị", "person": "Theo người"}
CADENCES = ("monthly", "quarterly", "half_yearly", "yearly")


class RulesSource(msgspec.Struct, frozen=True):
    """What the rules applied rest on, and since when; `since` is empty for rules that nobody changed."""

    source: str
    since: str


@bp.get("/<workspace>/grading")
def show() -> str:
    """Show the grades of a period for those whom the reader may see, and the products of one of them."""
    may_see, ways = _visible_products()
    today = parse_past_day(request.args.get("as_of", ""), local_day(g.ws.now()))
    period, by = (
        _parse_period(request.args.get("period", "")),
        _parse_grouping(request.args.get("by", ""), ways),
    )
    day = today or local_day(g.ws.now())
    at = g.ws.log.position_before(end_of_day(today)) if today else None
    found, rules = products(g.ws, period, day, at)
    graded = grades(filter(may_see, found), by, rules)
    who = request.args.get("who")
    return render_template(
        "grading/show.html",
        period=period,
        by=by,
        ways={way: GROUPINGS[way] for way in ways},
        grades=graded,
        rules=rules,
        grounds=_rules_source(g.ws.read(), min(period.end, day)),
        chosen=next((one for one in graded if who is not None and (one.who or "") == who), None),
        names=directory.names(g.ws.read()),
        offered=_period_choices(g.ws.read(), day),
        runs=period.end >= day,
        as_of=today,
        points=points,
    )


show.section = "overview"  # type: ignore[attr-defined]


def points(score: Fraction | int) -> str:
    """Return a score with one decimal, cut and not rounded: no grade seems reached that is not."""
    tenths = int(score * 10)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def may_see_grades() -> bool:
    """Tell whether the person who asks sees any grades."""
    return bool(g.person.roles & (READERS | {"officer", "unit_head"}))


def _visible_products() -> tuple[Callable[[Product], bool], tuple[str, ...]]:
    """Return which products the reader may see, and by what they may be put together."""
    person = g.person
    if person.roles & READERS:
        return lambda one: True, ("unit", "person")
    if "unit_head" in person.roles and person.unit:
        return lambda one: one.unit == person.unit, ("unit", "person")
    if "officer" in person.roles:
        return lambda one: one.person == person.id, ("person",)
    raise NotAllowed(
        "Bạn không xem được điểm của đơn vị và công chức.",
        "Đầu mối CCHC, lãnh đạo UBND, kiểm tra xem được tất cả; thủ trưởng xem đơn vị mình; "
        "công chức xem của mình.",
    )


def _parse_grouping(words: str, ways: tuple[str, ...]) -> str:
    if words and words not in GROUPINGS:
        raise BadInput(f"Không có cách xem «{words[:20]}».", "Hãy mở lại trang Chấm điểm.")
    return words if words in ways else ways[0]


def _parse_period(words: str) -> Period:
    """Return the period that is asked for, else the quarter that runs."""
    if words:
        return periods.parse(words)
    today = local_day(g.ws.now())
    return next(one for one in periods.cadence_periods("quarterly", today.year) if one.end >= today)


def _period_choices(db: Database, day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods to choose from, in groups: those of the plans' years that have begun."""
    years = sorted({plan.year for plan in plans.plans(db)} | {day.year}, reverse=True)
    return [
        (
            f"Năm {year}",
            [
                (one.name, one.words())
                for cadence in CADENCES
                for one in periods.cadence_periods(cadence, year)
                if one.begin <= day
            ],
        )
        for year in years
        if year <= day.year
    ]


def _rules_source(db: Database, day: date) -> RulesSource:
    """Return what the rules of a day rest on: their last change by then, else the law that the default is."""
    for entry in settings.setting_changes(db, "grading"):
        if day_of(entry.recordedtime) <= day:
            return RulesSource(entry.source, entry.recordedtime)
    return RulesSource(ABOUT["grading"].source, "")
