"""What a plugin may know when it is asked: plain values, read only when it wants them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.calling import Arguments, call_hook_for_page
from cchc_flow.plugin_host.loading import HookResult, Plugins
from cchc_flow.projections import directory, plans, rules, settings
from cchc_flow.projections.cards import items
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day, reporting_window
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period


def _keep_on() -> None:
    """Nothing has to be left behind."""


class FactSource:
    """Where the plugins that are asked together get their facts from.

    They read through `read`, in whatever thread they are asked: for a command or a page it gives the rows as
    of its own position. When one of them is given up, it may go on reading, and `abandon` is called. Items
    `beside` are not recorded yet: they are written in the same commit as what is asked about.
    """

    def __init__(
        self,
        plugins: Plugins,
        read: Callable[[], Database],
        now: Callable[[], datetime],
        *,
        beside: Sequence[Item] = (),
        actor: str = "",
        abandon: Callable[[], None] = _keep_on,
    ) -> None:
        self.plugins, self.read, self.now = plugins, read, now
        self.beside, self.abandon = beside, abandon
        self._actor = actor
        self._areas: dict[tuple[str | None, str | None], str | None] = {}

    def facts_of(self, plugin: str) -> "PluginFacts":
        """Return what one plugin may know."""
        return PluginFacts(plugin, self)

    def arguments(self, **given: Any) -> Arguments:
        """Return what makes the arguments of a hook for each plugin, whose facts are its own."""
        return lambda plugin: given | {"facts": self.facts_of(plugin)}

    @property
    def actor(self) -> str:
        """The name of who acts; "" for the clock, a rule, or nobody."""
        person = directory.person(self.read(), self._actor)
        return person.name if person else ""

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        place = item.plan, item.area
        if place not in self._areas:
            areas = plans.areas(self.read(), item.plan)
            title = next((area.title for area in areas if area.code == item.area), "")
            area = contributions.recognise_area(title, contributions.areas(self.plugins))
            self._areas[place] = area.key if area else None
        return self._areas[place]


class PluginFacts:
    """What one plugin may know (see `hookspecs.Facts`); it reads only when it is asked."""

    def __init__(self, plugin: str, source: FactSource) -> None:
        self._plugin, self._source = plugin, source

    @property
    def position(self) -> int:
        """The position of the log that the answers rest on."""
        return position(self._db)

    @cached_property
    def today(self) -> date:
        """The local day."""
        return local_day(self._source.now())

    @cached_property
    def working_days(self) -> Mapping[date, bool]:
        """The days that differ from the public holidays."""
        return settings.effective_settings(self._db).working_days()

    @cached_property
    def plan(self) -> str | None:
        """The id of the newest plan, or None while there is none."""
        return next((plan.id for plan in plans.plans(self._db)), None)

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The names of the active units by id, in the order in which they were added."""
        return {unit.id: unit.name for unit in directory.units(self._db) if unit.active}

    @property
    def actor(self) -> str:
        """The name of the person whose step is asked about, or ""."""
        return self._source.actor

    def figure(self, key: str) -> Decimal:
        """Return a figure of this plugin as it is in force."""
        return Decimal(figures_in_force(self._source.plugins, self._db, self._plugin)[key].value)

    def item(self, item_id: str) -> Item | None:
        """Return an item, or None."""
        return items.find_item(self._db, item_id)

    def items(self, kind: str, *, plan: str | None = None, **fields: str) -> tuple[Item, ...]:
        """Return the items of a kind whose own fields have these values."""
        coming = [
            item
            for item in self._source.beside
            if item.kind == kind
            and plan in (None, item.plan)
            and all(item.fields.get(name) == value for name, value in fields.items())
        ]
        return (*items.items_of_kind(self._db, kind, plan, fields), *coming)

    def window(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures the report of a period gives."""
        return reporting_window(period, settings.effective_settings(self._db).reporting.window_from)

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        return self._source.area_of(item)

    @property
    def _db(self) -> Database:
        return self._source.read()


def draw(source: FactSource, hook: str, only: frozenset[str], **given: Any) -> Iterator[HookResult]:
    """Yield what each plugin (of `only`) answers to a hook that only draws, each with facts of its own."""
    return call_hook_for_page(source.plugins, hook, only, source.arguments(**given), source.abandon)


def figures_of(known: Plugins, plugin: str) -> list[Figure]:
    """Return the figures of a plugin with their defaults."""
    return contributions.values_of(plugin, contributions.collect(known).figures)


def figures_in_force(known: Plugins, db: Database, plugin: str, at: int | None = None) -> dict[str, Figure]:
    """Return the figures of a plugin as they are, or were as of a position, each with its source."""
    figures = {figure.key: figure for figure in figures_of(known, plugin)}
    for change in reversed(rules.figure_changes(db, plugin, at)):
        if change.figure in figures:
            figures[change.figure] = msgspec.structs.replace(
                figures[change.figure], value=change.value, source=change.source
            )
    return figures


def figure_in_force(known: Plugins, db: Database, plugin: str, key: str) -> Figure:
    """Return a figure of a plugin as it is in force; raise BadInput when there is none."""
    figure = figures_in_force(known, db, plugin).get(key)
    if figure is None:
        raise BadInput(f"Lĩnh vực «{plugin}» không có số liệu «{key[:40]}».", "Hãy mở lại trang Lĩnh vực.")
    return figure
