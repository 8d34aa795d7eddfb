"""The simulated year of a commune: told once for all tests that look at it, copied for those that write."""

import fcntl
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cchc_flow import commands, simulation
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.simulation import SimulatedClock
from cchc_flow.workflow.calendar import ZONE
from cchc_flow.workspace import Workspace

NAME = "mot-nam"
EVENING = datetime(2026, 12, 31, 17, 0, tzinfo=ZONE)
"""The moment at which the year is looked at."""


class Year:
    """The workspace of the year, and its clock, which stands at its last evening until it is set."""

    def __init__(self, data: Path, plugins: Plugins = NO_PLUGINS) -> None:
        self.data = data
        self.clock = SimulatedClock(EVENING)
        self.ws: Workspace = commands.open_workspace(data, NAME, self.clock, plugins)

    def copy(self, to: Path) -> "Year":
        """Return the year in another folder, to be written to."""
        passing = shutil.ignore_patterns("check.db*")  # of a comparison that another process makes just now
        return Year(Path(shutil.copytree(self.data, to / "data", ignore=passing)))


def told(folder: Path, plugins: Plugins = NO_PLUGINS) -> Path:
    """Return the data folder with the year in it, which the first of several processes makes.

    What the year had to leave out of the plugins' samples stands in the file `said` beside it.
    """
    here = folder / ("year-kept" if plugins.about else "year")
    here.mkdir(exist_ok=True)
    with (here / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (here / "said").exists():
            said: list[str] = []
            tell(here / "data", NAME, plugins=plugins, say=said.append).close()
            (here / "said").write_text("\n".join(said), encoding="utf-8")
    return here / "data"


def tell(
    data: Path,
    name: str,
    *,
    seed: str = simulation.SEED,
    until: str = "2026-12-31",
    plugins: Plugins = NO_PLUGINS,
    say: Callable[[str], None] | None = None,
) -> Workspace:
    """Return a new workspace in which the year has happened, up to the end of a day."""
    clock = SimulatedClock(simulation.BEGIN)
    ws = commands.create_workspace(
        data, name, title=simulation.TITLE, clock=clock, demo=True, plugins=plugins
    )
    simulation.simulate(ws, clock, seed=seed, until=datetime.fromisoformat(until).date(), say=say)
    return ws
