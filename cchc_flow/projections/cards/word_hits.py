"""Items of any kind whose words match, for who may read them."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import workflows
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters, board_condition
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader, readable_items


class WordHits(msgspec.Struct, frozen=True):
    """Some items of a kind, those that are due first, and how many there are."""

    kind: str
    title: str
    cards: tuple[Card, ...]
    total: int


def find_by_words(db: Database, words: str, reader: Reader, today: date, most: int) -> list[WordHits]:
    """Return at most so many items of each kind whose title or place has the words; kinds without any not."""
    kinds = [one for one in workflows.newest_workflows(db) if one.kind in reader.scopes]
    found = [_hits_of_kind(db, kind.kind, kind.title, words, reader, today, most) for kind in kinds]
    return [hits for hits in found if hits.total]


def _hits_of_kind(
    db: Database, kind: str, title: str, words: str, reader: Reader, today: date, most: int
) -> WordHits:
    filters = Filters(kind=kind, words=words, readable=readable_items(db, reader, kind))
    where, values = board_condition(db, filters, today, None)
    sql = f"SELECT item FROM cards WHERE {where} ORDER BY due_key, ref_key, item LIMIT {most:d}"  # noqa: S608  # ours
    ids = [row["item"] for row in db.query(sql, values)]
    total = queries.count_rows(db, where, values) if len(ids) == most else len(ids)
    return WordHits(kind, title, tuple(queries.cards_by_id(db, ids)), total)
