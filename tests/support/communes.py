"""A few communes of one province in a data folder, read as a node reads them: opened for a moment each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from support.world import World

from cchc_flow import commands
from cchc_flow.homes import find_home
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.province.overview import Commune, ProvinceOverview, Sighting
from cchc_flow.province.summary_store import SummaryStore, edition_of
from cchc_flow.workspace import Workspace


class Communes:
    """Communes with a plan and people, and the overview of them.

    `opened` names those that it opened, `closed` those that let the province not look.
    """

    def __init__(self, data: Path, *names: str, plugins: Plugins = NONE) -> None:
        self.data, self.plugins = data, plugins
        self.worlds = {name: World(data, name, plugins).settle() for name in names}
        self.first = next(iter(self.worlds.values()))
        self.opened: list[str] = []
        self.closed: set[str] = set()
        self.seconds = 0.0
        self.communes = [Commune(name, f"Xã {name}") for name in names]
        self.store = SummaryStore(data / "summaries.db", edition_of(plugins))
        self.overview = self.node()

    def node(self) -> ProvinceOverview:
        """Return the overview as a process has it that begins now."""
        return ProvinceOverview(
            self.store,
            self._borrow,
            find_home(self.data),
            lambda ws: ws.name not in self.closed,
            lambda: self.first.time,
            lambda: self.seconds,
        )

    def read(self, day: date | None = None) -> dict[str, Sighting]:
        """Read the communes that wait, and return what is known of each by its name."""
        found = self.overview.read_waiting(self.communes, day or self.today)
        return {sighting.commune.name: sighting for sighting in found}

    @property
    def today(self) -> date:
        """The day of the communes' clock."""
        return self.first.time.date()

    def open(self, name: str) -> Workspace:
        """Open a commune, with its own clock."""
        return commands.open_workspace(self.data, name, lambda: self.worlds[name].time, self.plugins)

    @contextmanager
    def _borrow(self, name: str) -> Iterator[Workspace]:
        self.opened.append(name)
        ws = self.open(name)
        try:
            yield ws
        finally:
            ws.close()
