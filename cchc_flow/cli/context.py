"""What all commands share: the data folder, the workspace, who acts, and messages on stderr."""

import getpass
import os
import pwd
import sys
from functools import cached_property
from pathlib import Path

import click

from cchc_flow import commands, settings, workspace
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.clock import Clock, MachineClock
from cchc_flow.commands import Order, channels
from cchc_flow.errors import BadInput, NotFound, Refusal
from cchc_flow.plugin_host import loading
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person
from cchc_flow.projections.reading import Reader, reader_of
from cchc_flow.workspace import Workspace

DEFAULT = "default"


class Context:
    """The options before the command: data folder, workspace and the person to act as."""

    def __init__(self, data: str, workspace: str | None, login: str | None) -> None:
        self.data = Path(data)
        self._workspace = workspace
        self._login = login
        self._is_verified = False
        self.now: Clock = MachineClock()

    @cached_property
    def plugins(self) -> Plugins:
        """The installed plugins, loaded when they are first needed."""
        return loading.load_plugins(say if settings.traces_plugins(os.environ) else None)

    def workspace_name(self, otherwise: str = DEFAULT) -> str:
        """Return the workspace's name: that of the option, else of the only workspace, else `otherwise`.

        Raise BadInput if there are several workspaces and no option.
        """
        if self._workspace:
            return self._workspace
        names = workspace.names(self.data)
        if len(names) > 1:
            raise BadInput(
                f"Có {len(names)} không gian làm việc: {', '.join(names)}.", "Hãy chọn bằng --workspace TÊN."
            )
        return names[0] if names else otherwise

    def workspace_option(self) -> str | None:
        """Return the value of --workspace, None if it was left out."""
        return self._workspace

    def open(self) -> Workspace:
        """Open the workspace; raise NotFound if it or the person of --as does not exist."""
        ws = commands.open_workspace(self.data, self.existing_workspace_name(), self.now, self.plugins)
        self._acting_person(ws)
        return ws

    def open_to_read(self) -> Workspace:
        """Open the workspace for a command that only reads, such as that on a copy without the key."""
        ws = workspace.open_workspace(self.data, self.existing_workspace_name(), self.now, self.plugins)
        self._acting_person(ws)
        return ws

    def open_for_repair(self) -> Workspace:
        """Open the workspace for a command that mends it: its key may be lost, and its log rolled back."""
        ws = workspace.open_workspace(
            self.data, self.existing_workspace_name(), self.now, self.plugins, for_repair=True
        )
        self._acting_person(ws)
        return ws

    def open_if_exists(self) -> Workspace | None:
        """Open the workspace; return None if there is none and no option asks for one."""
        is_asked_for = self._workspace or self._login or workspace.names(self.data)
        return self.open() if is_asked_for else None

    def open_or_create(self, title: str) -> Workspace:
        """Open the workspace, created with this title if it does not exist and --as is not given."""
        if self._login or self._exists():
            return self.open()
        try:
            ws = commands.create_workspace(
                self.data, self.workspace_name(), title=title, clock=self.now, plugins=self.plugins
            )
        except BadInput:
            if self._exists():  # another process was faster
                return self.open()
            raise
        say(f"Đã tạo không gian làm việc «{ws.name}».")
        return ws

    def _exists(self) -> bool:
        """Tell whether the workspace exists; one whose creation was cut short does not."""
        return workspace.is_begun(self.data, self.workspace_name(), self.now)

    def existing_workspace_name(self) -> str:
        """Return the workspace's name; raise NotFound if it does not exist."""
        name = self.workspace_name()
        if name not in workspace.names(self.data):
            raise NotFound(
                f"Chưa có không gian làm việc «{name}» trong «{self.data}».",
                f"Hãy tạo bằng «cchc-flow init {name}».",
            )
        return name

    def order(self, ws: Workspace) -> Order:
        """Return an order with a new command id, by the person of --as, else by the system user."""
        person, user = self._acting_person(ws), _system_user()
        actor = person.id if person else f"system:{user}"
        return Order(actor, ws.new_id(), channel=channels.terminal(user))

    def reader(self, ws: Workspace) -> Reader | None:
        """Return the person of --as as a reader; None, who reads everything, without the option."""
        person = self._acting_person(ws)
        return reader_of(ws.read(), person.id) if person else None

    def _acting_person(self, ws: Workspace) -> Person | None:
        """Return the person of --as, None without the option; raise NotFound for an unknown one."""
        if self._login is None:
            return None
        person = directory.person(ws.read(), self._login)
        if person is None or not person.active:
            raise NotFound(f"Không có người dùng «{self._login}».", "Hãy kiểm tra tên đăng nhập.")
        self._verify_password(ws, person.id)
        return person

    def _verify_password(self, ws: Workspace, login: str) -> None:
        """Ask once for the password of the person of --as; raise WrongPassword, TooManyAttempts or Refusal.

        Nobody is asked in a demo workspace, nor before anybody has chosen a password.
        """
        accounts = open_accounts(ws)
        if self._is_verified or ws.demo or not accounts.has_own_password():
            return
        if not accounts.has_own_password(login):
            raise Refusal(
                f"«{login}» chưa tự đặt mật khẩu.",
                "Người đó cần đăng nhập trên trang web và đổi mật khẩu tạm trước.",
            )
        client = Client("terminal", _system_user())
        try:
            accounts.verify_password(login, _read_password(login), client, self.now())
        finally:
            record_access(ws, accounts)
        self._is_verified = True


def _read_password(login: str) -> str:
    """Return the password in the file that `CCHC_FLOW_PASSWORD_FILE` names, else as typed at the terminal."""
    if file := os.environ.get("CCHC_FLOW_PASSWORD_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(
                f"Không đọc được tệp mật khẩu «{file}».", "Hãy kiểm tra biến CCHC_FLOW_PASSWORD_FILE."
            ) from error
    if not sys.stdin.isatty():
        raise Refusal(
            f"Thao tác thay «{login}» cần mật khẩu của người đó.",
            "Hãy chạy ở cửa sổ lệnh để gõ mật khẩu, hoặc đặt CCHC_FLOW_PASSWORD_FILE là tệp chứa mật khẩu.",
        )
    return getpass.getpass(f"Mật khẩu của «{login}»: ")


def _system_user() -> str:
    """Return the user's name from the system's list; the variable LOGNAME could be set to anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def print_progress(title: str, done: int, total: int) -> None:
    """Show the progress of a long job in one line that is overwritten, only on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{title}: {done:,}/{total:,}".replace(",", "."), err=True, nl=done >= total)


def say(sentence: str) -> None:
    """Print a message on stderr; stdout is for results."""
    click.echo(sentence, err=True)


pass_context = click.make_pass_decorator(Context)
