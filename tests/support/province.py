"""A province with two communes that joined it and one that did not, in one data folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.province.commune_list import read_list
from cchc_flow.province.founding import Founding, found_province
from cchc_flow.workspace import Workspace

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAME, TITLE = "tinh-dak-lak", "tỉnh Đắk Lắk"
LIST = "Mã,Tên,Loại\n24211,Krông Bình,xã\n24130,Buôn Hồ,phường\n".encode()
INSIDE, OTHER, OUTSIDE = "krong-binh", "buon-ho", "xa-ngoai"
PEOPLE = {"lan.tran": "coordinator", "minh": "leader", "thu": "inspector", "quan.tri": "admin"}
"""The people of the province, by login, each with one role."""


class ProvinceWorld:
    """The province and the workspaces beside it, and a clock that is set."""

    def __init__(self, data: Path, plugins: Plugins = NONE) -> None:
        self.data, self.plugins, self.time = data, plugins, BEGIN
        self.founding = self.found()
        self.ws = self.open(NAME)
        self.outside = commands.create_workspace(
            data, OUTSIDE, title="xã Ngoài", clock=self.now, plugins=plugins
        )
        for login, role in PEOPLE.items():
            self.add_person(self.ws, login, role)

    def now(self) -> datetime:
        """Return the time that is set."""
        return self.time

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.time += timedelta(**time)

    def found(self, content: bytes = LIST, name: str = NAME, title: str = TITLE) -> Founding:
        """Found a province from a list."""
        entries = read_list("danh-sach.csv", content)
        return found_province(
            self.data, name, title=title, entries=entries, clock=self.now, plugins=self.plugins
        )

    def open(self, name: str) -> Workspace:
        """Open a workspace."""
        return commands.open_workspace(self.data, name, self.now, self.plugins)

    def order(self, ws: Workspace, actor: str = "system:test") -> Order:
        """Return a new order of a person in a workspace."""
        return Order(actor, ws.new_id())

    def add_person(self, ws: Workspace, login: str, *roles: str) -> None:
        """Add a person with roles to a workspace."""
        commands.add_person(ws, login, f"Người {login}", None, None, self.order(ws), roles=roles)
