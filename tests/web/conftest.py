"""The site of a small commune, and what its people send."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden_or_none
from support.issuing import issue_february
from support.visitors import Site, app_for, csrf
from support.world import World
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from cchc_flow import commands

HTMX = {"HX-Request": "true"}
Send = Callable[..., TestResponse]


@pytest.fixture
def site(world: World) -> Site:
    return Site(world.ws)


@pytest.fixture(scope="module")
def _issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, bytes]:
    return issue_february(tmp_path_factory.mktemp("issued"))


@pytest.fixture(scope="module")
def issued_site(_issued: tuple[World, bytes]) -> Site:
    """The site of a commune that has issued its report on February; the tests of a module share it."""
    return Site(_issued[0].ws)


@pytest.fixture(scope="module")
def issued_pdf(_issued: tuple[World, bytes]) -> bytes:
    """The report that was issued."""
    return _issued[1]


@pytest.fixture
def get(site: Site) -> Send:
    """Ask for a page of the workspace as a person: get("hoa", "board")."""

    def ask(login: str, path: str, **options: Any) -> TestResponse:
        return site.visitor(login).get(f"/xa-mau/{path}", **options)

    return ask


@pytest.fixture
def send(site: Site, world: World) -> Send:
    """Send a form as a person, with the tokens of its page: send("hoa", "items/…/moves", to="assigned")."""

    def post(login: str, path: str, headers: dict[str, str] | None = None, **form: Any) -> TestResponse:
        visitor, action = site.visitor(login), f"/xa-mau/{path}"
        own_page = path.partition("/")[0] == "account"
        page = visitor.get("/xa-mau/account" if own_page else "/xa-mau/board").text
        tokens = {"csrf_token": csrf(page), "command_id": world.ws.new_id()}
        tokens |= hidden_or_none(page, action) if own_page else {}
        boundary, body = encode_multipart(
            {name: _form_value(value) for name, value in (tokens | form).items()}
        )
        kind = f"multipart/form-data; boundary={boundary}"
        return visitor.post(action, data=body, headers=headers or {}, content_type=kind)

    return post


def _form_value(value: Any) -> Any:
    """Files are given as (stream, name)."""
    if isinstance(value, list):
        return [_form_value(part) for part in value]
    return FileStorage(*value) if isinstance(value, tuple) else value


@pytest.fixture
def admin(site: Site, world: World) -> FlaskClient:
    """The browser of the administrator `quan`."""
    commands.add_person(world.ws, "quan", "Hồ Minh Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    return site.visitor("quan")


@pytest.fixture
def nobody(site: Site) -> FlaskClient:
    """A browser without a session."""
    return site.app.test_client()


@pytest.fixture
def empty(tmp_path: Path, new_world: World) -> FlaskClient:
    """A browser on an application whose data folder holds nothing."""
    return app_for(tmp_path / "empty", new_world.ws.now).test_client()
