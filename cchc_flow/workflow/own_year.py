"""The years to which a new piece of work may belong by what it says of itself. Pure.

A plan is adopted before its year begins, and figures of December are written in January: so the plan of an
entry is that of its own year, not the newest one.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject


def own_years(asks: Sequence[Field], data: JsonObject, today: date) -> Iterator[int]:
    """Yield the years to which an entry may belong, the likeliest first.

    These are the year of the period that it is about; of the first of its days that is past, if that was this
    year or the last (someone may hold a post for ten years); of its due day; of today. `data` is cleaned.
    """
    values = [(field.kind, str(data[field.name])) for field in asks if data.get(field.name)]
    yield from (periods.parse(value).year for kind, value in values if kind == "period")
    days = (date.fromisoformat(value) for kind, value in values if kind == "day")
    yield from (day.year for day in days if day <= today and day.year >= today.year - 1)
    if data.get("due"):
        yield date.fromisoformat(str(data["due"])).year
    yield today.year
