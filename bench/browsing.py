"""A workspace served by the real server, and a Chromium in which one of its people is signed in."""

import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from cchc_flow import clock
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.workspace import Workspace

CHROMIUM = "/usr/bin/chromium-headless-shell"
WIDTH, HEIGHT = 1280, 800


def session_cookie(ws: Workspace, login: str) -> tuple[str, str]:
    """Return the name and value of the cookie of a person who signs in."""
    accounts = open_accounts(ws)
    if not accounts.has_password(login):
        accounts.set_password(login, "lúa-chín-đồng-xa-42", clock.now())
    return f"cchc-{ws.name}", accounts.start_session(login, Client("127.0.0.1", "bench"), clock.now())


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve a data folder by a process of its own, and give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cchc_flow", "--data", str(data), "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        process.stdout.readline()  # where to open the browser: it listens
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def chromium(address: str, cookie: tuple[str, str], *more: str) -> Iterator[BrowserContext]:
    """Start a Chromium with a signed-in person, and further arguments; give its one context."""
    name, token = cookie
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *more])
        context = browser.new_context(
            base_url=address, locale="vi-VN", viewport={"width": WIDTH, "height": HEIGHT}
        )
        context.add_cookies([{"name": name, "value": token, "url": address}])
        yield context
        browser.close()


def free_port() -> int:
    """Return a port that nothing listens on, and that the system gives to no outgoing connection."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
