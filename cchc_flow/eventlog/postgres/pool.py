"""Connections to a PostgreSQL database: one pool for each process and address, safe after a fork.

How many connections a process has does not depend on how many workspaces it serves.
"""

import atexit
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import Diagnostic
from psycopg_pool import ConnectionPool, PoolTimeout

from cchc_flow.eventlog.postgres.failures import (
    Unconfirmed,
    connect_refusal,
    is_connection_lost,
    pooler_refusal,
    refusals_in_words,
)

MOST_CONNECTIONS = 10
WAIT_SECONDS = 10.0
"""How long a thread waits for a connection that others use, or for a server that is away."""
RECONNECT_SECONDS = 2.0
"""How long the pool itself goes on trying, ever more slowly, before it waits to be asked again."""
ANSWER_SECONDS = 20.0
"""How long a database may be silent to somebody: a commit waits without end for a standby that is away."""
IDLE_SECONDS = 300.0
PROBE_SECONDS = 5
OPTIONS = {
    "search_path": "cchc_here,cchc_accounts_here",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",  # a node that went away must not keep the others waiting
    "default_transaction_isolation": "read committed",
}
KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
}


Result = TypeVar("Result")


class Session(psycopg.Connection[Any]):
    """A connection that knows for which workspace its views were set.

    One of the pool waits `answer_seconds` for a silent server and raises Unconfirmed then: what was asked for
    may still be done. Nothing is cancelled, as that would make a commit visible that no standby has.
    """

    workspace: str | None = None
    answer_seconds: float | None = None
    is_confirmed = True
    """False once the server has ended its wait for a standby: what it answered then may be lost with it."""

    def wait(self, gen: PQGen[Result], *more: Any, **options: Any) -> Result:
        """Carry out what psycopg asks of the server, for as long as that says something."""
        if self.answer_seconds is None:
            return super().wait(gen, *more, **options)
        return super().wait(_until_silent(gen, self.answer_seconds), *more, **options)

    def take_notice(self, notice: Diagnostic) -> None:
        """Take note of a warning that a commit was not waited for; its words come in many languages."""
        if notice.source_function == "SyncRepWaitForLSN":
            self.is_confirmed = False

    def require_confirmation(self) -> None:
        """Raise Unconfirmed when the server did not wait for the standby, as somebody cancelled that."""
        if not self.is_confirmed:
            self.is_confirmed = True
            raise Unconfirmed


def _until_silent(gen: PQGen[Result], seconds: float) -> PQGen[Result]:
    """Go on as `gen` does, and raise Unconfirmed when it has waited so long and nothing came."""
    ends = time.monotonic() + seconds
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                ends = time.monotonic() + seconds
            elif time.monotonic() > ends:
                raise Unconfirmed
            wanted = gen.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


class Database:
    """One database; `connection` lends a connection to it, in autocommit."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._pools: dict[int, ConnectionPool[Session]] = {}
        self.before_close: list[Callable[[], None]] = []
        """What is done before the connections are closed, once."""

    @property
    def name(self) -> str:
        """The database and its server in words; no password is in them."""
        parts = conninfo_to_dict(self._url)
        return f"«{parts.get('dbname') or parts.get('user') or ''}» ở «{parts.get('host') or 'máy này'}»"

    @contextmanager
    def connection(self) -> Iterator[Session]:
        """Lend a connection in autocommit; raise NotRecorded when the server cannot be reached.

        A connection that was lost while it was lent takes the idle ones along: they are tried before the next
        one is lent.
        """
        pool = self._pool()
        with refusals_in_words():
            session = self._take(pool)
            try:
                yield session
                session.require_confirmation()
            except Unconfirmed:
                session.close()  # it waits on by itself
                raise
            except BaseException as error:
                if is_connection_lost(error):
                    session.close()
                    pool.check()
                raise
            finally:
                pool.putconn(session)

    def connect(self) -> Session:
        """Return a connection of its own, to listen or to read at length: who asked for it closes it.

        Raise BadInput when a pooler is between: with the next transaction it may lead to another session,
        where nothing is set that we set, and one workspace would see the rows of another.
        """
        try:
            session = Session.connect(self._url, **_connect_options())
        except psycopg.OperationalError as error:
            raise connect_refusal(self.name, error) from None
        if session.execute("SELECT pg_catalog.pg_backend_pid()").fetchone() != (session.info.backend_pid,):
            session.close()
            raise pooler_refusal(self.name)
        return session

    def use(self) -> dict[str, int]:
        """Return how many connections this process has, and how many threads wait for one."""
        pool = self._pools.get(os.getpid())
        return pool.get_stats() if pool else {}

    def close(self) -> None:
        """Close the connections of this process; using the database again opens new ones."""
        while self.before_close:
            self.before_close.pop()()
        with self._lock:
            pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.close()

    def _pool(self) -> ConnectionPool[Session]:
        """Return the pool of this process; one that was carried over a fork is left alone."""
        pool = self._pools.get(os.getpid())
        if pool is None:
            with self._lock:
                pool = self._pools.get(os.getpid()) or self._open_pool()
                self._pools[os.getpid()] = pool
        return pool

    def _open_pool(self) -> ConnectionPool[Session]:
        self.connect().close()  # says why, where a pool only waits
        return ConnectionPool(
            self._url,
            connection_class=Session,
            kwargs=_connect_options(),
            min_size=0,
            max_size=MOST_CONNECTIONS,
            reconnect_timeout=RECONNECT_SECONDS,
            max_idle=IDLE_SECONDS,
            configure=_watch,
            open=True,
        )

    def _take(self, pool: ConnectionPool[Session]) -> Session:
        try:
            return pool.getconn(WAIT_SECONDS)
        except PoolTimeout:
            self.connect().close()  # says why, if the server is away
            raise


_databases: dict[str, Database] = {}


def find_database(url: str) -> Database:
    """Return the database at an address, the same one for each who asks."""
    return _databases.setdefault(url, Database(url))


def close_pools() -> None:
    """Close all connections of this process, as before its end."""
    for database in _databases.values():
        database.close()


atexit.register(close_pools)


def _watch(session: Session) -> None:
    """Let a connection of the pool wait for no server without end, and hear what is no confirmation."""
    session.answer_seconds = ANSWER_SECONDS
    session.add_notice_handler(session.take_notice)


def _connect_options() -> dict[str, Any]:
    options = " ".join(f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in OPTIONS.items())
    return {
        "autocommit": True,
        "connect_timeout": PROBE_SECONDS,
        "options": options,
        "application_name": "cchc-flow",
        "prepare_threshold": 1,
        **KEEPALIVE,
    }
