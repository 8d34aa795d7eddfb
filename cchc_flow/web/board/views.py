"""The board: one column for each state, now or as of any day, and the next cards of a column."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from sqlite_utils import Database
from werkzeug.wrappers import Response as BaseResponse

from cchc_flow.commands.handovers import HANDING_OVER
from cchc_flow.commands.workspace_setup import BUILT_IN
from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import register_areas
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards import counts, items, queries, unattended
from cchc_flow.projections.cards.filters import NONE
from cchc_flow.projections.search import search_key
from cchc_flow.web.board import cards
from cchc_flow.web.board.area_order import areas_in_plan_order
from cchc_flow.web.board.columns import cell_view, column_views
from cchc_flow.web.board.count_labels import kind_noun
from cchc_flow.web.board.filter_chips import filter_chips
from cchc_flow.web.board.query import ALL_PLANS, DUE, LANES, BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.http import htmx
from cchc_flow.web.http.links import link_to
from cchc_flow.workflow.calendar import STANDINGS, local_day
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import ItemExtensionRequested
from cchc_flow.workflow.hands import AT_WORK, AUDIT_KIND, INSPECTION_KINDS
from cchc_flow.workflow.policy import AUDITOR
from cchc_flow.workflow.task import TASK

bp = Blueprint("board", __name__)
NOUN = "công việc"
"""What the cards of a plan's tasks are called; a task that is done in parts is one card."""
Registers = list[tuple[str, str]]


@bp.get("/<workspace>/board")
def show() -> str:
    """Show the board that the URL asks for; to htmx only its columns."""
    db, query = g.db, parse_board_query(request.args, g.person, g.ws)
    context = board_context(db, query)
    if htmx.wants_fragment():
        return render_template("board/_update.html", **context, is_fragment=True)
    choices = filter_choices(db, query)
    return render_template("board/show.html", **context, **choices, url_args=request.args.to_dict())


