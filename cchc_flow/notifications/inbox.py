"""A person's inbox: the notices of events that concern the person, newest first, each as a sentence."""

import msgspec
from sqlite_utils import Database

from cchc_flow.accounts import Accounts
from cchc_flow.audit import naming
from cchc_flow.audit.item_history import typed_texts
from cchc_flow.audit.sentences import event_sentence_at_the_time
from cchc_flow.audit.trail import UNREADABLE
from cchc_flow.errors import NotFound
from cchc_flow.projections import notices, settings
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.notices import TITLES, Notice
from cchc_flow.workspace import Workspace

LIMIT = 50


class InboxEntry(msgspec.Struct, frozen=True):
    """One notice: when its event was recorded, its kind in Vietnamese, its item, if any, with its lead.

    `texts` are those that were typed with the event, as (title, text), such as why work came back.
    """

    position: int
    time: str
    kind: str
    sentence: str
    item: Card | None
    lead: str
    is_new: bool
    texts: tuple[tuple[str, str], ...] = ()


class InboxPage(msgspec.Struct, frozen=True):
    """A page of entries, how many are unread in all, and where the next page begins (None: nowhere)."""

    entries: tuple[InboxEntry, ...]
    unread: int
    before: int | None


def count_unread(db: Database, accounts: Accounts, person: str) -> int:
    """Return how many notices of a person are unread."""
    return notices.count_notices(db, person, accounts.personal.last_read_position(person))


def newest_position(db: Database, person: str) -> int:
    """Return the position of a person's newest notice, 0 if there is none."""
    return notices.newest_position(db, person)


def inbox_page(ws: Workspace, accounts: Accounts, person: str, before: int | None = None) -> InboxPage:
    """Return the newest notices of a person, or the newest before a position."""
    db, last_read = ws.read(), accounts.personal.last_read_position(person)
    newest = notices.notices(db, person, before=before, limit=LIMIT + 1)
    names = naming.all_names(ws, db)
    entries = tuple(
        _entry(ws, db, notice, names, is_new=notice.position > last_read) for notice in newest[:LIMIT]
    )
    before = newest[LIMIT - 1].position if len(newest) > LIMIT else None
    return InboxPage(entries, notices.count_notices(db, person, last_read), before)


def _entry(ws: Workspace, db: Database, notice: Notice, names: dict[str, str], *, is_new: bool) -> InboxEntry:
    """Return the entry of a notice; an event that cannot be read has the sentence `UNREADABLE`."""
    item = queries.card(db, notice.item) if notice.item else None
    lead = names.get(item.lead, item.lead) if item and item.lead else ""
    try:
        event = ws.log.event(notice.position)
    except (NotFound, msgspec.MsgspecError):
        return InboxEntry(notice.position, "", TITLES[notice.kind], UNREADABLE, item, lead, is_new)
    rules = settings.effective_settings(db, notice.position)
    sentence = event_sentence_at_the_time(event, naming.names_for_event(db, event, names), rules)
    texts = tuple(typed_texts(ws, event, names))
    return InboxEntry(
        notice.position, event.recordedtime, TITLES[notice.kind], sentence, item, lead, is_new, texts
    )
