"""The row of an item for the board, the counts and lists; that of a whole is computed from its parts too."""

import re
from datetime import date
from functools import lru_cache

from sqlite_utils import Database

from cchc_flow.projections import settings, workflows
from cchc_flow.projections.as_of import OPEN as OPEN
from cchc_flow.workflow.calendar import deadline
from cchc_flow.workflow.item import Item, done_on
from cchc_flow.workflow.settings.values import Settings

LAST = "9999-12-31"
"""The sort key of work without a due day: after all other."""

BY_ALL, BY_UNIT = 1, 2
"""Flags of the boards that show a card: that of the whole commune, that of one unit or person."""
CardRow = dict[str, str | int | None]


@lru_cache(4096)
def sort_key(place: str) -> str:
    """Return a place in the plan so that it sorts by its numbers: III.2.10 after III.2.9."""
    return re.sub(r"\d+", lambda number: number[0].zfill(4), place)


def card_row(db: Database, item: Item, whole: Item | None) -> CardRow:
    """Return the values of an item's row by column; `whole` is the item that it is a part of, if any."""
    state = workflows.workflow(db, item.kind, item.workflow).state(item.state)
    done = done_on(item) or (_day_of_last_part_done(db, item) if state.final else None)
    due, last, rests_since = _days(db, item, is_final=state.final)
    return {
        "kind": item.kind,
        "workflow": item.workflow,
        "ref": item.ref,
        "ref_key": sort_key(item.ref or f"~{item.title}"),
        "plan": item.plan,
        "area": item.area,
        "title": item.title,
        "state": item.state,
        "lane": state.lane,
        "final": int(state.final),
        "lead": item.lead,
        "officer": item.officer,
        "holder": item.officer or item.taken_by,
        "parent": item.parent,
        "unit": item.unit,
        "period": item.period,
        "whole": int(item.distribution is not None),
        "shown": _boards(db, item, whole, is_final=state.final),
        "due": due,
        "deadline": last,
        "due_key": last or LAST,
        "rests_since": rests_since,
        "asked": _requested_due_day(db, item),
        "done": done.isoformat() if done else None,
        "regular": int(item.period is not None or item.due is None),
        "unmet": int(item.returns > 0 and not item.accepted),
        "returned": int(item.sent_back),
        "waiting": _waiting_words(db, item),
        "suggested_lead": None if item.lead or item.distribution or state.final else item.suggested_lead,
        "progress": _progress(db, item),
        "state_version": item.state_version,
    }


Days = tuple[str | None, str | None, str | None]
"""The due day, the deadline, and the day since when the work is suspended."""


def _days(db: Database, item: Item, *, is_final: bool) -> Days:
    """Return the days by which an item is judged; for an open whole, those of its most urgent open part."""
    if item.distribution and not is_final and (days := _days_of_parts(db, item)):
        return days
    last = (
        deadline(date.fromisoformat(item.due), _judging_settings(db, item)).isoformat() if item.due else None
    )
    return item.due, last, item.rests_since


def _days_of_parts(db: Database, whole: Item) -> Days | None:
    """Return the days of the most urgent open part, None if there are no parts.

    A suspended part comes after those under way, unless it was late when it was suspended. Without an open
    part nothing is due. A suspended whole stays suspended whatever happens to its parts.
    """
    sql = (
        f"SELECT done IS NULL AND final = 0, due, deadline, rests_since FROM cards"  # noqa: S608  # fixed words
        f" WHERE parent = ? AND to_position = {OPEN} ORDER BY 1 DESC,"
        " coalesce(deadline >= rests_since, 0), deadline IS NULL, deadline LIMIT 1"
    )
    row = db.execute(sql, [whole.id]).fetchone()
    if row is None:
        return None
    is_open, *days = row
    return (days[0], days[1], whole.rests_since or days[2]) if is_open else (None, None, whole.rests_since)


def _requested_due_day(db: Database, item: Item) -> str | None:
    """Return the due day of an undecided request for an extension; for a whole, the earliest of its parts."""
    if item.distribution is None:
        return item.extension.due if item.extension else None
    sql = f"SELECT min(asked) FROM cards WHERE parent = ? AND to_position = {OPEN}"  # noqa: S608  # fixed words
    earliest: str | None = db.execute(sql, [item.id]).fetchone()[0]
    return earliest


def _waiting_words(db: Database, whole: Item) -> str | None:
    """Return how many parts of a whole wait for a decision, by state: "3 chờ duyệt"; None for no part."""
    if whole.distribution is None:
        return None
    rows = db.execute(
        f"SELECT workflow, state, count(*) FROM cards WHERE parent = ? AND to_position = {OPEN}"  # noqa: S608  # fixed words
        " AND final = 0 AND lead IS NOT NULL GROUP BY workflow, state",
        [whole.id],
    ).fetchall()
    numbers: dict[str, int] = {}
    for version, name, number in rows:
        if name in workflows.states_to_decide(db)[whole.kind, version]:
            title = workflows.workflow(db, whole.kind, version).state(name).title
            numbers[title] = numbers.get(title, 0) + number
    return ", ".join(f"{number} {title.lower()}" for title, number in numbers.items()) or None


def _judging_settings(db: Database, item: Item) -> Settings:
    """Return the settings that judge an item: those of the day on which it was done, else those of now."""
    done = done_on(item)
    return settings.settings_of_day(db, done) if done else settings.effective_settings(db)


def _boards(db: Database, item: Item, whole: Item | None, *, is_final: bool) -> int:
    """Return the flags of the boards that show an item's card.

    The board of the commune shows a whole of many units; the board of a unit shows the unit's part. If one
    unit does it alone, both show the part. Of the parts for periods, the unfinished ones and the newest show.
    """
    if item.distribution:
        return BY_ALL if len(item.distribution.units) > 1 else 0
    if item.parent is None:
        return BY_ALL | BY_UNIT
    if is_final and _has_newer_part(db, item):
        return 0
    is_only_unit = whole is not None and whole.distribution is not None and len(whole.distribution.units) == 1
    return BY_ALL | BY_UNIT if is_only_unit else BY_UNIT


def _has_newer_part(db: Database, part: Item) -> bool:
    sql = f"SELECT 1 FROM cards WHERE parent = ? AND to_position = {OPEN} AND unit = ? AND period > ? LIMIT 1"  # noqa: S608  # fixed words
    return db.execute(sql, [part.parent, part.unit, part.period]).fetchone() is not None


def _progress(db: Database, item: Item) -> int:
    """Return the progress in percent; for a whole, the share of its parts that are finished."""
    if item.distribution is None:
        return item.progress
    sql = f"SELECT count(*), sum(final) FROM cards WHERE parent = ? AND to_position = {OPEN}"  # noqa: S608  # fixed words
    total, finished = db.execute(sql, [item.id]).fetchone()
    return round(100 * finished / total) if total else 0


def _day_of_last_part_done(db: Database, item: Item) -> date | None:
    """Return the day on which the last part of a finished whole was done, None if none was."""
    if item.distribution is None:
        return None
    sql = f"SELECT max(done) FROM cards WHERE parent = ? AND to_position = {OPEN}"  # noqa: S608  # fixed words
    last = db.execute(sql, [item.id]).fetchone()[0]
    return date.fromisoformat(last) if last else None