def board_context(db: Database, query: BoardQuery, only: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the variables of the board's template; of the cards, `only` those of some items."""
    workflow = workflows.newest_workflow(db, query.filters.kind)
    columns = column_views(db, query, workflow, only)
    return {
        "query": query,
        "columns": columns,
        "total": sum(column.total for column in columns),
        "chips": filter_chips(db, query, request.args),
        "counts": counts.counts(db, query.filters, query.today, at=query.at),
        "standings": STANDINGS,
        "scope": scope_parameters(request.args),
        "year_words": year_words(db, query),
        "has_years": len(plans.plans(db)) > 1,
        "unattended": _unattended_count(db, query),
        "last_day": local_day(g.ws.now()),
        **_kind_context(db, workflow),
    }


@bp.get("/<workspace>/board/columns/<state>", endpoint="column")
def show_column(state: str) -> str:
    """Show the next cards of one column: a page of its own, or list items to htmx."""
    db, query = g.db, parse_board_query(request.args, g.person, g.ws)
    board_state = workflows.newest_workflow(db, query.filters.kind).state(state)
    after = request.args.get("after") or None
    card_column = queries.column(db, state, query.filters, query.today, at=query.at, after=after)
    card_context = cards.load_card_context(db, g.ws.plugins, query.today, query.at)
    return htmx.page_or_fragment(
        "board/column.html",
        "board/_cards.html",
        state=board_state,
        cell=cell_view(card_column, card_context),
        is_past=bool(query.as_of),
        back=link_to("board.show", **scope_parameters(request.args)),
    )


@bp.get("/<workspace>/board/swimlanes", endpoint="swimlanes")
def redirect_to_board() -> BaseResponse:
    """Lead from the address that the board in swimlanes had to the board."""
    parameters: dict[str, Any] = {"lanes": "unit"} | scope_parameters(request.args)
    return redirect(url_for("board.show", **parameters), 301)


def _unattended_count(db: Database, query: BoardQuery) -> int:
    """Return how many closed units and former people have open work; 0 to who does not hand it over."""
    if query.as_of or not g.person.roles.intersection(HANDING_OVER):
        return 0
    return len(unattended.leavers(db, g.reader))


def _kind_context(db: Database, workflow: Workflow) -> dict[str, Any]:
    """Return what the board calls its cards; for a register also its definition and number of entries."""
    is_register = bool(workflow.openers)
    return {
        "noun": NOUN if workflow.kind == TASK.kind else kind_noun(workflow.kind),
        "register": workflow if is_register else None,
        "add_url": _add_url(workflow) if is_register else "",
        "entry_count": items.item_numbers(db, g.reader).get(workflow.kind, 0) if is_register else 0,
    }


def _add_url(register: Workflow) -> str:
    """Return where the person writes an entry into a register, "" for who writes none.

    A finding has no place but its inspection.
    """
    if register.kind in INSPECTION_KINDS:
        is_opened_here = register.kind == AUDIT_KIND and AUDITOR in g.person.roles
        return url_for("inspections.new") if is_opened_here else ""
    is_writer = not g.person.roles.isdisjoint(register.writers)
    return url_for("registers.new_entry", kind=register.kind) if is_writer else ""


def filter_choices(db: Database, query: BoardQuery, *, all_states: bool = False) -> dict[str, Any]:
    """Return the choices of the filters, by name; that of the plan only if there are several plans.

    The states that have no column are offered where somebody asks for them.

    `kinds` are the core's kinds and the one that is shown; the other registers of which the person may read
    anything are listed by area. `mine` is offered to people who have a unit or are in charge of an item, and
    if it is already set.
    """
    areas = plans.areas(db, query.filters.plan) if query.filters.plan else []
    years = [(plan.id, str(plan.year)) for plan in plans.plans(db)]
    return {
        "plans": [*years, (ALL_PLANS, "Mọi năm")] if len(years) > 1 else [],
        "areas": [(area.code, f"{area.code}. {area.title}") for area in areas],
        "units": _unit_choices(db, query),
        "officers": _officer_choices(db, query),
        "states": [
            (state.name, state.title)
            for state in workflows.newest_workflow(db, query.filters.kind).states
            if all_states or state.lane
        ],
        "divisions": [(lanes, f"Theo {title.lower()}") for lanes, title in LANES.items()],
        "dues": [(due, words) for due, words in DUE.items() if due != "asked" or _can_be_extended(db, query)],
        "mine": query.mine or g.person.unit is not None or queries.is_in_charge(db, g.person.id),
        **_kind_choices(db, query),
    }


def _unit_choices(db: Database, query: BoardQuery) -> list[tuple[str, str]]:
    """Return the active units, and the closed ones that have work of the kind and plan that are shown."""
    units = directory.units(db)
    is_needed = any(not unit.active for unit in units)
    leading = unattended.holders(db, "lead", query.filters) if is_needed else set()
    return [
        (unit.id, unit.words) for unit in units if unit.active or unit.id in leading or unit.id == query.unit
    ]


def _officer_choices(db: Database, query: BoardQuery) -> list[tuple[str, str]]:
    """Return the people who do the work of the unit that is shown, or of all; former ones who have any."""
    people = directory.people(db)
    is_needed = any(not person.active for person in people)
    in_hand = unattended.holders(db, "holder", query.filters) if is_needed else set()
    unit = query.unit if query.unit != NONE else ""
    return [
        (person.id, person.words)
        for person in people
        if person.id == query.filters.officer
        or (person.active and person.roles & AT_WORK and unit in ("", person.unit))
        or (not person.active and person.id in in_hand)
    ]


def year_words(db: Database, query: BoardQuery) -> str:
    """Return which plan is shown: «Kế hoạch năm 2026», «Mọi năm»; "" while there is no plan."""
    plan = plans.find_plan(db, query.filters.plan)
    return f"Kế hoạch năm {plan.year}" if plan else "Mọi năm" if plans.plans(db) else ""


def _can_be_extended(db: Database, query: BoardQuery) -> bool:
    """Tell whether an extension can be requested for items of the kind that is shown."""
    steps = workflows.newest_workflow(db, query.filters.kind).transitions
    return any(step.event_class is ItemExtensionRequested for step in steps)


def _kind_choices(db: Database, query: BoardQuery) -> dict[str, Sequence[tuple[str, Any]]]:
    """Return the core's kinds and the one that is shown, and the other registers by area."""
    core = {definition.kind for definition in BUILT_IN} | {query.filters.kind}
    newest = [workflow for workflow in workflows.newest_workflows(db) if workflow.kind in g.reader.scopes]
    return {
        "kinds": [
            (workflow.kind, workflow.short or workflow.title) for workflow in newest if workflow.kind in core
        ],
        "registers": _registers_by_area(
            tuple((workflow.kind, workflow.title) for workflow in newest if workflow.kind not in core),
            areas_in_plan_order(db, g.ws.plugins, query.today),
            g.ws.plugins,
        ),
    }


@lru_cache(64)
def _registers_by_area(
    registers: tuple[tuple[str, str], ...], order: tuple[Area, ...], plugins: Plugins
) -> list[tuple[str, Registers]]:
    """Return the registers (kind, title) by area, in the given order; those of no known area come last.

    Cached, since every board shows them and sorting the titles takes longer than loading them.
    """
    in_order = sorted(registers, key=lambda register: search_key(register[1]))
    area_of = register_areas(plugins)
    places = [(area.title, area) for area in order] + [("Sổ khác", None)]
    groups = [
        (title, [register for register in in_order if area_of.get(register[0]) == area])
        for title, area in places
    ]
    return [(title, group) for title, group in groups if group]
