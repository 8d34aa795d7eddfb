"""What every command shares: which data, which workspace, who acts, and how progress is told."""

import os
import pwd
import sys
from functools import cached_property
from pathlib import Path

import click

from cchc_flow import clock, commands, settings, workspace
from cchc_flow.commands import Order
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.plugin_host import loading
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person
from cchc_flow.workspace import Workspace

DEFAULT = "default"


class Context:
    """The options that stand before the command."""

    def __init__(self, data: str, workspace: str | None, login: str | None) -> None:
        self.data = Path(data)
        self._workspace = workspace
        self._login = login
        self.now = clock.now

    @cached_property
    def plugins(self) -> Plugins:
        """The plugins that came with the program, loaded when first needed."""
        return loading.load_plugins(say if settings.traces_plugins(os.environ) else None)

    def name(self, otherwise: str = DEFAULT) -> str:
        """Return the workspace that is meant: the one named, else the only one there is, else `otherwise`."""
        if self._workspace:
            return self._workspace
        known = workspace.names(self.data)
        if len(known) > 1:
            raise BadInput(
                f"Có {len(known)} không gian làm việc: {', '.join(known)}.", "Hãy chọn bằng --workspace TÊN."
            )
        return known[0] if known else otherwise

    def workspace_option(self) -> str | None:
        """Return the value of --workspace, None if it was left out."""
        return self._workspace

    def open(self) -> Workspace:
        """Open the workspace that is meant; raise NotFound for it, or for the person of --as."""
        ws = commands.open_workspace(self.data, self.there(), self.now, self.plugins)
        self._person(ws)
        return ws

    def open_if_there(self) -> Workspace | None:
        """Open the workspace that is meant; None when none was named and there is none."""
        is_meant = self._workspace or self._login or workspace.names(self.data)
        return self.open() if is_meant else None

    def open_or_make(self, title: str) -> Workspace:
        """Open the workspace that is meant, made if it is not there: then nobody can be in it for --as."""
        if self._login or self._is_there():
            return self.open()
        try:
            ws = commands.create_workspace(
                self.data, self.name(), title=title, clock=self.now, plugins=self.plugins
            )
        except BadInput:
            if self._is_there():  # another process was faster
                return self.open()
            raise
        say(f"Đã tạo không gian làm việc «{ws.name}».")
        return ws

    def _is_there(self) -> bool:
        return workspace.is_begun(self.data, self.name(), self.now)

    def there(self) -> str:
        """Return the name of the workspace that is meant; raise NotFound when there is none."""
        name = self.name()
        if name not in workspace.names(self.data):
            raise NotFound(
                f"Chưa có không gian làm việc «{name}» trong «{self.data}».",
                f"Hãy tạo bằng «cchc-flow init {name}».",
            )
        return name

    def order(self, ws: Workspace) -> Order:
        """Return an order of the person named by --as, else of this machine's user."""
        person = self._person(ws)
        return Order(person.id if person else f"system:{_system_user()}", ws.new_id())

    def _person(self, ws: Workspace) -> Person | None:
        if self._login is None:
            return None
        person = directory.person(ws.read(), self._login)
        if person is None or not person.active:
            raise NotFound(f"Không có người dùng «{self._login}».", "Hãy kiểm tra tên đăng nhập.")
        return person


def _system_user() -> str:
    """Return who runs this by the system's own list: LOGNAME is whatever one says it is."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def progress(what: str, done: int, total: int) -> None:
    """Tell a terminal how far a long job is, in one line that is written over; a script hears nothing."""
    if sys.stderr.isatty():
        click.echo(f"\r{what}: {done:,}/{total:,}".replace(",", "."), err=True, nl=done >= total)


def say(sentence: str) -> None:
    """Tell on stderr what is being done; stdout is for results."""
    click.echo(sentence, err=True)


pass_context = click.make_pass_decorator(Context)
