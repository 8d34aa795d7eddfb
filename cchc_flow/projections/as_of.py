"""A cut-off: up to which event of the log something counts, and which day is «today» for it."""

from datetime import date

import msgspec


class Cutoff(msgspec.Struct, frozen=True):
    """What counts is what was recorded up to `position`; `day` is the day as of which it is judged."""

    position: int
    day: date
