"""Legal documents of a small commune on 1 April 2026: the way of one, and short words for its registers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.registers import AreaCommune

AREA = "institutional_reform"
DRAFTED = {"form": "committee_decision", "lead": "phong-kinh-te"}
PUBLISHED = {"number": "05/2026/QĐ-UBND", "published_on": "2026-03-07", "address": "xamau.vn/van-ban/5"}
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("post", {"posted_on": "2026-02-02", "draft_address": "xamau.vn/du-thao/5"}),
    ("close_opinions", {"opinions_closed_on": "2026-02-22", "opinions": "14"}),
    ("appraise", {"appraised_on": "2026-02-26", "appraisal": "fit"}),
    ("sign", {"signed_on": "2026-03-04", "effective_on": "2026-03-14"}),
    ("publish", PUBLISHED),
    ("self_check", {"checked_on": "2026-03-20", "outcome": "lawful"}),
    ("handle", {"handled_on": "2026-03-25", "handled_by": "06/2026/QĐ-UBND"}),
)
CONCLUDED = {"done_on": "2026-03-20", "report_number": "44/BC-UBND", "proposals": "2"}


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[AreaCommune]:
    """The commune on 1 April 2026."""
    commune = AreaCommune(tmp_path, AREA)
    commune.wait(days=30)
    yield commune
    commune.ws.close()


def document(commune: AreaCommune, title: str = "Quyết định về quản lý chợ", **changes: str) -> str:
    """Draft a document and return its id."""
    return commune.entry("legal_document", "officer", **DRAFTED | {"title": title} | changes)


def walk(commune: AreaCommune, entry: str, until: str = "self_check", /, **changes: str) -> str:
    """Take the steps of the way up to one, each day and word as in `WAY` or as changed."""
    override = {"override": changes["override"]} if "override" in changes else {}
    for step, data in WAY:
        if commune.then(entry).state == "drafting" or step not in taken_steps(commune, entry):
            values = {name: changes.get(name, value) for name, value in data.items()}
            if step == "sign":
                values |= {name: changes[name] for name in ("adopted_on", "procedure") if name in changes}
            commune.take("officer", step, entry, **values, **override)
        if step == until:
            return entry
    raise AssertionError(until)


def taken_steps(commune: AreaCommune, entry: str) -> set[str]:
    """Return the names of the steps that were taken on an entry."""
    return {str(event.data.get("step")) for event in commune.ws.log.stream(f"item-{entry}")}


def monitoring(commune: AreaCommune, title: str = "Khảo sát về đất đai", **changes: str) -> str:
    """Plan to follow how law is enforced, and return the id of that."""
    fields = {"title": title, "activity": "survey", "plan_number": "12/KH-UBND"}
    return commune.entry("enforcement_monitoring", "officer", **fields | changes)
