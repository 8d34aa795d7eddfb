"""The items behind any figure of any scope, as of any day: a table, a hundred lines to a page."""

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.queries import NONE, Card, Filters, due_badge
from cchc_flow.web.board.count_labels import FIGURE_TITLES, kind_noun
from cchc_flow.web.board.query import DUE, BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge, local_day

bp = Blueprint("listing", __name__)
ITEMS_PER_PAGE = 100


class ItemRow(msgspec.Struct, frozen=True):
    """One item as the table shows it."""

    card: Card
    unit: str
    period: str
    state: str
    badge: Badge


@bp.get("/<workspace>/items")
def index() -> str:
    """Show the items that a figure of the URL's scope counts, sorted by due day."""
    asked = parse_board_query(request.args, g.person, g.ws)
    figure, page = (
        _parse_figure(request.args.get("figure", "")),
        _parse_page_number(request.args.get("page", "")),
    )
    db = g.ws.read()
    found = counts.cards_behind(db, figure, asked.filters, asked.today, at=asked.at)
    shown = found[(page - 1) * ITEMS_PER_PAGE : page * ITEMS_PER_PAGE]
    return render_template(
        "listing/index.html",
        asked=asked,
        figure=figure,
        titles=FIGURE_TITLES,
        noun=kind_noun(asked.filters.kind),
        register=_register_title(db, asked.filters.kind),
        total=len(found),
        lines=_item_rows(db, asked, shown),
        page=page,
        pages=max(1, -(-len(found) // ITEMS_PER_PAGE)),
        scope=scope_parameters(request.args),
        narrowing=_filter_words(db, asked),
        query=request.args,
        last_day=local_day(g.ws.now()),
        periods=_period_choices(db, asked),
        **filter_choices(db, asked),
    )


index.section = "overview"  # type: ignore[attr-defined]


def _register_title(db: Database, kind: str) -> str:
    """Return the title of a register, "" for a kind that is none."""
    workflow = workflows.newest_workflow(db, kind)
    return workflow.title if workflow.openers else ""


def _parse_figure(words: str) -> str:
    if words and words not in counts.FIGURES:
        raise BadInput(f"Không có số liệu «{words[:40]}».", "Hãy mở lại từ trang Tổng quan.")
    return words or "total"


def _parse_page_number(words: str) -> int:
    if words and not (words.isascii() and words.isdigit() and 0 < len(words) < 7 and int(words)):
        raise BadInput(f"Không có trang «{words[:20]}».", "Hãy mở lại từ trang Tổng quan.")
    return int(words or 1)


def _item_rows(db: Database, asked: BoardQuery, shown: list[Card]) -> list[ItemRow]:
    units = {unit.id: unit.name for unit in directory.units(db)}
    states = workflows.state_titles(db)
    soon = settings.effective_settings(db, asked.at).deadlines.soon
    return [
        ItemRow(
            card,
            units.get(card.lead or "", card.lead or ""),
            periods.parse(card.period).words() if card.period else "",
            states.get((card.kind, card.state), card.state),
            due_badge(card, asked.today, soon),
        )
        for card in shown
    ]


def _period_choices(db: Database, asked: BoardQuery) -> list[tuple[str, str]]:
    """Return the periods that the kind's items have, for the filter to offer."""
    scope = Filters(kind=asked.filters.kind, plan=asked.filters.plan)
    known = filter(None, counts.counts_by(db, "period", scope, asked.today, at=asked.at))
    return [(one.name, one.words()) for one in sorted(map(periods.parse, known))]


def _filter_words(db: Database, asked: BoardQuery) -> list[str]:
    """Return in words what narrows the list, each filter by itself."""
    filters = asked.filters
    areas = {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, filters.plan)}
    names = directory.names(db)
    found = [
        f"Lĩnh vực: {areas.get(filters.area, 'không thuộc lĩnh vực nào')}" if filters.area else "",
        f"Đơn vị: {names.get(filters.unit, 'chưa giao')}" if filters.unit else "",
        f"Người phụ trách: {names.get(filters.officer, '')}" if filters.officer else "",
        f"Kỳ: {_period_words(filters.period)}" if filters.period else "",
        f"Hạn: {DUE[filters.due].lower()}" if filters.due else "",
        f"Tìm: «{filters.words}»" if filters.words else "",
    ]
    return [one for one in found if one]


def _period_words(words: str) -> str:
    return "không theo kỳ" if words == NONE else periods.parse(words).words()
