"""Whom the form of a comment offers: the active people who may read the item."""

from collections import Counter

import msgspec

from cchc_flow.commands import Loaded, UnitOfWork
from cchc_flow.projections import directory
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.events import ItemCommented


class Mentionable(msgspec.Struct, frozen=True):
    """A person whom a comment may mention; `value` stands after the @: the name, of namesakes the login."""

    login: str
    name: str
    unit: str
    value: str


def people_to_mention(uow: UnitOfWork, loaded: Loaded, step: Transition) -> list[Mentionable]:
    """Return whom a form offers after an @, the lead unit first; nobody unless the step is a comment."""
    if step.event_class is not ItemCommented:
        return []
    item = loaded.item
    readers = uow.context(item.plan).people_who_read(item)
    readers.pop(uow.order.actor, None)
    uses, units = Counter(readers.values()), directory.names(uow.db)
    people = [person for person in directory.people(uow.db) if person.id in readers]
    return [
        Mentionable(
            person.id,
            person.name,
            units.get(person.unit or "", person.title or ""),
            person.name if uses[person.name] == 1 else person.id,
        )
        for person in sorted(people, key=lambda person: person.unit != item.lead)
    ]
