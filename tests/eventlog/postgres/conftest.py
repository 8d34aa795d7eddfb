"""A log in a database of its own, as one node opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from eventlog.appending import Clock
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres.log import PostgresLog


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
