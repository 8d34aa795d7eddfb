"""The words of each event, for the full-text search of the history: its sentence, what was typed, its item.

They lie in a file of their own (`words-N.db`), as they are searched: without diacritics, in lower case. What
was erased is taken out of it when the event that erased it is folded, and SQLite overwrites what it deletes.
Whoever may not read an item finds none of its events, whatever is in here (`audit.found`). Of other items
that an event names only those texts are in here that stand in its own sentence.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.field_values import UNREADABLE_ITEM, field_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.erasures import find_erasure
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import ModelSet, trail_items, trail_terms, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.memory import PREFIXES, kept_at_position, newest_position
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import Models, position
from cchc_flow.projections.search import search_key
from cchc_flow.projections.trail_terms import SIZE, Positions
from cchc_flow.workflow.events import NAMES, ContentErased
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import place_words
from cchc_flow.workflow.policy import Actor
from cchc_flow.workspace import Workspace

PATIENCE = 2.0
"""For how many seconds a search waits for the events that are not indexed yet."""
WINDOW = 10_000
"""How many events with the words are looked at for one page."""
FEW = 1_000
"""So many events are asked one by one whether they have the words."""
LONGEST_TEXT = 200_000
"""Of a text that was typed so many bytes are indexed."""
NOBODY = Reader(Actor(""), {})
"""Who may read nothing: to nobody a field tells the title of another item."""
KEPT_OUT = ("access.", "content.", "log.")
"""The families of events whose typed texts are not indexed: from where somebody signed in, why contents were
erased, what was searched for."""


class Hits(msgspec.Struct, frozen=True):
    """Events that have the words: none older than `oldest` was looked at; 1 when all were."""

    positions: Positions
    oldest: int


class EventWords:
    """The model of the file: a row of words for each event of a workspace."""

    SCHEMA = """
    CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'unicode61 remove_diacritics 0');
    INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def fold(self, db: Database, event: RecordedEvent) -> None:
        """Add the words of an event; take out those of a content that it erases."""
        db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", [event.position, self._text(event)])
        if event.type.startswith(NAMES[ContentErased].partition("/")[0]):
            self._take_out(db, event)

    def _take_out(self, db: Database, erasure: RecordedEvent) -> None:
        """Write the words of the events that refer to an erased content without it."""
        db.execute("PRAGMA secure_delete = ON")
        history = self._ws.read_history()
        for place in trail_items.positions_of_content(history, erasure.data["digest"]):
            if place < erasure.position:
                text = self._text(self._ws.log.event(place), without_erased=True)
                db.execute("UPDATE words SET text = ? WHERE rowid = ?", [text, place])

    def _text(self, event: RecordedEvent, *, without_erased: bool = False) -> str:
        """Return the words of an event as they are searched."""
        return search_key("\n".join(self._texts(event, without_erased=without_erased)))

    def _texts(self, event: RecordedEvent, *, without_erased: bool) -> Iterator[str]:
        db, item = self._ws.read(), None
        if event.stream.startswith("item-"):
            item = items.find_item(db, event.stream.removeprefix("item-"))
        names = self._names(db, item)
        yield event_sentence(event, names if item else naming.names_for_event(db, event, names))
        if item is not None:
            yield f"{place_words(item.ref, item.period)} {item.title} {names.get(item.unit or '', '')}"
            values = field_values(self._ws, db, event, names, NOBODY)
            yield from (f"{value.title}: {value.words}" for value in values if value.words != UNREADABLE_ITEM)
        yield from typed_texts(self._ws, event, without_erased=without_erased)

    def _names(self, db: Database, item: Item | None) -> dict[str, str]:
        """Return the names for the sentences of an item's events, or of others, by its workflow.

        They are made anew only when one of them may have changed.
        """
        stamp = tuple(newest_position(db, family) for family in PREFIXES)
        key = (EventWords, item.kind, item.workflow) if item else EventWords

        def compute() -> dict[str, str]:
            if item is None:
                return naming.all_names(self._ws, db)
            titles = naming.workflow_titles(workflows.workflow(db, item.kind, item.workflow))
            return {**self._names(db, None), **titles}

        names: dict[str, str] = kept_at_position(db, key, stamp, compute)
        return names


def typed_texts(ws: Workspace, event: RecordedEvent, *, without_erased: bool = False) -> Iterator[str]:
    """Yield what was typed with an event as far as it is searched, and the names of its files."""
    for content in trail_items.contents_in(event.data) if not event.type.startswith(KEPT_OUT) else ():
        if not content["media_type"].startswith("text/plain") or content["size"] > LONGEST_TEXT:
            continue
        if without_erased and find_erasure(ws.log, content["digest"]):
            continue
        with suppress(NotFound, LogBroken):  # erased, or damaged, which the verification tells
            yield ws.vault.load(content["digest"]).decode(errors="replace")


def read_words(ws: Workspace) -> Database:
    """Return the index, with the events that could be folded within some seconds."""
    return _models(ws).read()


def rebuild_index(ws: Workspace) -> None:
    """Begin a new index in the place of the old one; it is filled when somebody searches."""
    _models(ws).rebuild()


def _models(ws: Workspace) -> Models:
    return ws.other_models(ModelSet("words", (EventWords(ws),), decides=False, patience=PATIENCE))


def find_words(ws: Workspace, words: str, among: Positions, *, upto: int, few: bool) -> Hits:
    """Return the events up to a position that have all the words.

    If they are to be `among` few others, these are asked one by one; else the newest that have the words are
    looked at, however many more there are.
    """
    db, query = read_words(ws), match_query(words)
    if few:
        asked = list(trail_terms.oldest_first(among, upto))
        sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
        rows = db.execute(sql, [query, json.dumps(asked)]).fetchall()
        return Hits(trail_terms.those_of(rowid for (rowid,) in rows), 1)
    sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
    found = [rowid for (rowid,) in db.execute(sql, [query, upto, WINDOW]).fetchall()]
    return Hits(trail_terms.those_of(found), found[-1] if len(found) == WINDOW else 1)


def all_with_words(ws: Workspace, words: str) -> Positions:
    """Return all events that have the words, block by block as they are asked for."""
    db, query = read_words(ws), match_query(words)

    def bits(block: int) -> int:
        sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        rows = db.execute(sql, [query, block * SIZE, (block + 1) * SIZE - 1]).fetchall()
        return trail_terms.those_of(rowid for (rowid,) in rows)(block)

    return bits


def indexed_upto(ws: Workspace) -> int:
    """Return the position up to which words can be found."""
    return position(read_words(ws))


def match_query(words: str) -> str:
    """Return the FTS5 query for typed words: each must be there, those in quotation marks side by side."""
    return " ".join(f'"{term}"' for term in terms_of(words))


def terms_of(words: str) -> list[str]:
    """Return the words to find as they are in the index; those that stand side by side are one.

    These are the words in quotation marks, and what is joined without a space ("III.1.2").
    """
    quoted = search_key(words).split('"')
    phrases = [part for index, part in enumerate(quoted) if index % 2]
    single = [word for index, part in enumerate(quoted) if not index % 2 for word in part.split()]
    terms = (" ".join(re.findall(r"[^\W_]+", term)) for term in (*single, *phrases))
    return list(filter(None, terms))


def fill_index(ws: Workspace) -> None:
    """Fold all events that are not indexed yet, so that nobody waits who searches."""
    newest = ws.log.size()
    while indexed_upto(ws) < newest:
        pass
