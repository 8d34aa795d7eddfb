"""A small commune with people of every role, a plan of two tasks, and one of them taken to its end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_flow import commands
from cchc_flow.commands import Adoption, Order
from cchc_flow.commands.directory import add_first_administrator
from cchc_flow.commands.plans import NewTask
from cchc_flow.commands.workspace_setup import create_workspace
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workspace import Workspace

BEGIN = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
ITEM = "2026-III.1.1"
PEOPLE = (
    ("hoa.le", "Lê Thị Hoa", "coordinator", None),
    ("thang.nie", "Y Thắng Niê", "leader", None),
    ("b.tran", "Trần Văn B", "officer", "phong-kinh-te"),
    ("ha.nguyen", "Nguyễn Thu Hà", "inspector", None),
)
PLAN: dict[str, Any] = {
    "number": "12/KH-UBND",
    "title": "Kế hoạch cải cách hành chính năm 2026",
    "issuer": "UBND xã Ea Thử",
    "closing_day": "2026-12-31",
    "legal_bases": (),
    "objectives": (),
    "requirements": (),
    "areas": ({"code": "1", "title": "Chỉ đạo, điều hành", "tasks": ()},),
    "targets": (),
    "units": (),
    "general_assignments": (),
    "deadlines": (),
}


class Clock:
    """A clock that goes on by a minute whenever it is read."""

    def __init__(self) -> None:
        self.moment = BEGIN

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def commune(data: Path) -> Workspace:
    """Return a workspace `ea-thu` with its history."""
    ws = create_workspace(data, "ea-thu", title="xã Ea Thử", clock=Clock())
    add_first_administrator(ws, "quan.ho", "Hồ Minh Quân", ["admin"])
    for name in ("Phòng Kinh tế", "Trạm Y tế"):
        commands.add_unit(ws, name, [], Order("quan.ho", f"add-{name}"))
    for login, name, role, unit in PEOPLE:
        commands.add_person(ws, login, name, None, unit, Order("quan.ho", f"add-{login}"))
        commands.grant_role(ws, login, role, Order("quan.ho", f"grant-{login}"))
    commands.adopt_plan(ws, _adoption(), Order("hoa.le", "adopt"))
    _work(ws)
    return ws


def _adoption() -> Adoption:
    tasks = tuple(
        NewTask(ref=f"III.1.{number}", title=title, text=f"{title} của xã.", area="1")
        for number, title in enumerate(("Rà soát thủ tục hành chính", "Kiểm tra kỷ luật công vụ"), 1)
    )
    return Adoption(2026, PLAN, Upload("ke-hoach.txt", "KẾ HOẠCH".encode(), "text/plain"), tasks, ())


def _work(ws: Workspace) -> None:
    lead = {"lead": "phong-kinh-te", "support": ["tram-y-te"], "officer": "b.tran", "due": "2026-06-30"}
    files = [
        Upload("a.pdf", b"%PDF-1.7 a", "application/pdf"),
        Upload("b.pdf", b"%PDF-1.7 b", "application/pdf"),
    ]
    for number, (actor, name, data) in enumerate(
        (
            ("hoa.le", "assign", lead),
            ("b.tran", "start", {}),
            ("b.tran", "submit", {"result": "Đã rà soát 40 thủ tục.", "evidence": files}),
            ("hoa.le", "return", {"reason": "Thiếu biên bản.", "defects": "1"}),
            ("b.tran", "submit", {"result": "Đã bổ sung biên bản.", "evidence": files[:1]}),
            ("hoa.le", "approve", {"quality": "good"}),
            ("thang.nie", "close", {}),
        )
    ):
        commands.take_step(ws, ITEM, TakeStep(name, data), Order(actor, f"work-{number}"))
