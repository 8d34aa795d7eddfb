"""Time two things in turn, so that both see the same machine, and say how they compare."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """One line of the table: `aim` says what the figure should be, `held` whether it is."""

    name: str
    figure: str
    aim: str
    held: bool


def seconds(job: Callable[[], object]) -> float:
    """Return how long one run of a job takes."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def median_seconds(
    job: Callable[[], object], baseline: Callable[[], object], runs: int = 7
) -> tuple[float, float]:
    """Return the median seconds of a job and of its baseline, run in turn after one warm-up of each."""
    job(), baseline()
    pairs = [(seconds(job), seconds(baseline)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def at_least(name: str, ratio: float, aim: float, detail: str) -> Result:
    """Return the row of a ratio that should not be lower."""
    return Result(name, f"{ratio:.2f}  ({detail})", f">= {aim}", ratio >= aim)


def at_most(name: str, ratio: float, aim: float, detail: str) -> Result:
    """Return the row of a ratio that should not be higher."""
    return Result(name, f"{ratio:.2f}  ({detail})", f"<= {aim}", ratio <= aim)


def without_aim(name: str, figure: str) -> Result:
    """Return the row of a figure that has no aim of its own."""
    return Result(name, figure, "", True)
