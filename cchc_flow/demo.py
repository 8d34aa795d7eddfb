"""A workspace to try things in: the sample plan, one account for each role, and some work under way."""

import contextlib
import json
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from cchc_flow import commands, workspace
from cchc_flow.accounts import By
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.clock import Clock
from cchc_flow.commands import Order, channels
from cchc_flow.errors import CommandReused, Refusal
from cchc_flow.files import read_or_create
from cchc_flow.plan_import import read_plan_bytes
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory
from cchc_flow.samples import SAMPLE_PLAN
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workspace import Workspace

TITLE = "xã Krông Bình"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DemoPerson(msgspec.Struct, frozen=True):
    """A person of the demo commune; `unit` is a unit's name as in the sample plan."""

    login: str
    role: str
    name: str
    title: str
    unit: str | None


PEOPLE = (
    DemoPerson("quan.tri", "admin", "Hồ Minh Quân", "Quản trị hệ thống", "Văn phòng HĐND và UBND xã"),
    DemoPerson("dau.moi", "coordinator", "Lê Thị Hoa", "Đầu mối CCHC", "Phòng Văn hóa - Xã hội"),
    DemoPerson("lanh.dao", "leader", "Y Thắng Niê", "Phó Chủ tịch UBND xã", None),
    DemoPerson("truong.phong", "unit_head", "Vũ Đình Bình", "Trưởng phòng", "Phòng Kinh tế"),
    DemoPerson("cong.chuc", "officer", "Trần Thị Lan", "Công chức", "Phòng Kinh tế"),
    DemoPerson("kiem.tra", "inspector", "Nguyễn Thu Hà", "Cán bộ kiểm tra", None),
    DemoPerson("nguoi.xem", "viewer", "Đặng Văn Tám", "Ủy viên Ủy ban MTTQ Việt Nam xã", None),
)


def demo_workspace(data: Path, name: str, clock: Clock, plugins: Plugins = NO_PLUGINS) -> Workspace:
    """Return the demo workspace, created or completed if need be; raise Refusal for one with real work."""
    if workspace.is_begun(data, name, clock):
        ws = commands.open_workspace(data, name, clock, plugins)
        refuse_real_work(ws)
        refuse_other_demo(ws, TITLE)
    else:
        ws = commands.create_workspace(data, name, title=TITLE, clock=clock, demo=True, plugins=plugins)
    if not is_complete(ws):
        _fill_workspace(ws)
    return ws


def refuse_real_work(ws: Workspace) -> None:
    """Raise Refusal unless the first event of the log says that this is a demo."""
    if not ws.demo:
        raise Refusal(
            f"Không gian làm việc «{ws.name}» không phải bản dùng thử.",
            "Hãy chọn tên khác: cchc-flow --workspace dung-thu demo.",
        )


def refuse_other_demo(ws: Workspace, title: str) -> None:
    """Raise Refusal for another kind of demo; each kind has its own title."""
    if ws.title != title:
        raise Refusal(
            f"Không gian làm việc «{ws.name}» là bản dùng thử khác: {ws.title}.",
            "Hãy chọn tên khác bằng --workspace TÊN.",
        )


def give_passwords(ws: Workspace) -> None:
    """Set the password of each demo account; done last, so that a password marks a complete demo."""
    accounts, words = open_accounts(ws), passwords(ws)
    for person in PEOPLE:
        by = By("system:demo", channels.DEMO)
        accounts.set_password(person.login, words[person.login], ws.now(), by=by)
    record_access(ws, accounts)


def passwords(ws: Workspace) -> dict[str, str]:
    """Return the password of each demo account by login; created once and stored in the private folder."""
    refuse_real_work(ws)
    stored = read_or_create(
        ws.private / "demo-passwords.json",
        lambda: json.dumps({person.login: secrets.token_urlsafe(9) for person in PEOPLE}).encode(),
    )
    passwords_by_login: dict[str, str] = json.loads(stored)
    return passwords_by_login


def is_complete(ws: Workspace) -> bool:
    """Tell whether the demo was completed, by this run or an earlier one."""
    return open_accounts(ws).has_password(PEOPLE[-1].login)


def _fill_workspace(ws: Workspace) -> None:
    """Adopt the sample plan and take the steps of the demo; complete an earlier run that was interrupted."""
    content = SAMPLE_PLAN.read_bytes()
    proposal = read_plan_bytes(SAMPLE_PLAN.name, content, contributions.areas(ws.plugins))
    plan = adoption(proposal, Upload(SAMPLE_PLAN.name, content, DOCX))
    commands.adopt_plan(ws, plan, Order("system:demo", "demo-plan", channel=channels.DEMO))
    units = {unit.name: unit.id for unit in directory.units(ws.read())}
    for person in PEOPLE:
        _add_person(ws, person, units.get(person.unit or ""))
    days = _Days(local_day(ws.now()), date.fromisoformat(plan.plan["closing_day"]))
    commands.do_scheduled_work(ws)
    for actor, ref, step, data in _steps(units, days):
        order = Order(actor, f"demo-{step}-{ref}", channel=channels.DEMO)
        _take_step_once(ws, f"{proposal.year}-{ref}", TakeStep(step, data), order)
    give_passwords(ws)


