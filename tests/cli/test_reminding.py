"""The command of the daily timer: what it says, how it ends, what stays when something fails."""

import json
import os
import socket
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from support.mailbox import mailbox
from support.terminal import Terminal
from support.world import DOCUMENT, PLAN

from cchc_flow import clock, commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.cli import reminding
from cchc_flow.commands import Adoption, NewTask, Order, open_workspace
from cchc_flow.commands.due_reminders import CLOCK
from cchc_flow.homes import FolderHome
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace

SENDER = "CCHC xã Mẫu <cchc@xa-mau.gov.vn>"


@pytest.fixture(autouse=True)
def no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CCHC_FLOW_SMTP", "CCHC_FLOW_MAIL_FROM", "CCHC_FLOW_URL"):
        monkeypatch.delenv(name, raising=False)


def commune(terminal: Terminal, data: Path, name: str = "xa-mau") -> Workspace:
    """A commune with one person, who coordinates, and a task that is due tomorrow."""
    assert terminal("init", name).code == 0
    ws = open_workspace(data, name, clock.now)
    commands.add_person(ws, "hoa", "Lê Thị Hoa", None, None, Order("system:test", ws.new_id()))
    commands.grant_role(ws, "hoa", "coordinator", Order("system:test", ws.new_id()))
    due = local_day(clock.now()) + timedelta(days=1)
    task = NewTask(ref="III.1.1", title="Họp giao ban", text="Họp.", area="1", due=due.isoformat())
    plan = dict(PLAN) | {"closing_day": f"{due.year}-12-31"}
    commands.adopt_plan(
        ws, Adoption(due.year, plan, DOCUMENT, (task,), ()), Order("system:test", ws.new_id())
    )
    return ws


def reminder_stages(ws: Workspace) -> list[str]:
    return [event.data["stage"] for event in ws.log.read_events() if event.actor == CLOCK]


def test_one_line_tells_what_was_done_and_a_second_run_does_nothing(terminal: Terminal, data: Path) -> None:
    ws = commune(terminal, data)
    result = terminal("remind")
    assert (result.code, result.err, result.out.count("\n")) == (0, "", 1)
    assert "nhắc 1 việc; chưa đặt máy chủ thư." in result.out
    assert reminder_stages(ws) == ["before-1"]
    assert "Mở 0 phần việc, 0 báo cáo; nhắc 0 việc" in terminal("remind").out
    assert reminder_stages(ws) == ["before-1"]


