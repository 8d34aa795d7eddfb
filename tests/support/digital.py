"""Digital transformation in a small commune: short words for the entries of its registers."""

from typing import Any

from support.registers import AreaCommune, communes_of

from cchc_flow.hookspecs import Item
from cchc_flow.workflow.commands import Upload

AREA = "digital_transformation"
PROOF = [Upload("bao cao.pdf", b"%PDF-1.7 digital", "application/pdf")]
DOCUMENTS = {"total": "412", "secret": "12", "signed": "396"}

commune = communes_of(AREA)


def documents(commune: AreaCommune, month: str, **data: str) -> str:
    """Record a unit's documents of a month."""
    return commune.entry("signed_documents", title=f"Văn bản {month}", period=month, **DOCUMENTS | data)


def planned(commune: AreaCommune, number: str, year: str = "2026", **data: Any) -> str:
    """List a task of the digital plan."""
    return commune.entry("digital_task", title=f"Nhiệm vụ {number}", year=year, number=number, **data)


def finish(commune: AreaCommune, task: str) -> Item:
    """Do a task of the digital plan, with its proof."""
    commune.take("officer", "begin", task)
    given = {"done_on": "2026-03-02", "document": "31/BC-UBND", "evidence": PROOF}
    return commune.take("officer", "finish", task, **given)


def roll_out(commune: AreaCommune, people: str = "20", **data: Any) -> str:
    """Follow the accounts of a unit's people."""
    return commune.entry("account_rollout", title="Phòng Kinh tế", people=people, **data)


def equipped(people: str, accounts: str, certificates: str, on: str = "2026-03-02") -> dict[str, str]:
    """Return what the form is told that counts a unit's people, and who of them has what."""
    return {"people": people, "accounts": accounts, "certificates": certificates, "counted_on": on}


def update(commune: AreaCommune, entry: str, *numbers: str) -> Item:
    """Count the people of a unit anew, and who of them has what."""
    return commune.take("officer", "update", entry, **equipped(*numbers))


def report(commune: AreaCommune, title: str, due: str | None, **data: Any) -> str:
    """Announce a report on a system."""
    given = {"system": "Hệ thống báo cáo của tỉnh", "receiver": "UBND tỉnh", "due": due} | data
    return commune.entry("system_report", title=title, **given)


def dispatch(commune: AreaCommune, entry: str, on: str, **data: Any) -> Item:
    """Send a report."""
    return commune.take("officer", "send", entry, sent_on=on, receipt="BC-0312", **data)
