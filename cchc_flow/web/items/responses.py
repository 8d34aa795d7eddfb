"""What a command answers: the card in its true place, the counters and a sentence; or the item's page."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Response, flash, g, make_response, render_template, request, url_for

from cchc_flow.commands import Loaded, Outcome
from cchc_flow.errors import BadInput, CchcError, ItemMoved, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.board import cards
from cchc_flow.web.board.query import BoardQuery, parse_board_query
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.workflow.decide import can_undo, find_step_to
from cchc_flow.workflow.definition import Transition


def step_response(outcome: Outcome, step: Transition) -> Response:
    """Return what a step that was taken answers."""
    now = outcome.after
    if outcome.receipt is None:
        return _success_response(now, f"Không có gì thay đổi ở «{_title(now)}».", now.item.state)
    if step.to:
        return move_response(now, _state_before(outcome))
    return _success_response(now, f"Đã ghi «{step.title}» cho «{_title(now)}».", now.item.state)


def move_response(now: Loaded, came_from: str) -> Response:
    """Return what a move answers."""
    state = now.workflow.state(now.item.state).title
    return _success_response(now, f"Đã chuyển «{_title(now)}» sang «{state}».", came_from)


def undo_response(outcome: Outcome) -> Response:
    """Return what an undoing answers."""
    now = outcome.after
    state = now.workflow.state(now.item.state).title
    return _success_response(now, f"Đã hoàn tác: «{_title(now)}» trở lại «{state}».", _state_before(outcome))


def refusal_response(now: Loaded, wanted: str | None, error: CchcError) -> Response:
    """Return why not, with the card in its true place; after a conflict offer to move on, if allowed."""
    if not htmx.wants_fragment():
        raise error
    still = wanted if isinstance(error, ItemMoved) and wanted and _can_reach(now, wanted) else None
    toast = render_template("items/_refused.html", error=error, item=now.item, still=still)
    return make_response(toast + card_fragments(now), status_of(error))


def card_fragments(now: Loaded) -> str:
    """Return the fragments that put a card where it is, and every counter right; nothing for a plain page."""
    if not htmx.wants_fragment():
        return ""
    g.db = g.ws.read()
    card = queries.card(g.db, now.item.id)
    return _board_fragments(card, shown_board(), [state.name for state in now.workflow.columns()])


def shown_board() -> BoardQuery:
    """Return what the board asks from which the request came: its counters follow its filters."""
    query = urlsplit(request.headers.get("HX-Current-URL", "")).query
    try:
        return parse_board_query(dict(parse_qsl(query)), g.person, g.ws)
    except BadInput:
        return parse_board_query({}, g.person, g.ws)


def _success_response(now: Loaded, words: str, came_from: str) -> Response:
    if not htmx.wants_fragment():
        flash(words)
        return htmx.see_other(url_for("items.show", item_id=now.item.id))
    g.db = g.ws.read()
    board, card = shown_board(), queries.card(g.db, now.item.id)
    leaves = not queries.is_shown(g.db, card, board.filters, board.today)
    toast = render_template(
        "items/_done.html",
        words=words,
        item=now.item,
        may_undo=can_undo(now.item, directory.actor(g.db, g.person.id), g.ws.now()),
        leaves=leaves,
    )
    lanes = {now.workflow.state(name).lane for name in (came_from, now.item.state)}
    return make_response(toast + _board_fragments(card, board, sorted(lanes - {""})))


def _board_fragments(card: Card, board: BoardQuery, states: list[str]) -> str:
    """Return the card where it is, or its leave when the filters of the board no longer show it."""
    counts: dict[str, Any] = {
        state: queries.count_cards(g.db, state, board.filters, board.today, at=board.at) for state in states
    }
    leaves = not queries.is_shown(g.db, card, board.filters, board.today)
    view = cards.card_view(card, cards.load_card_context(g.db, g.ws.plugins, board.today))
    return render_template("items/_place.html", card=view, counts=counts, leaves=leaves)


def _can_reach(now: Loaded, state: str) -> bool:
    try:
        find_step_to(now.workflow, now.item, state, directory.actor(g.db, g.person.id))
    except Refusal:
        return False
    return True


def _state_before(outcome: Outcome) -> str:
    return (outcome.before or outcome.after).item.state


def _title(now: Loaded) -> str:
    return cards.short_title(now.item.title)
