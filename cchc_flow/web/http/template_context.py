"""The variables, functions and filters of every template: navigation, static files, days in words."""

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, render_template, request
from markupsafe import Markup

from cchc_flow.projections import province, settings
from cchc_flow.web.board import cards
from cchc_flow.web.http import htmx, scripts, sent_form
from cchc_flow.web.http.links import link_to
from cchc_flow.web.http.visitors import PERSONAL
from cchc_flow.web.live.changes import live_page
from cchc_flow.web.me import inbox, saved_views, work
from cchc_flow.workflow.calendar import day_words, deadline, due_words, moment_words
from cchc_flow.workflow.numbering import document_number
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.report_outline import JUDGEMENTS, NOTHING_AROSE
from cchc_flow.workflow.shares import format_number, format_quantity
from cchc_flow.workflow.typed_text import upper_first

NAVIGATION = (
    ("work.show", "Việc của tôi"),
    ("board.show", "Bảng công việc"),
    ("overview.show", "Tổng quan"),
    ("plans.index", "Kế hoạch"),
    ("directory.show", "Danh bạ"),
    ("events.index", "Kiểm tra"),
    ("reform_areas.index", "Lĩnh vực"),
    ("settings.index", "Thiết lập"),
)
NAVIGATION_OF_PROVINCE = (
    ("province_overview.show", "Tổng quan"),
    ("province_members.index", "Các xã"),
    ("province_templates.index", "Kế hoạch mẫu"),
    ("province_search.words", "Tra cứu"),
    ("province_search.questions", "Câu hỏi"),
    ("directory.show", "Danh bạ"),
    ("events.index", "Kiểm tra"),
    ("settings.index", "Thiết lập"),
)
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
CACHE_FOR_A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Register the templates' functions, filters and variables, and let browsers cache static files."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        drawn_cards=cards.drawn_cards,
        main_pages=main_pages,
        icon_uri=icon_uri,
        unread=inbox.unread_count,
        calling=work.calling_count,
        own_views=saved_views.own_views,
        saving_url=saved_views.saving_url,
        live_page=live_page,
        is_province=is_province,
        new_command_id=htmx.new_command_id,
        sent_files=sent_form.sent_files,
        ROLES=ROLES,
        JUDGEMENTS=JUDGEMENTS,
        NOTHING_AROSE=NOTHING_AROSE,
    )
    app.jinja_env.filters.update(
        moment=moment_words,
        day=_day_words,
        day_input=day_input_words,
        due_day=_due_day_words,
        due_words=due_words,
        role=_role_title,
        browser=_browser_name,
        capfirst=upper_first,
        figure=_number_words,
        measured=format_quantity,
        document_number=document_number,
        zip=zip,
    )
    app.context_processor(_common_variables)
    app.after_request(_cache_static)


def asset(name: str) -> str:
    """Return the URL of a static file with a hash of its content, so that new content has a new URL."""
    return link_to("static", filename=name, v=scripts.version_of(name))


@cache
def icon_uri() -> Markup:
    """Return the product's icon as a data URI, which saves a request on the first visit.

    It stays as like the drawing in the page as an address may be: so it is compressed to almost nothing.
    """
    drawing = quote(render_template("_mark.html").strip(), safe=" /:=',()")
    return Markup(f"data:image/svg+xml,{drawing}")  # noqa: S704  # nosec B704  # our own drawing


def _common_variables() -> dict[str, Any]:
    """Return the variables of every template: the signed-in person and the workspace."""
    return {"person": g.get("person"), "workspace": g.get("ws"), "visit": g.get("visit")}


def main_pages() -> list[tuple[str, str, str, bool]]:
    """Return (endpoint, URL, title, is current) of the main pages that this person may open.

    Empty before sign-in, and for who has no role.
    """
    if g.get("person") is None or g.session.must_change or not g.person.roles:
        return []
    current = _current_section()
    return [
        (endpoint, link_to(endpoint), title, current in (endpoint, endpoint.split(".")[0]))
        for endpoint, title in (NAVIGATION_OF_PROVINCE if is_province() else NAVIGATION)
        if endpoint in current_app.view_functions and _may_open(endpoint) and not _is_personal(endpoint)
    ]


def is_province() -> bool:
    """Tell whether this workspace is that of a province."""
    return province.own_name(g.db) is not None


def _current_section() -> str:
    """Return the name of the menu entry of this page: the view's `section`, else its blueprint."""
    endpoint = request.endpoint or ""
    section: str = getattr(current_app.view_functions.get(endpoint), "section", endpoint.split(".")[0])
    return section


def _is_personal(endpoint: str) -> bool:
    """Tell whether a page is one of a person of the commune, which somebody of the province has not."""
    return g.visit is not None and endpoint.split(".")[0] in PERSONAL


def _may_open(endpoint: str) -> bool:
    """Tell whether the signed-in person has a role that a view is limited to."""
    roles = getattr(current_app.view_functions[endpoint], "roles", None)
    return roles is None or bool(g.person.roles.intersection(roles))


def _cache_static(response: Response) -> Response:
    """Let browsers keep a static file for a year, if its URL has the mark of what is in it now."""
    is_file = request.endpoint == "static" and request.method in {"GET", "HEAD"}
    if is_file and response.status_code in {200, 304}:
        is_marked = request.args.get("v") == scripts.version_of((request.view_args or {})["filename"])
        response.headers["Cache-Control"] = CACHE_FOR_A_YEAR if is_marked else "no-cache"
    return response


def _day_words(value: date | str | None) -> str:
    """Return a day in words, given as a date or in ISO form; "" for none."""
    if not value:
        return ""
    return day_words(date.fromisoformat(value) if isinstance(value, str) else value)


def day_input_words(value: date | str | None) -> str:
    """Return what the field of a day holds: a day in words, and anything else as it was typed."""
    try:
        return _day_words(value)
    except ValueError:
        return str(value)


def _due_day_words(value: str | None) -> str:
    """Return a due day in words, with the last day in time if today's settings move it past days off."""
    if not value:
        return ""
    due = date.fromisoformat(value)
    return due_words(due, deadline(due, settings.effective_settings(g.db)))


def _role_title(name: str) -> str:
    """Return the title of a role, or its name if it is unknown."""
    return ROLES.get(name, name)


def _number_words(value: float | str) -> str:
    """Return a number as officials write it: 95.5 becomes 95,5 and 1000 becomes 1.000."""
    return format_number(str(value))


def _browser_name(agent: str) -> str:
    """Return browser and system by their user-agent string, like "Firefox trên Windows"."""
    names = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " trên ".join(filter(None, names)) or "Trình duyệt không rõ tên"
