"""The board: one column for each state, now or as of any day, and the next page of a column."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Blueprint, Response, g, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow.commands.workspace_setup import BUILT_IN
from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import register_areas
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards import counts, items, queries
from cchc_flow.projections.search import search_key
from cchc_flow.web.board import cards
from cchc_flow.web.board.area_order import areas_in_plan_order
from cchc_flow.web.board.count_labels import kind_noun
from cchc_flow.web.board.query import ALL_PLANS, DUE, BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.http import htmx
from cchc_flow.workflow.calendar import STANDINGS, local_day
from cchc_flow.workflow.definition import State, Transition, Workflow
from cchc_flow.workflow.events import NAMES, ItemExtensionRequested
from cchc_flow.workflow.policy import OPENERS, who_may
from cchc_flow.workflow.task import TASK

bp = Blueprint("board", __name__)
FOLDED_FILTERS = ("plan", "area", "unit", "due", "mine", "as_of")
"""The filters that a phone folds away; the words stand before them."""

NOUN = "công việc"
"""What the cards of a plan's tasks are called: those that are done in parts count once."""
Registers = list[tuple[str, str]]


class ColumnView(msgspec.Struct, frozen=True):
    """A column as it is drawn; `more` is the address of its next cards, `advice` what an empty one says."""

    state: State
    total: int
    cards: list[cards.CardView]
    more: str
    advice: str


@bp.get("/<workspace>/board")
def show() -> str:
    """Show the board that the URL asks for, or only its columns to htmx."""
    db, asked = g.ws.read(), parse_board_query(request.args, g.person, g.ws)
    workflow = workflows.newest_workflow(db, asked.filters.kind)
    states = workflow.columns()
    found = queries.columns(db, [state.name for state in states], asked.filters, asked.today, at=asked.at)
    desk = cards.load_card_context(db, g.ws.plugins, asked.today, asked.at)
    columns = [
        _column_view(state, one, desk, empty_advice(workflow, state.name))
        for state, one in zip(states, found, strict=True)
    ]
    shown = {"asked": asked, "columns": columns, "total": sum(column.total for column in columns)}
    shown |= {"filters_on": sum(bool(request.args.get(name)) for name in FOLDED_FILTERS)}
    shown |= {"counts": counts.counts(db, asked.filters, asked.today, at=asked.at)}
    shown |= {
        "standings": STANDINGS,
        "scope": scope_parameters(request.args),
        "last_day": local_day(g.ws.now()),
    }
    shown |= _kind_context(db, workflow)
    if htmx.wants_fragment():
        return render_template("board/_update.html", **shown, is_fragment=True)
    return render_template("board/show.html", **shown, **filter_choices(db, asked), query=request.args)


@bp.get("/<workspace>/board/columns/<state>")
def column(state: str) -> str:
    """Show the next cards of one column: a page of its own, or list items to htmx."""
    db, asked = g.ws.read(), parse_board_query(request.args, g.person, g.ws)
    place = workflows.newest_workflow(db, asked.filters.kind).state(state)
    after = request.args.get("after") or None
    found = queries.column(db, state, asked.filters, asked.today, at=asked.at, after=after)
    desk = cards.load_card_context(db, g.ws.plugins, asked.today, asked.at)
    drawn = _column_view(place, found, desk, "")
    return htmx.page_or_fragment(
        "board/column.html", "board/_cards.html", column=drawn, asked=asked, is_past=bool(asked.as_of)
    )


@bp.get("/<workspace>/board/areas.css")
def areas_css() -> Response:
    """Return the colours of the areas, as their plugins choose them."""
    sheet = Response(cards.style_sheet(g.ws.plugins), mimetype="text/css")
    sheet.headers["Cache-Control"] = "private, max-age=300"
    return sheet


