"""Asking the plugins whose rules are in force, before a step is taken: who cannot be asked, refuses."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import BadInput, MissingData, Refusal
from cchc_flow.hookspecs import Figure, Violation
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.calling import Arguments, call_hook, call_hook_for_page
from cchc_flow.plugin_host.loading import HookResult, Plugins
from cchc_flow.projections import directory, plans, rules, settings
from cchc_flow.projections.cards import items
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import local_day, reporting_window
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workspace import Workspace

OVERRIDE = Field("override", "text", "Lý do vẫn làm", hint="Bắt buộc khi quy tắc có cảnh báo")


class RuleBroken(Refusal):
    """A rule of a plugin keeps the step out."""


class RuleNotAsked(Refusal):
    """A plugin whose rules are in force could not be asked, so the step is not taken."""


class Warned(MissingData):
    """Rules warn of the step: with a reason it may be taken all the same."""


class Overruled(msgspec.Struct, frozen=True):
    """The rules, as plugin.rule, whose warnings were overridden, and the reason."""

    rules: tuple[str, ...]
    reason: Typed


class _Common:
    """What the plugins that are asked together have in common: read once, and only when one wants it.

    The items `beside` are not recorded yet: they are written in the same commit as what is asked about.
    """

    def __init__(self, ws: Workspace, beside: Sequence[Item] = (), actor: str = "") -> None:
        self._ws, self.beside, self._actor = ws, beside, actor
        self._areas: dict[tuple[str | None, str | None], str | None] = {}
        self._thread = threading.local()

    @property
    def db(self) -> Database:
        """The read models, as this thread may use them."""
        if not hasattr(self._thread, "db"):
            self._thread.db = self._ws.read()
        found: Database = self._thread.db
        return found

    @property
    def actor(self) -> str:
        """The name of who acts; "" for the clock, a rule, or nobody."""
        found = directory.person(self.db, self._actor)
        return found.name if found else ""

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        place = item.plan, item.area
        if place not in self._areas:
            title = next((one.title for one in plans.areas(self.db, item.plan) if one.code == item.area), "")
            found = contributions.recognise_area(title, contributions.areas(self._ws.plugins))
            self._areas[place] = found.key if found else None
        return self._areas[place]


class AskedFacts:
    """What one plugin may know (see `hookspecs.Facts`); it reads only when it is asked."""

    def __init__(self, ws: Workspace, plugin: str, common: _Common | None = None) -> None:
        self._ws, self._plugin, self._common = ws, plugin, common or _Common(ws)

    @property
    def position(self) -> int:
        """The position of the log that the answers rest on."""
        return position(self._db)

    @cached_property
    def today(self) -> date:
        """The local day."""
        return local_day(self._ws.now())

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
        return self._common.actor

    def figure(self, key: str) -> Decimal:
        """Return a figure of this plugin as it is in force."""
        return Decimal(figures_in_force(self._ws.plugins, self._db, self._plugin)[key].value)

    def item(self, item_id: str) -> Item | None:
        """Return an item, or None."""
        return items.find_item(self._db, item_id)

    def items(self, kind: str, *, plan: str | None = None, **fields: str) -> tuple[Item, ...]:
        """Return the items of a kind whose own fields have these values."""
        coming = [
            one
            for one in self._common.beside
            if one.kind == kind
            and plan in (None, one.plan)
            and all(one.fields.get(name) == value for name, value in fields.items())
        ]
        return (*items.items_of_kind(self._db, kind, plan, fields), *coming)

    def window(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures the report of a period gives."""
        return reporting_window(period, settings.effective_settings(self._db).reporting.window_from)

    def area_of(self, item: Item) -> str | None:
        """Return the key of the area that an item belongs to."""
        return self._common.area_of(item)

    @property
    def _db(self) -> Database:
        return self._common.db


def with_facts(ws: Workspace, beside: Sequence[Item] = (), actor: str = "", /, **given: Any) -> Arguments:
    """Return what makes the arguments of a hook for each plugin, whose facts are its own."""
    common = _Common(ws, beside, actor)
    return lambda name: given | {"facts": AskedFacts(ws, name, common)}


def figures_of(known: Plugins, plugin: str) -> list[Figure]:
    """Return the figures of a plugin with their defaults."""
    return contributions.values_of(plugin, contributions.collect(known).figures)


