"""Gives a province's template plan to its communes, one after the other, and tells how each stands with it.

What is given is said once in the province's log; each commune's own log says that it received the template.
So whatever cuts a giving short, the next one finishes what was left, and none receives the same twice. A
commune is opened for its turn and closed after it; one in trouble is named and holds up no other.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date

import msgspec

from cchc_flow.commands.contents import load_text
from cchc_flow.commands.plan_templates import Giver, IssuedTemplate, receive_template
from cchc_flow.errors import NotFound
from cchc_flow.plan_import.readers import media_type_of
from cchc_flow.projections import plan_templates, province
from cchc_flow.projections.plan_templates import Template
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.overview import Commune, ProvinceOverview, Sighting
from cchc_flow.province.summary import TemplateStanding
from cchc_flow.province.troubles import Troubles
from cchc_flow.workflow.commands import Upload
from cchc_flow.workspace import Workspace

Borrow = Callable[[str], AbstractContextManager[Workspace]]
"""Gives an open workspace of this name until the end of the block; raises what keeps it from opening."""
ADOPTED, ASIDE, RECEIVED, LEFT, OUTSIDE = "adopted", "aside", "received", "left", "outside"
STATES = {
    ADOPTED: "Đã đưa vào bảng",
    ASIDE: "Để riêng",
    RECEIVED: "Đã nhận, chưa xử lý",
    LEFT: "Chưa nhận",
    OUTSIDE: "Chưa giao",
}


class TemplateSighting(msgspec.Struct, frozen=True):
    """How a commune stands with a template: one of STATES, what its log tells, and what keeps it from more.

    `is_waiting` says that the commune is still to be read, or read again.
    """

    commune: ListedCommune
    state: str
    standing: TemplateStanding | None
    trouble: str
    is_waiting: bool

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[self.state]


class TemplateGiving:
    """Gives templates of one province, and knows for a while which communes could not take one."""

    def __init__(
        self, overview: ProvinceOverview, borrow: Borrow, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._overview, self._borrow, self._steady = overview, borrow, steady
        self._troubles = Troubles(steady)

    def look(self, its_province: Workspace, template: str, day: date) -> list[TemplateSighting]:
        """Return how each listed commune stands with a template today, by name; no commune is opened."""
        db = its_province.read()
        listed = sorted(province.communes(db), key=lambda one: (one.name, one.code))
        given = plan_templates.given_communes(db).get(template, frozenset())
        seen = self._overview.look([Commune(one.workspace, one.name) for one in listed], day)
        return [
            self._sighting(commune, sighting, template, is_given=commune.workspace in given)
            for commune, sighting in zip(listed, seen, strict=True)
        ]

    def communes_left(self, its_province: Workspace, template: str, day: date) -> list[str]:
        """Return the communes that a template is given to and that lack it, but those in trouble."""
        seen = self.look(its_province, template, day)
        return [one.commune.workspace for one in seen if one.state == LEFT and not one.trouble]

    def give(
        self, its_province: Workspace, template: Template, giver: Giver, day: date, until: float
    ) -> None:
        """Let communes receive what is given to them; none begins after `until`, but the first."""
        contents = load_contents(its_province, template)
        for number, name in enumerate(self.communes_left(its_province, template.id, day)):
            if number and self._steady() >= until:
                return
            with self._troubles.noted((template.id, name), "giao kế hoạch mẫu"):
                self._give_one(its_province, contents, giver, name, day)

    def try_again(self, its_province: Workspace, template: str) -> None:
        """Forget which communes could not take a template, so that the next giving tries them at once."""
        for commune in province.communes(its_province.read()):
            self._troubles.forget((template, commune.workspace))

    def _give_one(
        self, its_province: Workspace, contents: IssuedTemplate, giver: Giver, name: str, day: date
    ) -> None:
        with self._borrow(name) as ws:
            receive_template(ws, its_province, contents, giver)
            self._overview.read(name, day)  # while the commune is open

    def _sighting(
        self, commune: ListedCommune, sighting: Sighting, template: str, *, is_given: bool
    ) -> TemplateSighting:
        summary = sighting.summary
        standing = next((one for one in summary.templates if one.id == template), None) if summary else None
        trouble = sighting.trouble or self._troubles.find((template, commune.workspace))
        state = state_of(standing, is_given=is_given)
        return TemplateSighting(commune, state, standing, trouble, sighting.is_waiting and not trouble)


def load_contents(its_province: Workspace, template: Template) -> IssuedTemplate:
    """Return a template with its contents; raise NotFound when they were erased from the province's vault."""
    vault = its_province.vault
    if not (vault.has(template.document) and vault.has(template.document_name)):
        raise NotFound(
            "Văn bản của kế hoạch mẫu không còn trong kho.", "Hãy ban hành lại từ tệp, thay cho bản này."
        )
    name = vault.load(template.document_name).decode()
    document = Upload(name, vault.load(template.document), media_type_of(name))
    values = {field: getattr(template, field) for field in SHARED}
    return IssuedTemplate(**values, document=document, draft=load_text(vault, template.draft))


SHARED = ("id", "edition", "replaces", "year", "number", "title", "document_digest")
"""What a template has in the province's log and in those of the communes alike."""


def state_of(standing: TemplateStanding | None, *, is_given: bool) -> str:
    """Return in which of STATES a commune is by what its log tells of a template, None for nothing."""
    if standing is None:
        return LEFT if is_given else OUTSIDE
    if standing.plan:
        return ADOPTED
    return ASIDE if standing.aside else RECEIVED


def count_states(seen: Sequence[TemplateSighting]) -> dict[str, int]:
    """Return how many communes stand in each state, by its words; states without any are left out."""
    counts = {state: sum(one.state == state for one in seen) for state in STATES}
    return {STATES[state]: count for state, count in counts.items() if count}
