"""What plugins count for targets is asked once while nothing happens, and again after a plugin failed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from support.plugging import plugged
from support.targets import targets_world
from support.visitors import Site
from support.world import World

from cchc_flow.hookspecs import Measure, hookimpl
from cchc_flow.reporting.judged_targets import judge_targets
from cchc_flow.workflow.calendar import local_day


@contextmanager
def counting(folder: Path, answer: Callable[[], list[Measure]]) -> Iterator[tuple[World, list[int]]]:
    """Give a commune whose plugin counts how often it is asked."""
    asked: list[int] = []

    @hookimpl
    def measures() -> Any:
        asked.append(1)
        return answer()

    module = ModuleType("counting", "Lĩnh vực đếm")
    module.measures = measures  # type: ignore[attr-defined]
    world = targets_world(folder, plugged(counting=module))
    yield world, asked
    world.ws.close()


def judged(world: World) -> Any:
    with world.ws.snapshot():
        return judge_targets(world.ws, "2026", local_day(world.ws.now()))


def test_it_is_asked_again_after_an_event_and_on_another_day(tmp_path: Path) -> None:
    with counting(tmp_path, list) as (world, asked):
        assert len(judged(world).rows) == 5 and len(judged(world).rows) == 5
        assert len(asked) == 1
        world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", due="2026-06-30")
        judged(world)
        assert len(asked) == 2
        world.wait(days=1)
        judged(world)
        assert len(asked) == 3


def test_a_plugin_that_failed_is_told_and_asked_the_next_time(tmp_path: Path) -> None:
    def fail() -> list[Measure]:
        raise ValueError

    with counting(tmp_path, fail) as (world, asked):
        assert list(judged(world).faults) == ["counting"] and len(judged(world).rows) == 5
        assert len(asked) == 2
        page = Site(world.ws).visitor("nam").get("/xa-mau/overview").text
        assert "Chưa tính được số liệu của «Lĩnh vực đếm»" in page
