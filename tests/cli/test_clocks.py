"""A terminal by a clock that may be wrong: what it refuses, and how a person confirms it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.terminal import Terminal

from cchc_flow import clock, commands
from cchc_flow.commands import Order


@pytest.fixture
def made(data: Path) -> Callable[[timedelta], None]:
    """Make a workspace so long ago, or to come, with an administrator and an officer."""

    def make(ago: timedelta) -> None:
        ws = commands.create_workspace(data, "default", title="xã", clock=lambda: clock.now() - ago)
        for login, role in (("quan", "admin"), ("lan", "officer")):
            commands.add_person(ws, login, login, None, None, Order("system:test", ws.new_id()))
            commands.grant_role(ws, login, role, Order("system:test", ws.new_id()))
        ws.close()

    return make


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(days=31), "hơn 30 ngày sau"), (timedelta(days=-1), "trước cả lần ghi gần nhất")],
)
def test_a_terminal_records_nothing_by_a_clock_in_doubt_until_it_is_confirmed(
    terminal: Terminal, made: Callable[[timedelta], None], ago: timedelta, words: str
) -> None:
    made(ago)
    before = terminal("verify").out
    for command in (("user", "add", "nam", "--name", "Nam"), ("remind",), ("key", "rotate")):
        refused = terminal(*command)
        assert refused.code == 1 and words in refused.err and "cchc-flow clock confirm" in refused.err
    assert words in terminal("doctor").out
    assert terminal("verify").out == before
    confirmed = terminal("clock", "confirm")
    assert (confirmed.code, "Đã xác nhận đồng hồ máy chủ" in confirmed.out) == (0, True)
    assert terminal("user", "add", "nam", "--name", "Nam").code == 0
    assert terminal("remind").code == 0 and terminal("verify", "--all").code == 0


def test_what_only_reads_goes_on_by_a_clock_in_doubt(
    terminal: Terminal, made: Callable[[timedelta], None]
) -> None:
    made(timedelta(days=90))
    for command in (("items",), ("checkpoint",), ("rebuild", "--check"), ("verify",)):
        assert terminal(*command).code == 0


def test_only_an_administrator_or_the_machine_confirms_the_clock(
    terminal: Terminal, made: Callable[[timedelta], None]
) -> None:
    made(timedelta(days=90))
    refused = terminal("--as", "lan", "clock", "confirm")
    assert refused.code == 1 and "quản trị" in refused.err
    assert terminal("--as", "quan", "clock", "confirm").code == 0
    assert terminal("user", "add", "nam", "--name", "Nam").code == 0


def test_a_lost_end_and_a_clock_in_doubt_are_mended_one_after_the_other(
    terminal: Terminal, made: Callable[[timedelta], None], data: Path
) -> None:
    made(timedelta(days=60))
    memory = data / "private" / "default" / "log-end.txt"
    size, root, time = memory.read_text().splitlines()
    memory.write_text(f"size {int(size.split()[1]) + 7}\n{root}\n{time}\n")
    assert "cchc-flow clock confirm" in terminal("accept").err
    assert terminal("clock", "confirm").code == 0
    assert "cchc-flow accept" in terminal("items").err
    assert terminal("accept").code == 0
    assert terminal("items").code == 0
