"""The homes of the log of reads: the files of a folder, and the tables of a database."""

import secrets
from collections.abc import Iterator

import pytest
from support.postgres import Cluster, TestDatabase
from support.world import World

from cchc_flow.eventlog.reads.store import ReadLog


@pytest.fixture(scope="session")
def reads_tables(request: pytest.FixtureRequest) -> Iterator[TestDatabase]:
    """One database for all tests of reads: each takes a workspace of its own."""
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    from cchc_flow.eventlog.postgres.pool import close_pools

    database = cluster.create()
    yield database
    close_pools()
    database.drop()


def reads_in_database(world: World, database: TestDatabase) -> str:
    """Let a commune keep its log of reads in a database from now on; return under which name."""
    from cchc_flow.eventlog.postgres.pool import find_database
    from cchc_flow.eventlog.postgres.reads import PostgresReads

    name = f"xa-{secrets.token_hex(6)}"
    home = PostgresReads(find_database(database.url), name)
    world.ws.reads = ReadLog(home, world.ws.private, world.ws.log, world.ws.now)
    return name


@pytest.fixture(params=["folder", "postgres"])
def either(request: pytest.FixtureRequest, world: World) -> World:
    """A commune whose log of reads is in either home."""
    if request.param == "postgres":
        reads_in_database(world, request.getfixturevalue("reads_tables"))
    return world
