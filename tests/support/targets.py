"""A commune whose plan has targets: with one figure, two figures, and none."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from support.world import TASK, World, adoption

from cchc_flow import commands
from cchc_flow.commands import Adoption, UnitOfWork, load_item, measures
from cchc_flow.commands.targets import reported_readings
from cchc_flow.commands.unit_of_work import Commit, write
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.workflow.events import ReportedReading


def planned(
    value: str, unit: str | None, direction: str, what: str, year: int | None = None
) -> dict[str, Any]:
    return {"value": value, "unit": unit, "direction": direction, "baseline_year": year, "what": what}


TARGETS = (
    {
        "ref": "II.1",
        "text": "Giảm tối thiểu 15% lượng văn bản hành chính so với năm 2025; 10% số hội nghị.",
        "measures": [
            planned("15", "%", "decrease_at_least", "lượng văn bản hành chính", 2025),
            planned("10", "%", "decrease_at_least", "số hội nghị"),
        ],
    },
    {
        "ref": "II.2",
        "text": "Tỷ lệ giải ngân vốn đầu tư công đạt tối thiểu 95%.",
        "measures": [planned("95", "%", "at_least", "tỷ lệ giải ngân vốn đầu tư công")],
    },
    {
        "ref": "II.3",
        "text": "Tổ chức 02 cuộc đối thoại.",
        "measures": [planned("2", "cuộc", "equal", "Tổ chức cuộc đối thoại")],
    },
    {"ref": "II.4", "text": "Nâng cao chất lượng đội ngũ.", "measures": []},
)
OWNER = "phong-kinh-te"


def targets_world(data: Path, plugins: Plugins = NONE) -> World:
    """Return a commune with units, people of each role, and a plan with four targets."""
    world = World(data, plugins=plugins)
    plain = adoption()
    plan = dict(plain.plan) | {"targets": list(TARGETS)}
    commands.adopt_plan(
        world.ws, Adoption(2026, plan, plain.document, plain.tasks, plain.units), world.order()
    )
    return world.add_people()


def set_owner(world: World, target: str = "II.1", number: int = 1, **data: Any) -> None:
    """Let the economic office answer for a measure."""
    raw = {"owner": OWNER, "source": "reported"} | data
    measures.set_measure(world.ws, ("2026", target, number), raw, world.order("hoa"))


def record(world: World, actor: str, period: str, value: str, target: str = "II.1", number: int = 1) -> None:
    """Record a reading by hand."""
    data = {"period": period, "value": value}
    measures.record_reading(world.ws, ("2026", target, number), data, world.order(actor))


def accept_report(world: World, period: str, *told: tuple[str, int, str], unit: str = OWNER) -> None:
    """Append the readings that a unit's accepted report of a period gives: target, measure, value."""
    report = replace(load_item(world.ws, TASK).item, id=f"{period}:{unit}", period=period, unit=unit)
    readings = [
        ReportedReading(target=target, measure=number, value=value, note=None)
        for target, number, value in told
    ]

    def decide_commit(uow: UnitOfWork) -> Commit:
        return Commit(reported_readings(uow, report, readings))

    write(world.ws, world.order("hoa"), ["accept", period], decide_commit)
