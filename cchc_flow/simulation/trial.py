"""A workspace for trials, which holds the simulated year and one account for each role."""

from datetime import date, timedelta
from pathlib import Path

from cchc_flow import clock as clocks
from cchc_flow import commands, demo, workspace
from cchc_flow.errors import Refusal
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.simulation.acting import SimulatedClock
from cchc_flow.simulation.lives import LAST_DAY
from cchc_flow.simulation.year import ADOPTED, BEGIN, TITLE, Progress, Say, simulate
from cchc_flow.workflow.calendar import day_words, local_day
from cchc_flow.workspace import Workspace

NAME = "demo-year"
ISSUED = 3
"""So many of the commune's last reports are issued as files."""


def year_workspace(
    data: Path,
    name: str,
    now: clocks.Clock,
    progress: Progress | None = None,
    plugins: Plugins = NO_PLUGINS,
    say: Say | None = None,
) -> Workspace:
    """Return the workspace of the year, created or completed if need be; raise Refusal for any other.

    The year is simulated up to yesterday, or to its end. The time of a log never goes back, so events in the
    future would give everything that people do until then the same recorded time.
    """
    if workspace.is_begun(data, name, now):
        ws = commands.open_workspace(data, name, now, plugins)
        demo.refuse_real_work(ws)
        demo.refuse_other_demo(ws, TITLE)
        if demo.is_complete(ws):
            return ws
        ws.close()
    until, clock = last_simulated_day(local_day(now())), SimulatedClock(BEGIN)
    ws = _open_or_create(data, name, clock, plugins)
    simulate(ws, clock, until=until, issued=ISSUED, progress=progress, say=say)
    ws.close()
    ws = commands.open_workspace(data, name, now, plugins)
    demo.give_passwords(ws)
    return ws


def last_simulated_day(today: date) -> date:
    """Return the last day to simulate if today is this day; raise Refusal if the year has not begun."""
    if today <= local_day(ADOPTED):
        raise Refusal(
            f"Máy đang ghi ngày {day_words(today)}: năm {LAST_DAY.year} được mô phỏng chưa tới.",
            "Hãy chỉnh lại ngày giờ của máy, hoặc dùng thử bằng «cchc-flow demo».",
        )
    return min(today - timedelta(days=1), LAST_DAY)


def _open_or_create(data: Path, name: str, clock: SimulatedClock, plugins: Plugins) -> Workspace:
    """Return the workspace, made if it is not there yet."""
    if workspace.is_begun(data, name, clock):
        return commands.open_workspace(data, name, clock, plugins)
    return commands.create_workspace(data, name, title=TITLE, clock=clock, demo=True, plugins=plugins)
