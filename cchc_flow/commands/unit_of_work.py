"""Append what was decided: the vault first, then the log, again when another writer was faster."""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cchc_flow.errors import BadInput, Conflict, Refusal
from cchc_flow.eventlog.port import Change, Draft, Meta, Receipt
from cchc_flow.projections import rules
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import CLASSES, Content, Evidence
from cchc_flow.workspace import Workspace

TRIES = 3
TEXT = "text/plain; charset=utf-8"
SYSTEM = "system:"
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838, 4.2
ANY_BYTES = "application/octet-stream"


class Order(msgspec.Struct, frozen=True):
    """Who wants something done, and the id by which the same order, given twice, is done once.

    What follows from an event names it as `causation_id`, and the chain that it belongs to.
    """

    actor: str
    command_id: str
    causation_id: str | None = None
    correlation_id: str | None = None


class Writing(msgspec.Struct, frozen=True):
    """What is to be appended, and as whom."""

    changes: Sequence[Change]
    role: str | None = None
    unit: str | None = None


def write(ws: Workspace, order: Order, asked: object, decide: Callable[[], Writing]) -> Receipt | None:
    """Return the receipt of what `decide` wants appended, or None when it wants nothing.

    `asked` is the content of the order: it tells a repeated order, which is answered without asking `decide`
    again, from another one under the same id (CommandReused). After a Conflict `decide` is asked once more,
    three times in all. When it refuses because the same order, sent twice, was carried out meanwhile, the
    receipt of that is the answer.
    """
    _refuse_a_reserved_id(order)
    digest = _digest(ws, order, asked)
    if done := ws.log.find_receipt(order.command_id, digest):
        return done
    try:
        return _append(ws, order, digest, decide)
    except Refusal:
        if done := ws.log.find_receipt(order.command_id, digest):
            return done
        raise


def _append(ws: Workspace, order: Order, digest: bytes, decide: Callable[[], Writing]) -> Receipt | None:
    keep = _Keeping(ws)
    for remaining in reversed(range(TRIES)):
        wanted = decide()
        if not wanted.changes:
            return None
        try:
            return ws.log.append(
                [keep.change(one) for one in wanted.changes], _meta(ws, order, digest, wanted)
            )
        except Conflict:
            if not remaining:
                raise
    raise AssertionError("the last try either returned or raised")


def is_system(order: Order) -> bool:
    """Tell whether the order comes from the machine's own command line or set-up, not from a person."""
    return order.actor.startswith(SYSTEM)


class _Keeping:
    """Puts typed words and files into the vault, each once, however often the append is tried."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._kept: dict[tuple[str, bytes], Content] = {}

    def change(self, change: Change) -> Change:
        return Change(change.stream, change.expected, tuple(self._draft(draft) for draft in change.events))

    def _draft(self, draft: Draft) -> Draft:
        """Return the draft with references in the place of contents, checked against the event's class."""
        data = {name: self._value(value) for name, value in draft.data.items()}
        return Draft(draft.type, msgspec.to_builtins(msgspec.convert(data, CLASSES[draft.type])))

    def _value(self, value: Any) -> Any:
        match value:
            case Typed(text=text):
                return self._put(text.encode(), TEXT)
            case Upload(name=name, content=content, media_type=media_type):
                known = media_type if MEDIA_TYPE.fullmatch(media_type) else ANY_BYTES
                return Evidence(self._put(name.encode(), TEXT), self._put(content, known))
            case tuple() | list():
                return tuple(self._value(one) for one in value)
            case dict():
                return {name: self._value(one) for name, one in value.items()}
            case _:
                return value

    def _put(self, content: bytes, media_type: str) -> Content:
        if (media_type, content) not in self._kept:
            self._kept[media_type, content] = self._ws.vault.store(content, media_type)
        return self._kept[media_type, content]


def _meta(ws: Workspace, order: Order, digest: bytes, wanted: Writing) -> Meta:
    return Meta(
        actor=order.actor,
        time=ws.now(),
        command_id=order.command_id,
        command_digest=digest,
        unit=wanted.unit,
        role=wanted.role,
        correlation_id=order.correlation_id or order.command_id,
        causation_id=order.causation_id,
        rules=rules.latest_event_id(ws.read()),
    )


def _refuse_a_reserved_id(order: Order) -> None:
    """A person who used up the id of an order of the machine's own would keep it from ever being done."""
    if order.command_id.startswith(SYSTEM) and not is_system(order):
        raise BadInput("Mã của thao tác không dùng được.", "Hãy tải lại trang rồi thử lại.")


def _digest(ws: Workspace, order: Order, asked: object) -> bytes:
    """Keyed, so that words erased from the vault cannot be guessed from the digest that stays in the log."""
    plain = msgspec.to_builtins([order.actor, asked], builtin_types=(bytes,))
    try:
        content = msgspec.json.encode(_shortened(plain))
    except UnicodeEncodeError:  # half of a surrogate pair, as broken programs and terminals give
        raise BadInput(
            "Văn bản có ký tự hỏng, không lưu được.", "Hãy gõ lại hoặc dán lại đoạn văn bản đó."
        ) from None
    return hmac.new(ws.secret, content, hashlib.sha256).digest()


def _shortened(value: Any) -> Any:
    """Return the value with hashes in the place of files: 100 MB of evidence are not written out again."""
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case dict():
            return {name: _shortened(one) for name, one in value.items()}
        case list() | tuple():
            return [_shortened(one) for one in value]
        case _:
            return value
