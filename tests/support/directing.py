"""The area of direction in a small commune: its plan has the area, and its people write its registers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.plugging import plugged
from support.world import DOCUMENT, PEOPLE, PLAN, UNITS, World, directory_names

from cchc_flow import commands
from cchc_flow.commands import Adoption, NewTask
from cchc_flow.commands.asking import AskedFacts, RuleBroken
from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host import loading
from cchc_flow.projections.cards import items
from cchc_flow.workflow.item import Item

AREA = {"code": "7", "title": "Công tác chỉ đạo, điều hành", "tasks": []}
ELSEWHERE = {"code": "1", "title": "Cải cách thể chế", "tasks": []}
TASKS = (
    NewTask(ref="III.7.1", title="Kiểm tra cải cách hành chính", text="Kiểm tra.", area="7"),
    NewTask(ref="III.1.1", title="Ban hành văn bản", text="Ban hành.", area="1"),
)
TASK, OTHER_TASK = "2026-III.7.1", "2026-III.1.1"
VHXH, KINH_TE, Y_TE = "phong-van-hoa-xa-hoi", "phong-kinh-te", "tram-y-te"


class Commune(World):
    """A commune of three units on 2 March 2026, with this one area."""

    def __init__(self, data: Path) -> None:
        super().__init__(data, plugins=plugged(direction=loading.load_manager().get_plugin("direction")))
        plan = PLAN | {"areas": [AREA, ELSEWHERE]}
        commands.adopt_plan(self.ws, Adoption(2026, plan, DOCUMENT, TASKS, UNITS), self.order())
        units = {name: unit for unit, name in directory_names(self.ws).items()}
        for login, name, unit, role in PEOPLE:
            commands.add_person(self.ws, login, name, None, units.get(unit or ""), self.order())
            commands.grant_role(self.ws, login, role, self.order())

    def write(self, kind: str, login: str = "hoa", lead: str = VHXH, **data: Any) -> Item:
        """Write an entry of a register."""
        given = {"title": f"Mục {kind}", "lead": lead} | data
        return commands.open_entry(self.ws, kind, given, self.order(login)).item

    def do(self, entry: Item, step: str, login: str = "hoa", **data: Any) -> Item:
        """Take a step on an entry, and return it as it is then."""
        return self.take(login, step, entry.id, **data).item

    def refuses(self, why: str, what: Callable[[], object]) -> None:
        """Hold that a rule keeps something out and says why, and that nothing is stored."""
        size = self.ws.log.size()
        with pytest.raises(RuleBroken, match=why):
            what()
        assert self.ws.log.size() == size

    def now(self, entry: Item) -> Item:
        """Return an entry as it is now."""
        return items.item(self.ws.read(), entry.id)

    def entries(self, kind: str) -> list[Item]:
        """Return all entries of a register, by the numbers that they have."""
        found = items.items_of_kind(self.ws.read(), kind)
        return sorted(found, key=lambda one: int(one.fields.get("number") or 0))

    @property
    def facts(self) -> AskedFacts:
        """What the area may know."""
        return AskedFacts(self.ws, "direction")

    def asked(self, hook: str, **given: Any) -> Any:
        """Return what the area answers to a hook."""
        (answer,) = self.ws.plugins.call(hook, facts=self.facts, **given)
        assert not answer.fault
        return answer.value

    def measure(self, key: str) -> Measure:
        """Return one measure of the area."""
        found: Measure = next(one for one in self.asked("measures") if one.key == key)
        return found

    def badges(self, entry: Item) -> list[tuple[str, str]]:
        """Return the marks of an entry."""
        return [(one.kind, one.words) for one in self.asked("badges", item=self.now(entry))]

    def dialogue(self, petitions: int = 0, on: str = "2026-03-02", people: int = 40) -> Item:
        """Hold a dialogue with the people that raised so many petitions."""
        entry = self.write("dialogue", audience="people")
        return self.do(entry, "hold", held_on=on, people=people, petitions=petitions)

    def inspection(self, unit: str, **more: Any) -> Item:
        """Plan an inspection of a unit."""
        return self.write("inspection", lead=VHXH, inspected=unit, form="planned", **more)

    def inspect(self, unit: str, findings: int = 2, on: str = "2026-03-02", **more: Any) -> Item:
        """Inspect a unit and conclude on the same day."""
        held = self.do(self.inspection(unit, **more), "hold", held_on=on)
        return self.do(held, "conclude", conclusion="12/KL-UBND", concluded_on=on, findings=findings)

    def initiative(self, unit: str) -> Item:
        """Propose an initiative of a unit."""
        return self.write("initiative", lead=unit, title=f"Sáng kiến của {unit}", form="initiative")

    def recognise(self, unit: str) -> Item:
        """Propose an initiative of a unit and recognise it."""
        entry = self.initiative(unit)
        return self.do(entry, "recognise", "nam", decision="45/QĐ-UBND", decided_on="2026-03-02")

    def figures(self, unit: str, period: str, *counts: int, counted_to: str = "2026-03-02") -> Item:
        """Report documents, those of the year before, meetings, those of the year before."""
        names = ("documents", "documents_before", "meetings", "meetings_before")
        entry = self.write("office_figures", lead=unit, period=period)
        return self.do(entry, "report", counted_to=counted_to, **dict(zip(names, counts, strict=True)))

    def reading(
        self, subject: str, value: str, on: str = "2026-03-02", period: str = "2026", **more: Any
    ) -> Item:
        """Publish a reading."""
        entry = self.write("sipas_reading", period=period, subject=subject)
        return self.do(entry, "publish", value=value, published_on=on, source="Báo cáo 9/BC-UBND", **more)
