"""A person's inbox: what happened that concerns the person, newest first, each as a sentence."""

import msgspec
from sqlite_utils import Database

from cchc_flow.accounts import Accounts
from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence_at_the_time
from cchc_flow.audit.trail import UNREADABLE
from cchc_flow.errors import NotFound
from cchc_flow.projections import notices, settings
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.notices import KINDS, Notice
from cchc_flow.workspace import Workspace

LIMIT = 50


class InboxEntry(msgspec.Struct, frozen=True):
    """One notice: when it was recorded, its kind in words, the item that it leads to and who leads that."""

    position: int
    time: str
    kind: str
    sentence: str
    item: Card
    lead: str
    is_new: bool


class InboxPage(msgspec.Struct, frozen=True):
    """Some lines, how many are unread in all, and the position before which the next ones lie."""

    lines: tuple[InboxEntry, ...]
    unread: int
    before: int | None


def count_unread(db: Database, accounts: Accounts, person: str) -> int:
    """Return how many notices of a person are unread."""
    return notices.count_notices(db, person, accounts.personal.last_read_position(person))


def newest_position(db: Database, person: str) -> int:
    """Return the position of a person's newest notice, 0 when there is none."""
    return notices.newest_position(db, person)


def page(ws: Workspace, accounts: Accounts, person: str, before: int | None = None) -> InboxPage:
    """Return the newest notices of a person, those before a position if one is given."""
    db, read = ws.read(), accounts.personal.last_read_position(person)
    found = notices.notices(db, person, before=before, limit=LIMIT + 1)
    names = naming.all_names(ws, db)
    lines = tuple(_line(ws, db, one, names, is_new=one.position > read) for one in found[:LIMIT])
    more = found[LIMIT - 1].position if len(found) > LIMIT else None
    return InboxPage(lines, notices.count_notices(db, person, read), more)


def _line(ws: Workspace, db: Database, notice: Notice, names: dict[str, str], *, is_new: bool) -> InboxEntry:
    item = queries.card(db, notice.item)
    lead = names.get(item.lead, item.lead) if item.lead else ""
    try:
        event = ws.log.event(notice.position)
    except (NotFound, msgspec.MsgspecError):
        return InboxEntry(notice.position, "", KINDS[notice.kind], UNREADABLE, item, lead, is_new)
    rules = settings.effective_settings(db, notice.position)
    words = event_sentence_at_the_time(event, naming.names_for_event(db, event, names), rules)
    return InboxEntry(notice.position, event.recordedtime, KINDS[notice.kind], words, item, lead, is_new)
