"""The reform areas: the rules, figures, registers, measures and panel of each plugin."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from flask import Blueprint, current_app, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from markupsafe import Markup
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.errors import CchcError, Conflict, ItemMoved, MissingData, NotFound
from cchc_flow.hookspecs import Measure, Panel, Period, Report, Rule
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.calling import render_with_timeout
from cchc_flow.plugin_host.contributions import responsible_plugin
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.plugin_host.figures import figures_of
from cchc_flow.projections import plans, rules
from cchc_flow.projections.cards import items
from cchc_flow.projections.rules import LoadedPlugin
from cchc_flow.reporting.area_reports import as_report
from cchc_flow.web.areas.law_rows import FigureRow, LawChange, figure_rows, law_changes
from cchc_flow.web.areas.plugin_history import figure_change_rows, loadings_and_switches
from cchc_flow.web.areas.plugin_templates import plugin_templates
from cchc_flow.web.areas.report_text import cell_words, text_markup
from cchc_flow.web.board.area_order import areas_in_plan_order
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import require_role
from cchc_flow.web.me.inbox import mark_area_read
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.policy import may_read_log

bp = Blueprint("reform_areas", __name__, url_prefix="/<workspace>/areas")

EDITORS = ("coordinator", "admin")


class TypedFigure(msgspec.Struct, frozen=True):
    """What was typed for a figure and refused; `is_second` if there is another value for the same day."""

    value: str
    source: str
    since: str
    is_second: bool


class PluginView(msgspec.Struct, frozen=True):
    """A plugin as its page shows it, each register with its number of entries, as far as they may be read.

    `is_here` is False for a plugin that is no longer installed; `faults` say what could not be shown and why.
    """

    plugin: LoadedPlugin
    is_here: bool
    titles: list[str]
    rules: list[Rule]
    figures: list[FigureRow]
    changes: list[LawChange]
    registers: list[tuple[Workflow, int]]
    measures: list[Measure]
    section: Report | None
    faults: list[str]


@bp.get("")
def index() -> str:
    """Show every plugin that was ever loaded, in the order of the plan's areas."""
    db = g.db
    plugins = rules.loaded_plugins(db)
    faults = [fault.words for fault in commands.faults(g.ws) if fault.plugin not in plugins]
    views = [_plugin_view(db, plugins[name]) for name in _sort_by_plan(db, plugins)]
    return render_template(
        "areas/index.html", views=views, faults=faults, today=_today(), since=_first_day(db)
    )


@bp.get("/<plugin>")
def show(plugin: str) -> str:
    """Show one plugin: its rules in words, figures, registers, measures, and its own panel."""
    page = _render_plugin(plugin)
    mark_area_read(plugin)
    return page


@bp.get("/<plugin>/switches/new")
def ask_switch(plugin: str) -> Answer:
    """Ask for confirmation before the plugin's rules are switched off, and say what that means."""
    require_role(*EDITORS)
    loaded_plugin = _load_plugin(g.db, plugin)
    if not loaded_plugin.enabled:
        return htmx.see_other(url_for("reform_areas.show", plugin=plugin))
    return _render_switch(loaded_plugin)


@bp.post("/<plugin>/switches")
def switch(plugin: str) -> Answer:
    """Switch the plugin's rules on or off, or show its page with what somebody else has done."""
    is_on, reason, order = request.form.get("enabled") == "1", request.form.get("reason", ""), htmx.order()
    try:
        commands.switch_plugin(g.ws, plugin, is_on, order, reason=reason, seen=seen_version("lĩnh vực"))
    except (MissingData, ItemMoved, Conflict) as error:
        loaded_plugin = _load_plugin(g.db, plugin)
        if is_on or not loaded_plugin.enabled:
            return _render_plugin(plugin, error), status_of(error)
        return _render_switch(loaded_plugin, error, reason), status_of(error)
    flash("Đã bật các quy tắc của lĩnh vực." if is_on else "Đã tắt các quy tắc của lĩnh vực.")
    return htmx.see_other(url_for("reform_areas.show", plugin=plugin))


