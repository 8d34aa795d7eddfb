"""Positions of the log that stand in an address or a form."""

from flask import g

from cchc_flow.errors import BadInput
from cchc_flow.projections.runner import position

MOST_DIGITS = 18
"""More digits would be more than SQLite's numbers have."""


def parse_position(words: str, now: str) -> int | None:
    """Return a position, None for no words; raise BadInput, with what to do `now`, for anything else."""
    if not words:
        return None
    if not words.isascii() or not words.isdigit() or len(words) > MOST_DIGITS:
        raise BadInput("Vị trí trong nhật ký không đúng.", now)
    return int(words)


def shown_position() -> int:
    """Return the position of the log as of which this request shows the workspace."""
    return position(g.db)
