"""Each event says by which way its order came."""

import ast
from pathlib import Path

from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands import Order, channels
from cchc_flow.notifications import reminders
from cchc_flow.workflow.commands import TakeStep

ROOT = Path(__file__).parents[2]


def test_an_event_has_the_channel_of_its_order(world: World) -> None:
    order = Order("hoa", world.ws.new_id(), channel=channels.terminal("root"))
    outcome = commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    assert outcome.receipt
    assert world.ws.log.event(outcome.receipt.first).channel == "terminal:root"


def test_what_sets_a_workspace_up_and_what_the_clock_does_say_so(world: World) -> None:
    opened = {event.type: event.channel for event in world.ws.log.read_events()}
    assert (opened["log.opened/1"], opened["workflow.published/1"]) == ("setup", "setup")
    world.take("hoa", "assign", **ASSIGN)
    world.wait(days=117)
    reminders.run_reminders(world.ws)
    reminded = [event for event in world.ws.log.read_events() if event.type == "item.reminded/1"]
    assert {event.channel for event in reminded} == {"clock"}


def test_no_order_of_the_product_leaves_its_channel_out() -> None:
    without = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "cchc_flow").rglob("*.py")
        if path.name != "testing.py"  # plugins' tests: a program
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Order"
        and "channel" not in {keyword.arg for keyword in node.keywords}
    ]
    assert without == []
