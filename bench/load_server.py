"""The child process of `bench.load`: it serves a commune of any release, with its people signed in.

It prints a line of JSON: the port, and the headers with which its people send requests. The server says more
once it listens.
"""

import json
import re
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from bench.worlds import commune

try:  # this release
    from cchc_flow.plugin_host.loading import load_plugins
except ImportError:  # the one that it is compared with
    from cchc_flow.plugins import loaded as load_plugins

from cchc_flow import clock
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.web import create_app
from cchc_flow.web.server import serve

TASKS = 500
PEOPLE = ("hoa", "lan")


def _visitor(ws: Any, login: str, plugins: Any) -> dict[str, str]:
    """Return the headers with which a person's browser sends its requests."""
    accounts = open_accounts(ws)
    accounts.set_password(login, "lúa-chín-đồng-xa-42", clock.now())
    start = getattr(accounts, "start_session", None) or accounts.begin
    client = create_app(ws.folder.parent, clock.now, plugins=plugins).test_client()
    client.set_cookie(f"cchc-{ws.name}", start(login, Client("127.0.0.1", "bench"), clock.now()))
    page = client.get(f"/{ws.name}/board").get_data(as_text=True)
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in client._cookies.values())
    token = re.findall(r'name="csrf-token" content="([^"]+)"', page)[0]
    return {"Cookie": cookies, "X-CSRFToken": token}


def _free_port() -> int:
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def main(folder: Path) -> None:
    """Make the commune, print the port and the headers of its people, and serve it."""
    plugins = load_plugins()
    ws = commune(folder, TASKS, plugins=plugins)
    port = _free_port()
    print(json.dumps([port, [_visitor(ws, login, plugins) for login in PEOPLE]]), flush=True)
    ws.close()
    serve(folder, "127.0.0.1", port, clock.now, plugins=plugins)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
