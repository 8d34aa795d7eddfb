"""A commune whose plan states other report days than the setting has, and one thing to be sent once."""

from typing import Any

from support.world import DOCUMENT, PLAN, TASKS, UNITS, World

from cchc_flow import commands
from cchc_flow.commands import Adoption

OFFICE, PROVINCE = "Phòng Văn hóa - Xã hội", "Sở Nội vụ tỉnh"


def deadline(to: str, text: str, **days: Any) -> dict[str, Any]:
    kind = "once" if "date" in days else "recurring"
    nothing = {"date": None, "monthly_day": None, "period_day": None}
    return nothing | {"kind": kind, "who": "Các cơ quan, đơn vị", "to": to, "text": text} | days


DEADLINES = [
    deadline(OFFICE, "Gửi kế hoạch của đơn vị trước ngày 25/03/2026.", date="2026-03-25"),
    deadline(OFFICE, "Báo cáo chậm nhất ngày 12 hằng tháng.", monthly_day=12, period_day=10),
    deadline(PROVINCE, "Báo cáo Sở Nội vụ chậm nhất ngày 22 hằng tháng.", monthly_day=22, period_day=20),
]


def settle_with_deadlines(world: World, deadlines: list[dict[str, Any]] = DEADLINES) -> World:
    """Adopt a plan with these deadlines; add the people."""
    plan = dict(PLAN) | {"deadlines": deadlines, "number": "05/KH-UBND"}
    commands.adopt_plan(world.ws, Adoption(2026, plan, DOCUMENT, TASKS, UNITS), world.order())
    return world.add_people()
