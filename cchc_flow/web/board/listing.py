"""The items behind a figure of the overview, as of any day: a table with 100 rows to a page."""

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.commands.bulk_steps import MOST
from cchc_flow.documents.files import FORMATS
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card, due_badge, mark_words
from cchc_flow.reporting.ageing import WAITED
from cchc_flow.reporting.work_list import late_tasks
from cchc_flow.web.board.count_labels import FIGURE_TITLES, kind_noun
from cchc_flow.web.board.filter_chips import FilterChip, filter_chips
from cchc_flow.web.board.listing_order import OrderingNames, parse_order, sort_rows
from cchc_flow.web.board.listing_query import parse_figure, parse_page_number
from cchc_flow.web.board.query import BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices, year_words
from cchc_flow.web.bulk.acts import acts_on
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge, local_day

bp = Blueprint("listing", __name__)
ITEMS_PER_PAGE = 100


class ItemRow(msgspec.Struct, frozen=True):
    """One row of the table: an item with its unit, period and state in words."""

    card: Card
    unit: str
    suggested: str
    period: str
    state: str
    badge: Badge
    mark: str


@bp.get("/<workspace>/items")
def index() -> str:
    """Show the items that a figure counts within the URL's filters, sorted by due day."""
    db, query = g.db, parse_board_query(request.args, g.person, g.ws)
    figure = parse_figure(request.args.get("figure", ""))
    page = parse_page_number(request.args.get("page", ""))
    order = parse_order(request.args.get("sort", ""))
    found = counts.rows_behind(db, figure, query.filters, query.today, at=query.at)
    matches = sort_rows(found, order, _ordering_names(db, query.filters.kind))
    page_rows = matches[(page - 1) * ITEMS_PER_PAGE : page * ITEMS_PER_PAGE]
    return render_template(
        "listing/index.html",
        query=query,
        figure=figure,
        titles=FIGURE_TITLES,
        noun=kind_noun(query.filters.kind),
        year_words=year_words(db, query),
        register=_register_title(db, query.filters.kind),
        total=len(matches),
        rows=_item_rows(db, query, counts.cards_of_rows(db, page_rows)),
        order=order,
        acts=[] if query.as_of else acts_on(query.filters.kind),
        most=MOST,
        page=page,
        pages=max(1, -(-len(matches) // ITEMS_PER_PAGE)),
        scope=scope_parameters(request.args) | ({"sort": request.args["sort"]} if order.column else {}),
        chips=_chips(db, query),
        url_args=request.args,
        has_years=len(plans.plans(db)) > 1,
        last_day=local_day(g.ws.now()),
        formats=FORMATS,
        urged_unit=_late_unit(db, query),
        periods=_period_choices(db, query),
        waits=list(WAITED.items()),
        **filter_choices(db, query, all_states=True),
    )


def _chips(db: Database, query: BoardQuery) -> list[FilterChip]:
    """Return the filters that are on; how a board is divided does not show in a list."""
    chips = filter_chips(db, query, request.args, keeping=("figure", "sort"))
    return [chip for chip in chips if chip.name not in ("parts", "lanes")]


index.section = "overview"  # type: ignore[attr-defined]


def _late_unit(db: Database, query: BoardQuery) -> directory.Unit | None:
    """Return the unit that the list is of, if it can be urged by a letter: some of its tasks are late."""
    unit = next((unit for unit in directory.units(db) if unit.id == query.filters.unit), None)
    is_now = unit is not None and query.filters.kind == "task" and not query.is_over
    return unit if unit and is_now and late_tasks(db, unit.id, query.today) else None


def _register_title(db: Database, kind: str) -> str:
    """Return the title of a register, "" for a kind that is not a register."""
    workflow = workflows.newest_workflow(db, kind)
    return workflow.title if workflow.openers else ""


def _ordering_names(db: Database, kind: str) -> OrderingNames:
    """Return the names and places by which rows are sorted: of units, and of the states of a kind."""
    states = workflows.newest_workflow(db, kind).states
    return OrderingNames(
        directory.marked_names(db), {state.name: place for place, state in enumerate(states)}
    )


def _item_rows(db: Database, query: BoardQuery, shown_cards: list[Card]) -> list[ItemRow]:
    """Return the rows of the table for these cards."""
    units = {unit.id: unit.words for unit in directory.units(db)}
    states = workflows.state_titles(db)
    soon = settings.effective_settings(db, query.at).deadlines.soon
    return [
        ItemRow(
            card,
            units.get(card.lead or "", card.lead or ""),
            units.get(card.suggested_lead or "", ""),
            periods.parse(card.period).words() if card.period else "",
            states.get((card.kind, card.state), card.state),
            due_badge(card, query.today, soon),
            mark_words(card),
        )
        for card in shown_cards
    ]


def _period_choices(db: Database, query: BoardQuery) -> list[tuple[str, str]]:
    """Return (name, words) of the periods that items of this kind have, for the filter."""
    filters = query.filters
    scope = Filters(kind=filters.kind, plan=filters.plan, readable=filters.readable)
    names = filter(None, counts.counts_by(db, "period", scope, query.today, at=query.at))
    return [(period.name, period.words()) for period in sorted(map(periods.parse, names))]
