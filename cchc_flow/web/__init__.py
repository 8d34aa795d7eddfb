"""The browser's side: one Flask application for all workspaces of a data folder."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_htmx import HTMX
from jinja2 import ChoiceLoader, FileSystemLoader

from cchc_flow import resources
from cchc_flow.accounts.web_key import secret_key
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.settings import Deployment
from cchc_flow.web.board.cards import area_styles
from cchc_flow.web.http import (
    compression,
    errors,
    form_tokens,
    limits,
    links,
    own_writes,
    receipts,
    scripts,
    security,
    security_log,
    template_context,
    tenancy,
)
from cchc_flow.web.http.served_workspaces import ServedWorkspaces
from cchc_flow.web.routes import BLUEPRINTS


def create_app(
    data: Path,
    now: Callable[[], datetime],
    *,
    open_to_others: bool = False,
    hosts: tuple[str, ...] = (),
    deployment: Deployment = Deployment(),  # noqa: B008  # frozen
    plugins: Plugins = NO_PLUGINS,
) -> Flask:
    """Return the Flask application that serves all workspaces of a data folder.

    Where the server is `open_to_others`, the first administrator is signed up with a code only. Requests for
    a host not in `hosts` are refused (empty: any host is served). `deployment` says how mail is sent and at
    which public address the server is found; `plugins` are the reform areas in use.
    """
    app = _Application(__name__, template_folder=str(resources.folder("templates")))
    app.config.update(
        SECRET_KEY=secret_key(data),
        TRUSTED_HOSTS=list(hosts) or None,
        SESSION_COOKIE_NAME="cchc-form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    app.jinja_loader = ChoiceLoader(
        [_core_template_loader(app), *map(FileSystemLoader, plugins.template_folders())]
    )
    limits.limit_forms(app)
    compression.init_app(app)
    security.protect(app)
    app.extensions["cchc"] = ServedWorkspaces(data, now, open_to_others, deployment, plugins)
    tenancy.attach(app)
    form_tokens.protect_forms(app)
    HTMX(app)
    template_context.init_app(app)
    scripts.init_app(app, lambda: {"area-colours": area_styles(plugins)})
    links.init_app(app)
    errors.register_error_handlers(app)
    security_log.init_app(app)
    receipts.init_app(app)
    own_writes.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class _Application(Flask):
    """A Flask application without asynchronous functions: no request asks each whether it is one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


def _core_template_loader(app: Flask) -> FileSystemLoader:
    """Return the loader of our own templates, which come first: a plugin can add, but not replace one."""
    return FileSystemLoader(str(app.template_folder))