def empty_advice(workflow: Workflow, state: str) -> str:
    """Return what brings an item into a state, and who may do it."""
    ways = [step for step in workflow.transitions if step.to == state]
    if state == workflow.initial and workflow.kind == "task":
        return "Việc mới của kế hoạch vào đây: đầu mối CCHC nhập kế hoạch hoặc thêm công việc."
    if state == workflow.initial and workflow.openers:
        return f"Mục mới vào đây khi {' hoặc '.join(OPENERS[one] for one in workflow.openers)} ghi vào sổ."
    if state == workflow.initial:
        return "Việc mới vào đây khi đến kỳ, theo lịch."
    return _step_advice(ways[0]) if ways else ""


def _step_advice(step: Transition) -> str:
    if step.by == ("plugin",):
        return f"Hệ thống tự đưa mục vào đây theo quy tắc của lĩnh vực («{step.title}»)."
    return f"Việc vào đây khi {who_may(step)} chọn «{step.title}»."


def _kind_context(db: Database, workflow: Workflow) -> dict[str, Any]:
    """Return what the board calls its cards, and for a register how many entries it has in all."""
    is_register = bool(workflow.openers)
    return {
        "noun": NOUN if workflow.kind == TASK.kind else kind_noun(workflow.kind),
        "register": workflow if is_register else None,
        "known": items.item_numbers(db).get(workflow.kind, 0) if is_register else 0,
    }


def _column_view(state: State, found: queries.CardColumn, desk: cards.CardContext, advice: str) -> ColumnView:
    drawn = [cards.card_view(card, desk) for card in found.cards]
    return ColumnView(state, found.total, drawn, _next_cards_url(found), advice)


def _next_cards_url(found: queries.CardColumn) -> str:
    if found.after is None:
        return ""
    query = urlencode(scope_parameters(request.args) | {"after": found.after})
    return f"{url_for('board.column', state=found.state)}?{query}"


def filter_choices(db: Database, asked: BoardQuery) -> dict[str, Any]:
    """Return what the filters offer; the plan only where there are several.

    `kinds` are the core's own and the one that is shown; the other registers are a list by area. What is
    `mine` is offered to whom has a unit or a task in charge, and to whom asked for it.
    """
    areas = plans.areas(db, asked.filters.plan) if asked.filters.plan else []
    known = [(plan.id, str(plan.year)) for plan in plans.plans(db)]
    return {
        "plans": [*known, (ALL_PLANS, "Mọi năm")] if len(known) > 1 else [],
        "areas": [(area.code, f"{area.code}. {area.title}") for area in areas],
        "units": [(unit.id, unit.name) for unit in directory.units(db) if unit.active],
        "dues": [(due, words) for due, words in DUE.items() if due != "asked" or _can_be_extended(db, asked)],
        "mine": asked.mine or g.person.unit is not None or queries.is_in_charge(db, g.person.id),
        **_kind_choices(db, asked.filters.kind),
    }


def _can_be_extended(db: Database, asked: BoardQuery) -> bool:
    """Tell whether the work that is shown can have its due day put off."""
    steps = workflows.newest_workflow(db, asked.filters.kind).transitions
    return any(step.event == NAMES[ItemExtensionRequested] for step in steps)


def _kind_choices(db: Database, shown: str) -> dict[str, Sequence[tuple[str, Any]]]:
    core = {definition.kind for definition in BUILT_IN} | {shown}
    known = workflows.newest_workflows(db)
    return {
        "kinds": [(one.kind, one.short or one.title) for one in known if one.kind in core],
        "registers": _registers_by_area(
            tuple((one.kind, one.title) for one in known if one.kind not in core),
            areas_in_plan_order(db, g.ws.plugins),
            g.ws.plugins,
        ),
    }


@lru_cache(64)
def _registers_by_area(
    registers: tuple[tuple[str, str], ...], order: tuple[Area, ...], plugins: Plugins
) -> list[tuple[str, Registers]]:
    """Return the registers below the titles of their areas, in this order; those of no known one come last.

    Every board shows them; folding their titles each time took longer than reading them.
    """
    in_order = sorted(registers, key=lambda one: search_key(one[1]))
    own = register_areas(plugins)
    places = [(area.title, area) for area in order] + [("Sổ khác", None)]
    groups = [(title, [one for one in in_order if own.get(one[0]) == area]) for title, area in places]
    return [(title, listed) for title, listed in groups if listed]
