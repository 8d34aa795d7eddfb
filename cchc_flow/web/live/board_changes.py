"""What changed on a board after a position of the log: its cards, its numbers, and who did it, in words."""

from collections.abc import Collection, Sequence

from flask import g, render_template, request

from cchc_flow.audit.words import SYSTEM, SYSTEM_ACTORS
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import changes
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.board.brief_names import short_person_name
from cchc_flow.web.board.cards import leaving_words, short_title
from cchc_flow.web.board.query import BoardQuery, parse_board_query
from cchc_flow.web.board.views import board_context
from cchc_flow.workflow.events import NAMES, ItemOpened
from cchc_flow.workflow.upcast import newest_name

OWN = frozenset({"page", "since", "day", "drawn", "item"})
"""The URL parameters by which a page asks for changes; the others are the board's."""
MOST_SENTENCES = 2
"""More changes than these are told in one sentence."""


def fragments(events: Sequence[RecordedEvent], since: int, *, is_whole: bool) -> str:
    """Return the fragments for the board that the request names by its filters.

    It is drawn as a whole when more than items changed, and for who may read a kind only in part: of what
    left such a board nothing may be said.
    """
    filters = {name: value for name, value in request.args.items() if name not in OWN}
    query = parse_board_query(filters, g.person, g.ws)
    others = [event for event in events if not event.type.startswith("item.")]
    if is_whole or others or query.filters.readable is not None:
        return render_template("live/_board.html", is_whole=True, **board_context(g.db, query))
    items = list({_item_of(event) for event in events})
    changed = changes.changed_cards(g.db, query.filters.kind, items, since)
    if not changed:
        return ""
    ids = [card.id for card in changed]
    before = changes.shown_items(g.db, query.filters, query.today, ids, since)
    now = changes.shown_items(g.db, query.filters, query.today, ids)
    told = [card for card in changed if not {card.id, card.parent}.isdisjoint(before | now)]
    return render_template(
        "live/_board.html",
        is_whole=False,
        gone=before - now,
        words=_sentences(events, told, before - now, query),
        **board_context(g.db, query, only=ids),
    )


def _item_of(event: RecordedEvent) -> str:
    return event.stream.removeprefix("item-")


def _sentences(
    events: Sequence[RecordedEvent], changed: Sequence[Card], gone: Collection[str], query: BoardQuery
) -> list[str]:
    """Return what others did to the cards, in one sentence each, or in one for all when they are many.

    Who asks is told nothing of the own acts.
    """
    cards = {card.id: card for card in changed}
    acts = {_item_of(event): event for event in events if event.actor != g.person.id}
    acts = {item: event for item, event in acts.items() if item in cards}
    if len(acts) <= MOST_SENTENCES:
        return [_sentence(event, cards[item], query, leaves=item in gone) for item, event in acts.items()]
    names = list(dict.fromkeys(_actor_name(event.actor) for event in acts.values()))
    who = names[0] if len(names) == 1 else f"{names[0]} và {len(names) - 1} người khác"
    return [f"{who} vừa cập nhật {len(acts)} việc trên bảng."]


def _sentence(event: RecordedEvent, card: Card, query: BoardQuery, *, leaves: bool) -> str:
    """Return what somebody did to a card: «T.T. Lan vừa chuyển III.2.4 sang «Chờ duyệt».»"""
    what = card.place or f"«{short_title(card.title)}»"
    act = f"cập nhật {what}"
    if newest_name(event.type) == NAMES[ItemOpened]:
        act = f"thêm {what}"
    elif event.data.get("to"):
        state = workflows.newest_workflow(g.db, card.kind).state(card.state)
        act = f"chuyển {what} sang «{state.title}»"
    sentence = f"{_actor_name(event.actor)} vừa {act}."
    return f"{sentence} {leaving_words(g.db, card, query)}".strip() if leaves else sentence


def _actor_name(actor: str) -> str:
    """Return the short name of who acted."""
    if actor in SYSTEM_ACTORS or actor.startswith((SYSTEM, "plugin:")):
        return "Hệ thống"
    return short_person_name(directory.names(g.db).get(actor, actor))
