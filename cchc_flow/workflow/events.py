"""The newest shape of every event's data. These names are stored for ever: a change is a new version.

The stored form, of every version, is in `events/<family>.json`; a test holds both together.
"""

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


class ItemOpened(Move, frozen=True, kw_only=True):
    """An item began: `workflow` is the definition's version, `due` a day, `ref` the place in the plan."""

    kind: str
    workflow: int
    plan: str | None
    ref: str | None
    area: str | None
    title: str
    text: str
    heading: str | None
    product: str | None
    due: str | None
    cadence: str | None
    suggested_lead: str | None
    fields: dict[str, str | None]


class ItemAssigned(Move, frozen=True, kw_only=True):
    """A lead unit, its supporting units, and at will an officer, got the item."""

    lead: str
    support: tuple[str, ...]
    officer: str | None
    due: str | None
    cadence: str | None


class ItemStarted(Move, frozen=True, kw_only=True):
    """The lead unit took the work up."""


class ItemDeclined(Move, frozen=True, kw_only=True):
    """The head of the lead unit gave the item back before it began."""

    reason: Content


class ItemProgressReported(Data, frozen=True, kw_only=True):
    """How far the work is, 0 to 100 percent."""

    percent: int
    note: Content | None
    evidence: tuple[Evidence, ...]


class ItemSubmitted(Move, frozen=True, kw_only=True):
    """The result was handed in for review."""

    result: Content
    evidence: tuple[Evidence, ...]


class ItemWithdrawn(Move, frozen=True, kw_only=True):
    """Who submitted took the result back before it was reviewed."""

    reason: Content


class ItemReturned(Move, frozen=True, kw_only=True):
    """The reviewer gave the result back; `defects` counts failed checks of quality (Nghị định 335/2025)."""

    reason: Content
    defects: int


class ItemApproved(Move, frozen=True, kw_only=True):
    """The reviewer accepted the result."""

    quality: str
    comment: Content | None


class ItemClosed(Move, frozen=True, kw_only=True):
    """The item is finished."""


class ItemReopened(Move, frozen=True, kw_only=True):
    """A finished item goes on."""

    reason: Content


class ItemCommented(Data, frozen=True, kw_only=True):
    """Somebody said something about the item."""

    text: Content


class ItemUndone(Move, frozen=True, kw_only=True):
    """The item's last event was taken back by who made it: `undoes` is its id, `step` its type."""

    undoes: str
    step: str


class Task(Data, frozen=True, kw_only=True):
    """One entry of a plan's task tree."""

    ref: str
    text: str
    title: str
    leaf: bool
    children: "tuple[Task, ...]"


class Area(Data, frozen=True, kw_only=True):
    """One reform area of a plan: `code` is its number in the plan."""

    code: str
    title: str
    tasks: tuple[Task, ...]


class Measure(Data, frozen=True, kw_only=True):
    """One figure of a target, as a decimal string."""

    value: str
    unit: str | None
    direction: str
    baseline_year: int | None
    what: str


class Target(Data, frozen=True, kw_only=True):
    """A target or an objective with its figures."""

    ref: str
    text: str
    measures: tuple[Measure, ...]


class Clause(Data, frozen=True, kw_only=True):
    """A piece of the plan's text that is referred to."""

    ref: str
    text: str


class UnitAssignments(Data, frozen=True, kw_only=True):
    """What the plan asks of one unit heading."""

    name: str
    aliases: tuple[str, ...]
    assignments: tuple[Clause, ...]


class Deadline(Data, frozen=True, kw_only=True):
    """A reporting deadline: once on a date, or each month and period by a day."""

    kind: str
    who: str | None
    to: str | None
    date: str | None
    monthly_day: int | None
    period_day: int | None
    text: str


class PlanAdopted(Data, frozen=True, kw_only=True):
    """The plan of a year was taken over from its document, which lies in the vault."""

    plan: str
    year: int
    number: str | None
    title: str
    issuer: str | None
    closing_day: str
    document: Evidence
    document_digest: str
    legal_bases: tuple[str, ...]
    objectives: tuple[Target, ...]
    requirements: tuple[Clause, ...]
    areas: tuple[Area, ...]
    targets: tuple[Target, ...]
    units: tuple[UnitAssignments, ...]
    general_assignments: tuple[Clause, ...]
    deadlines: tuple[Deadline, ...]


class WorkflowPublished(Data, frozen=True, kw_only=True):
    """A workflow definition came into force for new items; `definition` is the whole of it."""

    kind: str
    version: int
    definition: dict[str, object]


class UnitAdded(Data, frozen=True, kw_only=True):
    """A unit of the commune."""

    unit: str
    name: str
    aliases: tuple[str, ...]


class UnitChanged(Data, frozen=True, kw_only=True):
    """A unit's name, or whether it still exists."""

    unit: str
    name: str
    aliases: tuple[str, ...]
    active: bool


class PersonAdded(Data, frozen=True, kw_only=True):
    """A person who works with the plan; `title` is the office held."""

    person: str
    name: str
    title: str | None
    unit: str | None


class PersonChanged(Data, frozen=True, kw_only=True):
    """A person's name, office or unit, or whether the person still may act."""

    person: str
    name: str
    title: str | None
    unit: str | None
    active: bool


class RoleGranted(Data, frozen=True, kw_only=True):
    """A person got a role."""

    person: str
    role: str


class RoleRevoked(Data, frozen=True, kw_only=True):
    """A person lost a role."""

    person: str
    role: str


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


NAMES: dict[type[Data], str] = {
    ItemOpened: "item.opened/1",
    ItemAssigned: "item.assigned/1",
    ItemStarted: "item.started/1",
    ItemDeclined: "item.declined/1",
    ItemProgressReported: "item.progress_reported/1",
    ItemSubmitted: "item.submitted/1",
    ItemWithdrawn: "item.withdrawn/1",
    ItemReturned: "item.returned/1",
    ItemApproved: "item.approved/1",
    ItemClosed: "item.closed/1",
    ItemReopened: "item.reopened/1",
    ItemCommented: "item.commented/1",
    ItemUndone: "item.undone/1",
    PlanAdopted: "plan.adopted/1",
    WorkflowPublished: "workflow.published/1",
    UnitAdded: "directory.unit_added/1",
    UnitChanged: "directory.unit_changed/1",
    PersonAdded: "directory.person_added/1",
    PersonChanged: "directory.person_changed/1",
    RoleGranted: "directory.role_granted/1",
    RoleRevoked: "directory.role_revoked/1",
    LogOpened: "log.opened/1",
    LogKeyRotated: "log.key_rotated/1",
}
CLASSES: dict[str, type[Data]] = {name: cls for cls, name in NAMES.items()}
