"""The columns of a board and its swimlanes as they are shown; a board that is not divided is one swimlane.

A column has a cell for each swimlane. The elements of a cell are found by its name, which is that of the
state, followed by the swimlane's on a board that is divided.
"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import msgspec
from flask import g, request, url_for
from sqlite_utils import Database

from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import queries, stand_ins, swimlanes
from cchc_flow.projections.cards.filters import NONE
from cchc_flow.projections.cards.queries import Card, CardColumn
from cchc_flow.projections.cards.swimlanes import PARAMETERS, Swimlane
from cchc_flow.web.board import cards
from cchc_flow.web.board.query import BoardQuery, scope_parameters
from cchc_flow.web.plans.assigning import ASSIGNING
from cchc_flow.workflow.definition import State, Transition, Workflow
from cchc_flow.workflow.hands import INSPECTION_KINDS
from cchc_flow.workflow.policy import OPENERS, who_may

WITHOUT = {
    "area": "Không thuộc lĩnh vực nào",
    "unit": "Chưa giao cho đơn vị nào",
    "person": "Chưa ai nhận",
}
"""What the swimlane of work without an area, a unit or a person is called."""


class SwimlaneView(msgspec.Struct, frozen=True):
    """A swimlane as it is shown; that of a board that is not divided has no name, title or URL.

    `name` is the value of the filter that shows it alone, which is what its `url` does. There is none for who
    is away or has left: that filter also finds the work that others do meanwhile.
    """

    name: str = ""
    title: str = ""
    total: int = 0
    url: str = ""


UNDIVIDED = SwimlaneView()


class CellView(msgspec.Struct, frozen=True):
    """The cards of one column in one swimlane as they are shown; `next_url` is that of the next ones."""

    name: str
    swimlane: SwimlaneView
    total: int
    cards: list[cards.CardView]
    next_url: str


class ColumnView(msgspec.Struct, frozen=True):
    """A column as it is shown; `advice` is the text of an empty one.

    `assign_url` leads to where its tasks are given out as the plan suggests, if the person may do that.
    """

    state: State
    total: int
    cells: list[CellView]
    advice: str
    assign_url: str


def column_views(
    db: Database, query: BoardQuery, workflow: Workflow, only: Sequence[str] | None = None
) -> list[ColumnView]:
    """Return the columns as they are shown, each cell with its first cards, or with those of some items."""
    states, filters, today = workflow.columns(), query.filters, query.today
    names = [state.name for state in states]
    if only is None:
        found = swimlanes.swimlanes(db, query.lanes, names, filters, today, at=query.at)
    else:
        found = swimlanes.changed_swimlanes(db, query.lanes, names, filters, today, only)
    shown = _shown_swimlanes(db, query, found)
    context = cards.load_card_context(db, g.ws.plugins, today, query.at)
    return [
        _column_view(
            state,
            [(view, one.columns[place]) for view, one in shown],
            context,
            empty_advice(workflow, state.name),
        )
        for place, state in enumerate(states)
    ]


def _shown_swimlanes(
    db: Database, query: BoardQuery, found: Sequence[Swimlane]
) -> list[tuple[SwimlaneView, Swimlane]]:
    """Return the swimlanes in the order of the plan or the directory; that of work of none comes last."""
    if not query.lanes:
        return [(UNDIVIDED, one) for one in found]
    titles, by_key = _titles(db, query), {one.key: one for one in found}
    others = sorted(key for key in by_key if key is not None and key not in titles)
    in_order = [by_key[key] for key in [*titles, *others, None] if key in by_key]
    scope = {name: value for name, value in scope_parameters(request.args).items() if name != "lanes"}
    absent = stand_ins.absentees(db, query.today) if query.lanes == "person" and query.at is None else ()
    return [
        (_swimlane_view(one, query.lanes, titles, None if one.key in absent else scope), one)
        for one in in_order
    ]


def _titles(db: Database, query: BoardQuery) -> dict[str, str]:
    """Return what the swimlanes are called by their keys, in their order."""
    if query.lanes == "area":
        return {area.code: f"{area.code}. {area.title}" for area in plans.areas(db, query.filters.plan)}
    if query.lanes == "unit":
        return {unit.id: unit.words for unit in directory.units(db)}
    return {person.id: person.words for person in directory.people(db)}


def _swimlane_view(
    one: Swimlane, by: str, titles: Mapping[str, str], scope: Mapping[str, str] | None
) -> SwimlaneView:
    """Return a swimlane as it is shown; without a `scope` for its URL it has none."""
    name = one.key or NONE
    return SwimlaneView(
        name=name,
        title=titles.get(name, name) if one.key else WITHOUT[by],
        total=sum(column.total for column in one.columns),
        url="" if scope is None else f"{url_for('board.show')}?{urlencode({**scope, PARAMETERS[by]: name})}",
    )


def _column_view(
    state: State,
    parts: Sequence[tuple[SwimlaneView, CardColumn]],
    context: cards.CardContext,
    advice: str,
) -> ColumnView:
    """Return a column with its part of each swimlane."""
    return ColumnView(
        state,
        sum(column.total for _, column in parts),
        [cell_view(column, context, swimlane) for swimlane, column in parts],
        advice,
        _assign_url(card for _, column in parts for card in column.cards),
    )


def cell_view(column: CardColumn, context: cards.CardContext, swimlane: SwimlaneView = UNDIVIDED) -> CellView:
    """Return the cards of a column of a swimlane as they are shown."""
    return CellView(
        name=_cell_name(column.state, swimlane.name),
        swimlane=swimlane,
        total=column.total,
        cards=[cards.card_view(card, context) for card in column.cards],
        next_url=_next_cards_url(column, swimlane),
    )


def _cell_name(state: str, swimlane: str) -> str:
    return f"{state}.{swimlane}" if swimlane else state


def _next_cards_url(column: CardColumn, swimlane: SwimlaneView) -> str:
    """Return the URL of the next cards of a column of a swimlane, "" if there are none."""
    if column.after is None:
        return ""
    scope = scope_parameters(request.args)
    if swimlane.name:
        scope[PARAMETERS[scope["lanes"]]] = swimlane.name
    parameters = urlencode(scope | {"after": column.after})
    return f"{url_for('board.column', state=column.state)}?{parameters}"


def cell_of_card(db: Database, card: Card, query: BoardQuery) -> str:
    """Return the name of the cell in which a card is on a board."""
    if not query.lanes:
        return card.lane
    return _cell_name(card.lane, swimlanes.latest_swimlanes(db, query.lanes, card.id, query.today)[0] or NONE)


def changed_numbers(db: Database, query: BoardQuery, item: str, states: Sequence[str]) -> dict[str, int]:
    """Return the numbers of a board after a step of an item, by the ids of their elements.

    They are those of the columns of some states and, on a board that is divided, of the swimlanes in which
    the item is and was.
    """
    numbers = {
        f"n-{state}": queries.count_cards(db, state, query.filters, query.today, at=query.at)
        for state in states
    }
    if not query.lanes:
        return numbers
    for key in swimlanes.latest_swimlanes(db, query.lanes, item, query.today):
        found = swimlanes.swimlane_numbers(db, query.lanes, key, query.filters, query.today)
        numbers |= {f"n-{_cell_name(state, key or NONE)}": found.get(state, 0) for state in states}
        numbers[f"s-{key or NONE}"] = sum(found.values())
    return numbers


def empty_advice(workflow: Workflow, state: str) -> str:
    """Return the sentence in an empty column: how items get into this state, and who does it."""
    steps = [step for step in workflow.transitions if step.to == state]
    if state == workflow.initial and workflow.kind == "task":
        return "Việc mới của kế hoạch vào đây: đầu mối CCHC nhập kế hoạch hoặc thêm công việc."
    if state == workflow.initial and workflow.kind in INSPECTION_KINDS:
        return "Mục mới vào đây khi cán bộ kiểm tra ghi ở trang Cuộc kiểm tra."
    if state == workflow.initial and workflow.writers:
        return (
            f"Mục mới vào đây khi {' hoặc '.join(OPENERS[opener] for opener in workflow.writers)} ghi vào sổ."
        )
    if state == workflow.initial:
        return "Việc mới vào đây khi đến kỳ, theo lịch."
    return _step_advice(steps[0]) if steps else ""


def _step_advice(step: Transition) -> str:
    """Return the sentence that says by which step, and by whom, items get into a state."""
    if step.by == ("plugin",):
        return f"Hệ thống tự đưa mục vào đây theo quy tắc của lĩnh vực («{step.title}»)."
    return f"Việc vào đây khi {who_may(step)} chọn «{step.title}»."


def _assign_url(column_cards: Iterable[Card]) -> str:
    """Return where tasks are given out as their plan suggests; "" to who does not, or if there are none."""
    if g.person.roles.isdisjoint(ASSIGNING) or request.args.get("as_of"):
        return ""
    plan = next((card.plan for card in column_cards if card.suggested_lead and card.plan), None)
    return url_for("assigning.show", plan=plan) if plan else ""