def test_while_a_server_makes_the_round_the_timer_waits_so_that_letters_are_sent(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(terminal, data)
    leases = iter((False, False, True))
    monkeypatch.setattr(FolderHome, "lease", lambda *_: nullcontext(next(leases)))
    monkeypatch.setattr(reminding, "RETRY_SECONDS", 0.0)
    assert "nhắc 1 việc" in terminal("remind").out
    assert reminder_stages(ws) == ["before-1"]


def test_another_machine_that_does_not_end_is_told_and_not_waited_for_for_ever(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(terminal, data)
    monkeypatch.setattr(FolderHome, "lease", lambda *_: nullcontext(False))
    monkeypatch.setattr(reminding, "LEASE_SECONDS", -1.0)
    said = terminal("remind")
    assert "một máy khác đang làm phần việc hằng ngày" in said.out + said.err
    assert reminder_stages(ws) == []


def test_all_workspaces_are_gone_through_unless_one_is_named(terminal: Terminal, data: Path) -> None:
    first, second = commune(terminal, data), commune(terminal, data, "xa-hai")
    assert terminal("--workspace", "xa-hai", "remind").code == 0
    assert (reminder_stages(first), reminder_stages(second)) == ([], ["before-1"])
    assert "(2 không gian làm việc)" in terminal("remind").out
    assert (reminder_stages(first), reminder_stages(second)) == (["before-1"], ["before-1"])


def test_an_empty_data_folder_has_nothing_to_remind_of(terminal: Terminal) -> None:
    assert terminal("remind").code == 0
    assert terminal("--workspace", "khong-co", "remind").code == 1


def test_a_workspace_that_cannot_be_opened_is_named_and_the_others_are_served(
    terminal: Terminal, data: Path
) -> None:
    ws = commune(terminal, data)
    (data / "hong").mkdir()
    (data / "hong" / "events.db").write_bytes(b"khong phai co so du lieu" * 100)
    result = terminal("remind")
    assert (result.code, result.err.count("\n"), "«hong»" in result.err) == (1, 1, True)
    assert reminder_stages(ws) == ["before-1"]


@pytest.mark.parametrize("command", ["remind", "serve"])
def test_a_workspace_that_is_being_made_is_told_and_fails_nobody(
    terminal: Terminal, data: Path, command: str
) -> None:
    ws = commune(terminal, data)
    (data / "dang-tao").mkdir()
    (data / "dang-tao" / "events.db").touch()
    with socket.socket() as taken:  # so that a server ends by itself
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = ["--port", str(taken.getsockname()[1])] if command == "serve" else []
        result = terminal(command, *port)
    assert "«dang-tao» chưa được tạo xong" in result.err
    assert (result.code, reminder_stages(ws)) == ((0, ["before-1"]) if command == "remind" else (2, []))


def test_a_mail_server_that_is_down_is_one_line_and_code_1_and_the_reminder_stays(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(terminal, data)
    open_accounts(ws).personal.save_mail_preferences("hoa", "hoa@xa-mau.gov.vn", ["reminded"], ws.log.size())
    monkeypatch.setenv("CCHC_FLOW_MAIL_FROM", SENDER)
    monkeypatch.setenv("CCHC_FLOW_SMTP", "smtp://127.0.0.1:1")
    result = terminal("remind")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "Không gửi được thư qua 127.0.0.1:1" in result.err
    assert "nhắc 1 việc; gửi 0 thư." in result.out
    with mailbox() as box:
        monkeypatch.setenv("CCHC_FLOW_SMTP", f"smtp://127.0.0.1:{box.server.port}")
        assert "nhắc 0 việc; gửi 1 thư." in terminal("remind").out
        assert "gửi 0 thư" in terminal("remind").out
    assert reminder_stages(ws) == ["before-1"]


def test_an_address_that_is_refused_is_told_and_fails_nobody(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(terminal, data)
    open_accounts(ws).personal.save_mail_preferences("hoa", "hoa@xa-mau.gov.vn", ["reminded"], ws.log.size())
    monkeypatch.setenv("CCHC_FLOW_MAIL_FROM", SENDER)
    with mailbox() as box:
        box.refuses["hoa@xa-mau.gov.vn"] = "550 No such user"
        monkeypatch.setenv("CCHC_FLOW_SMTP", f"smtp://127.0.0.1:{box.server.port}")
        result = terminal("remind")
    assert (result.code, "không nhận thư gửi «hoa»" in result.err) == (0, True)


def test_settings_that_mean_nothing_stop_it_before_anything_is_done(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(terminal, data)
    monkeypatch.setenv("CCHC_FLOW_SMTP", "thu.xa.vn")
    result = terminal("remind")
    assert (result.code, result.out, result.err.count("\n"), reminder_stages(ws)) == (2, "", 1, [])


@pytest.mark.parametrize("command", [["serve"], ["demo"]])
def test_a_server_does_not_begin_with_settings_that_mean_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("CCHC_FLOW_URL", "cchc.xa.vn")
    result = terminal(*command)
    assert (result.code, result.err.splitlines()[-1].split()[0]) == (2, "CCHC_FLOW_URL")


def test_many_timers_at_once_remind_once_and_send_one_letter(terminal: Terminal, data: Path) -> None:
    ws = commune(terminal, data)
    open_accounts(ws).personal.save_mail_preferences("hoa", "hoa@xa-mau.gov.vn", ["reminded"], ws.log.size())
    with mailbox() as box:
        env = os.environ | {
            "CCHC_FLOW_MAIL_FROM": SENDER,
            "CCHC_FLOW_SMTP": f"smtp://127.0.0.1:{box.server.port}",
        }
        command = [sys.executable, "-m", "cchc_flow", "--data", str(data), "remind"]
        running = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(6)
        ]
        ends = [(*one.communicate(timeout=120), one.returncode) for one in running]
    assert "\n".join(err.decode() for _, err, _ in ends if err) == ""
    assert [code for *_, code in ends] == [0] * 6
    assert sum("nhắc 1 việc; gửi" in out.decode() for out, *_ in ends) == 1
    assert (reminder_stages(ws), len(box.letters)) == (["before-1"], 1)
    assert json.loads(terminal("items", "--json").out)  # the read models are whole
