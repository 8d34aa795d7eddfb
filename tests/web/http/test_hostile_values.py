"""Whatever stands in an address, a form, a file's name or a header is answered, and never by a fault of ours.

Every part of every address, every parameter of every page and every field of every form that somebody with
all roles can open gets some of the hostile values. `HYPOTHESIS_PROFILE=long` tries all of them.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from support.crawling import SeenForm, pages, parameters_of_forms
from support.visitors import PASSWORD, Site, csrf
from werkzeug.routing import Rule

from cchc_flow import commands
from cchc_flow.errors import CchcError
from cchc_flow.testing import Commune, shipped_areas
from cchc_flow.workflow.policy import ROLES

WEB = Path(commands.__file__).parents[1] / "web"
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SOME = 2
"""How many values each field gets when the test has to be quick; which ones changes from field to field."""

VALUES = (
    "",
    " ",
    "0",
    "-1",
    "9" * 19,
    "9" * 20,
    "1" + "0" * 400,
    "9" * 5_000,
    "1e999",
    "NaN",
    "²",
    "١٢",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "99999-01-01",
    "0001-01-01",
    "2026-13",
    "2026-Q9",
    "31/12/99999",
    "a\r\nX-Tried: 1",
    "a\x00b",
    "\x1b[2J\u202e\u2066",
    "\ufeff\u200b",
    "\ufffe\uffff",
    "e" + "\u0301" * 2_000,
    "x" * 20_000,
    "đ" * 3_000,
    "𝔘🧑🏽‍🌾",
    "../../" * 30,
    "/xa-mau/\r\nX-Tried: 1",
    "/xa-mau/ \t",
    "http://[",
    "{}[]()%s%n{{7*7}}${x}",
    "'\"><b>",
    "=1+1",
    "null",
    "item-'",
    "2026-III.2.3.1:tram-y-te:2026-99",
)
RAW = ("%00", "%ff%fe", "%0d%0aX-Tried:1", "%ed%a0%80", "%2e%2e%2f", "%", "%zz", "%f0%9f%8c%be", "%e2%80%ae")
"""Bytes of a URL as they are sent: what is no UTF-8 cannot be written as text."""
NUMBERS = ("0", "1", "999", "9" * 18, "9" * 19, "9" * 20, "9" * 4_299, "9" * 4_301, "9" * 9_000, "0" * 5_000)
HEADERS: dict[str, tuple[str, ...]] = {
    "Host": ("localhost:99999999", "localhost:", "[::1", "xa mau"),
    "Origin": ("http://[", "null", "http://localhost:99999999", "\x01"),
    "Referer": ("http://[", "http://localhost/xa-mau/\ufffd", "//"),
    "HX-Current-URL": ("http://[", "http://localhost/xa-mau/board?as_of=9999-12-31", "x" * 5_000),
    "HX-Request": ("false", ""),
    "Cookie": ("cchc-xa-mau=\xff", "cchc-xa-mau", "cchc-form=.eJx", "=; ;=", "cchc-xa-mau=" + "a" * 5_000),
    "Content-Type": ("application/json", "multipart/form-data", "text/plain; charset=x", "multipart/; a="),
    "Accept-Language": ("*;q=x", "vi;q=1e9"),
    "Range": ("bytes=9-1", "bytes=" + "9" * 400 + "-", "lines=1"),
    "If-None-Match": ('W/"', "*"),
    "If-Modified-Since": ("yesterday", "Mon, 01 Jan 0000 00:00:00 GMT"),
    "X-Forwarded-For": ("::::", "x" * 5_000),
    "X-CSRFToken": ("a.b.c", "\xff"),
    "User-Agent": ("", "\xff" * 2_000),
}  # fmt: skip
FILES = (
    ("a\r\nX-Tried: 1.docx", b"PK\x03\x04"),
    ("../" * 40 + "x.xlsx", b"PK\x03\x04" + b"\0" * 100),
    ("\x00.txt", b"\xff\xfe\x00"),
    ("x" * 4_000 + ".csv", b"a,b\n" * 3),
    ("không có đuôi", b""),
    ("a.pdf", b"%PDF-1.7\n%%EOF"),
    ("\u202egnp.exe", b"MZ"),
)
LEAVE_ALONE = {"csrf_token"}
NOT_SENT = {"directory.change_person", "sessions.end", "account.end_session", "account.change_password"}
"""What would end the session with which all others are sent; these get their values as a stranger does."""


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commune]:
    """A commune with all areas, an entry of each register, and somebody who holds every role."""
    commune = Commune(tmp_path_factory.mktemp("hostile"), **shipped_areas())
    for role in ROLES:
        with suppress(CchcError):
            commands.grant_role(commune.ws, "coordinator", role, commune.order("system:test"))
    for kind in sorted(commune.ws.plugins.about):
        commune.task(kind)
    for register in commands.workspace_setup.contributions.collect(commune.ws.plugins).registers:
        with suppress(CchcError, StopIteration):
            commune.entry(register[1].kind)
    yield commune
    commune.ws.close()


@pytest.fixture(scope="module")
def site(commune: Commune) -> Site:
    return Site(commune.ws)


@pytest.fixture(scope="module")
def everybody(site: Site) -> FlaskClient:
    """A browser of somebody who holds every role; the tokens in the forms are of its session."""
    return site.visitor("coordinator")


@pytest.fixture(scope="module")
def forms(site: Site, everybody: FlaskClient) -> list[SeenForm]:
    """Every form that somebody with all roles can open, once for each address and set of fields."""
    found = {
        (endpoint_of(site, form), form.method, *sorted(form.fields)): form
        for page in pages(site.app, everybody, "/xa-mau/")
        for form in page.forms
    }
    return list(found.values())


class Faults(list[str]):
    """The requests that were answered by an error of ours, each with what was raised."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        super().__init__()
        self._caplog = caplog

    def ask(self, client: FlaskClient, method: str, path: str, about: str = "", **sent: Any) -> None:
        """Send a request and note it if the answer is a fault; headers that were sneaked in are one too."""
        self._caplog.clear()
        answer = client.open(path, method=method, buffered=True, **sent)
        if answer.status_code >= 500 or "X-Tried" in answer.headers:
            raised = [str(record.exc_info[1])[:200] for record in self._caplog.records if record.exc_info]
            self.append(f"{method} {path[:120]} {about[:120]} → {answer.status_code} {raised}")


