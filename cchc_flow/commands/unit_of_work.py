"""A unit of work: what one order reads, from one position of the log, and what it appends on top of that.

The vault comes before the log, and when another writer was faster, everything is read and decided again.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.contents import Contents
from cchc_flow.commands.streams import stream_of
from cchc_flow.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.port import Change, Meta, Receipt, RecordedEvent
from cchc_flow.plugin_host.facts import FactSource
from cchc_flow.plugin_host.rule_checks import OVERRIDE, gather_fields
from cchc_flow.projections import directory, rules, trail, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.facts import decision_context
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import Data, Event
from cchc_flow.workflow.item import Item, fold
from cchc_flow.workflow.policy import Actor
from cchc_flow.workspace import Workspace

TRIES = 3
SYSTEM = "system:"


class Order(msgspec.Struct, frozen=True):
    """Who wants something done, and the id by which the same order, given twice, is done once.

    What follows from an event names it as `causation_id`, and the chain that it belongs to.
    """

    actor: str
    command_id: str
    causation_id: str | None = None
    correlation_id: str | None = None

    @property
    def is_system(self) -> bool:
        """Tell whether it comes from the machine's own command line or set-up, not from a person."""
        return self.actor.startswith(SYSTEM)


class NewEvents(msgspec.Struct, frozen=True):
    """The events that a stream, which stands at version `expected`, is to get; none only guards it."""

    stream: str
    expected: int
    events: tuple[Data, ...] = ()


class Commit(msgspec.Struct, frozen=True):
    """What is to be appended as a whole, and in which role and for which unit; without events, nothing is."""

    changes: Sequence[NewEvents] = ()
    role: str | None = None
    unit: str | None = None


class Loaded(msgspec.Struct, frozen=True):
    """An item as it is now, the definition that moves it, and its whole history."""

    item: Item
    workflow: Workflow
    events: Sequence[RecordedEvent]


class UnitOfWork:
    """Reads for one order, each thing once, and appends what was decided by it.

    A page that is drawn before the order is given reads through the unit of work as well. `refresh` forgets
    what was read and goes on at the newest position.
    """

    def __init__(self, ws: Workspace, order: Order) -> None:
        self.ws, self.order = ws, order
        self._contents = Contents(ws.vault)
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
        self.ws.renew()
        self._forget()

    def load(self, item_id: str) -> Loaded:
        """Return an item, its workflow and its events; raise NotFound."""
        if item_id not in self._items:
            self._items[item_id] = _load(self.ws, self.db, item_id)
        return self._items[item_id]

    def version_of(self, stream: str) -> int:
        """Return the version of a stream as of the position that is read, to append on top of it."""
        return trail.version_of(self.db, stream)

    def actor(self) -> Actor:
        """Return who gives the order, with the roles and the unit of now."""
        return directory.actor(self.db, self.order.actor)

    def require_actor(self) -> Actor:
        """Return who gives the order; raise NotAllowed for a person without any role."""
        actor = self.actor()
        if not actor.roles and not self.order.is_system:
            raise NotAllowed("Tài khoản của bạn chưa có vai trò nào.", "Hãy liên hệ quản trị.")
        return actor

    def context(self, plan: str | None) -> DecisionContext:
        """Return what a decision about an item of a plan may know."""
        if plan not in self._contexts:
            self._contexts[plan] = decision_context(self.db, local_day(self.ws.now()), plan)
        return self._contexts[plan]

    def gather_fields(self, loaded: Loaded, transition: Transition) -> tuple[Field, ...]:
        """Return what is asked for besides the fields of a step; raise RuleNotAsked.

        That is what plugins want to know, and the reason that overrides a warning; nothing without plugins.
        """
        item = loaded.item
        if (item.id, transition.name) not in self._fields:
            fields = gather_fields(self.facts(), item.kind, transition.name, item)
            self._fields[item.id, transition.name] = (*fields, OVERRIDE) if self.ws.plugins.about else ()
        return self._fields[item.id, transition.name]

    def facts(self, beside: Sequence[Item] = ()) -> FactSource:
        """Return what plugins may know when they are asked about this order, `beside` items to come."""
        return self.ws.fact_source(beside=beside, actor=self.order.actor)

    def write(self, request: object, attempt: Callable[[], Commit]) -> Receipt | None:
        """Append what `attempt` decides, and return the receipt; None when it decides that nothing changes.

        `request` is the content of the order: it tells a repeated order, which is answered without deciding
        again, from another one under the same id (CommandReused). After a Conflict it is decided once more,
        three times in all. When it is refused because the same order, sent twice, was carried out meanwhile,
        the receipt of that is the answer.
        """
        _refuse_reserved_id(self.order)
        digest = _digest(self.ws, self.order, request)
        if receipt := self.ws.log.find_receipt(self.order.command_id, digest):
            return receipt
        try:
            with self.ws.snapshot():
                receipt = self._append(digest, attempt, is_new=self._db is None)
        except Refusal:
            if receipt := self.ws.log.find_receipt(self.order.command_id, digest):
                return receipt
            raise
        self.ws.renew()  # who reads on sees what was written
        return receipt

    def _append(self, digest: bytes, attempt: Callable[[], Commit], *, is_new: bool) -> Receipt | None:
        """Decide, and append; what was read before the write began may be old, what is read now is new."""
        for remaining in reversed(range(TRIES)):
            if remaining < TRIES - 1 or not (is_new or self.ws.log.size() == self._position):
                self.refresh()
            commit = attempt()
            if not commit.changes:
                return None
            try:
                receipt = self.ws.log.append(
                    [self._stored(change) for change in commit.changes], self._meta(digest, commit)
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
            time=self.ws.now(),
            command_id=order.command_id,
            command_digest=digest,
            unit=commit.unit,
            role=commit.role,
            correlation_id=order.correlation_id or order.command_id,
            causation_id=order.causation_id,
            rules=rules.latest_event_id(self.db),
        )

    def _stored(self, change: NewEvents) -> Change:
        return Change(
            change.stream, change.expected, tuple(self._contents.draft(event) for event in change.events)
        )


