"""Digital transformation in a small commune: short words for the entries of its registers."""

from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaWorld

from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.item import Item

PROOF = [Upload("bao cao.pdf", b"%PDF-1.7 digital", "application/pdf")]
DOCUMENTS = {"total": "412", "secret": "12", "signed": "396"}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    """The commune, whose plan has this area."""
    return AreaWorld(tmp_path / "data", "digital_transformation", "Chuyển đổi số trong cơ quan nhà nước")


def documents(world: AreaWorld, month: str, lead: str = "phong-kinh-te", **numbers: str) -> Item:
    """Tell a unit's documents of a month."""
    given = DOCUMENTS | numbers
    return world.write("signed_documents", f"Văn bản {month}", period=month, lead=lead, **given)


def planned(world: AreaWorld, number: str, year: str = "2026", **more: Any) -> Item:
    """List a task of the digital plan."""
    return world.write("digital_task", f"Nhiệm vụ {number}", year=year, number=number, **more)


def finish(world: AreaWorld, item: Item, on: str = "2026-03-02") -> Item:
    """Do a task of the digital plan, with its proof."""
    world.take("lan", "begin", item.id)
    given = {"done_on": on, "document": "31/BC-UBND", "evidence": PROOF}
    return world.take("lan", "finish", item.id, **given).item


def roll_out(world: AreaWorld, people: str = "20", **more: Any) -> Item:
    """Follow the accounts of a unit's people."""
    return world.write("account_rollout", "Phòng Kinh tế", people=people, **more)


def update(world: AreaWorld, item: Item, people: str, accounts: str, certificates: str) -> Item:
    """Count the people of a unit anew, and who of them has what."""
    numbers = {"people": people, "accounts": accounts, "certificates": certificates}
    return world.take("lan", "update", item.id, counted_on="2026-03-02", **numbers).item


def report(world: AreaWorld, title: str, due: str | None, **more: Any) -> Item:
    """Announce a report on a system."""
    given = {"system": "Hệ thống báo cáo của tỉnh", "receiver": "UBND tỉnh", "due": due} | more
    return world.write("system_report", title, **given)


def dispatch(world: AreaWorld, item: Item, on: str, **more: Any) -> Item:
    """Send a report."""
    return world.take("lan", "send", item.id, sent_on=on, receipt="BC-0312", **more).item
