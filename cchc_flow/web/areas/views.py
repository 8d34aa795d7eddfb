"""The reform areas: what each plugin rules, registers, measures and shows, and its figures."""

from collections.abc import Iterable
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, flash, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from markupsafe import Markup
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.audit.trail import READERS
from cchc_flow.audit.words import actor_name
from cchc_flow.commands.asking import AskedFacts, figures_in_force
from cchc_flow.commands.asking import shown as answers_shown
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Badge, Figure, Item, Measure, Panel, Period, Rule, Section
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.calling import render_with_timeout
from cchc_flow.plugin_host.contributions import responsible_plugin
from cchc_flow.projections import directory, rules
from cchc_flow.projections.cards import items
from cchc_flow.projections.rules import FigureChange, LoadedPlugin
from cchc_flow.web.board.area_order import areas_in_plan_order
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import demand_role
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Workflow

bp = Blueprint("reform_areas", __name__, url_prefix="/<workspace>/areas")

EDITORS = ("coordinator", "admin")


class RulesAtEvent(msgspec.Struct, frozen=True):
    """The rules under which an item's event was decided: of which plugin, since which event, its figures."""

    plugin: str
    title: str
    since: int
    figures: list[Figure]


class FigureChangeRow(msgspec.Struct, frozen=True):
    """One change of a figure as the page tells it: who made it, and the title and unit of the figure."""

    change: FigureChange
    actor_name: str
    title: str
    unit: str


class PluginView(msgspec.Struct, frozen=True):
    """A plugin as its page tells of it, each register with how many entries it has.

    `faults` say which of its answers are missing, and why.
    """

    known: LoadedPlugin
    is_here: bool
    titles: list[str]
    rules: list[Rule]
    figures: list[Figure]
    registers: list[tuple[Workflow, int]]
    measures: list[Measure]
    section: Section | None
    faults: list[str]


@bp.get("")
def index() -> str:
    """Show every plugin that was ever loaded."""
    db = g.ws.read()
    known = rules.loaded_plugins(db)
    faults = [one.words for one in commands.faults(g.ws) if one.plugin not in known]
    shown = [_plugin_view(db, known[name]) for name in _sort_by_plan(db, known)]
    return render_template("areas/index.html", shown=shown, faults=faults)


@bp.get("/<plugin>")
def show(plugin: str) -> str:
    """Show one plugin whole: its rules in words, its figures, registers, measures, and its own panel."""
    db = g.ws.read()
    shown = _plugin_view(db, _load_plugin(db, plugin))
    return _render_plugin(shown, _figure_changes(db, shown), {}, {})


@bp.get("/<plugin>/switches/new")
def ask_switch(plugin: str) -> Answer:
    """Ask whether the plugin's rules shall not be asked any more, and say what that means."""
    demand_role(*EDITORS)
    known = _load_plugin(g.ws.read(), plugin)
    if not known.enabled:
        return htmx.see_other(url_for("reform_areas.show", plugin=plugin))
    return render_template("areas/switch.html", known=known)


@bp.post("/<plugin>/switches")
def switch(plugin: str) -> Response:
    """Let the plugin's rules be asked from now on, or not."""
    on = request.form.get("enabled") == "1"
    commands.switch_plugin(g.ws, plugin, on, htmx.order())
    flash("Đã bật các quy tắc của lĩnh vực." if on else "Đã tắt các quy tắc của lĩnh vực.")
    return htmx.see_other(url_for("reform_areas.show", plugin=plugin))


@bp.post("/<plugin>/figures/<key>")
def set_figure(plugin: str, key: str) -> Response:
    """Give a figure another value; or show the page again with what was typed."""
    db = g.ws.read()
    value, source = request.form.get("value", ""), request.form.get("source", "")
    try:
        commands.set_figure(g.ws, plugin, key, value, source, htmx.order())
    except MissingData as error:
        held = {key: (value, source)}
        shown = _plugin_view(db, _load_plugin(db, plugin))
        return make_response(
            _render_plugin(shown, _figure_changes(db, shown), held, error.fields), status_of(error)
        )
    flash("Đã lưu số liệu.")
    return htmx.see_other(url_for("reform_areas.show", plugin=plugin))


def rules_at_event(event: RecordedEvent) -> RulesAtEvent | None:
    """Return the figures of the item's area as they were when the event was recorded; None for no area."""
    db = g.ws.read()
    item = items.find_item(db, event.stream.removeprefix("item-")) if event.type.startswith("item.") else None
    since = rules.position_of_event(db, event.rules) if event.rules else None
    if item is None or since is None:
        return None
    plugin = responsible_plugin(g.ws.plugins, item.kind, AskedFacts(g.ws, "").area_of(item))
    if plugin is None:
        return None
    figures = list(figures_in_force(g.ws.plugins, db, plugin, since).values())
    return RulesAtEvent(plugin, g.ws.plugins.about[plugin].title, since, figures) if figures else None