@bp.post("/<plugin>/figures/<key>")
def set_figure(plugin: str, key: str) -> Answer:
    """Change a figure, or show the page again with what was typed."""
    value, source = request.form.get("value", ""), request.form.get("source", "")
    since, replaces, order = request.form.get("since", ""), request.form.get("replaces") == "1", htmx.order()
    try:
        is_changed = commands.set_figure(
            g.ws,
            plugin,
            key,
            value,
            source,
            order,
            since=since,
            replaces=replaces,
            seen=seen_version("số liệu"),
        )
    except (MissingData, ItemMoved, Conflict) as error:
        is_second = isinstance(error, commands.SecondValue)
        typed = TypedFigure(value, source, since, is_second)
        return _render_plugin(plugin, error, {key: typed}), status_of(error)
    flash("Đã lưu số liệu." if is_changed else "Số liệu vẫn như cũ; không có gì thay đổi.")
    return htmx.see_other(url_for("reform_areas.show", plugin=plugin))


def _render_plugin(plugin: str, error: CchcError | None = None, typed: Mapping[str, TypedFigure] = {}) -> str:
    """Return the page of a plugin; `typed` has what was refused for a figure, by its key."""
    context = form_context(stream_of_plugin(plugin), error)
    view = _plugin_view(g.db, _load_plugin(g.db, plugin))
    panel, fault = _render_panel(view)
    return render_template(
        "areas/show.html",
        view=view,
        figure_changes=figure_change_rows(g.db, plugin, [row.figure for row in view.figures]),
        history=loadings_and_switches(g.db, plugin),
        typed_values=typed,
        panel=panel,
        faults=[*view.faults, *([fault] if fault else [])],
        titles=_ItemTitles(g.db),
        text_markup=text_markup,
        cell_words=cell_words,
        today=_today(),
        may_edit=bool(g.person.roles.intersection(EDITORS)),
        may_audit=may_read_log(g.person.roles),
        **context,
    )


def _render_switch(plugin: LoadedPlugin, error: CchcError | None = None, reason: str = "") -> str:
    """Return the page that asks before a plugin is switched off, with the reason that was typed."""
    context = form_context(stream_of_plugin(plugin.name), error)
    return render_template("areas/switch.html", plugin=plugin, reason=reason, **context)


class _ItemTitles(dict[str, str]):
    """Titles of items by id, each looked up when the page asks for it; "" for one that may not be read."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, item_id: str) -> str:
        item = items.find_readable_item(self._db, item_id, g.reader)
        return item.title if item else ""


def _sort_by_plan(db: Database, names: Iterable[str]) -> list[str]:
    """Return the names of plugins in the order of the plan's areas; those without an area come last."""
    areas = areas_in_plan_order(db, g.ws.plugins, _today())
    order = [responsible_plugin(g.ws.plugins, "", area.key) for area in areas]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _load_plugin(db: Database, plugin: str) -> LoadedPlugin:
    """Return a plugin that was ever loaded; raise NotFound."""
    loaded_plugin = rules.loaded_plugins(db).get(plugin)
    if loaded_plugin is None:
        raise NotFound(f"Không có lĩnh vực «{plugin[:40]}».", "Hãy mở lại trang Lĩnh vực.")
    return loaded_plugin


