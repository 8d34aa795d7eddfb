"""The area of direction in a small commune of three units: short words for the entries of its registers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.registers import AreaCommune

from cchc_flow import commands
from cchc_flow.hookspecs import Item, Measure
from cchc_flow.plugin_host.rule_checks import RuleBroken

AREA = "direction"
VHXH, KINH_TE, Y_TE = "phong-van-hoa-xa-hoi", "phong-kinh-te", "tram-y-te"


class DirectionCommune(AreaCommune):
    """A commune of three units on 2 March 2026, with this one area."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, AREA)
        commands.add_unit(self.ws, "Phòng Văn hóa - Xã hội", (), self.order("system:test"))

    def open(self, kind: str, by: str = "coordinator", lead: str = VHXH, **data: Any) -> Item:
        """Open an entry of a register, called after its kind unless it has a title."""
        return self.write(kind, by=by, **({"title": f"Mục {kind}", "lead": lead} | data))

    def do(self, entry: Item, step: str, by: str = "coordinator", **data: Any) -> Item:
        """Take a step on an entry, and return it as it is then."""
        return self.take(by, step, entry.id, **data)

    def refuses(self, why: str, action: Callable[[], object]) -> None:
        """Assert that a rule keeps something out and says why, and that nothing is stored."""
        size = self.ws.log.size()
        with pytest.raises(RuleBroken, match=why):
            action()
        assert self.ws.log.size() == size

    def petitions(self) -> list[Item]:
        """Return all petitions, by their numbers."""
        return sorted(self.entries("petition"), key=lambda petition: int(petition.fields["number"] or 0))

    def area_measure(self, key: str) -> Measure:
        """Return one measure of the area."""
        return self.measure(AREA, key)

    def dialogue(self, petitions: int = 0, on: str = "2026-03-02", people: int = 40) -> Item:
        """Hold a dialogue with the people that raised so many petitions."""
        entry = self.open("dialogue", audience="people")
        return self.do(entry, "hold", held_on=on, people=people, petitions=petitions)

    def inspection(self, unit: str, **data: Any) -> Item:
        """Plan an inspection of a unit."""
        return self.open("inspection", inspected=unit, form="planned", **data)

    def inspect(self, unit: str, findings: int = 2, on: str = "2026-03-02", **data: Any) -> Item:
        """Inspect a unit and conclude on the same day."""
        held = self.do(self.inspection(unit, **data), "hold", held_on=on)
        return self.do(held, "conclude", conclusion="12/KL-UBND", concluded_on=on, findings=findings)

    def initiative(self, unit: str) -> Item:
        """Propose an initiative of a unit."""
        return self.open("initiative", lead=unit, title=f"Sáng kiến của {unit}", form="initiative")

    def recognise(self, unit: str) -> Item:
        """Propose an initiative of a unit and recognise it."""
        entry = self.initiative(unit)
        return self.do(entry, "recognise", "leader", decision="45/QĐ-UBND", decided_on="2026-03-02")

    def figures(self, unit: str, period: str, *counts: int, counted_to: str = "2026-03-02") -> Item:
        """Report documents, those of the year before, meetings, those of the year before."""
        names = ("documents", "documents_before", "meetings", "meetings_before")
        entry = self.open("office_figures", lead=unit, period=period)
        return self.do(entry, "report", counted_to=counted_to, **dict(zip(names, counts, strict=True)))

    def reading(
        self, subject: str, value: str, on: str = "2026-03-02", period: str = "2026", **data: Any
    ) -> Item:
        """Publish a reading."""
        entry = self.open("sipas_reading", period=period, subject=subject)
        return self.do(entry, "publish", value=value, published_on=on, source="Báo cáo 9/BC-UBND", **data)


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[DirectionCommune]:
    """A commune of its own for each test."""
    commune = DirectionCommune(tmp_path)
    yield commune
    commune.ws.close()
