"""A node hears how far a log has come, and never shows less than what it wrote itself."""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from eventlog.appending import append_steps
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres import newest_positions as module
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.newest_positions import NewestPositions, newest_positions

SEAL = "SELECT pg_notify('cchc_log', '{} {}')"


@pytest.fixture
def positions(log: PostgresLog) -> Iterator[NewestPositions]:
    positions = newest_positions(log._server.database)
    positions.start("cchc-flow listener")
    until(lambda: positions.is_listening)
    log.size()
    yield positions
    positions.stop()


def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.01)


def forbid_looking(log: PostgresLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(log, "size", refuse)


def test_a_page_asks_the_database_for_no_position_while_the_process_listens(
    log: PostgresLog, positions: NewestPositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_looking(log, monkeypatch)
    assert log.newest() == 1


def test_what_this_process_wrote_is_known_at_once(
    log: PostgresLog, positions: NewestPositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_steps(log, "item-1", 0, "một", "hai")
    forbid_looking(log, monkeypatch)
    assert log.newest() == 3


def test_what_another_wrote_is_heard(
    log: PostgresLog, positions: NewestPositions, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 60)
    postgres.query(SEAL.format(log._server.workspace, 7))
    until(lambda: positions.find(log._server.workspace) == 7)


def test_what_was_told_to_nobody_is_found_by_asking_now_and_then(
    log: PostgresLog, positions: NewestPositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 0.05)
    append_steps(log, "item-1", 0, "một")
    positions._known[log._server.workspace] = 1  # as if the seal had told nobody
    until(lambda: positions.find(log._server.workspace) == 2)


def test_a_listener_that_lost_its_connection_knows_nothing_until_it_listens_again(
    log: PostgresLog, positions: NewestPositions, postgres: TestDatabase
) -> None:
    own = f"application_name = 'cchc-flow listener' AND datname = '{postgres.name}'"
    postgres.query(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {own}")
    until(lambda: not positions.is_listening)
    assert positions.find(log._server.workspace) is None
    assert log.newest() == 1  # asked for
    until(lambda: positions.is_listening)


@pytest.mark.parametrize("payload", ["", "xa-do", "xa-do ", "xa-do -1", "xa-do ٣", "khac 99"])
def test_nonsense_that_is_told_changes_nothing(payload: str, log: PostgresLog) -> None:
    positions = NewestPositions(log._server.database)
    positions.note("xa-do", 5)
    positions._take(payload)
    assert positions._known == {"xa-do": 5}


def test_a_log_that_nobody_looks_at_is_listened_to_no_more(
    log: PostgresLog, positions: NewestPositions
) -> None:
    log.close()
    assert positions._known == {}


def test_without_a_listener_the_database_is_asked(log: PostgresLog, home: PostgresTestHome) -> None:
    append_steps(log, "item-1", 0, "một")
    assert newest_positions(log._server.database).find(log._server.workspace) is None
    assert log.newest() == 2


def test_a_process_that_was_forked_begins_with_nothing(
    log: PostgresLog, positions: NewestPositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: own + 1)
    forked = newest_positions(log._server.database)
    assert forked is not positions and not forked.is_listening
