"""Flask test clients that are signed in, each with a session of its own."""

import re
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from cchc_flow.accounts import Accounts, Client
from cchc_flow.web import create_app
from cchc_flow.workspace import Workspace

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "lúa-chín-đồng-xa-42"


class Site:
    """The web application of one workspace, with quick passwords."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.data: Path = ws.folder.parent
        self.app: Flask = create_app(self.data, ws.now, plugins=ws.plugins)
        self._accounts = Accounts(ws.private, QUICK)

    def visitor(self, login: str) -> FlaskClient:
        """Return a new test client that is signed in as a person."""
        client = self.app.test_client()
        client.set_cookie(*self.session(login))
        return client

    def session(self, login: str) -> tuple[str, str]:
        """Start a session and return the name and value of its cookie."""
        self.give_password(login)
        return f"cchc-{self.ws.name}", self._accounts.start_session(
            login, Client("127.0.0.1", "pytest"), self.ws.now()
        )

    def give_password(self, login: str) -> str:
        """Give a person the password of all tests and return it."""
        self._accounts.set_password(login, PASSWORD, self.ws.now())
        return PASSWORD


def csrf(page: str) -> str:
    """Return the CSRF token in a page."""
    match = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert match is not None
    return match[1]
