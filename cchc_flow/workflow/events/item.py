"""The events of an item: what can happen to it."""

from cchc_flow.workflow.events.base import Content, Data, Evidence, Move


class ItemOpened(Move, frozen=True, kw_only=True):
    """An item began: `workflow` is the definition's version, `due` a day, `ref` the place in the plan.

    A part of a whole names it as `parent`; `unit` and `period` are the key of a part, or of a unit's report.
    """

    kind: str
    workflow: int
    plan: str | None
    parent: str | None
    unit: str | None
    period: str | None
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
    """Somebody said something about the item, and mentioned people by their ids."""

    text: Content
    mentions: tuple[str, ...]


class ItemUndone(Move, frozen=True, kw_only=True):
    """The item's last event was taken back by the person who made it: `undoes` is its id, `step` its type."""

    undoes: str
    step: str


class ItemDistributed(Move, frozen=True, kw_only=True):
    """The item became a whole: one part for each unit and period of the cadence from the day `since` on.

    `support` are the units that support each part. `due` is the day of all parts without a cadence; with one,
    `due_day` counts in the period's last month (null: its last day).
    """

    units: tuple[str, ...]
    support: tuple[str, ...]
    cadence: str
    since: str
    due: str | None
    due_day: int | None


class ItemFollowed(Move, frozen=True, kw_only=True):
    """A whole followed its parts: it was finished with the last one, or went on when one was reopened."""


class ItemExtensionRequested(Data, frozen=True, kw_only=True):
    """The lead unit asked for a later due day."""

    due: str
    reason: Content


class ItemExtensionGranted(Data, frozen=True, kw_only=True):
    """The assigner decided a later due day: the one that was `asked` for, or another."""

    due: str
    asked: str
    comment: Content | None


class ItemExtensionRefused(Data, frozen=True, kw_only=True):
    """The assigner let the due day stand."""

    asked: str
    reason: Content


class ItemDueSet(Data, frozen=True, kw_only=True):
    """The assigner set another due day of work under way; `previous` was the day before."""

    due: str
    previous: str | None
    reason: Content


class ItemSuspended(Move, frozen=True, kw_only=True):
    """The item rests from the local day `on`, by a decision from above; its clock stands still."""

    on: str
    decision: str | None
    reason: Content


class ItemResumed(Move, frozen=True, kw_only=True):
    """The item goes on where it was, its due day later by the days that it rested."""

    due: str | None


class ItemCancelled(Move, frozen=True, kw_only=True):
    """The item is no longer to be done; `decision` names the decision by number and day."""

    decision: str
    reason: Content


class ItemExcused(Move, frozen=True, kw_only=True):
    """A unit need not do its part."""

    reason: Content


class ItemHandedOver(Data, frozen=True, kw_only=True):
    """Another unit, or another officer, leads the item from now on; where it stands does not change."""

    lead: str
    officer: str | None
    reason: Content


class ItemSupportChanged(Data, frozen=True, kw_only=True):
    """Other units support the item from now on; the reason is null when its whole was divided anew."""

    support: tuple[str, ...]
    previous: tuple[str, ...]
    reason: Content | None


class ItemDelegated(Data, frozen=True, kw_only=True):
    """The head of the lead unit gave the work to one of its people; `previous` was in charge before."""

    officer: str
    previous: str | None
    note: Content | None


class ItemRecalled(Data, frozen=True, kw_only=True):
    """The head of the lead unit took the work back from `officer`, who was in charge."""

    officer: str
    note: Content | None


class ItemWeighted(Data, frozen=True, kw_only=True):
    """The item's product counts as so many when work is graded: a decimal string greater than 0."""

    weight: str


class ItemReminded(Data, frozen=True, kw_only=True):
    """People were reminded: by a person with words, or by the clock at a `stage` of the due day."""

    stage: str | None
    due: str | None
    people: tuple[str, ...]
    text: Content | None


class ItemWorkflowChanged(Move, frozen=True, kw_only=True):
    """The item follows another version of its workflow, in a state that both have."""

    previous: int
    workflow: int


class ItemAdvanced(Move, frozen=True, kw_only=True):
    """A step of a register was taken, or a plugin asked more of a step: `fields` add to those of the item.

    Where the step does not move the item, both ends are the same.
    """

    step: str
    fields: dict[str, str | None]
    texts: dict[str, Content]
    evidence: tuple[Evidence, ...]


class ItemOverruled(Data, frozen=True, kw_only=True):
    """The next step was taken for a reason although `rules` (as plugin.rule) warned of it."""

    step: str
    rules: tuple[str, ...]
    reason: Content