def figures_in_force(known: Plugins, db: Database, plugin: str, at: int | None = None) -> dict[str, Figure]:
    """Return the figures of a plugin as they are, or were as of a position, each with its source."""
    found = {figure.key: figure for figure in figures_of(known, plugin)}
    for change in reversed(rules.figure_changes(db, plugin, at)):
        if change.figure in found:
            found[change.figure] = msgspec.structs.replace(
                found[change.figure], value=change.value, source=change.source
            )
    return found


def asked_besides(ws: Workspace, db: Database, kind: str, step: str, item: Item | None) -> tuple[Field, ...]:
    """Return the fields that plugins ask for besides; raise RuleNotAsked when one cannot say."""
    if ws.plugins.load_faults:
        _refuse_broken(ws, db)
    if not ws.plugins.has_hook("fields"):
        return ()
    given = {"kind": kind, "step": step, "item": item}
    answers = call_hook(ws.plugins, "fields", rules.enabled_plugins(db), lambda name: given)
    return tuple(field for one in answers for field in _value(ws, one))


def checked(
    ws: Workspace,
    db: Database,
    item: Item,
    step: Transition,
    data: JsonObject,
    reason: Typed | None,
    *,
    actor: str,
    beside: Sequence[Item] = (),
) -> Overruled | None:
    """Ask the rules about a step; raise RuleBroken, RuleNotAsked, or Warned where a reason is missing."""
    if not ws.plugins.has_hook("check"):
        return None
    given = with_facts(ws, beside, actor, item=item, step=step, data=plain(data))
    answers = call_hook(ws.plugins, "check", rules.enabled_plugins(db), given)
    found: list[tuple[str, Violation]]
    found = [(one.plugin, violation) for one in answers for violation in _value(ws, one)]
    blocking = [one for _, one in found if one.blocks]
    if blocking:
        raise RuleBroken(
            " ".join(one.why for one in blocking), " ".join(one.now for one in blocking if one.now)
        )
    if not found:
        return None
    if reason is None:
        raise Warned({OVERRIDE.name: " ".join(f"{one.why} {one.now}".strip() for _, one in found)})
    return Overruled(tuple(f"{plugin}.{one.rule}" for plugin, one in found), reason)


def plain(data: JsonObject) -> JsonObject:
    """Return what a form gave as plugins see it: words as strings, files as their names."""
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: object) -> object:
    match value:
        case Typed(text=text):
            return text
        case Upload(name=name):
            return name
        case tuple():
            return tuple(_plain(one) for one in value)
        case _:
            return value


def shown(ws: Workspace, hook: str, only: frozenset[str], **given: Any) -> Iterator[HookResult]:
    """Yield what each plugin (of `only`) answers to a hook that only draws, each with facts of its own."""
    return call_hook_for_page(ws.plugins, hook, only, with_facts(ws, **given))


def _value(ws: Workspace, one: HookResult) -> list[Any]:
    if one.fault:
        raise _not_asked(ws, one.plugin, one.fault)
    found: list[Any] = one.value
    return found


def _refuse_broken(ws: Workspace, db: Database) -> None:
    """Rules that are in force and could not be loaded cannot be asked, until somebody switches them off."""
    for name in sorted(rules.enabled_plugins(db) & ws.plugins.load_faults.keys()):
        raise _not_asked(ws, name, "không nạp được")


def _not_asked(ws: Workspace, plugin: str, fault: str) -> RuleNotAsked:
    known = rules.loaded_plugins(ws.read()).get(plugin)
    return RuleNotAsked(
        f"Không hỏi được quy tắc của lĩnh vực «{known.title if known else plugin}» ({fault}),"
        " nên việc này chưa được thực hiện.",
        "Hãy báo quản trị; có thể tạm tắt lĩnh vực này ở trang Lĩnh vực.",
    )


def known_figure(ws: Workspace, db: Database, plugin: str, key: str) -> Figure:
    """Return a figure of a plugin as it is in force; raise BadInput when there is none."""
    found = figures_in_force(ws.plugins, db, plugin).get(key)
    if found is None:
        raise BadInput(f"Lĩnh vực «{plugin}» không có số liệu «{key[:40]}».", "Hãy mở lại trang Lĩnh vực.")
    return found
