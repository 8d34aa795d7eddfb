"""Responses to commands: to htmx the card in its place, the counters and a message; else a redirect."""

from urllib.parse import parse_qsl

from flask import Response, flash, g, make_response, render_template, url_for
from markupsafe import Markup

from cchc_flow.commands import Loaded, Outcome
from cchc_flow.errors import BadInput, CchcError, ItemMoved, NotFound, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.board import cards, columns
from cchc_flow.web.board.query import BoardQuery, parse_board_query
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.receipts import with_receipt
from cchc_flow.web.me import work
from cchc_flow.workflow.decide import can_undo, find_step_to
from cchc_flow.workflow.definition import Transition


def step_response(outcome: Outcome, step: Transition) -> Response:
    """Return the response to a step that was taken, whether it moved the item or not."""
    loaded = outcome.after
    if outcome.receipt is None:
        return _success_response(loaded, f"Không có gì thay đổi ở «{_title(loaded)}».", loaded.item.state)
    if step.to:
        return move_response(loaded, _state_before(outcome), outcome.receipt.first, step)
    words = f"Đã ghi «{step.title}» cho «{_title(loaded)}»."
    return _success_response(loaded, with_receipt(words, outcome.receipt.first), loaded.item.state, step)


def move_response(loaded: Loaded, came_from: str, position: int, step: Transition | None = None) -> Response:
    """Return the response to a move that brought the item from the state `came_from`, by an event."""
    state = loaded.workflow.state(loaded.item.state).title
    words = with_receipt(f"Đã chuyển «{_title(loaded)}» sang «{state}».", position)
    return _success_response(loaded, words, came_from, step)


def undo_response(outcome: Outcome) -> Response:
    """Return the response to an undoing."""
    loaded = outcome.after
    state = loaded.workflow.state(loaded.item.state).title
    words = f"Đã hoàn tác: «{_title(loaded)}» trở lại «{state}»."
    if outcome.receipt:
        words = with_receipt(words, outcome.receipt.first)
    return _success_response(loaded, words, _state_before(outcome))


def refusal_response(loaded: Loaded, wanted: str | None, error: CchcError) -> Response:
    """Return the response to a refused command: why, and the card where it is; raise the error without htmx.

    When somebody else moved the item, it offers to bring it to `wanted` all the same, if that is allowed.
    """
    if not htmx.wants_fragment():
        raise error
    still = wanted if isinstance(error, ItemMoved) and wanted and _can_reach(loaded, wanted) else None
    toast = render_template("items/_refused.html", error=error, item=loaded.item, still=still)
    return make_response(toast + card_fragments(loaded), status_of(error))


def card_fragments(loaded: Loaded) -> str:
    """Return the fragments that put a card where it is and set every counter; "" for a plain page."""
    if not htmx.wants_fragment():
        return ""
    g.db = g.ws.read()
    if work.is_shown():
        return work.fragments()
    card = queries.card(g.db, loaded.item.id)
    board, states = shown_board(), [state.name for state in loaded.workflow.columns()]
    leaves = not queries.is_shown(g.db, card, board.filters, board.today)
    return _board_fragments(card, board, states, leaves=leaves)


def shown_board() -> BoardQuery:
    """Return the query of the board from which the request came, whose filters the counters follow."""
    query = htmx.current_page().query
    try:
        return parse_board_query(dict(parse_qsl(query)), g.person, g.ws)
    except (BadInput, NotFound):
        return parse_board_query({}, g.person, g.ws)


def _success_response(loaded: Loaded, words: str, came_from: str, step: Transition | None = None) -> Response:
    """Return the response with a message: fragments for htmx, else a redirect to the item's page.

    After a decision on the work of others the message leads on to the next one that waits.
    """
    g.db = g.ws.read()
    if work.is_shown():
        return make_response(_done_toast(words, loaded) + work.fragments())
    message = _with_next_decision(words) if step is not None and step.four_eyes else words
    if not htmx.wants_fragment():
        flash(message, "lasting" if message != words else "message")
        return htmx.see_other(url_for("items.show", item_id=loaded.item.id))
    board, card = shown_board(), queries.card(g.db, loaded.item.id)
    leaves = not queries.is_shown(g.db, card, board.filters, board.today)
    why = cards.leaving_words(g.db, card, board) if leaves else ""
    toast = _done_toast(message, loaded, why)
    lanes = {loaded.workflow.state(name).lane for name in (came_from, loaded.item.state)}
    return make_response(toast + _board_fragments(card, board, sorted(lanes - {""}), leaves=leaves))


def _with_next_decision(words: str) -> str:
    """Return a message that also links to the next decision that waits for the person, if one does."""
    line = work.next_decision()
    if line is None:
        return words
    return Markup(render_template("items/_next.html", words=words, card=line.card, step=line.steps[0]))  # noqa: S704  # nosec B704


def _done_toast(words: str, loaded: Loaded, leaving: str = "") -> str:
    """Return the fragment that says what was done, and why a card leaves, with an offer to take it back."""
    return render_template(
        "items/_done.html",
        words=words,
        item=loaded.item,
        may_undo=can_undo(loaded.item, directory.actor(g.db, g.person.id), g.ws.now()),
        leaving=leaving,
    )


def _board_fragments(card: Card, board: BoardQuery, states: list[str], *, leaves: bool) -> str:
    """Return the fragments of a card and of counters; a card that `leaves` the board is removed."""
    return render_template(
        "items/_place.html",
        card=cards.card_view(card, cards.load_card_context(g.db, g.ws.plugins, board.today)),
        cell=columns.cell_of_card(g.db, card, board),
        numbers=columns.changed_numbers(g.db, board, card.id, states),
        leaves=leaves,
    )


def _can_reach(loaded: Loaded, state: str) -> bool:
    """Tell whether the person who asks can bring the item into a state."""
    try:
        find_step_to(loaded.workflow, loaded.item, state, directory.actor(g.db, g.person.id))
    except Refusal:
        return False
    return True


def _state_before(outcome: Outcome) -> str:
    return (outcome.before or outcome.after).item.state


def _title(loaded: Loaded) -> str:
    return cards.short_title(loaded.item.title)
