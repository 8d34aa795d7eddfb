"""Who does the work of an item, in words: the one place that tells to whom it falls, and why."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.hands import Hands, find_hands
from cchc_flow.workflow.item import Item


def holder_sentence(db: Database, item: Item, today: date, *, is_final: bool) -> str:
    """Return who does the work; if that person cannot, why, and who does it instead."""
    names, hands = directory.marked_names(db), find_hands(item, directory.crew(db, today))
    named = names.get(hands.named, hands.named) if hands.named else ""
    if is_final or item.lead is None:
        return named or "Chưa giao cho người nào"
    called = names_of(hands.called, names)
    if not hands.named:
        return f"Chưa giao cho người nào, đang ở {called}" if called else "Chưa giao cho người nào"
    reason = _reason(db, hands, today)
    return f"{named}, {reason}: việc do {called or 'đơn vị'} làm" if reason else named


def _reason(db: Database, hands: Hands, today: date) -> str:
    """Return why the person to whom the work was given does not do it now; "" if that is not so."""
    if hands.holder is None:
        known = directory.person(db, hands.named or "")
        return "không còn ở đơn vị này" if known and known.active else "không còn làm việc"
    absence = directory.absence_of(db, hands.instead_of) if hands.instead_of else None
    if absence is None or not absence.is_on(today):
        return ""
    return f"vắng mặt đến hết {day_words(date.fromisoformat(absence.until))}"


def names_of(people: Collection[str], names: Mapping[str, str]) -> str:
    """Return the names of some people, in the order of the names."""
    return ", ".join(sorted(names.get(person, person) for person in people))
