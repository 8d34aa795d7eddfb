"""The sample log in each of its homes: what verification says is the same for both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from eventlog.conftest import SampleLog
from support.postgres import Cluster

HOMES = "sqlite", "postgresql"
only_sqlite = pytest.mark.parametrize("home", ["sqlite"])
"""For what only a file can have done to it."""


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def original_in_database(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Cluster
) -> Iterator[SampleLog]:
    """The sample log in one database for all tests of the process."""
    from eventlog.postgres_sample import PostgresSample

    from cchc_flow.eventlog.postgres.pool import close_pools

    sample = PostgresSample(tmp_path_factory.mktemp("original") / "data", postgres_cluster.create())
    sample.fill()
    sample.keep()
    yield sample
    close_pools()
    sample.database.drop()


@pytest.fixture
def sample(home: str, original: SampleLog, tmp_path: Path, request: pytest.FixtureRequest) -> SampleLog:
    """A copy of the sample log that a test may damage."""
    if home == "sqlite":
        copy = SampleLog(tmp_path / "data")
    else:
        from eventlog.postgres_sample import PostgresSample

        original = request.getfixturevalue("original_in_database")
        original.restore()
        copy = PostgresSample(tmp_path / "data", original.database)
    shutil.copytree(original.root, tmp_path / "data")
    copy.clock.at = original.clock.at
    return copy
