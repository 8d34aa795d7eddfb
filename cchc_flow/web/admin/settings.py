"""The settings of the workspace: each with its value, legal source, history and form."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.audit.words import actor_name
from cchc_flow.commands.settings import EDITORS, choosable_units
from cchc_flow.errors import CchcError, Conflict, ItemMoved, MissingData, NotFound
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.settings import SettingChange
from cchc_flow.reporting.plan_days import differences_in_force
from cchc_flow.web.forms import setting_inputs
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.forms.setting_inputs import Inputs
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role, served_workspaces
from cchc_flow.workflow.calendar import calendar_days, local_day, undecided_sentence
from cchc_flow.workflow.report_warnings import report_warnings
from cchc_flow.workflow.reporting import report_schedules
from cchc_flow.workflow.settings.form_parts import ROLES
from cchc_flow.workflow.settings.forms import FORMS
from cchc_flow.workflow.settings.values import ABOUT, About, Settings, with_setting
from cchc_flow.workflow.settings.wording import describe_setting

bp = Blueprint("settings", __name__, url_prefix="/<workspace>/settings")

READERS = ("coordinator", "admin", "leader", "inspector")
YEARS = (2000, 2100)
View = TypeVar("View", bound=Callable[..., Any])


class ChangeView(msgspec.Struct, frozen=True):
    """One change as the page shows it: who made it, and the value in words from then on."""

    entry: SettingChange
    actor: str
    words: list[tuple[str, str]]


class SettingView(msgspec.Struct, frozen=True):
    """A setting as the page shows it: its value in words, and its changes, the newest first."""

    name: str
    about: About
    words: list[tuple[str, str]]
    changes: list[ChangeView]


def for_readers(view: View) -> View:
    """Let only people with one of the READERS roles open a view, and show it only in their menu."""
    guarded = needs_role(*READERS)(view)
    guarded.roles = frozenset(READERS)  # type: ignore[attr-defined]
    return guarded


@bp.get("")
@for_readers
def index() -> str:
    """Show every setting with its value, its legal source, who set it and since when."""
    db = g.db
    views = [_setting_view(db, name) for name in Settings.__struct_fields__]
    doubt = g.ws.log.find_clock_doubt()
    nodes = served_workspaces().node_watch.differences if "admin" in g.person.roles else []
    return render_template(
        "settings/index.html", settings=views, may_edit=_may_edit(), clock_doubt=doubt, nodes=nodes
    )


@bp.get("/<name>")
@for_readers
def show(name: str) -> str:
    """Show one setting, its history and, to those who may change it, its form."""
    value = getattr(settings.effective_settings(g.db), _require_name(name))
    return _render_setting(name, setting_inputs.inputs_of_value(FORMS[name], value), "")


@bp.post("/<name>/changes")
@for_readers
def create_change(name: str) -> Answer:
    """Change a setting, or show the form again with all that was typed."""
    inputs = setting_inputs.typed_inputs(FORMS[_require_name(name)], request.form)
    source = request.form.get("source", "")
    try:
        is_changed = commands.change_setting(
            g.ws,
            name,
            setting_inputs.values_to_check(FORMS[name], inputs),
            source,
            htmx.order(),
            seen=seen_version("thiết lập"),
        )
    except (MissingData, ItemMoved, Conflict) as error:
        return _render_setting(name, inputs, source, error), status_of(error)
    title = ABOUT[name].title
    flash(
        f"Đã lưu thiết lập «{title}»."
        if is_changed
        else f"Thiết lập «{title}» vẫn như cũ; không có gì thay đổi."
    )
    return htmx.see_other(url_for("settings.show", name=name))


def _require_name(name: str) -> str:
    """Return the name of a setting; raise NotFound for an unknown one."""
    if name not in ABOUT:
        raise NotFound(f"Không có thiết lập «{name[:40]}».", "Hãy mở lại trang Thiết lập.")
    return name


def _may_edit() -> bool:
    """Tell whether the signed-in person may change settings."""
    return bool(g.person.roles.intersection(EDITORS))


def _setting_view(db: Database, name: str) -> SettingView:
    """Load a setting with its value in words and its changes."""
    names = directory.names(db)
    value = getattr(settings.effective_settings(db), name)
    changes = [_change_view(entry, names) for entry in settings.setting_changes(db, name)]
    return SettingView(name, ABOUT[name], describe_setting(name, value, names), changes)


def _change_view(entry: SettingChange, names: Mapping[str, str]) -> ChangeView:
    """Return one change with its value in words, read with today's wording."""
    value = getattr(with_setting(Settings(), entry.name, entry.value), entry.name)
    return ChangeView(entry, actor_name(entry.actor, names), describe_setting(entry.name, value, names))


def _render_setting(name: str, inputs: Inputs, source: str, error: CchcError | None = None) -> str:
    """Return the page of a setting, its form filled with these inputs; `error` says why it was refused."""
    context = form_context(f"settings-{name}", error)
    db, form = g.db, FORMS[name]
    setting = _setting_view(db, name)
    return render_template(
        "settings/show.html",
        setting=setting,
        form=form,
        lines=list(setting_inputs.table_lines(form, inputs)),
        inputs=inputs,
        source=source,
        may_edit=_may_edit(),
        roles=list(ROLES.items()),
        units=[*choosable_units(db, getattr(settings.effective_settings(db), name)).items()],
        **context,
        **_side_context(db, name),
    )


def _side_context(db: Database, name: str) -> dict[str, Any]:
    """Return what is shown beside the form: the holidays of a year, or warnings about report days."""
    now, year = settings.effective_settings(db), _parse_year()
    if name == "reporting":
        today = local_day(g.ws.now())
        plan = plans.plan_of_day(db, today)
        return {
            "warnings": report_warnings(report_schedules(now, year), now, year),
            "differences": differences_in_force(db, plan.id, today) if plan else (),
        }
    if name != "calendar":
        return {}
    years = [other for other in (year - 1, year + 1) if YEARS[0] <= other <= YEARS[1]]
    return {
        "year": year,
        "years": years,
        "holidays": calendar_days(year, now),
        "undecided": undecided_sentence(year),
    }


def _parse_year() -> int:
    """Return the year in the URL, or this year if there is none between 2000 and 2100."""
    words = request.args.get("year", "")
    year = int(words) if words.isascii() and words.isdigit() and len(words) == 4 else 0
    return year if YEARS[0] <= year <= YEARS[1] else int(local_day(g.ws.now()).year)
