"""Public finance in a small commune: short words for projects, revenue and recommendations."""

from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaWorld

from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.item import Item

PROOF = [Upload("uy nhiem chi.pdf", b"%PDF-1.7 paid", "application/pdf")]
RECOMMENDATION = {
    "number": "2.b",
    "source": "state_audit",
    "document": "12/TB-KTNN",
    "issued_on": "2026-02-10",
    "amount": "125.500.000",
}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    """The commune, whose plan has this area."""
    return AreaWorld(tmp_path / "data", "public_finance", "Cải cách tài chính công")


@pytest.fixture
def road(world: AreaWorld) -> Item:
    """A project with a plan of ten thousand million đồng."""
    return allotted(world, "Đường thôn 3", "10.000.000.000", code="7891234")


@pytest.fixture
def advice(world: AreaWorld) -> Item:
    """A recommendation to take money back."""
    return world.write("audit_recommendation", "Thu hồi chi sai định mức", **RECOMMENDATION)


def allotted(world: AreaWorld, title: str, planned: str, year: str = "2026", **more: Any) -> Item:
    """List a project, and allot it the money of its plan."""
    project = world.write("investment_project", title, **{"code": title, "budget_year": year} | more)
    given = {"planned": planned, "decision": "45/QĐ-UBND", "decided_on": "2026-01-20"}
    return world.take("lan", "allot", project.id, **given).item


def pay(world: AreaWorld, project: Item, amount: str, total: str, on: str = "2026-03-02") -> Item:
    """Pay for a project."""
    given = {"amount": amount, "paid_total": total, "paid_on": on, "voucher": "112/KB"}
    return world.take("lan", "pay", project.id, **given).item


def collect(world: AreaWorld, period: str, this: str, last: str, **more: Any) -> Item:
    """Write the revenue of a period, and that of a year before."""
    given = {"period": period, "this_year": this, "last_year": last} | more
    return world.write("revenue", f"Thu {period}", **given)


def record(world: AreaWorld, advice: Item, done: str, on: str = "2026-03-02", **more: Any) -> Item:
    """Record how much of a recommendation is done."""
    return world.take("lan", "record", advice.id, done_amount=done, done_on=on, **more).item
