"""Serve a data folder: gunicorn watches over one process, in which waitress receives and threads answer."""

import faulthandler
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger as GunicornLogger
from gunicorn.workers.base import Worker as GunicornWorker

from cchc_flow import logs, workspace
from cchc_flow.accounts.web_key import setup_code
from cchc_flow.clock import Clock
from cchc_flow.commands import open_workspace
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.usage import shared_use
from cchc_flow.homes import find_home
from cchc_flow.nodes import program_name
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory
from cchc_flow.settings import Deployment
from cchc_flow.web import create_app
from cchc_flow.web.daily import DailyRound
from cchc_flow.web.http.opened_workspaces import MOST_OPEN
from cchc_flow.web.http.proxies import TrustedProxies
from cchc_flow.web.serving.addresses import is_open_to_others, require_free_address, trusted_hosts
from cchc_flow.web.serving.connections import Limits, Listener
from cchc_flow.web.serving.workers import Workers
from cchc_flow.web.upkeep import Upkeep

AT_ONCE = (os.cpu_count() or 1) + 1
"""How many requests are answered at once, while none of them takes long."""
MAX_THREADS = 64
FILES_PER_THREAD = 8
"""Files that one thread keeps open for each workspace: connections to its log, read models and accounts."""
WANTED_FILES = 65_536
GRACE_SECONDS = 20
"""How long requests that have come may take to be answered when the server is asked to stop (SIGTERM)."""
QUICK_GRACE_SECONDS = 3
"""The same when somebody at a terminal waits for it (SIGINT, SIGQUIT)."""
PATIENCE_SECONDS = 28
"""When gunicorn kills a worker that has not stopped; on a busy machine it needs longer than its grace."""
WATCHDOG_SECONDS = 10
"""How long a worker may show no sign of life, as when a plugin holds the interpreter, before it is ended."""


class ServerLog(GunicornLogger):  # type: ignore[misc]
    """Gunicorn's own log, in the form of all others."""

    def setup(self, cfg: object) -> None:
        """Set up the log of faults; it goes where `logs.configure` sends everything."""
        super().setup(cfg)
        self.error_log.handlers, self.error_log.propagate = [], True