def plugin_badges(item: Item) -> list[Badge]:
    """Return the marks that plugins put on an item; one that fails is told as a mark itself."""
    found: list[Badge] = []
    for one in answers_shown(g.ws, "badges", rules.enabled_plugins(g.ws.read()), item=item):
        title = g.ws.plugins.about[one.plugin].title
        found += [Badge("late", f"Lĩnh vực «{title}» không trả lời")] if one.fault else one.value
    return found


def _figure_changes(db: Database, shown: PluginView) -> list[FigureChangeRow]:
    """Return the changes of a plugin's figures; one that is gone is told by its key."""
    names, figures = directory.names(db), {one.key: one for one in shown.figures}
    return [
        FigureChangeRow(
            one,
            actor_name(one.actor, names),
            figures[one.figure].title if one.figure in figures else one.figure,
            figures[one.figure].unit if one.figure in figures else "",
        )
        for one in rules.figure_changes(db, shown.known.name)
    ]


def _render_plugin(
    shown: PluginView, changes: list[FigureChangeRow], held: dict[str, Any], wrong: dict[str, str]
) -> str:
    panel, fault = _render_panel(shown)
    return render_template(
        "areas/show.html",
        one=shown,
        changes=changes,
        held=held,
        wrong=wrong,
        panel=panel,
        faults=[*shown.faults, *([fault] if fault else [])],
        titles=_ItemTitles(g.ws.read()),
        may_edit=bool(g.person.roles.intersection(EDITORS)),
        may_audit=bool(g.person.roles & READERS),
    )


class _ItemTitles(dict[str, str]):
    """The titles of the items that a page names, each looked up when it is."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, item_id: str) -> str:
        known = items.find_item(self._db, item_id)
        return known.title if known else ""


def _sort_by_plan(db: Database, names: Iterable[str]) -> list[str]:
    """Return the names of plugins in the order of the plan's areas; who has no area comes last."""
    order = [responsible_plugin(g.ws.plugins, "", area.key) for area in areas_in_plan_order(db, g.ws.plugins)]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _load_plugin(db: Database, plugin: str) -> LoadedPlugin:
    known = rules.loaded_plugins(db).get(plugin)
    if known is None:
        raise NotFound(f"Không có lĩnh vực «{plugin[:40]}».", "Hãy mở lại trang Lĩnh vực.")
    return known


def _plugin_view(db: Database, known: LoadedPlugin) -> PluginView:
    """A drawing hook that fails is told, and the rest is drawn."""
    name, brought = known.name, contributions.collect(g.ws.plugins)
    faults = [one.words for one in commands.faults(g.ws) if one.plugin == name]
    entries = items.item_numbers(db)

    def ask(hook: str, **given: Any) -> list[Any]:
        for one in answers_shown(g.ws, hook, frozenset({name}), **given):
            if not one.fault:
                return one.value if isinstance(one.value, list) else [one.value]
            faults.append(f"Không lấy được {HOOK_WORDS[hook]} của «{known.title}»: {one.fault}")
        return []

    return PluginView(
        known=known,
        is_here=name in g.ws.plugins.about or name in g.ws.plugins.load_faults,
        titles=[area.title for area in contributions.values_of(name, brought.areas)],
        rules=contributions.values_of(name, brought.rules),
        figures=list(figures_in_force(g.ws.plugins, db, name).values()),
        registers=[
            (one, entries.get(one.kind, 0)) for one in contributions.values_of(name, brought.registers)
        ],
        measures=ask("measures") if known.enabled else [],
        section=next(iter(ask("report_section", period=_this_month())), None) if known.enabled else None,
        faults=faults,
    )


def _this_month() -> Period:
    return periods.parse(f"{local_day(g.ws.now()):%Y-%m}")


HOOK_WORDS = {
    "report_section": "nội dung báo cáo",
    "measures": "các thước đo",
}


def _render_panel(shown: PluginView) -> tuple[tuple[str, Markup] | None, str]:
    """Return the title and the drawn panel of a plugin, or what is wrong with it."""
    if not shown.known.enabled:
        return None, ""
    for one in answers_shown(g.ws, "panel", frozenset({shown.known.name})):
        return (
            (None, _panel_fault(shown, one.fault)) if one.fault else _render_panel_template(shown, one.value)
        )
    return None, ""


def _render_panel_template(shown: PluginView, panel: Panel) -> tuple[tuple[str, Markup] | None, str]:
    name, jinja = f"{shown.known.name}/{panel.template}", current_app.jinja_env
    one = render_with_timeout(
        g.ws.plugins, shown.known.name, lambda: jinja.get_template(name).render(panel.values)
    )
    if one.fault:
        return None, _panel_fault(shown, one.fault)
    drawn = Markup(one.value)  # noqa: S704  # nosec B704  # a template of the plugin, which escapes as ours do
    return (panel.title, drawn), ""


def _panel_fault(shown: PluginView, fault: str) -> str:
    return f"Không vẽ được phần riêng của lĩnh vực «{shown.known.title}»: {fault}"
