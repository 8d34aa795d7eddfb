"""What a board of the simulated year costs a browser that has nothing of it: bytes, requests, nodes.

All bytes of the answers are counted as they travel, their headers too, until the network is still.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext

from bench.browsing import chromium, served, session_cookie
from bench.measure import Result, at_most
from cchc_flow import clock
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.simulation.trial import NAME, year_workspace

COORDINATOR = "dau.moi"
BOARD = f"/{NAME}/board"
FACE = ".woff2"


def rows() -> Iterator[Result]:
    """Measure the first opening of the board in Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        ws = year_workspace(Path(folder), NAME, clock.now, plugins=load_plugins())
        cookie = session_cookie(ws, COORDINATOR)
        ws.close()
        with served(Path(folder)) as address, chromium(address, cookie) as context:
            sizes, nodes = open_cold(context, BOARD)
    faces = sum(size for url, size in sizes.items() if FACE in url)
    whole = sum(sizes.values())
    yield at_most(
        "the board of the year, cold: kB without faces", (whole - faces) / 1000, 60, _listing(sizes)
    )
    yield at_most("the same with faces", whole / 1000, 85, f"faces: {faces / 1000:.1f} kB")
    yield at_most("the same: requests", len(sizes), 8, "the page and what it loads")
    yield at_most("the same: DOM nodes", nodes, 6_000, "elements")


def open_cold(context: BrowserContext, path: str) -> tuple[dict[str, int], int]:
    """Open a page, and return the bytes of each answer by its URL, and how many elements the page has."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network.on("Network.responseReceived", lambda it: urls.update({it["requestId"]: it["response"]["url"]}))
    network.on(
        "Network.loadingFinished",
        lambda it: sizes.update({urls[it["requestId"]]: int(it["encodedDataLength"])}),
    )
    page.goto(path, wait_until="networkidle")
    return sizes, page.evaluate("document.querySelectorAll('*').length")


def _listing(sizes: dict[str, int]) -> str:
    """Return the kilobytes of each kind of file, the largest first."""
    kinds: dict[str, int] = {}
    for url, size in sizes.items():
        name = url.partition("?")[0].rpartition("/")[2]
        kind = name.rpartition(".")[2] if "." in name else "page"
        kinds[kind] = kinds.get(kind, 0) + size
    kinds.pop(FACE[1:], None)
    listed = sorted(kinds.items(), key=lambda it: -it[1])
    return ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in listed)
