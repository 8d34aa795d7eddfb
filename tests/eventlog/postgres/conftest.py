"""A log in a database of its own, as one node opens it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from eventlog.appending import Clock
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase
from support.standby import Pair

from cchc_flow.eventlog.postgres import log as postgres_log
from cchc_flow.eventlog.postgres import pool
from cchc_flow.eventlog.postgres.log import PostgresLog

Open = Callable[[str], PostgresLog]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(postgres: TestDatabase, tmp_path: Path, clock: Clock) -> Iterator[PostgresTestHome]:
    home = PostgresTestHome(postgres.url, tmp_path / "private", clock)
    yield home
    home.close()


@pytest.fixture
def log(home: PostgresTestHome) -> PostgresLog:
    return home.open()


@pytest.fixture
def open_log(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the log of a workspace as a node does whose address names both servers."""
    monkeypatch.setattr(pool, "ANSWER_SECONDS", 0.6)
    monkeypatch.setattr(pool, "OPTIONS", pool.OPTIONS | {"lock_timeout": "300ms"})
    monkeypatch.setattr(postgres_log, "LOST_WAITS", (0.05, 0.2))
    monkeypatch.setattr(pool, "WAIT_SECONDS", 0.5)
    return lambda workspace: PostgresTestHome(pair.url, tmp_path, Clock(), workspace).open()
