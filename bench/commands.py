"""Commands from the order to the updated read models, and items folded from their events."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Result, at_least, median_seconds, without_aim
from bench.worlds import UNIT, commune, order
from cchc_flow import commands
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.item import fold
from cchc_flow.workspace import Workspace

COMMANDS = 200
RUNS = 11
EVENTS = 20
PER_SECOND = 200
SHARE = 0.15


def rows() -> Iterator[Result]:
    """Measure commands per second against the bare append, and an item of twenty events."""
    with tempfile.TemporaryDirectory() as folder:
        ws = commune(Path(folder) / "a", 500)
        yield from _commands(ws, commune(Path(folder) / "b", 1))
        yield from _item(ws)


def _commands(ws: Workspace, other: Workspace) -> Iterator[Result]:
    """Compare whole commands (decide, append, update the read models) with appending alone.

    Each order assigns a task anew, so that its card changes; the bare append records the same event.
    """
    numbers = itertools.cycle(range(1, 501))
    days = itertools.count()

    def take() -> None:
        for _ in range(COMMANDS):
            number, day = next(numbers), next(days)
            item = f"2026-III.{1 + number % 2}.{number}"
            data = {"lead": UNIT, "due": f"20{27 + day // 12 % 60}-{1 + day % 12:02}-01"}
            commands.take_step(ws, item, TakeStep("assign", data), order(ws, "hoa"))

    versions = itertools.count()
    data = {"from": "planned", "to": "assigned", "lead": UNIT, "support": [], "officer": None}
    draft = Draft("item.assigned/1", data | {"due": "2027-01-01", "cadence": None})

    def append() -> None:
        for _ in range(COMMANDS):
            meta = Meta(actor="hoa", time=other.now(), command_id=other.new_id(), command_digest=b"x")
            other.log.append([Change("bench-stream", next(versions), (draft,))], meta)

    mine, bare = median_seconds(take, append, RUNS)
    rate, detail = COMMANDS / mine, f"of {RUNS * COMMANDS:,} commands, 500 tasks"
    yield Result(
        "commands a second: decide, append, project",
        f"{rate:,.0f}  ({detail})",
        f">= {PER_SECOND}",
        rate >= PER_SECOND,
    )
    detail = f"{rate:,.0f} commands/s, {COMMANDS / bare:,.0f} bare appends/s"
    yield at_least("a command against the append of its event", bare / mine, SHARE, detail)


def _item(ws: Workspace) -> Iterator[Result]:
    item = "2026-III.2.1"
    while len(ws.log.stream(f"item-{item}")) < EVENTS:
        commands.take_step(ws, item, TakeStep("comment", {"text": "Đã xem."}), order(ws, "hoa"))
    events = ws.log.stream(f"item-{item}")[:EVENTS]

    def get() -> None:
        for _ in range(COMMANDS):
            ws.log.stream(f"item-{item}")

    def evolve() -> None:
        for _ in range(COMMANDS):
            fold(item, list(events))

    reading, folding = median_seconds(get, evolve, runs=5)
    yield without_aim(f"get an item of {EVENTS} events", f"{reading / COMMANDS * 1e3:.2f} ms")
    yield without_aim(f"fold an item of {EVENTS} events", f"{COMMANDS * EVENTS / folding:,.0f} events/s")
