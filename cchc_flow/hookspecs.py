"""Every hook that a plugin may answer: they take and give plain values, never the database or a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

import msgspec
import pluggy

from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.shares import percent

__all__ = [
    "Area",
    "Badge",
    "Facts",
    "Field",
    "Figure",
    "Item",
    "JsonObject",
    "Measure",
    "Opening",
    "Panel",
    "Period",
    "Rule",
    "Section",
    "Taking",
    "Transition",
    "Violation",
    "Workflow",
    "absence",
    "hookimpl",
    "share",
]

hookspec = pluggy.HookspecMarker("cchc_flow")
hookimpl = pluggy.HookimplMarker("cchc_flow")


class Area(msgspec.Struct, frozen=True):
    """A reform area as a plugin knows it.

    `key` names it for ever, `label` is two or three letters for a card, `colour` a CSS hex colour. By one of
    the words in `says` a plan's heading is recognised; by one of those in `duties`, in what a unit is told to
    lead, that unit is suggested for the area. Both match whole words, whatever their marks and case.
    """

    key: str
    title: str
    label: str
    colour: str
    says: tuple[str, ...]
    duties: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True):
    """A number that law or custom sets, which a coordinator may change: `value` is a decimal string.

    `source` names the decree or the decision; `low` and `high` bound what it may be; one that is `whole`
    (days, times) takes no fraction.
    """

    key: str
    title: str
    value: str
    unit: str
    source: str
    low: str = "0"
    high: str = "1000000000000"
    whole: bool = False


class Rule(msgspec.Struct, frozen=True):
    """What a plugin demands, in plain words for the page of its area; violations name its `key`."""

    key: str
    words: str


class Violation(msgspec.Struct, frozen=True):
    """What is not as a rule wants it: `why`, and what to do `now`.

    One that `blocks` keeps the step out; any other is a warning, which a person overrides with a reason.
    """

    rule: str
    why: str
    now: str = ""
    blocks: bool = True


class Opening(msgspec.Struct, frozen=True, kw_only=True, tag="open"):
    """A command that follows from an event: open an item of a register.

    `key` tells it from others that follow from the same event; `data` answers the fields of the kind.
    """

    key: str
    kind: str
    title: str
    data: JsonObject = {}
    due: str | None = None
    lead: str | None = None


class Taking(msgspec.Struct, frozen=True, kw_only=True, tag="take"):
    """A command that follows from an event: take a step on an item."""

    key: str
    item: str
    step: str
    data: JsonObject = {}


NOT_RECORDED, NOTHING_AROSE = "Chưa có số liệu", "Không phát sinh"


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that is counted from items: `value` is a decimal string, None when there is nothing to count.

    `count` of `of` made it, where it is a share; `items` are the ids behind it. Without a value, `recorded`
    tells whether that was recorded («Không phát sinh») or nothing was yet («Chưa có số liệu»); left out, it
    was where there are items.
    """

    key: str
    title: str
    unit: str
    value: str | None
    count: int | None = None
    of: int | None = None
    items: tuple[str, ...] = ()
    note: str = ""
    recorded: bool | None = None

    @property
    def absence(self) -> str:
        """What stands for a value that there is not."""
        return absence(bool(self.items) if self.recorded is None else self.recorded)


def absence(recorded: bool) -> str:
    """Return what stands for a figure that there is not: it was recorded so, or nothing was recorded."""
    return NOTHING_AROSE if recorded else NOT_RECORDED


def share(
    key: str,
    title: str,
    done: Sequence[Item],
    of: Sequence[Item],
    note: str = "",
    *,
    among: Sequence[Item] = (),
) -> Measure:
    """Return which part of some items is done, in percent.

    Where there are none, the entries `among` which they were looked for tell that nothing arose.
    """
    return Measure(
        key=key,
        title=title,
        unit="%",
        value=percent(len(done), len(of)),
        count=len(done),
        of=len(of),
        items=tuple(one.id for one in of),
        note=note,
        recorded=bool(of or among),
    )


class Section(msgspec.Struct, frozen=True):
    """What an area says in a periodic report: paragraphs, and rows of a table under `columns`."""

    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Panel(msgspec.Struct, frozen=True):
    """What an area shows on its page: `template` lies in the plugin's own `templates`, `values` fill it."""

    title: str
    template: str
    values: Mapping[str, object] = {}


class Facts(Protocol):
    """What a plugin may know: the items as of a position, the day, its own figures, the working days.

    `plan` is the id of the newest plan (its year), `units` the name of each active unit by id, `actor` the
    name of the person whose step is asked about ("" where nobody's is).
    """

    @property
    def position(self) -> int: ...
    @property
    def today(self) -> date: ...
    @property
    def working_days(self) -> Mapping[date, bool]: ...
    @property
    def plan(self) -> str | None: ...
    @property
    def units(self) -> Mapping[str, str]: ...
    @property
    def actor(self) -> str: ...

    def figure(self, key: str) -> Decimal:
        """Return a figure of the plugin that asks, as it is in force."""

    def item(self, item_id: str) -> Item | None:
        """Return an item, or None."""

    def items(self, kind: str, *, plan: str | None = None, **fields: str) -> tuple[Item, ...]:
        """Return the items of a kind, of one plan or of all, whose own fields have these values."""

    def window(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures the report of a period gives."""

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""


@hookspec
def areas() -> list[Area]:  # type: ignore[empty-body]
    """Return the reform areas that this plugin looks after."""


@hookspec
def figures() -> list[Figure]:  # type: ignore[empty-body]
    """Return the numbers that its rules and measures rest on, each with its default and its source."""


@hookspec
def rules() -> list[Rule]:  # type: ignore[empty-body]
    """Return its rules in plain words."""


@hookspec
def workflows() -> list[Workflow]:  # type: ignore[empty-body]
    """Return its registers: kinds of items with a life of their own, on the same board."""


@hookspec
def fields(kind: str, step: str, item: Item | None) -> list[Field]:  # type: ignore[empty-body]
    """Return what it asks besides when a step of any kind is taken (step "open": `item` is None)."""


@hookspec
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:  # type: ignore[empty-body]
    """Return what keeps a step out, or should be thought over; asked before anything is written.

    Before an entry of a register is written by a person the step is "open", and `item` as it would be.
    """


@hookspec
def react(event: str, item: Item, facts: Facts) -> list[Opening | Taking]:  # type: ignore[empty-body]
    """Return what has to follow from an event (its stored name) of an item; each follows once."""


@hookspec
def measures(facts: Facts) -> list[Measure]:  # type: ignore[empty-body]
    """Return the readings of its targets, counted from items."""


@hookspec
def badges(item: Item, facts: Facts) -> list[Badge]:  # type: ignore[empty-body]
    """Return the short marks that an item's page shows beside its due day."""


@hookspec
def report_section(period: Period, facts: Facts) -> Section:  # type: ignore[empty-body]
    """Return what the area says in the report of a period."""


@hookspec
def panel(facts: Facts) -> Panel:  # type: ignore[empty-body]
    """Return what the area shows on its page."""
