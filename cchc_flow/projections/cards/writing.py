"""Writes the rows of cards: each is true from the event that made it to the one that changed it."""

from functools import lru_cache

from sqlite_utils import Database

from cchc_flow.projections.cards.row import OPEN, card_row
from cchc_flow.workflow.item import Item


def write_card(db: Database, position: int, item: Item, whole: Item | None) -> None:
    """Replace the item's current row by one that is true from a position on, if anything in it changed.

    `whole` is the item that it is a part of, if any.
    """
    row = card_row(db, item, whole)
    select, insert = _card_statements(tuple(row))
    current = db.execute(select, [item.id]).fetchone()
    if current and list(current[1:]) == list(row.values()):
        return
    if current and current[0] == position:  # changed twice by the same event
        db.execute("DELETE FROM cards WHERE item = ? AND from_position = ?", [item.id, position])
    elif current:
        db.execute(
            "UPDATE cards SET to_position = ? WHERE item = ? AND from_position = ?",
            [position, item.id, current[0]],
        )
    db.execute(insert, [item.id, position, *row.values()])


@lru_cache(1)
def _card_statements(columns: tuple[str, ...]) -> tuple[str, str]:
    """Return the statements that read an item's current row and that insert another."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    select = f"SELECT from_position, {names} FROM cards WHERE item = ? AND to_position = {OPEN}"  # noqa: S608  # fixed words
    return select, f"INSERT INTO cards (item, from_position, {names}) VALUES (?, ?, {marks})"  # noqa: S608  # the same
