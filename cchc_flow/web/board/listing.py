"""The items behind a figure of the overview, as of any day: a table with 100 rows to a page."""

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.queries import NONE, Card, Filters, due_badge, mark_words
from cchc_flow.web.board.count_labels import FIGURE_TITLES, kind_noun
from cchc_flow.web.board.query import DUE, BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices, year_words
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge, local_day

bp = Blueprint("listing", __name__)
ITEMS_PER_PAGE = 100


class ItemRow(msgspec.Struct, frozen=True):
    """One row of the table: an item with its unit, period and state in words."""

    card: Card
    unit: str
    period: str
    state: str
    badge: Badge
    mark: str


@bp.get("/<workspace>/items")
def index() -> str:
    """Show the items that a figure counts within the URL's filters, sorted by due day."""
    query = parse_board_query(request.args, g.person, g.ws)
    figure, page = (
        _parse_figure(request.args.get("figure", "")),
        _parse_page_number(request.args.get("page", "")),
    )
    db = g.db
    matches = counts.cards_behind(db, figure, query.filters, query.today, at=query.at)
    page_cards = matches[(page - 1) * ITEMS_PER_PAGE : page * ITEMS_PER_PAGE]
    return render_template(
        "listing/index.html",
        query=query,
        figure=figure,
        titles=FIGURE_TITLES,
        noun=kind_noun(query.filters.kind),
        year_words=year_words(db, query),
        register=_register_title(db, query.filters.kind),
        total=len(matches),
        rows=_item_rows(db, query, page_cards),
        page=page,
        pages=max(1, -(-len(matches) // ITEMS_PER_PAGE)),
        scope=scope_parameters(request.args),
        narrowing=_filter_words(db, query),
        url_args=request.args,
        last_day=local_day(g.ws.now()),
        periods=_period_choices(db, query),
        **filter_choices(db, query, with_officers=True, all_states=True),
    )


index.section = "overview"  # type: ignore[attr-defined]


def _register_title(db: Database, kind: str) -> str:
    """Return the title of a register, "" for a kind that is not a register."""
    workflow = workflows.newest_workflow(db, kind)
    return workflow.title if workflow.openers else ""


def _parse_figure(words: str) -> str:
    """Return the name of a figure, "total" for an empty string; raise BadInput."""
    if words and words not in counts.FIGURES:
        raise BadInput(f"Không có số liệu «{words[:40]}».", "Hãy mở lại từ trang Tổng quan.")
    return words or "total"


def _parse_page_number(words: str) -> int:
    """Return the number of the page, 1 for an empty string; raise BadInput."""
    if words and not (words.isascii() and words.isdigit() and 0 < len(words) < 7 and int(words)):
        raise BadInput(f"Không có trang «{words[:20]}».", "Hãy mở lại từ trang Tổng quan.")
    return int(words or 1)


def _item_rows(db: Database, query: BoardQuery, shown_cards: list[Card]) -> list[ItemRow]:
    """Return the rows of the table for these cards."""
    units = {unit.id: unit.words for unit in directory.units(db)}
    states = workflows.state_titles(db)
    soon = settings.effective_settings(db, query.at).deadlines.soon
    return [
        ItemRow(
            card,
            units.get(card.lead or "", card.lead or ""),
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


def _filter_words(db: Database, query: BoardQuery) -> list[str]:
    """Return each active filter in words, for the heading of the list."""
    filters = query.filters
    areas = {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, filters.plan)}
    names = directory.marked_names(db)
    sentences = [
        f"Lĩnh vực: {areas.get(filters.area, 'không thuộc lĩnh vực nào')}" if filters.area else "",
        f"Đơn vị: {names.get(filters.unit, 'chưa giao')}" if filters.unit else "",
        f"Người phụ trách: {names.get(filters.officer, '')}" if filters.officer else "",
        f"Kỳ: {_period_words(filters.period)}" if filters.period else "",
        f"Bước: {workflows.state_titles(db)[filters.kind, filters.state]}" if filters.state else "",
        f"Hạn: {DUE[filters.due].lower()}" if filters.due else "",
        f"Tìm: «{filters.words}»" if filters.words else "",
    ]
    return list(filter(None, sentences))


def _period_words(words: str) -> str:
    """Return a period in words; NONE stands for items without one."""
    return "không theo kỳ" if words == NONE else periods.parse(words).words()
