"""Who acts as another person at the command line proves it with that person's password."""

from pathlib import Path

import pytest
from support.terminal import Terminal
from support.visitors import PASSWORD

from cchc_flow import commands
from cchc_flow.accounts.opening import find_accounts
from cchc_flow.clock import now
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.workspace import Workspace


@pytest.fixture
def commune(data: Path, terminal: Terminal) -> Path:
    """A commune with an administrator who has chosen a password."""
    assert terminal("init", "xa-mau").code == 0
    assert terminal("user", "add", "hoa", "--name", "Lê Thị Hoa", "--role", "admin").code == 0
    find_accounts(data, "xa-mau").set_password("hoa", PASSWORD, now())
    return data


@pytest.fixture
def password_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file from which the password is read."""
    file = tmp_path / "mat-khau"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("CCHC_FLOW_PASSWORD_FILE", str(file))
    return file


def opened(data: Path) -> Workspace:
    return commands.open_workspace(data, "xa-mau", now, load_plugins())


def test_without_a_terminal_and_a_file_nobody_acts_as_another(commune: Path, terminal: Terminal) -> None:
    result = terminal("--as", "hoa", "user", "add", "lan", "--name", "Trần Thị Lan")
    assert (result.code, result.out) == (1, "")
    assert "cần mật khẩu của người đó" in result.err and "CCHC_FLOW_PASSWORD_FILE" in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_with_the_password_in_a_file_the_act_says_by_which_way_it_came(
    commune: Path, terminal: Terminal, password_file: Path
) -> None:
    assert terminal("--as", "hoa", "user", "add", "lan", "--name", "Trần Thị Lan").code == 0
    ws = opened(commune)
    added = ws.log.stream("person-lan")[0]
    assert (added.actor, (added.channel or "").partition(":")[0]) == ("hoa", "terminal")
    ws.close()


def test_a_wrong_password_is_refused_and_counted(
    commune: Path, terminal: Terminal, password_file: Path
) -> None:
    password_file.write_text("sai hết cả rồi", encoding="utf-8")
    result = terminal("--as", "hoa", "items")
    assert result.code == 1 and "mật khẩu không đúng" in result.err
    accounts = find_accounts(commune, "xa-mau")
    assert accounts._database.fetch_all("SELECT person, count FROM refusals") == [("hoa", 1)]


def test_at_a_terminal_the_password_is_asked_for_once(
    commune: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)
    assert terminal("--as", "hoa", "items").code == 0
    assert asked == ["Mật khẩu của «hoa»: "]


def test_a_temporary_password_opens_nothing_at_the_command_line(
    commune: Path, terminal: Terminal, password_file: Path
) -> None:
    assert terminal("user", "add", "lan", "--name", "Trần Thị Lan", "--role", "leader").code == 0
    result = terminal("--as", "lan", "items")
    assert result.code == 1 and "chưa tự đặt mật khẩu" in result.err


def test_a_password_file_that_cannot_be_read_is_named(
    commune: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_FLOW_PASSWORD_FILE", "/khong/co")
    result = terminal("--as", "hoa", "items")
    assert result.code == 2 and "«/khong/co»" in result.err
