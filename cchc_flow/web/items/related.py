"""Items related to an item: those that refer to it, and those that a rule connects with it."""

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import causes, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.hands import FINDING_KIND
from cchc_flow.workflow.item import Item

SHOWN_LIMIT = 20


class RelatedItem(msgspec.Struct, frozen=True):
    """A related item, with its kind and its state in words."""

    card: Card
    kind: str
    state: str


def related_items(
    db: Database, history: Database, item: Item, reader: Reader
) -> tuple[list[RelatedItem], int]:
    """Return the 20 newest items that refer to an item or follow from it, and the number of further ones.

    Left out are those that the reader may not read, and the items that it refers to itself, its whole, its
    parts and its findings: the page shows them elsewhere.
    """
    definitions = workflows.newest_workflows(db)
    ids = items.items_referring_to(db, item.id, workflows.reference_fields(db))
    ids |= causes.related_items(history, item.id)
    ids -= {value for value in item.fields.values() if value} | {item.parent}
    found = (items.find_item(db, item_id) for item_id in sorted(filter(None, ids), reverse=True))
    cards = [queries.card(db, item.id) for item in found if item]  # the history may know newer items
    related = [
        card
        for card in queries.readable_cards(db, cards, reader)
        if card.parent != item.id and card.kind != FINDING_KIND
    ]
    kinds, states = {workflow.kind: workflow.title for workflow in definitions}, workflows.state_titles(db)
    rows = [
        RelatedItem(card, kinds[card.kind], states.get((card.kind, card.state), card.state))
        for card in related
    ]
    return rows[:SHOWN_LIMIT], len(rows[SHOWN_LIMIT:])
