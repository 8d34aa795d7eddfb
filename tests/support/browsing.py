"""A real browser on a real address: the site served on a port, and pages whose person is signed in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from support.visitors import Site
from werkzeug.serving import make_server

DESKTOP = {"width": 1280, "height": 900}
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1920, "height": 1080}


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve the site, and give the URL of its workspace."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/{site.ws.name}/"
    finally:  # else a failing test would leave it behind, and the tests would never end
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def signed_in(browser: Browser, site: Site, address: str, login: str, **options: Any) -> Iterator[Page]:
    """Give a page of a person's own browser; its console must stay free of errors."""
    context = browser.new_context(base_url=address, **({"locale": "vi-VN", "viewport": DESKTOP} | options))
    name, token = site.session(login)
    context.add_cookies([{"name": name, "value": token, "url": address}])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.stack or str(error)))
    yield page
    context.close()
    assert not faults, faults


def fits_every_size(page: Page) -> None:
    """Demand that a page is accessible and never scrolls sideways: on a phone, a desktop, a wide screen."""
    for size in (PHONE, DESKTOP, WIDE):
        page.set_viewport_size(size)
        assert violations(page) == [], size
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size


SETTLED = """() => Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime < 1000)
    .map(animation => animation.finished.catch(() => null)))"""
"""What has just come fades in for a moment, in which its colours are none that anybody reads."""


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page that has settled, a line for each rule."""
    page.evaluate(SETTLED)
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def unfold(page: Page, name: str = "Lọc") -> None:
    """Open what is folded in the board's bar, if it is not open: the filters, or «Cách xem khác»."""
    label = (
        page.locator(".bar summary")
        .filter(has_text=name)
        .or_(page.locator(f'.bar summary[aria-label="{name}"]'))
    )
    if label.locator("xpath=..").get_attribute("open") is None:
        label.click()
