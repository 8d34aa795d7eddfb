"""A connection that is lost in the middle: an act is carried out once, and answered once."""

import time

import psycopg
import pytest
from eventlog.appending import append_steps
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import Cluster, TestDatabase

from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.port import Receipt
from cchc_flow.eventlog.postgres import log as postgres_log
from cchc_flow.eventlog.postgres import pool
from cchc_flow.eventlog.postgres.commit import Answer, Commit
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.pool import Session


@pytest.mark.parametrize("is_carried_out", [True, False], ids=["after the commit", "before the commit"])
def test_a_commit_whose_answer_was_lost_is_there_once(
    log: PostgresLog, monkeypatch: pytest.MonkeyPatch, is_carried_out: bool
) -> None:
    send, lost = Commit.send, [True]

    def lose_once(commit: Commit, session: Session, voucher: bytes | None, key: str | None = None) -> Answer:
        if not lost:
            return send(commit, session, voucher, key)
        lost.clear()
        if is_carried_out:
            send(commit, session, voucher, key)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Commit, "send", lose_once)
    assert append_steps(log, "item-1", 0, "một", "hai") == Receipt(2, 3)
    assert append_steps(log, "item-1", 0, "một", "hai") == Receipt(2, 3, repeated=True)
    assert [event.version for event in log.stream("item-1")] == [1, 2]
    assert log.checkpoint_at(3)


def test_connections_that_the_server_ended_are_replaced(log: PostgresLog, postgres: TestDatabase) -> None:
    own = f"usename = 'node' AND datname = '{postgres.name}'"
    ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {own}"
    append_steps(log, "item-1", 0, "một")
    postgres.query(ended)
    assert append_steps(log, "item-1", 1, "hai") == Receipt(3, 3)
    postgres.query(ended)
    assert log.size() == 3


def test_a_server_that_crashed_is_found_again_with_all_that_was_acknowledged(
    log: PostgresLog, postgres_cluster: Cluster, home: PostgresTestHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_log, "LOST_WAITS", (0.05,))
    monkeypatch.setattr(pool, "WAIT_SECONDS", 0.5)
    for number in range(20):
        append_steps(log, f"item-{number}", 0, "việc")
    postgres_cluster.server.stop("immediate")
    try:
        start = time.monotonic()
        with pytest.raises(NotRecorded, match="cơ sở dữ liệu"):
            append_steps(log, "item-99", 0, "không tới nơi")
        with pytest.raises(NotRecorded, match="cơ sở dữ liệu"):
            log.size()
        assert time.monotonic() - start < 30
    finally:
        postgres_cluster.server.start()
    assert append_steps(log, "item-99", 0, "tới nơi") == Receipt(22, 22)
    assert home.open("node-2").size() == 22
