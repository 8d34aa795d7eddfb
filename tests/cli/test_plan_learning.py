"""`plan learn`: what was corrected in adopted plans is learned from, or discarded."""

from pathlib import Path

from msgspec.structs import replace
from support.corrected_plans import FIRST, corrections_of
from support.terminal import Terminal
from support.world import adoption

from cchc_flow import commands
from cchc_flow.clock import now
from cchc_flow.commands import Order
from cchc_flow.plan_import.learned import FILE
from cchc_flow.workflow.commands import Upload


def adopt_corrected(data: Path) -> None:
    ws = commands.open_workspace(data, "xa-mau", now)
    document = Upload("ke-hoach.txt", FIRST.encode(), "text/plain")
    plan = replace(adoption(document), corrections=corrections_of(FIRST))
    commands.adopt_plan(ws, plan, Order("system:test", ws.new_id()))
    ws.close()


def test_learning_says_from_how_much_and_is_undone_by_discarding(terminal: Terminal, data: Path) -> None:
    terminal("init", "xa-mau")
    assert "chưa có gì để học" in terminal("plan", "learn").out
    adopt_corrected(data)
    assert "Đã học từ 4 đoạn của 1 kế hoạch" in terminal("plan", "learn").out
    assert (data / "xa-mau" / FILE).is_file()
    assert "Đã bỏ những gì đã học" in terminal("plan", "learn", "--discard").out
    assert not (data / "xa-mau" / FILE).exists()
    assert "không có gì để bỏ" in terminal("plan", "learn", "--discard").out
    assert terminal("verify").code == 0
