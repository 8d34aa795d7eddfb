"""The facts that a plugin may ask for when a hook is called: plain values, read only when it wants them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.calling import Arguments, call_hook_for_page
from cchc_flow.plugin_host.figures import figures_on
from cchc_flow.plugin_host.loading import HookResult, Plugins
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day, reporting_window
from cchc_flow.workflow.events import PluginArea
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period


def _do_nothing() -> None:
    """Do nothing when a plugin is given up: what it reads from is used by nobody else."""


class FactSource:
    """Where plugins that are asked together find their facts.

    `read` gives them the read models, in whatever thread they run: those of the command or page that asks, as
    of its position. `abandon` is called when a plugin takes too long, since it may go on reading. Items
    `pending` are not recorded yet: they will be written in the same commit as the item that is asked about.
    With a `reader` the facts have only items that the reader may read: what is drawn for one person. With a
    `cutoff`, whose read models `read` gives, they are as of it, and its day is today.
    """

    def __init__(
        self,
        plugins: Plugins,
        read: Callable[[], Database],
        now: Callable[[], datetime],
        *,
        pending: Sequence[Item] = (),
        actor: str = "",
        reader: Reader | None = None,
        cutoff: Cutoff | None = None,
        abandon: Callable[[], None] = _do_nothing,
    ) -> None:
        self.plugins, self.read, self.now = plugins, read, now
        self.pending, self.reader, self.cutoff, self.abandon = pending, reader, cutoff, abandon
        self._actor = actor
        self._areas: dict[tuple[str | None, str | None], str | None] = {}

    def facts_of(self, plugin: str) -> "PluginFacts":
        """Return the facts of one plugin, whose figures are its own; what is called on abandon stays here."""
        return PluginFacts(plugin, self._without_abandon)

    @cached_property
    def _without_abandon(self) -> "FactSource":
        return FactSource(
            self.plugins,
            self.read,
            self.now,
            pending=self.pending,
            actor=self._actor,
            reader=self.reader,
            cutoff=self.cutoff,
        )

    @property
    def today(self) -> date:
        """The day on which the facts are asked for: that of the cut-off, else the local day."""
        return self.cutoff.day if self.cutoff else local_day(self.now())

    def arguments(self, **shared: Any) -> Arguments:
        """Return the function that makes a hook's arguments for a plugin: the shared ones, and its facts."""
        return lambda plugin: shared | {"facts": self.facts_of(plugin)}

    @property
    def actor(self) -> str:
        """The name of the person who acts; "" for the clock, a rule, or nobody."""
        person = directory.person(self.read(), self._actor)
        return person.name if person else ""

    @property
    def actor_id(self) -> str:
        """The id of the same person, "" for nobody."""
        return self._actor if directory.person(self.read(), self._actor) else ""

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        place = item.plan, item.area
        if place not in self._areas:
            area = contributions.recognise_area(self._heading_of(item), contributions.areas(self.plugins))
            self._areas[place] = area.key if area else None
        return self._areas[place]

    def lies_in(self, item: Item, missing: Sequence[PluginArea]) -> bool:
        """Tell whether an item lies in one of the areas of a plugin that is not there.

        They are looked for before those of the plugins that are: none takes an area over by the same words.
        """
        areas: list[contributions.HasWords] = [*missing, *contributions.areas(self.plugins)]
        return contributions.recognise_area(self._heading_of(item), areas) in missing

    def _heading_of(self, item: Item) -> str:
        """Return the title of the plan's area in which an item lies; "" for an item in none."""
        areas = plans.areas(self.read(), item.plan)
        return next((area.title for area in areas if area.code == item.area), "")


class PluginFacts:
    """The facts of one plugin (see `hookspecs.Facts`); nothing is read before it is asked for."""

    def __init__(self, plugin: str, source: FactSource) -> None:
        self._plugin, self._source = plugin, source

    @property
    def position(self) -> int:
        """The position of the log that the answers rest on."""
        return position(self._db)

    @cached_property
    def today(self) -> date:
        """The local day, or that of the cut-off."""
        return self._source.today

    @cached_property
    def working_days(self) -> Mapping[date, bool]:
        """The days that differ from the public holidays."""
        return settings.effective_settings(self._db).working_days()

    @cached_property
    def plan(self) -> str | None:
        """The id of the plan in force today (see `plans.plan_of_day`), or None while there is none."""
        plan = plans.plan_of_day(self._db, self.today)
        return plan.id if plan else None

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The names of the active units by id, in the order in which they were added."""
        return {unit.id: unit.name for unit in directory.units(self._db) if unit.active}

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The names of the active people who belong to a unit, by id."""
        return {one.id: one.name for one in directory.people(self._db) if one.active and one.unit}

    @property
    def actor(self) -> str:
        """The name of the person whose step is asked about, or ""."""
        return self._source.actor

    @property
    def actor_id(self) -> str:
        """The id of that person, or ""."""
        return self._source.actor_id

    def figure(self, key: str, on: date | None = None) -> Decimal:
        """Return the value of a figure of this plugin that holds on a day, today if none is given."""
        return Decimal(figures_on(self._source.plugins, self._db, self._plugin, on or self.today)[key].value)

    def item(self, item_id: str) -> Item | None:
        """Return an item, or None."""
        return items.find_readable_item(self._db, item_id, self._source.reader)

    def items(self, kind: str, *, plan: str | None = None, **fields: str) -> tuple[Item, ...]:
        """Return the items of a kind whose own fields have these values."""
        pending = [
            item
            for item in self._source.pending
            if item.kind == kind
            and plan in (None, item.plan)
            and all(item.fields.get(name) == value for name, value in fields.items())
        ]
        reader, recorded = self._source.reader, items.items_of_kind(self._db, kind, plan, fields)
        return (*(item for item in recorded if may_read(self._db, reader, item)), *pending)

    def window(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures the report of a period gives."""
        return reporting_window(period, settings.effective_settings(self._db).reporting.window_from)

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        return self._source.area_of(item)

    @property
    def _db(self) -> Database:
        return self._source.read()


def call_drawing_hook(
    source: FactSource, hook: str, only: frozenset[str], **given: Any
) -> Iterator[HookResult]:
    """Yield the results of a hook that only draws, from each plugin of `only`; `given` are its arguments."""
    return call_hook_for_page(source.plugins, hook, only, source.arguments(**given), source.abandon)
