"""The log in PostgreSQL keeps the contract that the log in SQLite keeps."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from eventlog.appending import Clock
from eventlog.contract import EventLogContract
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres.log import PostgresLog


@pytest.fixture
def make_log(postgres: TestDatabase, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], PostgresLog]]:
    homes: list[PostgresTestHome] = []

    def make() -> PostgresLog:
        homes.append(PostgresTestHome(postgres.url, tmp_path, clock, f"xa-{len(homes)}"))
        return homes[-1].open()

    yield make
    for home in homes:
        home.close()


class TestPostgresLog(EventLogContract):
    """The contract of all homes."""
