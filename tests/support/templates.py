"""A province that issues a template plan and gives it to its communes, one opened for a moment at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from support.province import INSIDE, OTHER, ProvinceWorld

from cchc_flow.commands.plan_templates import Giver
from cchc_flow.commands.province_templates import NewTemplate, give_template, issue_template
from cchc_flow.homes import find_home
from cchc_flow.projections.plan_templates import Template
from cchc_flow.province.overview import ProvinceOverview
from cchc_flow.province.summary_store import SummaryStore, edition_of
from cchc_flow.province.template_plans import TemplateGiving, TemplateSighting
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import Upload
from cchc_flow.workspace import Workspace

GIVER = Giver("lan.tran@tinh-dak-lak", "Người lan.tran", "web")
BOTH = (INSIDE, OTHER)


def new_template(
    words: str = "kế hoạch mẫu", draft: str | None = None, replaces: str | None = None
) -> NewTemplate:
    """Return a template of a year, with a document of these words."""
    return NewTemplate(
        year=2027,
        number=None,
        title="Kế hoạch cải cách hành chính năm 2027",
        document=Upload("mau.txt", words.encode(), "text/plain"),
        draft=draft,
        replaces=replaces,
    )


class TemplateWorld:
    """The province with two communes; `opened` names those that were opened for the giving."""

    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        self.ws, self.seconds = self.world.ws, 0.0
        self.opened: list[str] = []
        self.giving = self.node()

    def node(self) -> TemplateGiving:
        """Return the giving as a process has it that begins now."""
        store = SummaryStore(self.world.data / "private" / "s.db", edition_of(self.world.plugins))
        overview = ProvinceOverview(
            store,
            self.borrow,
            find_home(self.world.data),
            lambda ws: True,
            self.world.now,
            lambda: self.seconds,
        )
        return TemplateGiving(overview, self.borrow, lambda: self.seconds)

    @contextmanager
    def borrow(self, name: str) -> Iterator[Workspace]:
        """Give a commune's workspace until the end of the block."""
        self.opened.append(name)
        ws = self.world.open(name)
        try:
            yield ws
        finally:
            ws.close()

    @property
    def today(self) -> date:
        """The day of the clock."""
        return local_day(self.world.now())

    def issue(self, words: str = "kế hoạch mẫu", replaces: str | None = None) -> Template:
        """Issue a template as the coordinator."""
        order = self.world.order(self.ws, "lan.tran")
        return issue_template(self.ws, new_template(words, replaces=replaces), order)

    def give(self, template: Template, *communes: str) -> dict[str, TemplateSighting]:
        """Give a template to communes, all that can, and return how each stands, by its workspace."""
        chosen = communes or BOTH
        give_template(self.ws, template.id, chosen, self.world.order(self.ws, "lan.tran"))
        return self.carry_on(template)

    def carry_on(self, template: Template) -> dict[str, TemplateSighting]:
        """Go on with a giving, and return how each commune stands."""
        self.giving.give(self.ws, template, GIVER, self.today, until=float("inf"))
        return self.look(template)

    def look(self, template: Template) -> dict[str, TemplateSighting]:
        """Return how each commune stands, as far as it is known."""
        seen = self.giving.look(self.ws, template.id, self.today)
        return {one.commune.workspace: one for one in seen}
