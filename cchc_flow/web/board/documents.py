"""Lists of work as files: what a list shows, and the letter that urges a unit on."""

from flask import Blueprint, Response, g, request

from cchc_flow.errors import BadInput
from cchc_flow.projections.cards import counts
from cchc_flow.reporting.minutes import minutes_draft
from cchc_flow.reporting.plan_document import plan_document
from cchc_flow.reporting.work_list import urging_letter, work_list
from cchc_flow.web.board.count_labels import FIGURE_TITLES, kind_noun
from cchc_flow.web.board.filter_words import conditions
from cchc_flow.web.board.listing_query import parse_figure
from cchc_flow.web.board.query import parse_board_query
from cchc_flow.web.http.downloads import send_document
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.shares import format_number

bp = Blueprint("documents", __name__)
MOST = 2_000
"""A list of more work than this is no document; it takes some ten seconds to set."""


@bp.get("/<workspace>/documents/work-list.<ending>")
def download_list(ending: str) -> Response:
    """Send the list that the URL's filters show, sorted by area and due day."""
    query = parse_board_query(request.args, g.person, g.ws)
    figure = parse_figure(request.args.get("figure", ""))
    rows = counts.rows_behind(g.db, figure, query.filters, query.today, at=query.at)
    if len(rows) > MOST:
        raise BadInput(
            f"Danh sách có {format_number(len(rows))} mục, quá dài cho một văn bản.",
            f"Hãy lọc bớt, còn không quá {format_number(MOST)} mục.",
        )
    noun = kind_noun(query.filters.kind)
    title = noun if figure == "total" else f"{noun} {FIGURE_TITLES[figure].lower()}"
    narrowing = "".join(f"; {one.sentence}" for one in conditions(g.db, query, request.args))
    cards = counts.cards_of_rows(g.db, rows)
    return send_document(work_list(g.ws, g.db, cards, title + narrowing, query.today), "danh-sach", ending)


@bp.get("/<workspace>/documents/urging-letter.<ending>")
def download_letter(ending: str) -> Response:
    """Send the draft of the letter to a unit whose tasks are late."""
    letter = urging_letter(g.ws, g.db, request.args.get("unit", ""), local_day(g.ws.now()))
    return send_document(letter, "cong-van-don-doc", ending)


@bp.get("/<workspace>/plans/<plan>/document.<ending>")
def download_plan(plan: str, ending: str) -> Response:
    """Send an adopted plan, set anew from what was taken over of its text."""
    return send_document(plan_document(g.ws, g.db, plan), f"ke-hoach-{plan}", ending)


@bp.get("/<workspace>/items/<item_id>/minutes.<ending>")
def download_minutes(item_id: str, ending: str) -> Response:
    """Send the draft of the minutes of what an entry tells of, such as a dialogue."""
    return send_document(minutes_draft(g.ws, g.db, item_id, g.reader), "bien-ban", ending)
