"""The values that go through the hooks, and the facts that a plugin may ask for.

Plugins import them from `hookspecs`, which is the contract.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

import msgspec

from cchc_flow.documents.blocks import Number
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.law import Edition, edition_on
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.report_outline import NOTHING_AROSE
from cchc_flow.workflow.shares import format_number, in_percent, percent


class Area(msgspec.Struct, frozen=True):
    """A reform area that a plugin looks after.

    `key` identifies it and never changes; `label` is two or three letters for a card, `colour` a CSS hex
    colour. A heading of a plan that contains one of the words in `says` is taken for the area; a unit whose
    duties in the plan contain one of those in `duties` is suggested as its lead unit. Words match as whole
    words, whatever their diacritics and case.
    """

    key: str
    title: str
    label: str
    colour: str
    says: tuple[str, ...]
    duties: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A number that rests on law or custom and that a coordinator may change; `value` is a decimal string.

    `source` names the decree or the decision. `low` and `high` are the bounds of what it may be; a `whole`
    number (of days, of times) takes no fraction. The value holds from the day `since` on; `checked` tells
    whether it was compared with the text of its source, None where the plugin says nothing of it. `editions`
    are its other values: those that held before, and those that will hold.
    """

    key: str
    title: str
    value: str
    unit: str
    source: str
    low: str = "0"
    high: str = "1000000000000"
    whole: bool = False
    since: date | None = None
    checked: bool | None = None
    editions: tuple[Edition, ...] = ()

    def on(self, day: date) -> Edition:
        """Return the edition of the plugin that holds on a day, whatever the commune decided for itself."""
        return edition_on(self.all_editions(), day)

    def all_editions(self) -> tuple[Edition, ...]:
        """Return its editions: the others, and that of its own fields."""
        return (*self.editions, Edition(self.value, self.source, self.since, self.checked))


class Rule(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A rule of a plugin in plain words, for the page of its area; violations name its `key`.

    One that rests on law has its `source` and the first day `since` (and the last day `until`) on which it
    holds; `figures` are the keys of the figures that it rests on. If `checked` is False, or one of those
    figures is not checked, its violations only warn. A rule of the house says nothing of all this.
    """

    key: str
    words: str
    source: str = ""
    since: date | None = None
    until: date | None = None
    checked: bool | None = None
    figures: tuple[str, ...] = ()


class Violation(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A breach of a rule: `why` it is one, and what to do `now`.

    One that `blocks` prevents the step; any other is a warning, which a person can override with a reason.
    `on` is the day of what is judged, whose law counts: the day of signing, say; None means today.
    """

    rule: str
    why: str
    now: str = ""
    blocks: bool = True
    on: date | None = None


class Opening(msgspec.Struct, frozen=True, kw_only=True, tag="open"):
    """A command that follows from an event: open an item of a register.

    `key` distinguishes it from the others that follow from the same event; `data` fills the fields of the
    register.
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


NOT_RECORDED = "Chưa có số liệu"


_OWN_YEAR = re.compile(r"_(\d{4})(?:-[0-9A-Z]+)?$")
"""The year or period at the end of the key of a measure that belongs to one."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure counted from items; `value` is a decimal string, None when there is nothing to count.

    A share was computed from `count` and `of`; `items` are the ids of the items that it rests on. Without a
    value, `recorded` says whether it is on record that nothing arose («Không phát sinh») or nothing was
    recorded yet («Chưa có số liệu»); None means: on record if there are `items`.

    A target of a plan whose text contains one of the phrases in `says` is suggested to be measured by it, as
    words match for `Area`. `change` is "increase" or "decrease" for a figure that tells by how much something
    has grown or fallen. What `accumulates` grows from nothing in the course of the year, such as money paid
    out: that says what is to be expected of it by the end.
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
    says: tuple[str, ...] = ()
    change: Literal["", "increase", "decrease"] = ""
    accumulates: bool = False

    @property
    def stem(self) -> str:
        """The key without the year or period at its end."""
        return _OWN_YEAR.sub("", self.key)

    @property
    def year(self) -> int | None:
        """The year to which the key says that the measure belongs, None for no certain one."""
        match = _OWN_YEAR.search(self.key)
        return int(match[1]) if match else None

    @property
    def absence(self) -> str:
        """The words in place of a missing value."""
        return absence(bool(self.items) if self.recorded is None else self.recorded)

    def number(self, words: str = "") -> Number:
        """Return the number for the text of a `Report`, in these words or as the value: 1.250 or 95,5 %.

        Other units than % stand in the sentence around it. A missing value is told in words.
        """
        if self.value is None:
            return Number(words or self.absence, self.key)
        value = Decimal(self.value)
        printed = in_percent(value) if self.unit == "%" else format_number(value)
        return Number(words or printed, self.key, value)


def absence(recorded: bool) -> str:
    """Return the words for a missing figure: «Không phát sinh» if `recorded`, else «Chưa có số liệu»."""
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
    """Return the percentage of the items `of` that are `done`, as a measure.

    `among` are the entries in which the items were looked for: if there are some, but no items, it is on
    record that nothing arose.
    """
    return Measure(
        key=key,
        title=title,
        unit="%",
        value=percent(len(done), len(of)),
        count=len(done),
        of=len(of),
        items=tuple(item.id for item in of),
        note=note,
        recorded=bool(of or among),
    )


class Section(msgspec.Struct, frozen=True, tag="section"):
    """The section of an area in a periodic report: paragraphs, and a table with `columns` and `rows`.

    Its numbers are words; those of a `Report` can be asked for what is behind them.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Panel(msgspec.Struct, frozen=True):
    """What an area shows on its page: a `template` in the plugin's own `templates`, and its variables."""

    title: str
    template: str
    values: Mapping[str, object] = {}


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What is on record about a person for one period besides the work: what a grade needs and no task tells.

    `item` is the entry that says so, `person` the id of an account. `general` are the points for the general
    criteria, a decimal string, None while they are missing. Who `leads` needs three percentages more
    (`leading`), in the decree's order. Each sentence in `failing` is a case in which the work counts as not
    done whatever the points (Nghị định 335/2025/NĐ-CP); it says neither who decided nor what happened.
    """

    item: str
    person: str
    general: str | None = None
    leads: bool = False
    leading: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()


class Prompt(msgspec.Struct, frozen=True):
    """What somebody has to see to by the calendar though no item says so yet: a sentence with its numbers.

    `kind` is the register in which it is seen to.
    """

    words: str
    kind: str


class Facts(Protocol):
    """What a plugin may know, all as of one `position` of the log.

    `today` is the local day, `working_days` has the days that differ from the public calendar, `plan` is the
    id of the plan in force today (its year), `units` are the names of the active units by id, `people` those
    of the active people who belong to a unit. `actor` is the name of the person whose step is being checked,
    `actor_id` her id, "" in every other case.
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
    def people(self) -> Mapping[str, str]: ...
    @property
    def actor(self) -> str: ...
    @property
    def actor_id(self) -> str: ...

    def figure(self, key: str, on: date | None = None) -> Decimal:
        """Return the value of one of the plugin's own figures that holds on a day, today if none is given."""

    def item(self, item_id: str) -> Item | None:
        """Return the item with an id, None if there is none."""

    def items(self, kind: str, *, plan: str | None = None, **fields: str) -> tuple[Item, ...]:
        """Return the items of a kind, in one plan or in all, whose `fields` have these values."""

    def window(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures belong into the report of a period."""

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
