"""Flask test clients that are signed in, each with a session of its own."""

import copy
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.web_key import secret_key
from cchc_flow.clock import now as real_now
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.settings import Deployment
from cchc_flow.web import create_app
from cchc_flow.web.http.served_workspaces import ServedWorkspaces
from cchc_flow.workspace import Workspace

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "lúa-chín-đồng-xa-42"


def app_for(data: Path, now: Callable[[], datetime], plugins: Plugins = NO_PLUGINS) -> Flask:
    """Return an application for a data folder, as `create_app` does, in a fraction of its time.

    Routes and templates are compiled once for all tests of a process; workspaces, secret key, settings and
    functions around requests are each application's own.
    """
    compiled = _compiled_app(plugins)
    app = copy.copy(compiled)
    app.config = copy.copy(compiled.config)
    app.config["SECRET_KEY"] = secret_key(data)
    app.extensions = compiled.extensions | {"cchc": ServedWorkspaces(data, now, False, Deployment(), plugins)}
    app.before_request_funcs = {
        name: list(functions) for name, functions in compiled.before_request_funcs.items()
    }
    return app


@lru_cache(maxsize=4)
def _compiled_app(plugins: Plugins) -> Flask:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.delenv("CCHC_FLOW_LOG", raising=False)  # where the logs of a test are is no matter of templates
        return create_app(Path(folder), real_now, plugins=plugins)


class Site:
    """The web application of one workspace, with quick passwords."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.data: Path = ws.folder.parent
        self.app: Flask = app_for(self.data, ws.now, ws.plugins)
        self._accounts = open_accounts(ws, QUICK)

    def visitor(self, login: str) -> FlaskClient:
        """Return a new test client that is signed in as a person."""
        client = self.app.test_client()
        client.set_cookie(*self.session(login))
        return client

    def session(self, login: str) -> tuple[str, str]:
        """Start a session and return the name and value of its cookie.

        The log says nothing of it, so that a test knows what is in it.
        """
        self.give_password(login)
        token = self._accounts.start_session(login, Client("127.0.0.1", "pytest"), self.ws.now())
        waiting = self._accounts.facts.unrecorded()
        self._accounts.facts.forget([fact.number for fact in waiting])
        return f"cchc-{self.ws.name}", token

    def give_password(self, login: str) -> str:
        """Give a person the password of all tests and return it."""
        self._accounts.set_password(login, PASSWORD, self.ws.now())
        return PASSWORD


def csrf(page: str) -> str:
    """Return the CSRF token in a page."""
    match = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert match is not None
    return match[1]