@pytest.fixture
def faults(caplog: pytest.LogCaptureFixture) -> Iterator[Faults]:
    """What a test notes; at its end there must be none."""
    caplog.set_level(logging.ERROR)
    faults = Faults(caplog)
    yield faults
    assert faults == [], "\n".join(["", *faults])


def endpoint_of(site: Site, form: SeenForm) -> str:
    path = form.action.partition("?")[0]
    endpoint, arguments = site.app.url_map.bind("localhost").match(path, form.method)
    return f"{endpoint} {arguments.get('fact', '')}{arguments.get('kind', '')}{arguments.get('name', '')}"


def rules(site: Site) -> list[Rule]:
    return sorted(site.app.url_map.iter_rules(), key=str)


def address(rule: Rule, changed: str = "", value: str = "1") -> str:
    """Return the path of a route, with a value (as it stands in a URL) in the place of one argument."""
    ordinary = {
        "workspace": "xa-mau",
        "plugin": "direction",
        "kind": "task",
        "state": "planned",
        "fact": "moves",
        "question": "submitted-late",
    }
    parts = re.split(r"<(?:[^:<>]+:)?([a-z_]+)>", str(rule))
    return "".join(
        (value if part == changed else ordinary.get(part, "1")) if place % 2 else part
        for place, part in enumerate(parts)
    )


def some(values: tuple[Any, ...], turn: Iterator[Any], count: int = SOME) -> list[Any]:
    """Return all values where there is time, else the next few of an endless row of them."""
    return list(values) if IS_LONG else list(islice(turn, count))


def test_every_part_of_every_address_takes_every_value(
    site: Site, everybody: FlaskClient, faults: Faults
) -> None:
    values = [*map(quote, VALUES), *RAW, *NUMBERS]
    turn = cycle(values)
    for rule in rules(site):
        for argument in sorted(rule.arguments):
            for value in some(tuple(values), turn, 12):
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    faults.ask(everybody, method, address(rule, argument, value))


def test_every_number_in_an_address_may_be_of_any_size(
    site: Site, everybody: FlaskClient, faults: Faults
) -> None:
    for rule in rules(site):
        for argument in sorted(rule.arguments - {"workspace"}):
            for number in NUMBERS:
                method = "GET" if "GET" in (rule.methods or set()) else "POST"
                faults.ask(everybody, method, address(rule, argument, number))


def parameters(forms: list[SeenForm]) -> list[str]:
    """Return the names of all parameters: those that our code asks for, and those of all forms."""
    asked = re.compile(r'(?:args|values|form|query|asked|given|shown)(?:\.get|\.getlist)?[(\[]"([a-z_]+)"')
    code = "".join(path.read_text() for path in WEB.rglob("*.py"))
    by_get = parameters_of_forms(form for form in forms if form.method == "GET")
    return sorted({*asked.findall(code), *by_get, "page", "as_of", "before", "after"} - LEAVE_ALONE)


