"""`content erase`: an administrator erases a content of the vault from a terminal."""

import pytest
from support.terminal import Terminal
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.cli import run


@pytest.mark.usefixtures("world_clock")
def test_an_administrator_erases_once_and_the_log_verifies(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.submitted()
    commands.grant_role(world.ws, "hoa", "admin", world.order())
    digest = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
    words = ["--data", str(world.data), "--as", "hoa", "content", "erase", digest, "--reason", "Theo đơn"]
    assert run(words) == 0
    assert f"Đã xóa nội dung {digest} khỏi kho" in capsys.readouterr().out
    assert run(words) == 0
    assert "đã được xóa từ trước" in capsys.readouterr().out
    assert run(["--data", str(world.data), "verify"]) == 0


def test_without_a_person_nothing_is_erased(terminal: Terminal) -> None:
    terminal("init", "xa-do")
    said = terminal("content", "erase", "0" * 64, "--reason", "Theo đơn")
    assert (said.code, said.out) == (1, "")
    assert "Việc này do quản trị thực hiện" in said.err
