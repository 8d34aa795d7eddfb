"""The browser's side: one Flask application for all workspaces of a data folder."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask_htmx import HTMX
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader

from cchc_flow import resources
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.settings import Deployment
from cchc_flow.web.http import errors, security, template_context
from cchc_flow.web.http.tenancy import Frame
from cchc_flow.web.routes import BLUEPRINTS

LARGEST_REQUEST = 104 * 1024 * 1024
"""100 MB of evidence in one form, and the words around it."""
LARGEST_WORDS = 64 * 1024 * 1024
MOST_FIELDS = 5_000
"""A plan of 1,000 tasks is one form with three fields for each."""


def create_app(
    data: Path,
    now: Callable[[], datetime],
    *,
    setup_code: str = "",
    hosts: tuple[str, ...] = (),
    deployment: Deployment = Deployment(),  # noqa: B008  # frozen
    plugins: Plugins = NO_PLUGINS,
) -> Flask:
    """Return the application over a data folder.

    `setup_code` is what the sign-up of a first administrator asks for (empty: nothing); `hosts` are the host
    names that requests may carry (empty: any); `deployment` is how people are reached beside the pages;
    `plugins` are those whose rules are asked.
    """
    app = Flask(__name__, template_folder=str(resources.folder("templates")))
    app.config.update(
        SECRET_KEY=security.secret_key(data),
        TRUSTED_HOSTS=list(hosts) or None,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_WORDS,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_NAME="cchc-form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # the origin check of security.py does this, for http as well
    )
    app.jinja_loader = ChoiceLoader([_own_templates(app), *map(FileSystemLoader, plugins.template_folders())])
    security.protect(app)
    app.extensions["cchc"] = Frame(data, now, setup_code, deployment, plugins)
    app.extensions["cchc"].attach(app)
    CSRFProtect(app)
    HTMX(app)
    template_context.init_app(app)
    errors.register_error_handlers(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _own_templates(app: Flask) -> FileSystemLoader:
    """A plugin may add templates, never replace one of ours: ours are looked for first."""
    return FileSystemLoader(str(app.template_folder))
