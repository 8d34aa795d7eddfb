"""The board's page, against a view that returns the same bytes ready-made, and now against a past day."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.measure import Result, at_most, median_seconds, without_aim
from bench.release import OTHER, Release, compare, run_in_turn
from bench.worlds import commune
from cchc_flow import clock
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.web import create_app
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace

PAGES = 10
BOARDS = (
    ("board_500", "500", 10),
    ("parts_500", "500, a unit's parts", 10),
    ("crowd_500", "500, 8 clients", 80),
    ("board_5000", "5,000", 10),
    ("parts_5000", "5,000, a unit's parts", 10),
    ("crowd_5000", "5,000, 8 clients", 80),
)
"""The jobs of `bench.driver`, what they look at, and how often."""


def rows() -> Iterator[Result]:
    """Measure boards of 500 and 5,000 items."""
    medians = {}
    for items in (500, 5_000):
        with tempfile.TemporaryDirectory() as folder:
            ws = commune(Path(folder), items)
            client, address = signed_in(ws), f"/{ws.name}/board"
            page = client.get(address)
            assert page.status_code == 200, page.status
            mine, ready = median_seconds(
                repeat_get(client, address), repeat_get(_ready_made(page.data), "/"), runs=5
            )
            past = f"{address}?as_of={local_day(clock.now())}"
            then, now = median_seconds(repeat_get(client, past), repeat_get(client, address), runs=5)
            medians[items] = mine
            detail = f"{mine / PAGES * 1e3:.1f} ms, {len(page.data) / 1000:.0f} kB"
            yield without_aim(
                f"board of {items:,} items against the same bytes ready-made",
                f"{mine / ready:.1f} x  ({detail})",
            )
            yield at_most(
                f"board of {items:,}: a past day against now", then / now, 2.0, f"{then / PAGES * 1e3:.1f} ms"
            )
    ratio = medians[5_000] / medians[500]
    yield at_most("board of 5,000 items against 500", ratio, 2.0, "windowed columns")
    yield from compare(_against_the_other_release)


def _against_the_other_release(ours: Release, theirs: Release) -> Iterator[Result]:
    """Compare boards with the release before: now there are persons, parts and filters on them."""
    for release in (ours, theirs):
        release.seconds("prepare_boards")
    for job, title, looks in BOARDS:
        mine, other = run_in_turn(ours, theirs, job)
        detail = f"{mine / looks * 1e3:.1f} of {other / looks * 1e3:.1f} ms"
        yield at_most(f"board of {title} / {OTHER}", mine / other, 0.5, detail)


def signed_in(ws: Workspace) -> FlaskClient:
    """Return a test client that is signed in as the coordinator."""
    accounts = open_accounts(ws)
    accounts.set_password("hoa", "lúa-chín-đồng-xa-42", clock.now())
    client = create_app(ws.folder.parent, clock.now, plugins=ws.plugins).test_client()
    client.set_cookie(
        f"cchc-{ws.name}", accounts.start_session("hoa", Client("127.0.0.1", "bench"), clock.now())
    )
    return client


def _ready_made(page: bytes) -> FlaskClient:
    app = Flask("ready-made")
    app.add_url_rule("/", view_func=lambda: page)
    return app.test_client()


def repeat_get(client: FlaskClient, address: str) -> Callable[[], None]:
    """Return a job that requests a page ten times."""

    def get() -> None:
        for _ in range(PAGES):
            client.get(address)

    return get
