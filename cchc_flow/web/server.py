"""Serve a data folder with gunicorn from Python: one process, many threads, a quick and clean stop."""

import ipaddress
import os
import resource
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from cchc_flow import workspace
from cchc_flow.clock import Clock
from cchc_flow.commands import open_workspace
from cchc_flow.errors import BadInput, system_says
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory
from cchc_flow.settings import Deployment
from cchc_flow.web import create_app
from cchc_flow.web.daily import DailyRound

MAX_THREADS = 64
FILES_PER_THREAD = 8
"""Descriptors that a thread keeps for each workspace: connections to its log, read models and accounts."""
WANTED_FILES = 65_536
GRACE_SECONDS = 3
"""How long requests under way may take to end when the server is told to stop."""
PATIENCE_SECONDS = 15
"""When the worker itself is killed: it stops by its own grace, on a busy machine a little later."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class Worker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker of threads, which ends by its loop whatever signal asks it to."""

    def init_process(self) -> None:
        """Gunicorn gives both one patience, and the master, whose begins first, would always kill."""
        self.cfg.set("graceful_timeout", GRACE_SECONDS)
        super().init_process()

    def handle_quit(self, sig: int, frame: object) -> None:
        """End as by SIGTERM: gunicorn's would wait for a lock that the interrupted loop may hold."""
        self.handle_exit(sig, frame)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the settings of this product; `run` returns when the process is told to stop."""

    def __init__(self, app: Flask, settings: dict[str, Any], words: str, daily: DailyRound) -> None:
        self._app, self._settings = app, settings
        self._words, self._daily = words, daily
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings; it reads no file and no command line."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", self._say_ready)
        self.cfg.set("post_worker_init", self._begin_work)

    def load(self) -> Flask:
        """Return the application that the worker serves."""
        return self._app

    def _begin_work(self, worker: object) -> None:
        """A thread begins in the worker: none passes through a fork."""
        self._daily.start()

    def _say_ready(self, server: object) -> None:
        sys.stdout.write(self._words)
        sys.stdout.flush()


def serve(
    data: Path,
    host: str,
    port: int,
    now: Clock,
    *,
    names: tuple[str, ...] = (),
    deployment: Deployment = Deployment(),  # noqa: B008  # frozen
    plugins: Plugins = NO_PLUGINS,
) -> None:
    """Serve a data folder until SIGINT or SIGTERM; raise BadInput when the address cannot be listened on.

    Say where to look once it listens, and the code for the first sign-up when others can reach it. `names`
    are the host names under which a proxy on this machine passes requests on. The daily round is made once it
    serves, and again on each new day.
    """
    require_free_address(host, port)
    code = new_setup_code(host, names) if is_waiting_for_setup(data, now) else ""
    app = create_app(
        data,
        now,
        setup_code=code,
        hosts=trusted_hosts(host, names),
        deployment=deployment,
        plugins=plugins,
    )
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    threads = thread_count(len(workspace.names(data)), raise_open_file_limit())
    Server(
        app,
        gunicorn_settings(place, threads),
        ready_message(place, code),
        DailyRound(data, now, plugins=plugins),
    ).run()


def ready_message(place: str, code: str) -> str:
    """Return what the terminal says when the server listens."""
    told = f"Mở trình duyệt tại http://{place}  (dừng: Ctrl+C)\n"
    return told + (f"Mã thiết lập lần đầu: {code}\n" if code else "")


def is_waiting_for_setup(data: Path, now: Clock) -> bool:
    """Tell whether a first administrator can still sign up somewhere in this data folder."""
    names = workspace.names(data)
    return not names or any(_has_no_people(data, name, now) for name in names)


def _has_no_people(data: Path, name: str, now: Clock) -> bool:
    """The workspace is closed again: no connection may pass into the worker that gunicorn forks."""
    ws = open_workspace(data, name, now)
    try:
        return not directory.people(ws.read())
    finally:
        ws.close()


def raise_open_file_limit() -> int:
    """Return how many files this process may hold open, after taking as many as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return max(soft, wanted)


def thread_count(workspaces: int, files: int) -> int:
    """Return how many requests may be answered at once without running out of files to open."""
    return max(2, min(MAX_THREADS, (files - 100) // (FILES_PER_THREAD * max(1, workspaces))))


def gunicorn_settings(bind: str, threads: int) -> dict[str, Any]:
    """Return gunicorn's settings: threads, as polling pages hold none for long; warnings only on stderr."""
    return {
        "bind": bind,
        "worker_class": Worker,
        "workers": 1,
        "threads": threads,
        "graceful_timeout": PATIENCE_SECONDS,
        "worker_exit": _exit_at_once,
        "keepalive": 15,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "cchc-flow",
    }


def _exit_at_once(server: object, worker: object) -> None:
    """Python would wait for each thread, and a browser's silent connection keeps one for seconds."""
    sys.stderr.flush()
    os._exit(0)


def require_free_address(host: str, port: int) -> None:
    """Raise BadInput, in words, when nothing can listen on the address: gunicorn would try for seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Không mở được cổng {port} trên {host}: {system_says(error)}.",
                "Hãy chọn cổng khác bằng --port.",
            ) from None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trusted_hosts(host: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the host names to answer to (empty: any): those of this machine when only it can reach us.

    A page elsewhere that makes its own name point here (DNS rebinding) is then refused.
    """
    return (*LOOPBACK_NAMES, *names) if is_loopback(host) else names


def new_setup_code(host: str, names: tuple[str, ...] = ()) -> str:
    """Return the code that the sign-up of a first administrator asks for; empty when only we can reach it."""
    return "" if is_loopback(host) and not names else f"{secrets.randbelow(10**8):08}"
