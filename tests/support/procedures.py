"""A small commune whose centre for public services keeps the registers of administrative procedures."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaCommune

from cchc_flow.plugin_host.rule_checks import RuleBroken
from cchc_flow.workflow.item import Item

AREA = "administrative_procedures"
UNIT = "phong-kinh-te"
MONDAY = "2026-03-02"
DOSSIER = {"code": "H15-0007", "received_on": "2026-02-20", "old_due": "2026-03-05"}
FEEDBACK = {"code": "PA-12", "received_on": "2026-03-02", "channel": "portal"}
ANNOUNCED = {"decision": "412/QĐ-UBND", "announced_on": "2026-03-02", "procedures": "3"}
SENT = {"sent_on": "2026-03-02", "new_due": "2026-03-10", "reason": "Thiếu số liệu của tỉnh."}


class Centre(AreaCommune):
    """The commune on Monday 02/03/2026, 8 o'clock, and short words for what is done in the registers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, AREA)

    def do(self, entry: str, step: str, by: str = "officer", **data: Any) -> Item:
        """Take a step of a register and return what became of the entry."""
        self.take(by, step, entry, **data)
        return self.then(entry)

    def apology(self, code: str = DOSSIER["code"]) -> Item:
        """Return the apology for a dossier that is to be sent; else the one that there was."""
        return max(self.entries("apology", code=code), key=lambda apology: apology.state == "to_send")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    """The centre, on that Monday."""
    centre = Centre(tmp_path)
    yield centre
    centre.ws.close()


def refused(centre: Centre, why: str, what: Callable[[], object]) -> None:
    """Hold that a rule keeps something out and says why, and that nothing is stored."""
    size = centre.ws.log.size()
    with pytest.raises(RuleBroken, match=why):
        what()
    assert centre.ws.log.size() == size
