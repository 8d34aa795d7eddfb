"""The cost of plugins: commands and the board's page, with all bundled plugins and with none."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.board import repeat_get, signed_in
from bench.measure import Result, at_most, median_seconds
from bench.worlds import UNIT, commune, order
from cchc_flow import commands
from cchc_flow.plugin_host.loading import NONE, Plugins, load_plugins
from cchc_flow.workflow.commands import TakeStep

TASKS = 500
COMMANDS = 5
RUNS = 101  # many short turns: what else the machine does falls on both
COMMAND_AIM, PAGE_AIM = 1.5, 1.2


def rows() -> Iterator[Result]:
    """Measure a command, a submission with its rules, and the board of 500 items."""
    plugins = load_plugins()
    with tempfile.TemporaryDirectory() as folder:
        with_all = _World(Path(folder) / "all", plugins)
        without = _World(Path(folder) / "none", NONE)
        mine, bare = median_seconds(with_all.assign, without.assign, RUNS)
        detail = f"{mine / COMMANDS * 1e3:.2f} ms, {bare / COMMANDS * 1e3:.2f} ms with none"
        name = f"a command with {len(plugins.about)} plugins against none"
        yield at_most(name, mine / bare, COMMAND_AIM, detail)
        mine, bare = median_seconds(with_all.submit, without.submit, RUNS)
        detail = f"{mine / COMMANDS * 5e2:.2f} ms, {bare / COMMANDS * 5e2:.2f} ms with none"
        yield at_most("a submission, and taking it back", mine / bare, COMMAND_AIM, detail)
        mine, bare = median_seconds(with_all.page, without.page, RUNS // 3)
        detail = f"{mine * 1e2:.1f} ms, {bare * 1e2:.1f} ms with none"
        yield at_most(
            f"the board with {len(plugins.about)} plugins against none", mine / bare, PAGE_AIM, detail
        )


class _World:
    """A commune with some plugins, and the jobs that are repeated in it."""

    def __init__(self, data: Path, plugins: Plugins) -> None:
        self.ws = commune(data, TASKS, plugins=plugins)
        self._numbers, self._days = itertools.cycle(range(2, TASKS + 1, 3)), itertools.count()
        self._started = itertools.cycle(range(1, TASKS + 1, 3))
        self.page = repeat_get(signed_in(self.ws), f"/{self.ws.name}/board")

    def assign(self) -> None:
        """Assign tasks anew, so that each card changes."""
        for _ in range(COMMANDS):
            number, day = next(self._numbers), next(self._days)
            item = f"2026-III.{1 + number % 2}.{number}"
            data = {"lead": UNIT, "due": f"20{27 + day // 12 % 60}-{1 + day % 12:02}-01"}
            commands.take_step(self.ws, item, TakeStep("assign", data), order(self.ws, "hoa"))

    def submit(self) -> None:
        """Submit the results of tasks under way, and take them back."""
        for _ in range(COMMANDS):
            number = next(self._started)
            item = f"2026-III.{1 + number % 2}.{number}"
            for step, data in (("submit", {"result": "Xong."}), ("withdraw", {"reason": "Bổ sung."})):
                commands.take_step(self.ws, item, TakeStep(step, data), order(self.ws, "lan"))