def _plugin_view(db: Database, plugin: LoadedPlugin) -> PluginView:
    """Return all that a plugin's page shows; a hook that fails becomes a fault, the rest is shown."""
    name, plugin_contributions = plugin.name, contributions.collect(g.ws.plugins)
    faults = [fault.words for fault in commands.faults(g.ws) if fault.plugin == name]
    entries = items.item_numbers(db, g.reader)
    own_rules = contributions.values_of(name, plugin_contributions.rules)
    figures = figure_rows(figures_of(g.ws.plugins, name), rules.figure_changes(db, name), _today())

    def ask(hook: str, **arguments: Any) -> list[Any]:
        """Return what one hook of the plugin gives, as a list; a failure is added to the faults."""
        for answer in call_drawing_hook(g.ws.fact_source(), hook, frozenset({name}), **arguments):
            if not answer.fault:
                return answer.value if isinstance(answer.value, list) else [answer.value]
            faults.append(f"Không lấy được {HOOK_WORDS[hook]} của «{plugin.title}»: {answer.fault}")
        return []

    return PluginView(
        plugin=plugin,
        is_here=name in g.ws.plugins.about or name in g.ws.plugins.load_faults,
        titles=[area.title for area in contributions.values_of(name, plugin_contributions.areas)],
        rules=own_rules,
        figures=figures,
        changes=law_changes(figures, own_rules, _first_day(db)),
        registers=[
            (register, entries.get(register.kind, 0))
            for register in contributions.values_of(name, plugin_contributions.registers)
            if register.kind in g.reader.scopes
        ],
        measures=[_with_readable_items(measure) for measure in ask("measures")] if plugin.enabled else [],
        section=_this_months_report(ask) if plugin.enabled else None,
        faults=faults,
    )


def _this_months_report(ask: Callable[..., list[Any]]) -> Report | None:
    """Return what the plugin says in the report of this month; None where it says nothing."""
    said = next(iter(ask("report_section", period=_this_month())), None)
    return as_report(said) if said else None


def _with_readable_items(measure: Measure) -> Measure:
    """Return a measure with those of its items that the person may read; its value is the same for all."""
    readable = (id_ for id_ in measure.items if items.find_readable_item(g.db, id_, g.reader))
    recorded = bool(measure.items) if measure.recorded is None else measure.recorded
    return msgspec.structs.replace(measure, items=tuple(readable), recorded=recorded)


def _today() -> date:
    """Return the local day."""
    return local_day(g.ws.now())


def _first_day(db: Database) -> date:
    """Return the first day of the plan in force, of this year if there is none."""
    plan = plans.plan_of_day(db, _today())
    return date(plan.year if plan else _today().year, 1, 1)


def _this_month() -> Period:
    """Return the current month as a period."""
    return periods.parse(f"{_today():%Y-%m}")


HOOK_WORDS = {
    "report_section": "nội dung báo cáo",
    "measures": "các thước đo",
}


def _render_panel(view: PluginView) -> tuple[tuple[str, Markup] | None, str]:
    """Return the title and HTML of a plugin's panel and "", or None and a sentence on what went wrong."""
    if not view.plugin.enabled:
        return None, ""
    facts = g.ws.fact_source(reader=g.reader)
    for answer in call_drawing_hook(facts, "panel", frozenset({view.plugin.name})):
        return (
            (None, _panel_fault(view, answer.fault))
            if answer.fault
            else _render_panel_template(view, answer.value)
        )
    return None, ""


def _render_panel_template(view: PluginView, panel: Panel) -> tuple[tuple[str, Markup] | None, str]:
    """Return title and HTML of a panel, rendered under a time limit, or what went wrong."""
    name, jinja = f"{view.plugin.name}/{panel.template}", plugin_templates(current_app)
    answer = render_with_timeout(
        g.ws.plugins,
        view.plugin.name,
        lambda: jinja.get_template(name).render(panel.values),
        g.ws.models.forget,
    )
    if answer.fault:
        return None, _panel_fault(view, answer.fault)
    html = Markup(answer.value)  # noqa: S704  # nosec B704  # a template of the plugin, autoescaped as ours are
    return (panel.title, html), ""


def _panel_fault(view: PluginView, fault: str) -> str:
    """Return the sentence that a plugin's panel cannot be shown."""
    return f"Không vẽ được phần riêng của lĩnh vực «{view.plugin.title}»: {fault}"
