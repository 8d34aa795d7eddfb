"""Answers a question: its hits a page at a time, each with who, when, about what, and the events behind.

Hits about an item that the reader may not read are left out, and are not counted: even that one is there
would tell something of the item. Whoever may not read everything is told so, whether there are such hits or
not.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache, partial
from itertools import islice

import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.questions.asking import Asking, Shelf, Teller
from cchc_flow.audit.questions.catalogue import Offered
from cchc_flow.audit.questions.of_plugins import plugin_shelf
from cchc_flow.audit.questions.parsing import Asked, default_values
from cchc_flow.audit.trail import UNREADABLE
from cchc_flow.audit.words import event_type_title
from cchc_flow.errors import NotFound
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.runner import position
from cchc_flow.projections.signs.rows import Key, Sign
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.shares import MOST_COUNTED
from cchc_flow.workspace import Workspace

PAGE_SIZE = 50
BATCH_SIZE = 500
"""So many hits are looked for at a time where all of them are wanted."""
MOST_LINKS = 12
"""So many of the events behind a hit, and of its items, are shown on a page."""
WITHHELD = "Trường hợp về những công việc mà bạn không được xem thì không liệt kê và không đếm ở đây."


class EventLink(msgspec.Struct, frozen=True):
    """An event behind a hit: where it stands, and its type in words."""

    position: int
    title: str


class ShownHit(msgspec.Struct, frozen=True, kw_only=True):
    """One hit as it is shown; `time` is that of the event at its `position`.

    `items` and `behind` are the ids of all its items and the positions of all events behind it; `cards` and
    `links` tell more of some of them.
    """

    position: int
    time: str
    who: str
    unit: str
    words: str
    items: tuple[str, ...]
    behind: tuple[int, ...]
    cards: tuple[Card, ...]
    more_cards: int
    links: tuple[EventLink, ...]
    more_links: int


class Answer(msgspec.Struct, frozen=True):
    """A page of hits; `total` is more than MOST_COUNTED when they were not all counted.

    `after` is where the next page begins, None on the last one; `remarks` are sentences to know beside it.
    """

    hits: tuple[ShownHit, ...]
    total: int
    after: Key | None
    remarks: tuple[str, ...]


def load_answer(
    ws: Workspace, offered: Offered, asked: Asked, reader: Reader | None, limit: int = PAGE_SIZE
) -> Answer:
    """Return a page of the answer to a question, as of the position of the read models."""
    with ExitStack() as stores:
        asking = _asking(ws, asked, stores)
        shelves = _shelves(offered, asking)
        if reads_all(asking.db, reader):
            found = list(islice(_in_order(shelves, asked.after, limit + 1), limit + 1))
            total = _count(shelves)
        else:
            asking.remarks.append(WITHHELD)
            is_readable = _readable_to(asking.db, reader)
            found = list(islice(filter(is_readable, _in_order(shelves, asked.after, limit + 1)), limit + 1))
            everything = filter(is_readable, _in_order(shelves, None, MOST_COUNTED))
            total = sum(1 for _ in islice(everything, MOST_COUNTED + 1))
        after = found[limit - 1].key if len(found) > limit else None
        hits = _put_into_words(asking, offered, found[:limit])
        return Answer(hits, total, after, tuple(asking.remarks))


def load_all_hits(
    ws: Workspace, offered: Offered, asked: Asked, reader: Reader | None, batch: int = BATCH_SIZE
) -> Iterator[ShownHit]:
    """Yield every hit of a question, from where it was asked on."""
    while True:
        answer = load_answer(ws, offered, asked, reader, limit=batch)
        yield from answer.hits
        if answer.after is None:
            return
        asked = replace(asked, after=answer.after)


def reads_all(db: Database, reader: Reader | None) -> bool:
    """Tell whether a reader may read every item."""
    return reader is None or all(reader.reads_all_of(one.kind) for one in workflows.newest_workflows(db))


def count_hits(ws: Workspace, offered: Offered) -> int | None:
    """Return how many hits a question has as it is offered, at most 1,001; None for one that takes longer.

    That is one whose answer rests on more than the index of the history. The number is for who reads all.
    """
    if offered.ready is None or not offered.ready.is_quick:
        return None
    with ExitStack() as stores:
        return _count(_shelves(offered, _asking(ws, Asked(default_values(offered.question)), stores)))


def _count(shelves: Sequence[Shelf]) -> int:
    return min(sum(shelf.count(MOST_COUNTED + 1) for shelf in shelves), MOST_COUNTED + 1)


def _in_order(shelves: Sequence[Shelf], after: Key | None, chunk: int) -> Iterator[Sign]:
    """Yield the hits of all shelves in order, from a key on; so many are looked for at a time."""
    while True:
        pages = [shelf.first(after, chunk) for shelf in shelves]
        signs = list(islice(heapq.merge(*pages, key=lambda sign: sign.key, reverse=True), chunk))
        yield from signs
        if len(signs) < chunk:
            return
        after = signs[-1].key


def _readable_to(db: Database, reader: Reader | None) -> Callable[[Sign], bool]:
    """Return what tells whether a reader may read every item of a hit."""

    @cache
    def is_hidden(item_id: str) -> bool:
        item = items.find_item(db, item_id)
        return item is not None and not may_read(db, reader, item)

    return lambda sign: not any(map(is_hidden, sign.items))


def _asking(ws: Workspace, asked: Asked, stores: ExitStack) -> Asking:
    db = ws.read()
    return Asking(
        ws=ws,
        db=db,
        history=ws.read_history(),
        given=asked.given,
        scope=asked.scope,
        upto=position(db),
        today=local_day(ws.now()),
        stores=stores,
        remarks=[],
    )


def _shelves(offered: Offered, asking: Asking) -> Sequence[Shelf]:
    if offered.ready:
        return offered.ready.shelves(asking)
    return [plugin_shelf(asking, offered.plugin, offered.question)]


def _put_into_words(asking: Asking, offered: Offered, signs: Sequence[Sign]) -> tuple[ShownHit, ...]:
    names = naming.all_names(asking.ws, asking.db)
    teller = Teller(asking.ws, asking.db, names)
    words = offered.ready.words if offered.ready else lambda sign, _: str(sign.data["words"])
    title = cache(partial(_event_title, asking.ws))
    return tuple(
        ShownHit(
            position=sign.position,
            time=sign.time,
            who=teller.person(sign.actor),
            unit=names.get(sign.unit or "", ""),
            words=words(sign, teller),
            items=tuple(sign.items),
            behind=tuple(sign.behind),
            cards=tuple(queries.cards_by_id(asking.db, sign.items[:MOST_LINKS])),
            more_cards=max(0, len(sign.items) - MOST_LINKS),
            links=tuple(EventLink(at, title(at)) for at in sign.behind[-MOST_LINKS:]),
            more_links=max(0, len(sign.behind) - MOST_LINKS),
        )
        for sign in signs
    )


def _event_title(ws: Workspace, at: int) -> str:
    try:
        return event_type_title(ws.log.event(at).type)
    except (NotFound, msgspec.MsgspecError):
        return UNREADABLE
