"""The overview: the official counts of a plan as of any day, the same by area and by unit."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Blueprint, g, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.counts import Counts
from cchc_flow.projections.cards.queries import NONE
from cchc_flow.web.board.count_labels import FIGURE_TITLES, SIDES, BarPart, bar, kind_noun, percent
from cchc_flow.web.board.query import BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices
from cchc_flow.web.overview import grading
from cchc_flow.workflow.calendar import STANDINGS, local_day

bp = Blueprint("overview", __name__)


class CountsRow(msgspec.Struct, frozen=True):
    """The counts of one area or unit: `scope` are the parameters that its links add."""

    title: str
    scope: dict[str, str]
    counts: Counts
    bar: list[BarPart]


@bp.get("/<workspace>/overview")
def show() -> str:
    """Show the counts that the URL asks for: a kind of work, a plan, a day."""
    asked = parse_board_query(request.args, g.person, g.ws)
    db = g.ws.read()
    found = counts.counts(db, asked.filters, asked.today, at=asked.at)
    return render_template(
        "overview/show.html",
        asked=asked,
        counts=found,
        bar=bar(found),
        sides=SIDES,
        noun=kind_noun(asked.filters.kind),
        percent=percent,
        standings=STANDINGS,
        titles=FIGURE_TITLES,
        query=request.args,
        may_grade=grading.may_see_grades(),
        last_day=local_day(g.ws.now()),
        area_lines=_counts_rows(db, asked, "area", _area_titles(db, asked)),
        unit_lines=_counts_rows(db, asked, "lead", {unit.id: unit.name for unit in directory.units(db)}),
        scope=scope_parameters(request.args),
        **_kind_and_plan_choices(db, asked),
    )


def _area_titles(db: Database, asked: BoardQuery) -> dict[str, str]:
    return {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, asked.filters.plan)}


def _counts_rows(db: Database, asked: BoardQuery, column: str, titles: Mapping[str, str]) -> list[CountsRow]:
    """Return a line for each area or unit that has anything, in their order; those without one come last."""
    found = counts.counts_by(db, column, asked.filters, asked.today, at=asked.at)
    parameter = {"lead": "unit"}.get(column, column)
    known = [one for one in titles if one in found]
    unknown = sorted(one for one in found if one is not None and one not in titles)
    return [
        CountsRow(
            titles.get(one or "", one or TITLES_OF_NONE[column]),
            {parameter: one or NONE},
            found[one],
            bar(found[one]),
        )
        for one in [*known, *unknown, *([None] if None in found else [])]
    ]


TITLES_OF_NONE = {"area": "Không thuộc lĩnh vực nào", "lead": "Chưa giao cho đơn vị nào"}


def _kind_and_plan_choices(db: Database, asked: BoardQuery) -> dict[str, Any]:
    """Return the kinds to switch between, with their addresses, and the plans."""
    offered = filter_choices(db, asked)
    kept = {
        name: value for name, value in scope_parameters(request.args).items() if name in ("plan", "as_of")
    }
    kinds = [
        (url_for("overview.show", **kept | {"kind": kind}), title, kind == asked.filters.kind)
        for kind, title in offered["kinds"]
    ]
    return {"kinds": kinds, "plans": offered["plans"]}
