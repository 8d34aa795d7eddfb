"""A report is the same at its cut-off whatever happened after it, and whoever makes it again."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.targets import record, set_owner, targets_world
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.errors import CchcError
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.periodic import build_report
from cchc_flow.workflow import periods
from cchc_flow.workflow.settings.values import Reporting

QUARTER = periods.parse("2026-Q1")
REPORT = "2026-report:phong-kinh-te:2026-Q1"
Act = Callable[[World], object]


WINDOW = msgspec.to_builtins(Reporting(window_from=10))


def step(actor: str, name: str, item: str = TASK, **data: object) -> Act:
    return lambda world: world.take(actor, name, item, **data)


ACTS: dict[str, Act] = {
    "assign": step("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-03-10"),
    "start": step("lan", "start"),
    "submit": step("lan", "submit", **RESULT),
    "return": step("hoa", "return", reason="Thiếu số liệu.", defects="1"),
    "approve": step("hoa", "approve", quality="met"),
    "cancel another": step("hoa", "cancel", "2026-III.1.1", reason="Tỉnh đã bãi bỏ.", decision="1/QĐ"),
    "report": step("lan", "submit", REPORT, report={"documents": "14", "words:2": "Đã rà soát."}),
    "accept": step("hoa", "accept", REPORT),
    "excuse": step("hoa", "excuse", "2026-report:tram-y-te:2026-Q1", reason="Mới thành lập."),
    "write": lambda world: edit_section(world.ws, "2026-Q1", "2", f"Bản {world.time}", world.order("hoa")),
    "close a unit": lambda world: commands.change_unit(
        world.ws, "tram-y-te", "Trạm Y tế xã", (), False, world.order()
    ),
    "set the window": lambda world: commands.change_setting(
        world.ws, "reporting", WINDOW, "Công văn của Sở", world.order("hoa")
    ),
    "measure": lambda world: record(world, "lan", "2026-02", "16"),
    "wait": lambda world: world.wait(days=3),
}


LINE = ("assign", "start", "submit", "approve", "report", "accept")
"""What happens in this order; the others happen in between."""
BETWEEN = st.lists(st.sampled_from(sorted(ACTS.keys() - set(LINE))), max_size=2)


@settings(max_examples=10)
@given(st.tuples(*(BETWEEN for _ in LINE)))
def test_a_report_is_the_same_at_its_cut_off_whatever_happened_after_it(
    tmp_path_factory: pytest.TempPathFactory, others: tuple[list[str], ...]
) -> None:
    names = [name for own, between in zip(LINE, others, strict=True) for name in (own, *between)]
    world = targets_world(tmp_path_factory.mktemp("ready") / "data")
    try:
        set_owner(world)
        commands.do_scheduled_work(world.ws)
        made = [(cutoff, build_report(world.ws, QUARTER, cutoff)) for cutoff in _cutoffs(world, names)]
        assert len({report.figures for _, report in made}) >= len(LINE)
        again = [build_report(world.ws, QUARTER, cutoff) for cutoff, _ in made]
        assert again == [report for _, report in made]
    finally:
        world.ws.close()


def _cutoffs(world: World, names: list[str]) -> Iterator[Cutoff]:
    """Let things happen, and yield the cut-off after each; what cannot happen then is left out."""
    for name in names:
        try:
            ACTS[name](world)
        except CchcError:
            continue
        yield world.ws.cutoff()
