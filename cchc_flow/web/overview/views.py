"""The overview: the official counts of a plan as of any day, in all, by area and by unit."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Blueprint, g, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.counts import Counts
from cchc_flow.projections.cards.filters import NONE
from cchc_flow.reporting.attention import due_reports, late_units
from cchc_flow.reporting.judged_targets import judge_targets
from cchc_flow.reporting.targets import rows_at_risk, state_counts
from cchc_flow.web.board.count_labels import FIGURE_TITLES, SIDES, BarPart, bar, kind_noun, percent
from cchc_flow.web.board.query import BoardQuery, parse_board_query, plan_parameters, scope_parameters
from cchc_flow.web.board.views import filter_choices, year_words
from cchc_flow.web.commune_reports.loading import READERS
from cchc_flow.web.overview import grading
from cchc_flow.web.targets.sight import fault_sentences
from cchc_flow.workflow.calendar import STANDINGS, local_day
from cchc_flow.workflow.targets import STATES

bp = Blueprint("overview", __name__)


class CountsRow(msgspec.Struct, frozen=True):
    """The counts of one area or unit; `scope` are the URL parameters of its links."""

    title: str
    scope: dict[str, str]
    counts: Counts
    bar: list[BarPart]


@bp.get("/<workspace>/overview")
def show() -> str:
    """Show the counts that the URL asks for: a kind of work, a plan, a day."""
    query = parse_board_query(request.args, g.person, g.ws)
    db = g.db
    total = counts.counts(db, query.filters, query.today, at=query.at)
    return render_template(
        "overview/show.html",
        query=query,
        counts=total,
        bar=bar(total),
        sides=SIDES,
        noun=kind_noun(query.filters.kind),
        percent=percent,
        standings=STANDINGS,
        titles=FIGURE_TITLES,
        year_words=year_words(db, query),
        url_args=request.args,
        may_grade=grading.may_see_grades(),
        last_day=local_day(g.ws.now()),
        area_rows=counts_rows(db, query, "area", area_titles(db, query)),
        unit_rows=counts_rows(db, query, "lead", {unit.id: unit.words for unit in directory.units(db)}),
        scope=scope_parameters(request.args),
        **_attention(query),
        **_kind_and_plan_choices(db, query),
    )


def _attention(query: BoardQuery) -> dict[str, Any]:
    """Return what has to be seen to: who is late, and of a whole plan its targets and reports.

    `target_states` is None where the plan has no targets, `reports` where the page shows no whole plan.
    """
    db, plan = g.db, plans.find_plan(g.db, query.filters.plan)
    always = {"late_units": late_units(db, query.filters, query.today, at=query.at), "reports": None}
    if plan is None or query.is_narrowed or query.filters.kind != "task":
        return always | {"target_states": None}
    given = plan_parameters(request.args)
    report_scope = parse_board_query({**given, "kind": "report"}, g.person, g.ws).filters
    cutoff = g.ws.cutoff(query.as_of) if query.is_over else None
    judged = judge_targets(g.ws, plan.id, query.today, cutoff)
    return always | {
        "target_states": state_counts(judged.rows) if judged.rows else None,
        "targets_at_risk": rows_at_risk(judged.rows),
        "target_faults": fault_sentences(judged),
        "target_titles": STATES,
        "reports": due_reports(db, plan.year, report_scope, query.today, at=query.at),
        "late_reports": counts.counts(db, report_scope, query.today, at=query.at).open_late,
        "opens_reports": bool(g.person.roles.intersection(READERS)),
        "given": given,
    }


def area_titles(db: Database, query: BoardQuery) -> dict[str, str]:
    """Return the numbered titles of the plan's areas, by their codes."""
    return {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, query.filters.plan)}


def counts_rows(db: Database, query: BoardQuery, column: str, titles: Mapping[str, str]) -> list[CountsRow]:
    """Return a row for each area or unit that has items: in the order of `titles`, others last."""
    counts_of = counts.counts_by(db, column, query.filters, query.today, at=query.at)
    parameter = {"lead": "unit"}.get(column, column)
    known = [key for key in titles if key in counts_of]
    unknown = sorted(key for key in counts_of if key is not None and key not in titles)
    return [
        CountsRow(
            titles.get(key or "", key or TITLES_OF_NONE[column]),
            {parameter: key or NONE},
            counts_of[key],
            bar(counts_of[key]),
        )
        for key in [*known, *unknown, *([None] if None in counts_of else [])]
    ]


TITLES_OF_NONE = {"area": "Không thuộc lĩnh vực nào", "lead": "Chưa giao cho đơn vị nào"}


def _kind_and_plan_choices(db: Database, query: BoardQuery) -> dict[str, Any]:
    """Return the links to the other kinds, as (URL, title, is current), and the plans to choose from."""
    choices = filter_choices(db, query)
    scope = plan_parameters(request.args)
    kinds = [
        (url_for("overview.show", **scope | {"kind": kind}), title, kind == query.filters.kind)
        for kind, title in choices["kinds"]
    ]
    return {"kinds": kinds, "plans": choices["plans"]}
