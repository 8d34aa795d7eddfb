"""A verification that a page starts, of a log in a database: the same verdicts."""

from pathlib import Path

import psycopg
import pytest
from support.postgres import TestDatabase
from support.world import World

from cchc_flow.audit.verification import ReferenceCheckpoint, run_verification
from cchc_flow.eventlog.postgres.pool import close_pools

NOTHING = ReferenceCheckpoint()


@pytest.fixture
def world(tmp_path: Path, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    return World(tmp_path / "data").settle()


def test_a_whole_log_is_whole_and_a_changed_one_is_named(world: World, postgres: TestDatabase) -> None:
    note, key = world.ws.log.checkpoint_and_key()
    verdict = run_verification(world.ws, ReferenceCheckpoint(note, key))
    assert verdict.report.ok and verdict.report.independent
    size = world.ws.log.size()
    with psycopg.connect(postgres.owner_url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE cchc_log.events SET body = convert_to(replace(convert_from(body, 'UTF8'), 'hoa', 'hao'),"
            " 'UTF8') WHERE position = %s",
            (size,),
        )
        connection.execute("DELETE FROM cchc_log.contents")
    problem = run_verification(world.ws, NOTHING).report.problem
    assert problem is not None and problem.first is not None and problem.first <= size


def test_a_server_that_went_away_is_told_in_words(world: World, postgres: TestDatabase) -> None:
    close_pools()
    postgres.drop()
    with pytest.raises(Exception, match="cơ sở dữ liệu"):
        run_verification(world.ws, NOTHING)
