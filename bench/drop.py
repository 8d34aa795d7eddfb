"""A drop as it is felt: from the mouse's release to the painted answer, on a board of 500 items.

A card is dragged by the mouse in Chromium from one column to the next. The clock starts with the event of the
release and stops in the second frame after the answer was swapped in: the first has been painted by then.
"""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page

from bench.browsing import chromium, served, session_cookie
from bench.measure import Result, at_most, without_aim
from bench.worlds import UNIT, commune, order
from cchc_flow import commands
from cchc_flow.workflow.commands import TakeStep

MEMORY = Path("/dev/shm")  # noqa: S108  # so that the disk does not decide
DROPS = 30
FIRST = 3
"""Drops that are not counted: server and browser warm up."""
STOPWATCH = """() => {
  let released = 0;
  document.addEventListener("dragend", (event) => { released ||= event.timeStamp; }, true);
  document.addEventListener("drop", (event) => { released ||= event.timeStamp; }, true);
  window.times = [];
  document.addEventListener("htmx:oobAfterSwap", () => {
    if (!released) return;
    const begun = released;
    released = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - begun)));
  });
}"""


def rows() -> Iterator[Result]:
    """Measure drops, one after the other, and what of them the browser waited for the server."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        ws = commune(Path(folder), 500)
        for number in range(2, 2 + 3 * (FIRST + DROPS), 3):  # the board sees every third under way
            item = f"2026-III.{1 + number % 2}.{number}"
            commands.take_step(ws, item, TakeStep("assign", {"lead": UNIT}), order(ws, "hoa"))
        cookie = session_cookie(ws, "lan")
        ws.close()
        with served(Path(folder)) as address, chromium(address, cookie) as context:
            page = context.new_page()
            page.goto(f"{address}/{ws.name}/board")
            page.evaluate(STOPWATCH)
            for _ in range(FIRST + DROPS):
                _drag(page, page.locator("#c-assigned li").first, page.locator("#c-in_progress"))
            times = sorted(page.evaluate("times")[FIRST:])
            waits = page.evaluate(
                "performance.getEntriesByType('resource').filter((it) => it.name.endsWith('/moves'))"
                ".map((it) => it.responseEnd - it.startTime)"
            )[FIRST:]
    middle = statistics.median(times)
    yield at_most(
        "a drop as felt, 500 items: ms to the painted answer", middle, 50, f"p95 {times[-2]:.0f} ms"
    )
    yield without_aim("the same: waiting for the server", f"{statistics.median(waits):.1f} ms")


def _drag(page: Page, card: Locator, column: Locator) -> None:
    """Drag a card into a column by the mouse, and wait until its answer is painted."""
    done = page.evaluate("times.length")
    card.hover()
    page.mouse.down()
    box = column.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40, steps=5)
    page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_function("done => times.length > done", arg=done, polling=20)