class Worker(GunicornWorker):  # type: ignore[misc]
    """Gunicorn's worker process with a listener in it, which stops in the same way for every signal."""

    app: "Server"
    _listener: Listener | None = None

    def init_process(self) -> None:
        """Shorten the worker's grace.

        Gunicorn gives master and worker the same time; the master's runs first, so it would always kill.
        """
        self.cfg.set("graceful_timeout", GRACE_SECONDS)
        super().init_process()

    def init_signals(self) -> None:
        """Stop on SIGHUP too: a terminal that is closed sends it to all processes in it."""
        super().init_signals()
        signal.signal(signal.SIGHUP, self.handle_exit if self.app.ends_on_hangup else signal.SIG_IGN)

    def run(self) -> None:
        """Answer requests until a signal asks to stop."""
        self._listener = self.app.listener(self.sockets[0].sock)
        if self.alive:  # no signal came before there was anything to stop
            self._listener.run(GRACE_SECONDS, self._show_life)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stop taking requests."""
        self.alive = False
        if self._listener:
            self._listener.stop()

    def handle_quit(self, sig: int, frame: object) -> None:
        """Stop as on SIGTERM, but sooner: gunicorn's own handler would leave at once."""
        self.alive = False
        if self._listener:
            self._listener.stop(QUICK_GRACE_SECONDS)

    def _show_life(self) -> None:
        """Tell the master that this process does not stand still; end with a master that is gone."""
        self.notify()
        if self.ppid != os.getppid():
            self.handle_exit(0, None)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the settings of this product; `run` returns when the process is asked to stop."""

    def __init__(
        self, app: Flask, settings: dict[str, Any], message: str, daily: DailyRound, plugins: Plugins
    ) -> None:
        self._app, self._settings = app, settings
        self._ready_message, self._daily_round, self._plugins = message, daily, plugins
        served = app.extensions["cchc"]
        self._upkeep = Upkeep([served.opened.close_idle, served.node_watch.look])
        self.ends_on_hangup = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN
        """False below `nohup`, which lets a program outlive its terminal."""
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's settings, which would otherwise come from a file or the command line."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", self._begin_watch)
        self.cfg.set("post_worker_init", self._begin_work)
        self.cfg.set("child_exit", self._blame_plugins)

    def load(self) -> Flask:
        """Return the application that the worker serves."""
        return self._app

    def listener(self, listening: socket.socket) -> Listener:
        """Return what receives requests on a socket and has them answered."""
        served = self._app.extensions["cchc"]
        proxies, an_address = served.deployment.proxies, served.deployment.connections
        in_all = min(Limits().connections, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 4)
        return Listener(
            TrustedProxies(self._app, proxies),
            listening,
            Workers(AT_ONCE, self.cfg.threads),
            may_send_much=served.knows_session,
            limits=Limits(connections=in_all, connections_an_address=an_address),
            proxies=proxies,
        )

    def _begin_work(self, worker: object) -> None:
        """Start the threads of the daily round and of the upkeep in the worker: none survives the fork.

        When the watchdog ends the worker, it first writes where each of its threads stands.
        """
        faulthandler.enable()
        self._daily_round.start()
        self._upkeep.start()
        find_home(self._app.extensions["cchc"].data).begin_listening(program_name(self._plugins))

    def _blame_plugins(self, server: object, worker: Worker) -> None:
        """After the watchdog ended a worker, name the plugins that it was calling, and let them rest.

        This runs in the master process; the next worker inherits what it notes.
        """
        plugins = self._plugins.calls.plugins()
        self._plugins.calls.clear()
        if not worker.aborted:
            return
        log = logging.getLogger(__name__)
        log.critical("a worker stood still for %s s and was ended; calling: %s", WATCHDOG_SECONDS, plugins)
        for name in plugins:
            hold = self._plugins.add_hold(name)
            log.critical("plugin %s held the interpreter and is not called for %.0f s", name, hold.pause)

    def _begin_watch(self, arbiter: Any) -> None:
        """Print where to open the browser, once the server listens.

        From then on SIGHUP stops it; gunicorn would start its worker anew, for settings that do not change.
        """
        arbiter.handle_hup = arbiter.handle_term if self.ends_on_hangup else lambda: None
        sys.stdout.write(self._ready_message)
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
    """Serve a data folder until SIGINT, SIGTERM or SIGHUP; raise BadInput when the address is not free.

    Once it listens, it prints the address to open, and the set-up codes if other machines can reach it.
    `names` are host names under which a proxy on this machine forwards requests. The daily round runs at the
    start and on each new day.
    """
    require_free_address(host, port)
    _forbid_core_dumps()
    logs.configure(deployment.logging)
    open_to_others = is_open_to_others(host, names)
    codes = setup_codes(data, now) if open_to_others else {}
    app = create_app(
        data,
        now,
        open_to_others=open_to_others,
        hosts=trusted_hosts(host, names),
        deployment=deployment,
        plugins=plugins,
    )
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    threads = thread_count(len(workspace.names(data)), raise_open_file_limit() * 3 // 4)
    server = Server(
        app,
        gunicorn_settings(address, threads) | {"logger_class": ServerLog},
        ready_message(address, codes),
        DailyRound(data, now, plugins=plugins),
        plugins,
    )
    with shared_use(data / "private" / name for name in workspace.names(data)):
        server.run()


def ready_message(address: str, codes: Mapping[str, str]) -> str:
    """Return what the terminal says once the server listens, with the set-up codes by workspace."""
    message = f"Mở trình duyệt tại http://{address}  (dừng: Ctrl+C)\n"
    if len(codes) == 1:
        return message + "".join(f"Mã thiết lập lần đầu: {code}\n" for code in codes.values())
    return message + "".join(f"Mã thiết lập lần đầu của «{name}»: {code}\n" for name, code in codes.items())


def setup_codes(data: Path, now: Clock) -> dict[str, str]:
    """Return the code of each workspace that has no people yet; that of "" while there is no workspace."""
    names = workspace.names(data)
    if not names:
        return {"": setup_code(data)}
    return {name: setup_code(data, name) for name in names if _has_no_people(data, name, now)}


def _has_no_people(data: Path, name: str, now: Clock) -> bool:
    """Tell whether a workspace has no people; one with a broken log is not known to have none.

    It is closed again, as no connection may survive the fork.
    """
    try:
        ws = open_workspace(data, name, now)
    except LogBroken:
        return False
    try:
        return not directory.people(ws.read())
    finally:
        ws.close()


def raise_open_file_limit() -> int:
    """Raise the limit of open files as far as the system allows; return the limit now in force."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < limit:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        return limit
    return max(soft, limit)


def _forbid_core_dumps() -> None:
    """Let no memory of this process, which holds the signing key, be written out when it is ended."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def thread_count(workspaces: int, files: int) -> int:
    """Return how many threads the server can run without running out of open files; at least 2."""
    return max(2, min(MAX_THREADS, (files - 100) // (FILES_PER_THREAD * max(1, min(workspaces, MOST_OPEN)))))


def gunicorn_settings(bind: str, threads: int) -> dict[str, Any]:
    """Return gunicorn's settings: one worker with threads, and only warnings on stderr."""
    return {
        "bind": bind,
        "worker_class": Worker,
        "workers": 1,
        "threads": threads,
        "timeout": WATCHDOG_SECONDS,
        "graceful_timeout": PATIENCE_SECONDS,
        "worker_exit": _exit_at_once,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "cchc-flow",
    }


def _exit_at_once(server: object, worker: object) -> None:
    """End the worker without waiting for its threads: a browser's idle connection holds one for seconds."""
    sys.stderr.flush()
    os._exit(0)
