"""Public finance in a small commune: short words for projects, revenue and recommendations."""

from typing import Any

import pytest
from support.registers import AreaCommune, communes_of

from cchc_flow.hookspecs import Item
from cchc_flow.workflow.commands import Upload

AREA = "public_finance"
PROOF = [Upload("uy nhiem chi.pdf", b"%PDF-1.7 paid", "application/pdf")]
RECOMMENDATION = {
    "number": "2.b",
    "source": "state_audit",
    "document": "12/TB-KTNN",
    "issued_on": "2026-02-10",
    "amount": "125.500.000",
}

commune = communes_of(AREA)


@pytest.fixture
def road(commune: AreaCommune) -> str:
    """A project with a plan of ten thousand million đồng."""
    return allotted(commune, "Đường thôn 3", "10.000.000.000", code="7891234")


@pytest.fixture
def advice(commune: AreaCommune) -> str:
    """A recommendation to take money back."""
    return commune.entry("audit_recommendation", title="Thu hồi chi sai định mức", **RECOMMENDATION)


def allotted(commune: AreaCommune, title: str, planned: str, code: str = "") -> str:
    """List a project of 2026, and allot it the money of its plan."""
    project = commune.entry("investment_project", title=title, code=code or title, budget_year="2026")
    given = {"planned": planned, "decision": "45/QĐ-UBND", "decided_on": "2026-01-20"}
    commune.take("officer", "allot", project, **given)
    return project


def payment(amount: str, total: str, on: str = "2026-03-02") -> dict[str, str]:
    """Return what the form of a payment is told."""
    return {"amount": amount, "paid_total": total, "paid_on": on, "voucher": "112/KB"}


def pay(commune: AreaCommune, project: str, amount: str, total: str, on: str = "2026-03-02") -> Item:
    """Pay for a project."""
    return commune.take("officer", "pay", project, **payment(amount, total, on))


def collect(commune: AreaCommune, period: str, this: str, last: str, **more: Any) -> str:
    """Write the revenue of a period, and that of a year before."""
    given = {"period": period, "this_year": this, "last_year": last} | more
    return commune.entry("revenue", title=f"Thu {period}", **given)


def record(commune: AreaCommune, advice: str, done: str, on: str = "2026-03-02", **more: Any) -> Item:
    """Record how much of a recommendation is done."""
    return commune.take("officer", "record", advice, done_amount=done, done_on=on, **more)
