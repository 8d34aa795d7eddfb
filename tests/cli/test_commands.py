"""The other commands: what they print, what they refuse, how they end."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from support.terminal import Terminal

from cchc_flow import __version__, clock, demo
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.web_key import setup_code
from cchc_flow.cli import cli, run
from cchc_flow.commands import open_workspace
from cchc_flow.projections import directory
from cchc_flow.projections.cards import queries
from cchc_flow.samples import SAMPLE_PLAN


def test_a_demo_shows_something_in_every_column(terminal: Terminal, data: Path) -> None:
    assert terminal("demo", "--no-serve").code == 0
    ws = open_workspace(data, "demo", clock.now)
    lanes = {card.lane for card in queries.all_cards(ws.read()) if card.kind == "task" and not card.parent}
    assert lanes == {"planned", "assigned", "in_progress", "submitted", "approved", "closed"}


def test_a_demo_prints_one_account_for_each_role_that_opens(terminal: Terminal, data: Path) -> None:
    result = terminal("demo", "--no-serve").out
    ws = open_workspace(data, "demo", clock.now)
    assert {person.role for person in demo.PEOPLE} == set(directory_roles(data))
    for login, password in demo.passwords(ws).items():
        assert login in result
        assert password in result
        assert open_accounts(ws).has_password(login)


def directory_roles(data: Path) -> list[str]:
    people = directory.people(open_workspace(data, "demo", clock.now).read())
    return [role for person in people for role in person.roles]


def test_a_second_demo_changes_nothing_and_prints_the_same(terminal: Terminal) -> None:
    first, before = terminal("demo", "--no-serve").out, terminal("checkpoint").out
    assert terminal("demo", "--no-serve").out == first
    assert terminal("checkpoint").out == before


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_the_start_says_which_areas_were_loaded_and_from_where(terminal: Terminal, command: str) -> None:
    with socket.socket() as taken:  # so that it ends by itself, after it has said so
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = terminal(command, "--port", str(taken.getsockname()[1]))
    assert result.code == 2
    (line,) = [line for line in result.err.splitlines() if line.startswith("Đã nạp ")]
    assert line.startswith("Đã nạp 7 lĩnh vực: ")
    assert line.count(f"(bản {__version__}, đi kèm chương trình)") == 7


def test_a_demo_of_a_year_has_a_workspace_of_its_own(terminal: Terminal, data: Path) -> None:
    with time_machine.travel("2026-01-20T03:00:00Z", tick=False):
        result = terminal("demo", "--year", "--no-serve")
    assert result.code == 0
    assert "«demo-year»" in result.out
    assert "Đang chuẩn bị" in result.err
    ws = open_workspace(data, "demo-year", clock.now)
    words = demo.passwords(ws)
    assert all(f"{person.login:<14}{words[person.login]}" in result.out for person in demo.PEOPLE)


def test_a_demo_of_a_year_before_that_year_is_refused_in_one_line(terminal: Terminal) -> None:
    with time_machine.travel("2025-06-01T03:00:00Z", tick=False):
        result = terminal("demo", "--year", "--no-serve")
    assert (result.code, result.out) == (1, "")
    assert "01/06/2025" in result.err


def test_a_demo_of_a_year_refuses_the_small_demo(terminal: Terminal) -> None:
    terminal("demo", "--no-serve")
    result = terminal("--workspace", "demo", "demo", "--year", "--no-serve")
    assert (result.code, result.out) == (1, "")
    assert "bản dùng thử khác" in result.err


def test_a_demo_refuses_a_workspace_of_real_work(terminal: Terminal) -> None:
    terminal("init", "demo")
    result = terminal("demo", "--no-serve")
    assert (result.code, result.out) == (1, "")
    assert "không phải bản dùng thử" in result.err


def test_demo_passwords_are_refused_outside_a_demo(terminal: Terminal, data: Path) -> None:
    terminal("init", "that")
    with pytest.raises(Exception, match="không phải bản dùng thử"):
        demo.passwords(open_workspace(data, "that", clock.now))


@pytest.mark.parametrize("name", ["", "A B", "../x", "private", "static", "a" * 41, "-a"])
def test_a_workspace_name_that_no_url_can_carry_is_refused(terminal: Terminal, name: str) -> None:
    assert terminal("init", name).code == 2


def test_a_workspace_is_not_made_twice(terminal: Terminal) -> None:
    assert terminal("init", "xa").code == 0
    assert "đã có" in terminal("init", "xa").err


def test_of_two_workspaces_one_must_be_named(terminal: Terminal) -> None:
    terminal("init", "mot")
    terminal("init", "hai")
    assert "hai, mot" in terminal("items").err
    assert terminal("--workspace", "mot", "items").code == 0


def test_a_command_without_a_workspace_says_how_to_make_one(terminal: Terminal) -> None:
    result = terminal("items")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "cchc-flow init" in result.err


def test_items_are_listed_in_words(terminal: Terminal) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    lines = terminal("items").out.splitlines()
    assert len(lines) == 63
    assert all("Chưa giao" in line for line in lines)


def test_acting_as_somebody_unknown_is_refused(terminal: Terminal) -> None:
    terminal("init", "xa")
    assert "Không có người dùng «ai.do»" in terminal("--as", "ai.do", "user", "add", "b.c", "--name", "B").err


def test_a_user_gets_a_temporary_password_and_roles(terminal: Terminal, data: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    result = terminal(
        "user", "add", "lan", "--name", "Trần Lan", "--unit", "phong kinh te", "--role", "officer"
    )
    assert "Mật khẩu tạm:" in result.out
    person = directory.person(open_workspace(data, "default", clock.now).read(), "lan")
    assert person and (person.unit, person.roles) == ("phong-kinh-te", {"officer"})


def test_roles_are_given_and_taken_by_command(terminal: Terminal) -> None:
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan")
    assert "kiểm tra" in terminal("user", "role", "lan", "inspector").out
    assert "không có" in terminal("user", "role", "lan", "inspector", "--revoke").out


def test_a_disabled_user_is_out(terminal: Terminal, data: Path) -> None:
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    assert terminal("user", "disable", "lan").code == 0
    person = directory.person(open_workspace(data, "xa", clock.now).read(), "lan")
    assert person and not person.active


def test_a_unit_that_is_not_there_is_refused(terminal: Terminal) -> None:
    terminal("init", "xa")
    assert terminal("user", "add", "lan", "--name", "Lan", "--unit", "Tổ lạ").code == 2


def test_rebuilding_gives_what_was_there(terminal: Terminal) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    before = terminal("items", "--json").out
    assert terminal("rebuild").out == "Đã dựng lại: projections-2.db, history-1.db\n"
    assert terminal("items", "--json").out == before
    assert terminal("rebuild", "--check").code == 0


def test_a_read_model_that_differs_fails_the_check(terminal: Terminal, data: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    ws = open_workspace(data, "default", clock.now)
    ws.read().execute("UPDATE cards SET title = 'x'")
    result = terminal("rebuild", "--check")
    assert result.code == 1 and result.out.startswith("Khác ở bảng: cards: item=2026-")


def test_the_calendar_knows_tet_and_the_reporting_days(terminal: Terminal) -> None:
    calendar = json.loads(terminal("calendar", "--year", "2026", "--json").out)
    assert calendar["holidays"]["2026-02-17"] == "Tết Nguyên đán (mồng một)"
    assert calendar["reports"]["UBND xã báo cáo Sở Nội vụ"]["2026-Q1"] == "2026-03-20"


def test_the_doctor_finds_this_machine_healthy(terminal: Terminal) -> None:
    result = terminal("doctor")
    assert result.code == 0
    assert "SQLite" in result.out


def test_the_areas_are_listed(terminal: Terminal) -> None:
    assert len(terminal("areas").out.splitlines()) == 7


def test_the_catalogue_names_every_event(terminal: Terminal) -> None:
    result = terminal("events").out
    assert "item.submitted/1" in result
    assert "log.opened/1" in result


def test_a_command_that_does_not_exist_is_one_line(terminal: Terminal) -> None:
    result = terminal("nonsense")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_every_command_says_what_it_does_in_vietnamese() -> None:
    def walk(command: object) -> list[str]:
        below = getattr(command, "commands", {}).values()
        return [str(getattr(command, "help", "")), *(text for one in below for text in walk(one))]

    assert [text for text in walk(cli) if text.isascii()] == []


def test_a_command_starts_without_what_only_the_web_server_and_tables_need() -> None:
    code = "import sys, cchc_flow.cli; print(sorted({'flask', 'icalendar', 'openpyxl'} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_init_tells_the_code_that_the_set_up_page_of_its_workspace_asks_for(
    terminal: Terminal, data: Path
) -> None:
    assert f"hỏi mã: {setup_code(data, 'xa')}\n" in terminal("init", "xa").err


@pytest.mark.parametrize("words", [[], ["plan"], ["user"]])
def test_a_group_of_commands_alone_shows_its_help_as_click_does(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(" ".join(["Usage: cchc-flow", *words])) and said.err.count("\n") > 5


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["tám nghìn", "80a", "0", "70000", "1e3", "9" * 5000])
def test_a_port_that_is_none_is_told_in_one_line(terminal: Terminal, command: str, port: str) -> None:
    said = terminal(command, "--port", port)
    assert said.code == 2
    assert "không phải số cổng" in said.err and "Traceback" not in said.err