def load(ws: Workspace, item_id: str) -> Loaded:
    """Return an item, its workflow and its events; raise NotFound."""
    return _load(ws, ws.read(), item_id)


def write(
    ws: Workspace, order: Order, request: object, attempt: Callable[[UnitOfWork], Commit]
) -> Receipt | None:
    """Append what `attempt` decides in a unit of work of its own (see `UnitOfWork.write`)."""
    uow = UnitOfWork(ws, order)
    return uow.write(request, lambda: attempt(uow))


def _load(ws: Workspace, db: Database, item_id: str) -> Loaded:
    events = ws.log.stream(stream_of(item_id))
    item = fold(item_id, cast("list[Event]", events))
    if item is None:
        raise _not_there(db, item_id)
    return Loaded(item, workflows.workflow(db, item.kind, item.workflow), events)


def _not_there(db: Database, item_id: str) -> NotFound:
    """The id of a part whose period is not open yet says more than that nothing is there."""
    whole_id, _, key = item_id.partition(":")
    if key and items.find_item(db, whole_id):
        return NotFound(
            "Kỳ này của công việc chưa mở, hoặc không giao cho đơn vị này.", "Hãy xem công việc chung."
        )
    return NotFound(f"Không có công việc «{item_id}».", "Hãy mở lại từ bảng công việc.")


def _refuse_reserved_id(order: Order) -> None:
    """A person who used up the id of an order of the machine's own would keep it from ever being done."""
    if order.command_id.startswith(SYSTEM) and not order.is_system:
        raise BadInput("Mã của thao tác không dùng được.", "Hãy tải lại trang rồi thử lại.")


def _digest(ws: Workspace, order: Order, request: object) -> bytes:
    """Keyed, so that words erased from the vault cannot be guessed from the digest that stays in the log."""
    plain = msgspec.to_builtins([order.actor, request], builtin_types=(bytes,))
    try:
        content = msgspec.json.encode(_with_hashes(plain))
    except UnicodeEncodeError:  # half of a surrogate pair, as broken programs and terminals give
        raise BadInput(
            "Văn bản có ký tự hỏng, không lưu được.", "Hãy gõ lại hoặc dán lại đoạn văn bản đó."
        ) from None
    return hmac.new(ws.secret, content, hashlib.sha256).digest()


def _with_hashes(value: Any) -> Any:
    """Return the value with hashes in the place of files: 100 MB of evidence are not written out again."""
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case dict():
            return {name: _with_hashes(part) for name, part in value.items()}
        case list() | tuple():
            return [_with_hashes(part) for part in value]
        case _:
            return value
