"""The simulated year of a commune: simulated once for all tests that read it, copied for those that write."""

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
"""The moment at which tests look at the year."""


class Year:
    """The workspace of the year, and its clock, which stands at the last evening until a test sets it."""

    def __init__(self, data: Path, plugins: Plugins = NO_PLUGINS) -> None:
        self.data = data
        self.clock = SimulatedClock(EVENING)
        self.ws: Workspace = commands.open_workspace(data, NAME, self.clock, plugins)

    def copy(self, to: Path) -> "Year":
        """Return a copy of the year in another folder, for a test that writes."""
        passing = shutil.ignore_patterns("check.db*")  # made by another process that compares read models
        return Year(Path(shutil.copytree(self.data, to / "data", ignore=passing)))


def year_data_folder(folder: Path, plugins: Plugins = NO_PLUGINS) -> Path:
    """Return the data folder with the year in it; the first of several processes creates it.

    The messages about samples that were left out are in the file `said` beside it.
    """
    year_folder = folder / ("year-kept" if plugins.about else "year")
    year_folder.mkdir(exist_ok=True)
    with (year_folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (year_folder / "said").exists():
            messages: list[str] = []
            simulate_year(year_folder / "data", NAME, plugins=plugins, say=messages.append).close()
            (year_folder / "said").write_text("\n".join(messages), encoding="utf-8")
    return year_folder / "data"


def simulate_year(
    data: Path,
    name: str,
    *,
    seed: str = simulation.SEED,
    until: str = "2026-12-31",
    plugins: Plugins = NO_PLUGINS,
    say: Callable[[str], None] | None = None,
) -> Workspace:
    """Return a new workspace with the simulated year, up to the end of a day."""
    clock = SimulatedClock(simulation.BEGIN)
    ws = commands.create_workspace(
        data, name, title=simulation.TITLE, clock=clock, demo=True, plugins=plugins
    )
    simulation.simulate(ws, clock, seed=seed, until=datetime.fromisoformat(until).date(), say=say)
    return ws
