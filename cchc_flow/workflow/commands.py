"""The command that takes a step, and the context of a decision. Nothing typed is in the vault yet."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.hands import Crew
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.report_outline import ReportOutline
from cchc_flow.workflow.settings.values import Settings


class Upload(msgspec.Struct, frozen=True):
    """A file as it was given: its name, its bytes and the media type that the browser claimed."""

    name: str
    content: bytes
    media_type: str


class Typed(msgspec.Struct, frozen=True):
    """Words that a person typed and that will be put into the vault."""

    text: str


class TakeStep(msgspec.Struct, frozen=True):
    """Take the step `name` of the item's workflow with raw data: strings, lists of strings, uploads.

    `seen` is the `state_version` that the actor saw, None when no page showed it.
    """

    name: str
    data: JsonObject
    seen: int | None = None


def _no_kind(item_id: str) -> str | None:
    """Return None: there are no items to look up."""
    return None


def _reads_everything(person: str, item: Item) -> bool:
    """Return True: without definitions at hand nothing is closed to anybody."""
    return True


def _bare_outline(item: Item) -> ReportOutline:
    """Return an outline without areas and readings: without read models nothing is known of them."""
    return ReportOutline()


class DecisionContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision may know besides the item.

    `units` gives the name of each active unit, `people` the unit and `roles` the roles of each active person;
    `former_units` and `former_people` are the same of closed units and of people who may not act any more:
    these may stay where they are `present`, by the name of the form's field, and may not be chosen anew;
    `away` has those who are away today, each with the stand-in or None;
    `names` gives the name of everybody who ever acted. `today` is the local day, `closing_day` the last one
    of the item's plan. `may_read` tells whether a person may read an item, `kind_of` gives the kind of the
    item with an id, None for none, `outline_of` what the report of a unit consists of; `outline` is that of
    the report which the decision is about.
    """

    units: dict[str, str]
    people: dict[str, str | None]
    names: dict[str, str]
    today: date
    roles: dict[str, frozenset[str]] = {}
    settings: Settings = Settings()
    closing_day: date | None = None
    former_units: dict[str, str] = {}
    former_people: dict[str, str | None] = {}
    present: dict[str, frozenset[str]] = {}
    kind_of: Callable[[str], str | None] = _no_kind
    away: Mapping[str, str | None] = {}
    may_read: Callable[[str, Item], bool] = _reads_everything
    outline_of: Callable[[Item], ReportOutline] = _bare_outline
    outline: ReportOutline = ReportOutline()

    def people_who_read(self, item: Item) -> dict[str, str]:
        """Return the names of the active people with a role who may read an item, by id."""
        return {
            person: self.names.get(person, person)
            for person in self.people
            if self.roles.get(person) and self.may_read(person, item)
        }

    @property
    def crew(self) -> Crew:
        """Who can do work today."""
        return Crew(self.people, self.roles, self.away)
