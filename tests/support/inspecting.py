"""What an inspector does: an inspection by a decision, an observation in it, and a sample that was drawn."""

from typing import Any

from support.world import World

from cchc_flow.commands.inspections import open_audit, open_finding
from cchc_flow.commands.samples import Sample, draw_sample, plan_sample, samples_of
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.sampling import commitment_of

DECISION = {
    "title": "Kiểm tra việc thực hiện kế hoạch cải cách hành chính",
    "decision": "15/QĐ-UBND",
    "decided_on": "2026-03-01",
    "decided_by": "Chủ tịch UBND tỉnh",
    "units": ["phong-kinh-te"],
    "scope": "Thủ tục hành chính",
    "first": "2026-01-01",
    "last": "2026-12-31",
}
OBSERVED = {"title": "Duyệt khi chưa có minh chứng", "lead": "phong-kinh-te", "about": "III.2.3.1"}
FOUND = {
    "severity": "breach",
    "basis": "Điều 5 Quy chế",
    "facts": "Kết quả được duyệt khi chưa có tệp nào.",
    "remedy": "Bổ sung minh chứng.",
    "due": "2026-03-31",
}
SECRET = "bo cau trang 1926"
RULE = {
    "kind": "task",
    "basis": "all",
    "units": [],
    "area": "",
    "by": "unit",
    "confidence": "95",
    "rate": "5",
    "wait": "60",
    "commitment": commitment_of(SECRET),
}


def audit_of(world: World, **more: Any) -> str:
    """Open an inspection and return its id."""
    return open_audit(world.ws, DECISION | more, world.order("thu")).item.id


def observe(world: World, audit: str, **more: Any) -> Item:
    """Note an observation in an inspection and return it."""
    return open_finding(world.ws, audit, OBSERVED | more, world.order("thu")).item


def found(world: World) -> str:
    """Bring an observation so far that its unit has to remedy it, and return its id."""
    item = observe(world, audit_of(world)).id
    world.take("thu", "establish", item, **FOUND)
    return item


def planned(world: World, audit: str, **more: Any) -> str:
    """Lay down how a sample is drawn, and return the id of that event."""
    plan_sample(world.ws, audit, RULE | more, world.order("thu"))
    return samples_of(world.ws.log, audit, world.ws.log.size())[-1].planned_by.id


def wait_for_checkpoint(world: World) -> None:
    """Let the moment of a rule pass and something be recorded after it."""
    world.wait(hours=2)
    world.take("hoa", "comment", text="Một việc khác.")


def drawn(world: World, audit: str, **more: Any) -> Sample:
    """Lay down how a sample is drawn, draw it, and return it."""
    rule = planned(world, audit, **more)
    wait_for_checkpoint(world)
    draw_sample(world.ws, audit, rule, SECRET, world.order("thu"))
    return samples_of(world.ws.log, audit, world.ws.log.size())[-1]
