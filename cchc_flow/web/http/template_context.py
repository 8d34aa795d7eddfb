"""What every template may use: navigation, the address of a static file, day and moment in words."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, render_template, request, url_for

from cchc_flow.projections import settings
from cchc_flow.web.http import htmx
from cchc_flow.web.me import inbox
from cchc_flow.workflow.calendar import day_words, deadline, due_words, moment_words
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.shares import format_number, format_quantity

NAVIGATION = (
    ("board.show", "Bảng công việc"),
    ("overview.show", "Tổng quan"),
    ("plans.index", "Kế hoạch"),
    ("directory.show", "Danh bạ"),
    ("events.index", "Kiểm tra"),
    ("reform_areas.index", "Lĩnh vực"),
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
    """Give the templates their functions, and static files a life in the browser's cache."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        icon_uri=icon_uri,
        unread=inbox.unread_count,
        new_command_id=htmx.new_command_id,
        ROLES=ROLES,
    )
    app.jinja_env.filters.update(
        moment=moment_words,
        day=_day_words,
        due_day=_due_day_words,
        due_words=due_words,
        role=_role_title,
        browser=_browser_name,
        capfirst=_capfirst,
        figure=_number_words,
        measured=format_quantity,
        zip=zip,
    )
    app.context_processor(_common_variables)
    app.after_request(_cache_static)


def asset(name: str) -> str:
    """Return the URL of a static file, with a mark of its content: a new content is a new URL."""
    return url_for("static", filename=name, v=_content_mark(Path(str(current_app.static_folder)) / name))


def icon_uri() -> str:
    """Return the mark of the product as an address of its own: one request less on every first visit."""
    return f"data:image/svg+xml,{quote(render_template('_content_mark.html').strip())}"


def _common_variables() -> dict[str, Any]:
    return {"navigation": _navigation(), "person": g.get("person"), "workspace": g.get("ws")}


def _navigation() -> list[tuple[str, str, bool]]:
    """Return (URL, title, is it here) of the main pages that this person can open now."""
    if g.get("person") is None or g.session.must_change:
        return []
    here = _current_section()
    return [
        (url_for(endpoint), title, endpoint.split(".")[0] == here)
        for endpoint, title in NAVIGATION
        if endpoint in current_app.view_functions and _may_open(endpoint)
    ]


def _current_section() -> str:
    """Return the blueprint whose main page leads to this one: a view may name another than its own."""
    endpoint = request.endpoint or ""
    own: str = getattr(current_app.view_functions.get(endpoint), "section", endpoint.split(".")[0])
    return own


def _may_open(endpoint: str) -> bool:
    roles = getattr(current_app.view_functions[endpoint], "roles", None)
    return roles is None or bool(g.person.roles.intersection(roles))


def _cache_static(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = CACHE_FOR_A_YEAR if "v" in request.args else "no-cache"
    return response


@cache
def _content_mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _day_words(value: date | str | None) -> str:
    if not value:
        return ""
    return day_words(date.fromisoformat(value) if isinstance(value, str) else value)


def _due_day_words(value: str | None) -> str:
    """Return the due day of open work, with the last day in time where the settings of now put it off."""
    if not value:
        return ""
    due = date.fromisoformat(value)
    return due_words(due, deadline(due, settings.effective_settings(g.ws.read())))


def _role_title(name: str) -> str:
    return ROLES.get(name, name)


def _number_words(value: float | str) -> str:
    """Return a figure as officials write it: 95.5 is 95,5 and 1000 is 1.000."""
    return format_number(str(value))


def _capfirst(words: str) -> str:
    """Return the words with a great first letter: "đầu mối CCHC" keeps the others as they are."""
    return words[:1].upper() + words[1:]


def _browser_name(agent: str) -> str:
    """Return what a browser calls itself, in the two words that its user knows."""
    found = [next((shown for mark, shown in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " trên ".join(filter(None, found)) or "Trình duyệt không rõ tên"
