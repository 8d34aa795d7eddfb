"""A commune's monthly report but for its files: facts, blocks, figures with their events, and their proof."""

import statistics
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bench.measure import Result, at_most, seconds
from cchc_flow import commands, simulation
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.rules import latest_event_id
from cchc_flow.reporting.attached_data import Origin, attached_data
from cchc_flow.reporting.periodic import build_report
from cchc_flow.workflow.periods import parse
from cchc_flow.workspace import Workspace

PERIOD = parse("2026-04")
LAST_DAY = date(2026, 4, 30)
DAYS = 9
AIM = 0.2


def rows() -> Iterator[Result]:
    """Build the report of April as of nine days, none of which was asked for before, and once more."""
    with tempfile.TemporaryDirectory() as folder:
        clock = simulation.SimulatedClock(simulation.BEGIN)
        plugins = load_plugins()
        ws = commands.create_workspace(
            Path(folder), "xa-do", title=simulation.TITLE, clock=clock, demo=True, plugins=plugins
        )
        simulation.simulate(ws, clock, until=LAST_DAY)
        ws.read()
        cutoffs = [ws.cutoff(LAST_DAY - timedelta(days=back)) for back in range(DAYS)]
        _build(ws, ws.cutoff(LAST_DAY - timedelta(days=DAYS)))  # a process that has built one before
        first = statistics.median([seconds(partial(_build, ws, cutoff)) for cutoff in cutoffs])
        again = statistics.median([seconds(partial(_build, ws, cutoffs[0])) for _ in range(DAYS)])
        figures = len(build_report(ws, PERIOD, cutoffs[0]).figures)
        detail = f"{first * 1e3:.0f} ms, {again * 1e3:.0f} ms the second time; {figures} figures"
        yield at_most("a monthly report without its files, in seconds", first, AIM, detail)


def _build(ws: Workspace, cutoff: Cutoff) -> None:
    """Build the report with the data that its PDF carries."""
    built = build_report(ws, PERIOD, cutoff)
    origin = Origin(
        workspace=ws.name,
        period=PERIOD.name,
        plan="2026",
        cut_off=cutoff,
        rules=latest_event_id(ws.read_as_of(cutoff)),
    )
    attached_data(ws.log, origin, built.figures)
