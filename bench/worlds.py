"""Workspaces for benchmarks, with many tasks and some work under way."""

from pathlib import Path

from cchc_flow import clock, commands
from cchc_flow.commands import Adoption, NewTask, Order
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workspace import Workspace

PLAN = {
    "number": None,
    "title": "Kế hoạch cải cách hành chính năm 2026",
    "issuer": "UBND xã Đo",
    "closing_day": "2099-12-31",  # whatever day it is when somebody measures, due days lie in the plan
    "legal_bases": [],
    "objectives": [],
    "requirements": [],
    "areas": [
        {"code": "1", "title": "Cải cách thể chế", "tasks": []},
        {"code": "2", "title": "Cải cách thủ tục hành chính", "tasks": []},
    ],
    "targets": [],
    "units": [],
    "general_assignments": [],
    "deadlines": [],
}
TITLE = "Rà soát, đơn giản hóa thủ tục hành chính thuộc thẩm quyền của xã"
UNIT = "phong-kinh-te"


def adoption(tasks: int) -> Adoption:
    """Return a plan with so many tasks in two areas."""
    new = tuple(
        NewTask(
            ref=f"III.{1 + number % 2}.{number}",
            title=TITLE,
            text=f"{TITLE}; báo cáo kết quả lần {number}.",
            area=str(1 + number % 2),
            due=f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
        )
        for number in range(1, tasks + 1)
    )
    document = Upload("ke-hoach.docx", b"x", "application/octet-stream")
    return Adoption(2026, PLAN, document, new, (("Phòng Kinh tế", ()),))


def commune(data: Path, tasks: int, *, under_way: int = 3, plugins: Plugins = NONE) -> Workspace:
    """Return a workspace with so many tasks, one in three (0: none) of them under way, and its people."""
    ws = commands.create_workspace(data, "xa-do", title="xã Đo", clock=clock.now, plugins=plugins)
    plan = adoption(tasks)
    commands.adopt_plan(ws, plan, order(ws, "system:bench"))
    for login, role, unit in (("hoa", "coordinator", None), ("lan", "officer", UNIT)):
        commands.add_person(ws, login, login, None, unit, order(ws, "system:bench"))
        commands.grant_role(ws, login, role, order(ws, "system:bench"))
    for task in plan.tasks[::under_way] if under_way else ():
        commands.take_step(ws, f"2026-{task.ref}", TakeStep("assign", {"lead": UNIT}), order(ws, "hoa"))
        commands.take_step(ws, f"2026-{task.ref}", TakeStep("start", {}), order(ws, "lan"))
    return ws


def order(ws: Workspace, actor: str) -> Order:
    """Return a fresh order."""
    return Order(actor, ws.new_id())