def _add_person(ws: Workspace, person: DemoPerson, unit: str | None) -> None:
    added = Order("system:demo", f"demo-person-{person.login}", channel=channels.DEMO)
    commands.add_person(ws, person.login, person.name, person.title, unit, added)
    granted = Order("system:demo", f"demo-role-{person.login}", channel=channels.DEMO)
    commands.grant_role(ws, person.login, person.role, granted)


def _take_step_once(ws: Workspace, item: str, step: TakeStep, order: Order) -> None:
    """Take a step, unless a run on an earlier day did so with the same command id and other due days."""
    with contextlib.suppress(CommandReused):
        commands.take_step(ws, item, step, order)


class _Days(msgspec.Struct, frozen=True):
    """Days relative to today that lie within the plan's year, whatever day it is."""

    today: date
    closing: date

    def due(self, days: int) -> str | None:
        """Return the ISO day that many days ahead, within the plan's year; None if the year is over."""
        if self.today > self.closing:
            return None
        return self._within(self.today + timedelta(days=days)).isoformat()

    def since(self) -> str:
        """Return an ISO day two months back, within the plan's year and before its last month."""
        last = self.closing.replace(day=1) - timedelta(days=1)
        return min(self._within(self.today - timedelta(days=60)), last.replace(day=1)).isoformat()

    def month(self) -> str:
        """Return the month of the day `since`, as "2026-03"."""
        return self.since()[:7]

    def _within(self, day: date) -> date:
        return max(self.closing.replace(month=1, day=1), min(day, self.closing))


DemoStep = tuple[str, str, str, JsonObject]


def _steps(units: dict[str, str], days: _Days) -> Iterator[DemoStep]:
    """Yield the steps of the demo as (actor, reference, step, data), so that every board column has cards."""
    yield from _assignment_steps(units, days)
    yield from _shared_task_steps(units, days)
    started = ["III.5.1", "III.5.2", "III.5.3", "III.5.4", "III.5.5", "III.5.7", "III.5.8"]
    yield from (("cong.chuc", ref, "start", {}) for ref in started)
    for ref, percent, note in (
        ("III.5.7", "35", "Đã phân bổ vốn cho ba công trình."),
        ("III.5.4", "60", "Đã làm việc với 12 hộ kinh doanh trên mạng."),
    ):
        yield "cong.chuc", ref, "report_progress", {"percent": percent, "note": note}
    for ref, result in (
        ("III.5.1", "Thu ngân sách quý I đạt 27% dự toán năm."),
        ("III.5.2", "Đã tổ chức hội nghị gặp mặt doanh nghiệp."),
        ("III.5.3", "Đã lập bảng theo dõi nguồn thu theo tháng."),
        ("III.5.5", "Đã kiểm tra kê khai thuế của 18 hộ."),
    ):
        yield "cong.chuc", ref, "submit", {"result": result, "evidence": [_report_file(ref, result)]}
    yield "dau.moi", "III.5.1", "approve", {"quality": "good", "comment": "Số liệu đầy đủ."}
    yield "dau.moi", "III.5.2", "approve", {"quality": "met"}
    yield "lanh.dao", "III.5.1", "close", {}
    yield "dau.moi", "III.5.5", "return", {"reason": "Thiếu biên bản kiểm tra.", "defects": "1"}
    yield "truong.phong", "III.5.11", "comment", {"text": "Đề nghị gửi kèm mẫu báo cáo tự chủ."}


def _assignment_steps(units: dict[str, str], days: _Days) -> Iterator[DemoStep]:
    leads = {
        "Phòng Kinh tế": [
            *(("III.5.1", 40), ("III.5.2", 12), ("III.5.3", 3), ("III.5.4", 20), ("III.5.5", 1)),
            *(("III.5.7", 25), ("III.5.8", 0), ("III.5.9", 60), ("III.5.11", 2), ("III.5.12", 90)),
        ],
        "Văn phòng HĐND và UBND xã": [("III.1.1", 30), ("III.1.3", 2), ("III.1.5", 14)],
        "Trung tâm Phục vụ hành chính công xã": [("III.2.3.1", 21), ("III.2.4.1", 3), ("III.2.4.5", 45)],
        "Phòng Văn hóa - Xã hội": [("III.4.5", 10), ("III.7.4", 35)],
    }
    for unit, tasks in leads.items():
        for ref, ahead in tasks:
            yield "dau.moi", ref, "assign", {"lead": units[unit], "due": days.due(ahead)}


def _shared_task_steps(units: dict[str, str], days: _Days) -> Iterator[DemoStep]:
    """Yield the steps of a task for all units and of a monthly one; one part of each is done."""
    yield "dau.moi", "III.7.1", "distribute", {"units": [*units.values()], "due": days.due(15)}
    economy = units["Phòng Kinh tế"]
    monthly = {"units": [economy], "cadence": "monthly", "since": days.since(), "due_day": "25"}
    yield "dau.moi", "III.5.10", "distribute", monthly
    parts = [f"III.7.1:{economy}"]
    if days.today >= date.fromisoformat(days.since()):
        parts.append(f"III.5.10:{economy}:{days.month()}")
    for part in parts:
        yield "cong.chuc", part, "start", {}
        yield "cong.chuc", part, "submit", {"result": "Đã thực hiện và tự kiểm tra, có phụ lục kèm theo."}
        yield "dau.moi", part, "approve", {"quality": "met"}


def _report_file(ref: str, result: str) -> Upload:
    return Upload(f"bao-cao-{ref}.txt", f"Báo cáo kết quả {ref}\n\n{result}\n".encode(), "text/plain")
