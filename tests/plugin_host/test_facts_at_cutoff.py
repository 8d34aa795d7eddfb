"""The facts of plugins at a cut-off: each method of them answers as it did then, whatever happened since."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.lawful import Documents
from support.plugging import plugged
from support.world import ASSIGN, TASK, World, adopt

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.hookspecs import Facts
from cchc_flow.projections import settings
from cchc_flow.workflow.periods import parse

LATER = date(2026, 5, 4)
ASKED: dict[str, Callable[[Facts], Any]] = {
    "position": lambda facts: facts.position,
    "today": lambda facts: facts.today,
    "working_days": lambda facts: dict(facts.working_days),
    "plan": lambda facts: facts.plan,
    "units": lambda facts: dict(facts.units),
    "people": lambda facts: dict(facts.people),
    "actor": lambda facts: facts.actor,
    "actor_id": lambda facts: facts.actor_id,
    "figure": lambda facts: [facts.figure("effect"), facts.figure("effect", LATER)],
    "item": lambda facts: [facts.item(TASK), facts.item("2027-I.1")],
    "items": lambda facts: [facts.items("task"), facts.items("task", plan="2026"), facts.items("report")],
    "window": lambda facts: [facts.window(parse("2026-03")), facts.window(parse("2026"))],
    "area_of": lambda facts: [facts.area_of(item) for item in facts.items("task")],
}
"""What is asked of each method of the facts."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "data", plugins=plugged(documents=Documents())).settle(area="Văn bản")
    world.take("hoa", "assign", **ASSIGN)
    return world


def answers(facts: Facts) -> dict[str, Any]:
    return {name: ask(facts) for name, ask in ASKED.items()}


def change_everything(world: World) -> None:
    """Let something happen that changes what each method of the facts answers."""
    ws = world.ws
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-09-30"})
    world.wait(days=400)
    commands.change_unit(ws, "tram-y-te", "Trạm Y tế xã", (), False, world.order())
    commands.change_person(ws, "lan", "Trần Thị Lan", None, None, True, world.order())
    commands.set_figure(ws, "documents", "effect", "15", "QĐ 9", world.order("hoa"), since="2026-03-01")
    days = {"days": [{"day": "2026-03-09", "working": False, "name": "Nghỉ bù"}]}
    commands.change_setting(ws, "calendar", days, "TB 1", world.order("hoa"))
    reporting = msgspec.structs.replace(settings.effective_settings(ws.read()).reporting, window_from=20)
    value = msgspec.to_builtins(reporting)
    commands.change_setting(ws, "reporting", value, "QĐ 2", world.order("hoa"))
    adopt(world, 2027, (NewTask(ref="I.1", title="Việc năm sau", text="Việc năm sau.", area="1"),))


def test_every_method_of_the_facts_is_asked() -> None:
    public = {name for name in vars(Facts) if not name.startswith("_")}
    assert public == set(ASKED)


def test_the_facts_at_a_cut_off_are_those_of_then(world: World) -> None:
    cutoff, then = world.ws.cutoff(), answers(world.ws.facts("documents"))
    change_everything(world)
    now = answers(world.ws.facts("documents"))
    assert answers(world.ws.fact_source(cutoff=cutoff).facts_of("documents")) == then
    same = {name for name in ASKED if now[name] == then[name]}
    assert same == {"actor", "actor_id"}  # nobody's step is asked about
