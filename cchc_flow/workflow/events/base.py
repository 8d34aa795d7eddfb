"""What all events are made of."""

from typing import Any, Protocol

import msgspec

JsonObject = dict[str, Any]


class Draft(msgspec.Struct, frozen=True):
    """An event that was decided and is not yet recorded: its stored name ("item.closed/1") and its data."""

    type: str
    data: JsonObject


class Event(Protocol):
    """What the core reads of a recorded event; `recordedtime` is RFC 3339 UTC with six decimals."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def actor(self) -> str: ...
    @property
    def recordedtime(self) -> str: ...
    @property
    def data(self) -> JsonObject: ...


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reference to bytes in the vault: `digest` is hex SHA-256(salt ‖ bytes), `size` counts bytes."""

    digest: str
    size: int
    media_type: str


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that somebody gave; its name was typed by a person, so it lies in the vault as well."""

    name: Content
    content: Content


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}):
    """Base of the data of all events: every key is always present, absent is null."""


class Move(Data, frozen=True, kw_only=True):
    """Base of the data of an event that moves an item."""

    from_: str | None
    to: str
