"""The workspace itself: its log, its workflow definitions, its settings."""

from cchc_flow.workflow.events.base import Content, Data, JsonObject


class WorkflowPublished(Data, frozen=True, kw_only=True):
    """A workflow definition came into force for new items; `definition` is the whole of it."""

    kind: str
    version: int
    definition: dict[str, object]


class SettingChanged(Data, frozen=True, kw_only=True):
    """A setting of the workspace has another value from now on; `source` names what it rests on."""

    setting: str
    value: JsonObject
    source: str


class LogOpened(Data, frozen=True, kw_only=True):
    """The first event of every log: whose it is, and the key that seals it (C2SP verifier key)."""

    workspace: str
    name: str
    demo: bool
    key: str


class LogKeyRotated(Data, frozen=True, kw_only=True):
    """Another key seals the log from this commit on."""

    key: str
    previous: str


class LogMigrated(Data, frozen=True, kw_only=True):
    """The tables of the log have another edition from this commit on; editions are hex SHA-256."""

    from_: str
    to: str


class LogRollbackAccepted(Data, frozen=True, kw_only=True):
    """The log goes on from here although this machine had seen another end of it (roots in base64)."""

    seen_size: int
    seen_root: str
    seen_time: str
    size: int
    root: str


class LogClockConfirmed(Data, frozen=True, kw_only=True):
    """Somebody confirmed the clock: it was "ahead" or "behind" of the `previous` event, or had "jumped".

    "elsewhere" tells that only another program may have doubted it.
    """

    reason: str
    previous: str


class LogExported(Data, frozen=True, kw_only=True):
    """Events were taken out as a file, whose hex SHA-256 is the `digest`; `view` has the filters.

    `count` events from `first` to `last` are in it, and of those that are `withheld` only the leaf hashes.
    """

    format: str
    view: dict[str, str]
    words: Content | None
    first: int | None
    last: int | None
    count: int
    withheld: int
    digest: str


class LogReadsClosed(Data, frozen=True, kw_only=True):
    """The file of a month's reads takes no more entries: its number of entries, and its root (hex)."""

    month: str
    size: int
    root: str


class LogReadsDeleted(Data, frozen=True, kw_only=True):
    """The file of a month's reads is deleted, as it was to be kept for `keep_months` months."""

    month: str
    size: int
    root: str
    keep_months: int
