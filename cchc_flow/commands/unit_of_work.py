"""A unit of work: what one order reads, as of one position of the log, and what it appends on top of that.

Contents go into the vault before their events go into the log. When another writer was faster, everything is
read and decided again.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.channels import PROGRAM
from cchc_flow.commands.contents import VaultWriter
from cchc_flow.commands.loading import Loaded, load_item_as_of, refuse_unreadable
from cchc_flow.commands.plugin_changes import note_plugins, unchanged_rules
from cchc_flow.errors import BadInput, Conflict, NotAllowed, Refusal
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.eventlog.refusals import refusals_in_words
from cchc_flow.plugin_host.facts import FactSource
from cchc_flow.plugin_host.rule_checks import OVERRIDE, gather_fields, refuse_missing_rules
from cchc_flow.projections import directory, reading, rules
from cchc_flow.projections.decision_context import decision_context
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import Data
from cchc_flow.workflow.item import SYSTEM, Item
from cchc_flow.workflow.policy import Actor
from cchc_flow.workspace import Workspace

TRIES = 3


class Order(msgspec.Struct, frozen=True):
    """Who gives a command, and the id by which the same command, given twice, is carried out once.

    A reaction names the event that caused it as `causation_id`, and that event's chain as `correlation_id`.
    `channel` is the way by which it came (see `channels`), `given` when, if that was not just now.
    """

    actor: str
    command_id: str
    causation_id: str | None = None
    correlation_id: str | None = None
    channel: str = PROGRAM
    given: datetime | None = None

    @property
    def is_system(self) -> bool:
        """Tell whether the machine gives it (its command line, set-up, clock or rules), and no person."""
        return self.actor.startswith(SYSTEM)


class NewEvents(msgspec.Struct, frozen=True):
    """Events to append to a stream at the version `expected`; without events that version is only checked."""

    stream: str
    expected: int
    events: tuple[Data, ...] = ()


class Commit(msgspec.Struct, frozen=True):
    """Changes to append, all or none, with the role and the unit in which the actor acts.

    Without changes nothing is appended.
    """

    changes: Sequence[NewEvents] = ()
    role: str | None = None
    unit: str | None = None


class UnitOfWork:
    """Reads each thing once for one order, and appends what was decided.

    A page reads through the unit of work as well, so that it and the command rest on the same position.
    `refresh` forgets what was read and goes on at the newest position. A page gives its `reader`, who may be
    somebody whom the directory does not know; without it whoever gives the order reads.
    """

    def __init__(self, ws: Workspace, order: Order, reader: Reader | None = None) -> None:
        self.ws, self.order, self._reader = ws, order, reader
        self._vault_writer = VaultWriter(ws.vault)
        self._forget()

    def _forget(self) -> None:
        self._db: Database | None = None
        self._position = 0
        self._items: dict[str, Loaded] = {}
        self._contexts: dict[str | None, DecisionContext] = {}
        self._fields: dict[tuple[str, str], tuple[Field, ...]] = {}

    @property
    def db(self) -> Database:
        """The read models, as of the position from which everything here is read."""
        if self._db is None:
            self._db = self.ws.read()
            self._position = position(self._db)
        return self._db

    def refresh(self) -> None:
        """Read everything anew from here on, as of the newest event."""
        self.ws.log.size()  # asked for, as what this process knows of may be older
        self.ws.renew()
        self._forget()

    def load(self, item_id: str) -> Loaded:
        """Return an item, its workflow and its events; raise NotFound."""
        if item_id not in self._items:
            self._items[item_id] = load_item_as_of(self.ws, self.db, item_id)
        return self._items[item_id]

    def read(self, item_id: str) -> Loaded:
        """Return an item to show it or act on it; raise NotFound if who gives the order may not read it."""
        loaded = self.load(item_id)
        reader = self._reader
        if reader is None and not self.order.is_system:
            reader = reading.reader_of(self.db, self.order.actor)
        return refuse_unreadable(self.db, loaded, reader)

    def version_of(self, stream: str) -> int:
        """Return the version of a stream as of the position that is read, to append on top of it."""
        return self.ws.log.version(stream, position(self.db))

    def actor(self) -> Actor:
        """Return who gives the order, with present roles and unit."""
        return directory.actor(self.db, self.order.actor)

    def require_actor(self) -> Actor:
        """Return who gives the order; raise NotAllowed for a person without any role."""
        actor = self.actor()
        if not actor.roles and not self.order.is_system:
            raise NotAllowed("Tài khoản của bạn chưa có vai trò nào.", "Hãy liên hệ quản trị.")
        return actor

    def today(self) -> date:
        """Return the local day."""
        return local_day(self.ws.now())

    def context(self, plan: str | None) -> DecisionContext:
        """Return what a decision about an item of a plan may know."""
        if plan not in self._contexts:
            self._contexts[plan] = decision_context(self.db, self.today(), plan)
        return self._contexts[plan]

    def gather_fields(self, loaded: Loaded, transition: Transition) -> tuple[Field, ...]:
        """Return the fields that plugins add to those of a step; raise RuleNotAsked when one cannot be asked.

        The last one is the reason that overrides a warning. There are none where no plugin is installed.
        """
        item = loaded.item
        if (item.id, transition.name) not in self._fields:
            source = self.fact_source()
            refuse_missing_rules(source, item.kind, transition.event_class, item)
            fields = gather_fields(source, item.kind, transition.name, item)
            self._fields[item.id, transition.name] = (*fields, OVERRIDE) if self.ws.plugins.about else ()
        return self._fields[item.id, transition.name]

    def fact_source(self, pending: Sequence[Item] = ()) -> FactSource:
        """Return where plugins find their facts when they are asked about this order (see `FactSource`)."""
        return self.ws.fact_source(pending=pending, actor=self.order.actor)

    def write(self, request: object, decide_commit: Callable[[], Commit]) -> Receipt | None:
        """Append what `decide_commit` returns, and return the receipt; None when nothing changes.

        `request` is the content of the order. An order that was carried out before is answered with its
        receipt, and nothing is decided; another order under the same id raises CommandReused. After a
        Conflict everything is read and decided again, three times in all. Raises NotRecorded when the machine
        cannot record now.
        """
        with refusals_in_words():
            return self._write(request, decide_commit)

    def _write(self, request: object, decide_commit: Callable[[], Commit]) -> Receipt | None:
        _refuse_reserved_id(self.order)
        digest = _command_digest(self.ws, self.order, request)
        if receipt := self.ws.log.find_receipt(self.order.command_id, digest):
            return receipt
        try:
            with self.ws.snapshot():
                receipt = self._decide_and_append(digest, decide_commit, is_new=self._db is None)
        except Refusal:  # perhaps because the same order, sent twice, was carried out in between
            if receipt := self.ws.log.find_receipt(self.order.command_id, digest):
                return receipt
            raise
        self.ws.renew()  # who reads on sees what was written
        return receipt

    def _decide_and_append(
        self, digest: bytes, decide_commit: Callable[[], Commit], *, is_new: bool
    ) -> Receipt | None:
        """Decide and append, at most three times; `is_new` says that nothing was read before the write began.

        What was read earlier is read again unless the log still ends where it did.
        """
        for remaining in reversed(range(TRIES)):
            if remaining < TRIES - 1 or not (is_new or self.ws.log.size() == self._position):
                self.refresh()
            if note_plugins(self.ws):  # nothing is decided under rules that the log does not know
                self.refresh()
            commit = decide_commit()
            if not commit.changes:
                return None
            changes = [self._draft_change(change) for change in commit.changes]
            try:
                receipt = self.ws.log.append(
                    [*changes, *unchanged_rules(self.db, changes)], self._meta(digest, commit)
                )
            except Conflict:
                if not remaining:
                    raise
            else:
                return receipt
        raise AssertionError("the last try either returned or raised")

    def _meta(self, digest: bytes, commit: Commit) -> Meta:
        order = self.order
        return Meta(
            actor=order.actor,
            time=order.given or self.ws.now(),
            command_id=order.command_id,
            command_digest=digest,
            unit=commit.unit,
            role=commit.role,
            correlation_id=order.correlation_id or order.command_id,
            causation_id=order.causation_id,
            channel=order.channel,
            rules=rules.latest_event_id(self.db),
        )

    def _draft_change(self, change: NewEvents) -> Change:
        """Return the change as the log takes it; typed words and files are in the vault by then."""
        return Change(
            change.stream,
            change.expected,
            tuple(self._vault_writer.store_contents(event) for event in change.events),
        )


def write(
    ws: Workspace, order: Order, request: object, decide_commit: Callable[[UnitOfWork], Commit]
) -> Receipt | None:
    """Append what `decide_commit` returns in a unit of work of its own (see `UnitOfWork.write`)."""
    uow = UnitOfWork(ws, order)
    return uow.write(request, lambda: decide_commit(uow))


def _refuse_reserved_id(order: Order) -> None:
    """Raise BadInput for a person's order under an id of the machine's, which would then never be done."""
    if order.command_id.startswith(SYSTEM) and not order.is_system:
        raise BadInput("Mã của thao tác không dùng được.", "Hãy tải lại trang rồi thử lại.")


def _command_digest(ws: Workspace, order: Order, request: object) -> bytes:
    """Return the digest of an order's content, by which the log knows the order again.

    It is keyed: words that are erased from the vault cannot be guessed from the digest that stays in the log.
    """
    plain = msgspec.to_builtins([order.actor, request], builtin_types=(bytes,))
    try:
        content = msgspec.json.encode(_with_hashes(plain))
    except UnicodeEncodeError:  # half of a surrogate pair, as broken programs and terminals give
        raise BadInput(
            "Văn bản có ký tự hỏng, không lưu được.", "Hãy gõ lại hoặc dán lại đoạn văn bản đó."
        ) from None
    return hmac.digest(ws.secret, content, "sha256")


def _with_hashes(value: Any) -> Any:
    """Return the value with a hash in the place of each file: 100 MB of evidence are not encoded again."""
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case dict():
            return {name: _with_hashes(part) for name, part in value.items()}
        case list() | tuple():
            return [_with_hashes(part) for part in value]
        case _:
            return value
