"""The board in rows, one for each area, unit or person, with the number of cards by row and column."""

from collections.abc import Mapping

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards.filters import NONE
from cchc_flow.projections.cards.queries import CardColumn
from cchc_flow.projections.cards.swimlanes import Swimlane, swimlanes
from cchc_flow.web.board import cards
from cchc_flow.web.board.query import BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import NOUN, year_words
from cchc_flow.workflow.definition import State
from cchc_flow.workflow.task import TASK

bp = Blueprint("swimlanes", __name__)
LANES: Mapping[str, str] = {"area": "Lĩnh vực", "unit": "Đơn vị", "person": "Người làm"}
"""What a row stands for, as the parameter `lanes` names it."""
PARAMETER = {"area": "area", "unit": "unit", "person": "officer"}
WITHOUT = {
    "area": "Không thuộc lĩnh vực nào",
    "unit": "Chưa giao cho đơn vị nào",
    "person": "Chưa ai nhận",
}


class CellView(msgspec.Struct, frozen=True):
    """The cards of one row in one column: how many, and the first of them."""

    state: State
    total: int
    cards: list[cards.CardView]


class SwimlaneView(msgspec.Struct, frozen=True):
    """A row as it is shown; `scope` is the filter of the board that has only this row."""

    title: str
    scope: dict[str, str]
    total: int
    cells: list[CellView]


@bp.get("/<workspace>/board/swimlanes")
def show() -> str:
    """Show the cards that match the filters of the URL in rows, by unit if it does not say by what.

    By unit or person each part stands in its own row, since a whole belongs to many.
    """
    query, by = parse_board_query(request.args, g.person, g.ws), request.args.get("lanes") or "unit"
    if by not in LANES:
        raise BadInput(f"Không chia hàng theo «{by[:20]}» được.", f"Hãy chọn: {', '.join(LANES.values())}.")
    filters = msgspec.structs.replace(query.filters, parts=query.filters.parts or by != "area")
    found = swimlanes(g.db, by, filters, query.today, at=query.at)
    rows = _rows(g.db, by, query, found)
    return render_template(
        "board/swimlanes.html",
        query=query,
        by=by,
        lanes=LANES,
        rows=rows,
        total=sum(row.total for row in rows),
        noun=NOUN if query.filters.kind == TASK.kind else "mục",
        scope=scope_parameters(request.args),
        year_words=year_words(g.db, query),
    )


show.section = "board"  # type: ignore[attr-defined]


def _rows(
    db: Database, by: str, query: BoardQuery, found: Mapping[str | None, Swimlane]
) -> list[SwimlaneView]:
    """Return the rows in the order of the plan or the directory; cards that belong to none come last."""
    context = cards.load_card_context(db, g.ws.plugins, query.today, query.at)
    states = workflows.newest_workflow(db, query.filters.kind).columns()
    titles = _titles(db, by, query)
    known = [key for key in titles if key in found]
    others = sorted(key for key in found if key is not None and key not in titles)
    return [
        SwimlaneView(
            title=titles.get(key, key) if key else WITHOUT[by],
            scope={PARAMETER[by]: key or NONE},
            total=sum(column.total for column in found[key].values()),
            cells=[_cell(state, found[key].get(state.name), context) for state in states],
        )
        for key in [*known, *others, *([None] if None in found else [])]
    ]


def _titles(db: Database, by: str, query: BoardQuery) -> dict[str, str]:
    """Return what the rows are called, in their order."""
    if by == "area":
        return {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, query.filters.plan)}
    if by == "unit":
        return {unit.id: unit.words for unit in directory.units(db)}
    return {person.id: person.words for person in directory.people(db)}


def _cell(state: State, column: CardColumn | None, context: cards.CardContext) -> CellView:
    """Return one cell; a row that has no cards in a column has an empty one."""
    if column is None:
        return CellView(state, 0, [])
    return CellView(state, column.total, [cards.card_view(card, context) for card in column.cards])
