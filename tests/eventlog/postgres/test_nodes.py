"""Machines that serve one database: one at a time runs a round, and each says what it runs."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres.newest_positions import newest_positions
from cchc_flow.homes import find_home
from cchc_flow.nodes import describe_differences, program_name
from cchc_flow.plugin_host.loading import NONE

HOLD = """
import os, sys
from pathlib import Path
from cchc_flow.homes import find_home
with find_home(Path(sys.argv[1])).lease("xa-mau", "daily") as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def database(postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> TestDatabase:
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    return postgres


def begin(data: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "True\n"
    return holder


def test_a_round_is_run_by_one_process_and_a_dead_one_holds_up_nobody(tmp_path: Path) -> None:
    holder, home = begin(tmp_path), find_home(tmp_path)
    with home.lease("xa-mau", "daily") as is_ours:
        assert not is_ours
    with home.lease("xa-khac", "daily") as is_ours:
        assert is_ours  # each workspace has its own
    holder.kill()
    holder.communicate(timeout=10)
    for _ in range(100):
        with home.lease("xa-mau", "daily") as is_ours:
            if is_ours:
                break
    assert is_ours


def test_a_lease_ends_with_its_block_and_with_what_the_block_raises(tmp_path: Path) -> None:
    home = find_home(tmp_path)
    for _ in range(20):  # at once each time, not when the server notices that a connection is closed
        with home.lease("xa-mau", "daily") as is_ours:
            assert is_ours
    with pytest.raises(ZeroDivisionError), home.lease("xa-mau", "daily"):
        raise ZeroDivisionError
    with home.lease("xa-mau", "daily") as is_ours:
        assert is_ours


def test_a_machine_that_listens_is_known_by_what_it_runs(tmp_path: Path, postgres: TestDatabase) -> None:
    home = find_home(tmp_path)
    home.begin_listening(program_name(NONE))
    positions = newest_positions(home.database)  # type: ignore[attr-defined]
    try:
        while not positions.is_listening:
            pass
        assert home.programs() == [program_name(NONE)]
        assert describe_differences(NONE, home.programs()) == []
    finally:
        positions.stop()
