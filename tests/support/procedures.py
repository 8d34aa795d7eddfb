"""A small commune whose centre for public services keeps the registers of administrative procedures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.asking import AskedFacts, RuleBroken
from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugins import administrative_procedures
from cchc_flow.projections.cards import items
from cchc_flow.workflow.item import Item

AREA = "administrative_procedures"
UNIT = "phong-kinh-te"
MONDAY = "2026-03-02"
DOSSIER = {"code": "H15-0007", "received_on": "2026-02-20", "old_due": "2026-03-05"}
FEEDBACK = {"code": "PA-12", "received_on": "2026-03-02", "channel": "portal"}
ANNOUNCED = {"decision": "412/QĐ-UBND", "announced_on": "2026-03-02", "procedures": "3"}
SENT = {"sent_on": "2026-03-02", "new_due": "2026-03-10", "reason": "Thiếu số liệu của tỉnh."}


def plugins() -> Plugins:
    """Return the one plugin of the area."""
    return plugged(administrative_procedures=administrative_procedures)


class Centre(World):
    """The commune on Monday 02/03/2026, 8 o'clock, and short words for what is done in the registers."""

    def __init__(self, data: Path) -> None:
        super().__init__(data, plugins=plugins())
        self.settle()

    def write(self, kind: str, actor: str = "lan", **fields: Any) -> str:
        """Write an entry of a register and return its id."""
        given = {"title": "Mục mới", "lead": UNIT} | fields
        return commands.open_entry(self.ws, kind, given, self.order(actor)).item.id

    def do(self, entry: str, step: str, actor: str = "lan", **data: Any) -> Item:
        """Take a step of a register and return what became of the entry."""
        self.take(actor, step, entry, **data)
        return self.now(entry)

    def now(self, entry: str) -> Item:
        """Return an entry as it is now."""
        return items.item(self.ws.read(), entry)

    def all(self, kind: str) -> list[Item]:
        """Return the entries of a register."""
        return items.items_of_kind(self.ws.read(), kind)

    def apology(self, code: str = DOSSIER["code"]) -> Item:
        """Return the apology for a dossier that is to be sent; else the one that there was."""
        found = items.items_of_kind(self.ws.read(), "apology", None, {"code": code})
        return max(found, key=lambda one: one.state == "to_send")

    def facts(self) -> AskedFacts:
        """Return what the plugin may know now."""
        return AskedFacts(self.ws, AREA)

    def measure(self, key: str) -> Measure:
        """Return one reading."""
        (answer,) = self.ws.plugins.call("measures", facts=self.facts())
        assert not answer.fault
        return next(one for one in answer.value if one.key == key)

    def badges(self, entry: str) -> list[str]:
        """Return the words of an entry's marks."""
        (answer,) = self.ws.plugins.call("badges", item=self.now(entry), facts=self.facts())
        assert not answer.fault
        return [one.words for one in answer.value]


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """The centre, on that Monday."""
    return Centre(tmp_path / "data")


def refused(centre: Centre, why: str, what: Callable[[], object]) -> None:
    """Hold that a rule keeps something out and says why, and that nothing is stored."""
    size = centre.ws.log.size()
    with pytest.raises(RuleBroken, match=why):
        what()
    assert centre.ws.log.size() == size
