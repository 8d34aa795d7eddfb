"""Erasing contents, everywhere: the vault, and what was made of them; and what of an event can be erased."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from cchc_flow.audit.erasure import erasure_words
from cchc_flow.audit.event_words import read_words
from cchc_flow.audit.evidence import evidence_name, evidence_of
from cchc_flow.audit.item_history import TYPED_TITLES, typed_words
from cchc_flow.audit.questions.file_marks import forget_file
from cchc_flow.commands.erasure import Grounds, erase_contents, find_frozen
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.trail_items import contents_in
from cchc_flow.workspace import Workspace

WORDS = "words"
SHOWN = 300
"""How much of a text is shown to who erases it."""


class ErasableContent(msgspec.Struct, frozen=True):
    """A content to which an event refers: what it is, how it begins, and what keeps it, "" for nothing."""

    digest: str
    title: str
    words: str
    hindrance: str


def erase_everywhere(ws: Workspace, digests: Sequence[str], grounds: Grounds, order: Order) -> list[str]:
    """Erase contents as `erase_contents` does, and from the search of the history; return the new ones."""
    new = erase_contents(ws, digests, grounds, order)
    for digest in digests:
        forget_file(ws, digest)
    if (ws.folder / f"{WORDS}.current").exists():  # else nothing was ever read for the search
        with suppress(sqlite3.Error, OSError):  # it is made again, or goes on, when somebody searches
            db = read_words(ws)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # the words are in the WAL as well
    return new


def erasable_contents(ws: Workspace, event: RecordedEvent, names: Mapping[str, str]) -> list[ErasableContent]:
    """Return the contents to which an event refers, each once, files before their names."""
    found: dict[str, ErasableContent] = {}
    for digest, title, words in _contents(ws, event, names):
        hindrance = erasure_words(ws, digest) or find_frozen(ws, digest) or ""
        found.setdefault(digest, ErasableContent(digest, title, words[:SHOWN], hindrance))
    return list(found.values())


def _contents(
    ws: Workspace, event: RecordedEvent, names: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the digest of each content with its title and how it begins."""
    for file in evidence_of([event]):
        name = evidence_name(ws, file)
        yield file.content.digest, f"Tệp «{name}»", ""
        yield file.name.digest, f"Tên tệp «{name}»", ""
    for key, value in event.data.items():
        if key != "evidence":
            yield from _texts(ws, key, value, names)


def _texts(ws: Workspace, key: str, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the typed texts in a value of an event's data; others by their type alone."""
    inner = (
        value.items()
        if key in ("texts", "passages", "remarks") and isinstance(value, dict)
        else [(key, value)]
    )
    for name, part in inner:
        title = TYPED_TITLES.get(name) or names.get(f"field:{name}") or "Nội dung"
        for content in contents_in(part):
            is_text = content["media_type"].startswith("text/plain")
            yield content["digest"], title if is_text else "Tệp", typed_words(ws, content) if is_text else ""