def test_every_parameter_of_every_page_takes_every_value(
    site: Site, everybody: FlaskClient, forms: list[SeenForm], faults: Faults
) -> None:
    names, chance = parameters(forms), Random(38)  # noqa: S311
    for rule in rules(site):
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
            continue
        for _ in range(300 if IS_LONG else 25):
            asked = {name: chance.choice(VALUES) for name in chance.sample(names, 3)}
            faults.ask(everybody, "GET", address(rule), str(asked), query_string=asked)
        for raw in RAW:
            faults.ask(everybody, "GET", f"{address(rule)}?" + "&".join(f"{name}={raw}" for name in names))


def test_every_field_of_every_form_takes_every_value(
    site: Site, everybody: FlaskClient, forms: list[SeenForm], faults: Faults
) -> None:
    turn, sent = cycle(VALUES), 0
    for form in forms:
        if form.method != "POST" or endpoint_of(site, form).strip() in NOT_SENT:
            continue
        for name in sorted(form.fields.keys() - LEAVE_ALONE):
            for value in some(VALUES, turn):
                faults.ask(
                    everybody, "POST", form.action, f"{name}={value!r}", data=form.fields | {name: value}
                )
                sent += 1
        for value in some(VALUES, turn, 6):
            hostile = dict.fromkeys(form.fields.keys() - {"csrf_token", "command_id"}, value)
            faults.ask(everybody, "POST", form.action, f"*={value!r}", data=form.fields | hostile)
    assert sent > 500


def test_every_file_of_every_form_may_be_anything(
    site: Site, everybody: FlaskClient, forms: list[SeenForm], faults: Faults
) -> None:
    turn = cycle(FILES)
    for form in forms:
        for name in form.files:
            for title, content in some(FILES, turn, 3):
                sent = form.fields | {name: (BytesIO(content), title)}
                faults.ask(everybody, form.method, form.action, f"{name}={title!r}", data=sent)


def test_fields_that_no_form_has_are_answered(
    site: Site, everybody: FlaskClient, forms: list[SeenForm], faults: Faults
) -> None:
    token = next(form.fields["csrf_token"] for form in forms if "csrf_token" in form.fields)
    names, turn = sorted({*parameters(forms), *parameters_of_forms(iter(forms))} - LEAVE_ALONE), cycle(VALUES)
    for rule in rules(site):
        if "POST" not in (rule.methods or set()) or rule.endpoint in NOT_SENT:
            continue
        for value in some(VALUES, turn, 4):
            sent = {"csrf_token": token, "command_id": "c"} | {
                name: value for name in names if name != "command_id"
            }
            faults.ask(everybody, "POST", address(rule), f"*={value!r}", data=sent)
        for broken in (b"\xff\xfe=\xff", b"a=%ff&b=%", b"&&&===", b"csrf_token"):
            faults.ask(
                everybody, "POST", address(rule), repr(broken), data=broken,
                content_type="application/x-www-form-urlencoded",
            )  # fmt: skip


def test_every_header_takes_every_value(site: Site, everybody: FlaskClient, faults: Faults) -> None:
    turn = cycle(rules(site))
    for name, values in HEADERS.items():
        for value in values:
            for rule in rules(site) if IS_LONG else islice(turn, 12):
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    faults.ask(everybody, method, address(rule), f"{name}: {value!r}", headers={name: value})


def test_a_stranger_gets_no_fault_either(site: Site, forms: list[SeenForm], faults: Faults) -> None:
    stranger, turn = site.app.test_client(), cycle(VALUES)
    site.give_password("officer")
    names = parameters(forms)
    for rule in rules(site):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for value in some(VALUES, turn, 3):
                faults.ask(
                    stranger, method, address(rule), f"?*={value!r}", query_string=dict.fromkeys(names, value)
                )
    page = stranger.get("/xa-mau/sign-in").text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    for field, values in (("login", VALUES[::5]), ("password", VALUES[::5]), ("next", VALUES)):
        for value in values:
            sent = {"csrf_token": token, "login": "officer", "password": PASSWORD} | {field: value}
            faults.ask(stranger, "POST", "/xa-mau/sessions", f"{field}={value!r}", data=sent)


def test_what_ends_a_session_is_answered_too(site: Site, forms: list[SeenForm], faults: Faults) -> None:
    turn = cycle(VALUES)
    for form in forms:
        if endpoint_of(site, form).strip() not in NOT_SENT or "temporary" in form.action:
            continue
        for name in sorted(form.fields.keys() - LEAVE_ALONE):
            for value in some(VALUES, turn, 1):
                client = site.visitor("viewer")
                token = csrf(client.get("/xa-mau/account").text)
                sent = form.fields | {"csrf_token": token, name: value}
                faults.ask(client, "POST", form.action, f"{name}={value!r}", data=sent)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "HEAD", "PROPFIND"])
def test_every_method_is_answered(site: Site, everybody: FlaskClient, faults: Faults, method: str) -> None:
    for rule in rules(site):
        faults.ask(everybody, method, address(rule))
