"""A small commune: a workspace on disk with units, people and a plan of three tasks; its clock is set."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_flow import commands
from cchc_flow.commands import Adoption, NewTask, Order, Outcome
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workspace import Workspace

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DOCUMENT = Upload("ke-hoach.docx", "Kế hoạch năm 2026".encode(), "application/octet-stream")
PEOPLE = (
    ("hoa", "Lê Thị Hoa", "Phòng Văn hóa - Xã hội", "coordinator"),
    ("nam", "Phạm Nam", None, "leader"),
    ("lan", "Trần Thị Lan", "Phòng Kinh tế", "officer"),
    ("binh", "Vũ Bình", "Phòng Kinh tế", "unit_head"),
    ("thu", "Nguyễn Thu", None, "inspector"),
)
TASKS = (
    NewTask(ref="III.1.1", title="Ban hành văn bản", text="Ban hành văn bản đúng hạn.", area="1"),
    NewTask(
        ref="III.2.3.1",
        title="Rà soát thủ tục",
        text="Rà soát thủ tục tại Đắk Lắk.",
        area="2",
        heading="Đơn giản hóa:",
        lead="phòng kinh tế",
        due="2026-06-30",
    ),
    NewTask(
        ref="III.2.10", title="Công khai thủ tục", text="Niêm yết công khai.", area="2", due="2026-03-04"
    ),
)
AREA = "Cải cách thủ tục hành chính"
PLAN: Mapping[str, Any] = {
    "number": None,
    "title": "Kế hoạch cải cách hành chính năm 2026",
    "issuer": "UBND xã Mẫu",
    "closing_day": "2026-12-31",
    "legal_bases": [],
    "objectives": [],
    "requirements": [],
    "areas": [
        {"code": "1", "title": "Cải cách thể chế", "tasks": []},
        {"code": "2", "title": AREA, "tasks": []},
    ],
    "targets": [],
    "units": [],
    "general_assignments": [],
    "deadlines": [],
}
UNITS = (("Phòng Kinh tế", ("P. Kinh tế",)), ("Phòng Văn hóa - Xã hội", ()), ("Trạm Y tế", ()))
TASK = "2026-III.2.3.1"
ASSIGN = {"lead": "phong-kinh-te", "support": ["tram-y-te"], "due": "2026-06-30"}
RESULT = {
    "result": "Đã rà soát 40 thủ tục.",
    "evidence": [Upload("báo cáo.pdf", b"%PDF-1.7 forty", "application/pdf")],
}


class World:
    """The commune, and short words for what its people do."""

    def __init__(
        self, data: Path, name: str = "xa-mau", plugins: Plugins = NONE, *, is_there: bool = False
    ) -> None:
        """Create the commune in a data folder, or open the one that `is_there`."""
        self.time = BEGIN
        self.data = data
        self.ws: Workspace = (
            commands.open_workspace(data, name, self._now, plugins)
            if is_there
            else commands.create_workspace(data, name, title="xã Mẫu", clock=self._now, plugins=plugins)
        )

    def _now(self) -> datetime:
        return self.time

    def order(self, actor: str = "system:test") -> Order:
        """Return a new order of a person."""
        return Order(actor, self.ws.new_id())

    def settle(self, tasks: tuple[NewTask, ...] = TASKS, area: str = AREA) -> "World":
        """Adopt the plan, whose second area has this title and which brings its units; add the people."""
        commands.adopt_plan(self.ws, adoption(tasks=tasks, area=area), self.order())
        return self.add_people()

    def add_people(self) -> "World":
        """Add a person of each role, in the units that the plan brought."""
        units = {name: unit for unit, name in directory_names(self.ws).items()}
        for login, name, unit, role in PEOPLE:
            commands.add_person(self.ws, login, name, None, units.get(unit or ""), self.order())
            commands.grant_role(self.ws, login, role, self.order())
        return self

    def take(self, actor: str, step: str, item: str = TASK, **data: Any) -> Outcome:
        """Take a step on an item."""
        return commands.take_step(self.ws, item, TakeStep(step, data), self.order(actor))

    def submitted(self, item: str = TASK) -> Outcome:
        """Bring an item to review."""
        self.take("hoa", "assign", item, **ASSIGN)
        self.take("lan", "start", item)
        return self.take("lan", "submit", item, **RESULT)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.time += timedelta(**time)


def adoption(document: Upload = DOCUMENT, tasks: tuple[NewTask, ...] = TASKS, area: str = AREA) -> Adoption:
    """Return a plan that is ready to be adopted; its second area has this title."""
    areas = [PLAN["areas"][0], PLAN["areas"][1] | {"title": area}]
    return Adoption(2026, dict(PLAN) | {"areas": areas}, document, tasks, UNITS)


def adopt(world: World, year: int, tasks: tuple[NewTask, ...] = ()) -> None:
    """Adopt the plan of another year; its two areas are titled by the year as well."""
    areas = [{"code": code, "title": f"Lĩnh vực {code} năm {year}", "tasks": []} for code in ("1", "2")]
    plan = {**PLAN, "title": f"Kế hoạch năm {year}", "closing_day": f"{year}-12-31", "areas": areas}
    document = Upload(f"ke-hoach-{year}.docx", str(year).encode(), "application/octet-stream")
    commands.adopt_plan(world.ws, Adoption(year, plan, document, tasks, ()), world.order("hoa"))


def directory_names(ws: Workspace) -> dict[str, str]:
    """Return the names of the units by id."""
    from cchc_flow.projections import directory

    return {unit.id: unit.name for unit in directory.units(ws.read())}
