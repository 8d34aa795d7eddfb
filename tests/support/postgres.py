"""A PostgreSQL server of the tests' own: on a socket, never as root, gone when the tests are.

Databases are copies of a template that has the schema. Without PostgreSQL these tests are skipped.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import pytest

ACCOUNT = "postgres"
LONGEST_SECONDS = 3_600
READY_SECONDS = 30
OWNER, NODE = "owner", "node"
TEMPLATE = "cchc_template"
QUICK = {"fsync": "off", "full_page_writes": "off"}
"""What a server does not need that nobody will pull the plug on."""


PROGRAMS = "CCHC_FLOW_TEST_POSTGRES"
"""The folder of another server's programs (initdb, postgres, pg_ctl), to run the tests on its version."""


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version's; None when there is none."""
    if chosen := os.environ.get(PROGRAMS):
        return Path(chosen)
    return _installed_programs()


def _installed_programs() -> Path | None:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if server := shutil.which("postgres"):
        folders.append(Path(server).resolve().parent)
    usable = [folder for folder in folders if (folder / "initdb").is_file()]
    return max(
        usable,
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        default=None,
    )


def why_not() -> str:
    """Return why no server can be started here, empty when one can."""
    if find_programs() is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    if os.geteuid() == 0 and not _has_account():
        return f"PostgreSQL does not run as root, and there is no user {ACCOUNT}"
    return ""


class Server:
    """One server; its data and its socket lie in `folder`. `settings` go to its command line."""

    def __init__(self, settings: dict[str, str] = QUICK, where: str | None = None) -> None:
        short = where or "/tmp"  # noqa: S108  # a socket's path has 107 bytes
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir=short))
        self.data, self._settings = self.folder / "data", settings
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        self.run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            OWNER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
            "-N",
        )

    def run(self, program: str, *arguments: str, timeout: float = 120) -> str:
        """Run one of PostgreSQL's programs as the server's account and return what it prints."""
        command = [*self._as_account(), self._find(program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    def start(self, **more: str) -> None:
        """Start the server and wait until it takes connections; it ends with the process that started it."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "80",
        }
        settings |= {"shared_buffers": "64MB", "max_locks_per_transaction": "256"} | self._settings | more
        command = [*self._as_account("--pdeathsig", "QUIT"), "timeout", "--foreground", "-s", "QUIT"]
        command += [str(LONGEST_SECONDS), str(self._programs / "postgres"), "-D", str(self.data)]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log)
        ends = time.monotonic() + READY_SECONDS
        ready = [self._find("pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready, timeout=10).returncode:
            assert self._process.poll() is None and time.monotonic() < ends, (self.folder / "log").read_text()
            time.sleep(0.02)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; "immediate" is what a crash leaves."""
        if self._process is not None:
            self.run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-s")
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, database: str, user: str = NODE) -> str:
        """Return the address of a database for a user (OWNER or NODE)."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder))}"

    def query(self, database: str, sql: str) -> str:
        """Execute SQL as the owner, with psql; return its rows, unaligned."""
        where = ["-h", str(self.folder), "-U", OWNER, "-d", database]
        return self.run("psql", *where, "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", sql)

    @cached_property
    def _programs(self) -> Path:
        folder = find_programs()
        assert folder is not None
        return folder

    def _find(self, program: str) -> str:
        """Return the path of a program; clients that do not come with a chosen server are Debian's."""
        if (self._programs / program).is_file():
            return str(self._programs / program)
        return str((_installed_programs() or self._programs) / program)

    def _as_account(self, *options: str) -> list[str]:
        """Return the words before a command that make it run as the account, with options of setpriv."""
        own = ["--reuid", ACCOUNT, "--regid", ACCOUNT, "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *own, *options] if own or options else []


class Cluster:
    """A server with a template database that has the schema, and the two roles that the tests come as."""

    def __init__(self, server: Server) -> None:
        self.server, self._count = server, 0
        server.query("postgres", f"CREATE DATABASE {TEMPLATE}")
        server.query("postgres", f"CREATE ROLE {NODE} LOGIN")
        from cchc_flow.eventlog.postgres.install import install

        install(server.url(TEMPLATE, OWNER))
        server.query("postgres", f"GRANT cchc_node TO {NODE}")

    def create(self, template: str = TEMPLATE) -> "TestDatabase":
        """Return a new database with the schema, or a copy of another one that nobody is connected to."""
        self._count += 1
        name = f"test_{self._count}"
        self.server.query("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return TestDatabase(self.server, name)


class TestDatabase:
    """One database with the schema: `url` for a node, `owner_url` for its owner."""

    __test__ = False

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.url, self.owner_url = server.url(name), server.url(name, OWNER)

    def query(self, sql: str) -> str:
        """Execute SQL as the owner and return its rows, unaligned."""
        return self.server.query(self.name, sql)

    def drop(self) -> None:
        """Drop the database, whoever is connected."""
        self.server.query("postgres", f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A running server; each process of the tests that needs one has its own."""
    if reason := why_not():
        pytest.skip(reason)
    server = Server()
    try:
        server.start()
        yield Cluster(server)
    finally:
        server.remove()


@pytest.fixture
def postgres(postgres_cluster: Cluster) -> Iterator[TestDatabase]:
    """A database with the schema and nothing in it."""
    from cchc_flow.eventlog.postgres.pool import close_pools

    database = postgres_cluster.create()
    yield database
    close_pools()
    database.drop()


def _has_account() -> bool:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True
