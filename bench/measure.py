"""Time a job and its baseline in turn, so that both see the same load on the machine, and compare them."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """One line of the table: `aim` says what the figure should be, `is_met` whether it is."""

    name: str
    figure: str
    aim: str
    is_met: bool


def seconds(job: Callable[[], object]) -> float:
    """Return the seconds that one run of a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def median_seconds(
    job: Callable[[], object], baseline: Callable[[], object], runs: int = 7
) -> tuple[float, float]:
    """Return the median seconds of a job and of its baseline, run in turn after one warm-up of each."""
    job(), baseline()
    pairs = [(seconds(job), seconds(baseline)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def at_least(name: str, ratio: float, aim: float, detail: str) -> Result:
    """Return the result of a ratio that should not be lower than `aim`."""
    return Result(name, f"{ratio:.2f}  ({detail})", f">= {aim}", ratio >= aim)


def at_most(name: str, ratio: float, aim: float, detail: str) -> Result:
    """Return the result of a ratio that should not be higher than `aim`."""
    return Result(name, f"{ratio:.2f}  ({detail})", f"<= {aim}", ratio <= aim)


def without_aim(name: str, figure: str) -> Result:
    """Return the result of a figure without an aim."""
    return Result(name, figure, "", True)
