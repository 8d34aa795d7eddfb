"""What an item has to do with: the items that name it, and those that rules tie to it."""

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import causes, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item

SHOWN_LIMIT = 20


class RelatedItem(msgspec.Struct, frozen=True):
    """One item, with its kind and its state in words."""

    card: Card
    kind: str
    state: str


def related_items(db: Database, item: Item) -> tuple[list[RelatedItem], int]:
    """Return the newest items that name an item or follow from it, and how many more there are.

    Those that it names itself stand among its fields, a whole and its parts in a place of their own.
    """
    known = workflows.newest_workflows(db)
    found = items.items_referring_to(db, item.id, _reference_field_names(known)) | causes.related_items(
        db, item.id
    )
    found -= {one for one in item.fields.values() if one} | {item.parent}
    cards = [queries.card(db, one) for one in sorted(filter(None, found), reverse=True)]
    other = [card for card in cards if card.parent != item.id]
    kinds, states = {one.kind: one.title for one in known}, workflows.state_titles(db)
    told = [RelatedItem(one, kinds[one.kind], states.get((one.kind, one.state), one.state)) for one in other]
    return told[:SHOWN_LIMIT], len(told[SHOWN_LIMIT:])


def _reference_field_names(known: list[Workflow]) -> set[str]:
    """Return the names of all fields of registers that name a task or an entry."""
    forms = [fields for flow in known for fields in (flow.asks, *(step.fields for step in flow.transitions))]
    return {one.name for fields in forms for one in fields if one.kind in ("task", "entry")}
