"""The board: one column for each state, now or as of any day, and the next page of a column."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Blueprint, Response, g, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow.projections import board, directory, plans, workflows
from cchc_flow.web import cards, htmx
from cchc_flow.web.areas import known_areas
from cchc_flow.web.questions import DUE, question
from cchc_flow.workflow.definition import State, Workflow
from cchc_flow.workflow.policy import who_may

bp = Blueprint("board", __name__)
FOLDED = ("area", "unit", "due", "mine", "as_of")
"""The filters that a phone folds away; the words stand before them."""
PARAMETERS = ("kind", *FOLDED, "words")


class Column(msgspec.Struct, frozen=True):
    """A column as it is drawn; `more` is the address of its next cards, `advice` what an empty one says."""

    state: State
    total: int
    cards: list[cards.Drawn]
    more: str
    advice: str


@bp.get("/<workspace>/board")
def show() -> str:
    """Show the board that the URL asks for, or only its columns to htmx."""
    db, asked = g.ws.read(), question(request.args, g.person, g.ws)
    workflow = workflows.newest(db, asked.filters.kind)
    states = workflow.columns()
    found = board.columns(db, [state.name for state in states], asked.filters, asked.today, at=asked.at)
    desk = cards.desk(db, known_areas(), asked.today, asked.at)
    columns = [
        _column(state, one, desk, empty_advice(workflow, state.name))
        for state, one in zip(states, found, strict=True)
    ]
    shown = {"asked": asked, "columns": columns, "total": sum(column.total for column in columns)}
    shown |= {"filters_on": sum(bool(request.args.get(name)) for name in FOLDED)}
    if htmx.wants_fragment():
        return render_template("board/_update.html", **shown, is_fragment=True)
    return render_template("board/show.html", **shown, **_choices(db), query=request.args)


@bp.get("/<workspace>/board/columns/<state>")
def column(state: str) -> str:
    """Show the next cards of one column: a page of its own, or list items to htmx."""
    db, asked = g.ws.read(), question(request.args, g.person, g.ws)
    place = workflows.newest(db, asked.filters.kind).state(state)
    after = request.args.get("after") or None
    found = board.column(db, state, asked.filters, asked.today, at=asked.at, after=after)
    drawn = _column(place, found, cards.desk(db, known_areas(), asked.today, asked.at), "")
    return htmx.page_or_fragment(
        "board/column.html", "board/_cards.html", column=drawn, asked=asked, is_past=bool(asked.as_of)
    )


@bp.get("/<workspace>/board/areas.css")
def areas_css() -> Response:
    """Return the colours of the areas, as their plugins choose them."""
    sheet = Response(cards.style_sheet(known_areas()), mimetype="text/css")
    sheet.headers["Cache-Control"] = "private, max-age=300"
    return sheet


def empty_advice(workflow: Workflow, state: str) -> str:
    """Return what brings an item into a state, and who may do it."""
    ways = [step for step in workflow.transitions if step.to == state]
    if state == workflow.initial and workflow.kind == "task":
        return "Việc mới của kế hoạch vào đây: đầu mối CCHC nhập kế hoạch hoặc thêm công việc."
    if state == workflow.initial:
        return "Việc mới vào đây khi đến kỳ, theo lịch."
    return f"Việc vào đây khi {who_may(ways[0])} chọn «{ways[0].title}»." if ways else ""


def _column(state: State, found: board.Column, desk: cards.Desk, advice: str) -> Column:
    drawn = [cards.drawn(card, desk) for card in found.cards]
    return Column(state, found.total, drawn, _more(found), advice)


def _more(found: board.Column) -> str:
    if found.after is None:
        return ""
    same = {name: request.args[name] for name in PARAMETERS if request.args.get(name)}
    query = urlencode(same | {"after": found.after})
    return f"{url_for('board.column', state=found.state)}?{query}"


def _choices(db: Database) -> dict[str, Any]:
    """Return what the filters offer."""
    newest = next(iter(plans.plans(db)), None)
    areas = plans.areas(db, newest.id) if newest else []
    return {
        "areas": [(area.code, f"{area.code}. {area.title}") for area in areas],
        "units": [(unit.id, unit.name) for unit in directory.units(db) if unit.active],
        "dues": list(DUE.items()),
        "kinds": list(workflows.kinds(db).items()),
    }
