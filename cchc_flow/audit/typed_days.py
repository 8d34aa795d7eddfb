"""Days as a person types them into what she looks for."""

from datetime import date

from cchc_flow.workflow.calendar import parse_day

SHOWN = 60
YEARS = range(2000, 2200)
"""The years of which a log may tell; around the others there are days that no clock here can show."""


def parse_typed_day(name: str, words: str, errors: dict[str, str], title: str = "") -> date | None:
    """Return a day (25/01/2026, 2026-01-25); None for no words or, with a sentence in `errors`, no day.

    The sentence begins with the `title` of the field where there is one.
    """
    try:
        day = parse_day(words[:SHOWN]) if words else None
    except ValueError:
        day = None
    if words and (day is None or day.year not in YEARS):
        errors[name] = (
            f"{title and f'{title}: '}«{words[:SHOWN]}» không phải là một ngày. Hãy nhập như 25/01/2026."
        )
        return None
    return day
