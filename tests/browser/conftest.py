"""One Chromium for all tests that drive a real browser, and seats in front of the small commune's site."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from support.browsing import served, signed_in
from support.visitors import Site
from support.world import World

Sit = Callable[..., Page]

expect.set_options(timeout=30_000)  # a busy machine is no fault: what comes at all ends the wait at once

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Chromium without its windows: the same engine, and a page of its own costs a third of the time."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site(world: World) -> Site:
    return Site(world.ws)


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def sit(browser: Browser, site: Site, address: str) -> Iterator[Sit]:
    """Seat a person in front of a page: sit("hoa", "board")."""
    with ExitStack() as seats:

        def seat(login: str, path: str = "board", **options: Any) -> Page:
            page = seats.enter_context(signed_in(browser, site, address, login, **options))
            page.goto(path)
            return page

        yield seat
