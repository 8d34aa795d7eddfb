"""A person's inbox: the notices of events that concern the person, newest first, each as a sentence."""

from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.accounts import Accounts
from cchc_flow.audit import naming
from cchc_flow.audit.item_history import typed_texts
from cchc_flow.audit.law_changes import law_texts
from cchc_flow.audit.sentences import event_sentence_at_the_time
from cchc_flow.audit.trail import UNREADABLE
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import notices, settings
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.notices import LAW_CHANGED, TITLES, Notice
from cchc_flow.workspace import Workspace

LIMIT = 50


class InboxEntry(msgspec.Struct, frozen=True):
    """One notice: when its event was recorded, its kind in Vietnamese, its item, if any, with its lead.

    `texts` are those that were typed with the event, as (title, text), such as why work came back. `is_new`
    holds while it is open and was not read, `is_settled` once its matter is. One about changed law is settled
    by reading, and names the `plugin` whose page tells more.
    """

    position: int
    time: str
    kind: str
    sentence: str
    item: Card | None
    lead: str
    is_new: bool
    is_settled: bool = False
    texts: tuple[tuple[str, str], ...] = ()
    plugin: str = ""


class InboxPage(msgspec.Struct, frozen=True):
    """A page of entries by item, newest first; how many are unread in all; where the next page begins.

    Each group has the entries about one item. The next page begins before the position `before` (None: there
    is none).
    """

    groups: tuple[tuple[InboxEntry, ...], ...]
    unread: int
    before: int | None


class ReadMarks(msgspec.Struct, frozen=True):
    """How far a person has read: all notices up to a position, and those of single items further."""

    all: int
    items: Mapping[str, int]

    def has_read(self, item: str, position: int) -> bool:
        """Tell whether a notice about an item ("": none) has been read."""
        return position <= max(self.all, self.items.get(item, 0))

    def settles(self, notice: Notice) -> bool:
        """Tell whether reading has settled a notice, as it does where law has changed."""
        return notice.kind == LAW_CHANGED and self.has_read(notice.item, notice.position)


def read_marks(accounts: Accounts, person: str) -> ReadMarks:
    """Return how far a person has read."""
    return ReadMarks(*accounts.personal.read_positions(person))


def count_unread(db: Database, person: str, marks: ReadMarks) -> int:
    """Return how many open notices a person has not read: how many are still for this person."""
    return len(_unread(db, person, marks))


def _unread(db: Database, person: str, marks: ReadMarks) -> list[tuple[str, int]]:
    rows = notices.open_positions(db, person, marks.all)
    return [(item, position) for item, position in rows if not marks.has_read(item, position)]


def mark_item_read(db: Database, accounts: Accounts, person: str, item: str, marks: ReadMarks) -> None:
    """Mark the notices of an item as read, as somebody opened it; nothing is written when none is unread."""
    positions = [position for one, position in _unread(db, person, marks) if one == item]
    if positions:
        accounts.personal.mark_item_read(person, item, max(positions))


def newest_position(db: Database, person: str) -> int:
    """Return the position of a person's newest notice, 0 if there is none."""
    return notices.newest_position(db, person)


def inbox_page(
    ws: Workspace, accounts: Accounts, person: str, before: int | None = None, *, everything: bool = False
) -> InboxPage:
    """Return the newest open notices of a person, or the newest before a position; or those settled, too."""
    db, marks = ws.read(), read_marks(accounts, person)
    newest = notices.notices(db, person, before=before, limit=LIMIT + 1, only_open=not everything)
    names = naming.all_names(ws, db)
    shown = [notice for notice in newest[:LIMIT] if everything or not marks.settles(notice)]
    events = ws.log.readable_events({notice.position for notice in shown})
    groups: dict[str, list[InboxEntry]] = {}
    for notice in shown:
        entry = _entry(ws, notice, events.get(notice.position), names, marks)
        groups.setdefault(notice.item or f"notice-{notice.position}", []).append(entry)
    before = newest[LIMIT - 1].position if len(newest) > LIMIT else None
    return InboxPage(tuple(map(tuple, groups.values())), len(_unread(db, person, marks)), before)


def _entry(
    ws: Workspace, notice: Notice, event: RecordedEvent | None, names: dict[str, str], marks: ReadMarks
) -> InboxEntry:
    """Return the entry of a notice; an event that cannot be read (None) has the sentence `UNREADABLE`."""
    db = ws.read()
    plugin = notice.item.removeprefix("plugin-") if notice.kind == LAW_CHANGED else ""
    item = queries.card(db, notice.item) if notice.item and not plugin else None
    lead = names.get(item.lead, item.lead) if item and item.lead else ""
    is_settled = notice.closed is not None or marks.settles(notice)
    is_new = not is_settled and not marks.has_read(notice.item, notice.position)
    kind = TITLES[notice.kind]
    if event is None:
        return InboxEntry(notice.position, "", kind, UNREADABLE, item, lead, is_new, is_settled)
    rules = settings.effective_settings(db, notice.position)
    sentence = event_sentence_at_the_time(event, naming.names_for_event(db, event, names), rules)
    texts = law_texts(db, event) if plugin else tuple(typed_texts(ws, event, names))
    return InboxEntry(
        notice.position, event.recordedtime, kind, sentence, item, lead, is_new, is_settled, texts, plugin
    )
