"""How the tasks of the sample plan are assigned: to one unit or several, once or in every period."""

from datetime import date

import msgspec

from cchc_flow.simulation.cast import (
    ASSOCIATIONS,
    CULTURE,
    DEPARTMENTS,
    ECONOMY,
    OFFICE,
    SCHOOLS,
    SERVICE,
    SERVICES,
    STATION,
    UNITS,
)


class SharedTask(msgspec.Struct, frozen=True):
    """A task for several units or for every period: the names of the units, and the cadence."""

    units: tuple[str, ...]
    cadence: str = "once"


DISTRIBUTED = {
    # for several units, once
    "III.2.1": SharedTask(UNITS),
    "III.4.1": SharedTask(UNITS),
    "III.4.10.2": SharedTask((*SERVICES, *SCHOOLS)),
    "III.6.1": SharedTask(SERVICES),
    "III.6.4": SharedTask(UNITS),
    "III.6.7": SharedTask((*SERVICES, *ASSOCIATIONS)),
    "III.7.1": SharedTask(UNITS),
    # for one unit, in every period
    "III.1.3": SharedTask((OFFICE,), "monthly"),
    "III.2.4.1": SharedTask((SERVICE,), "monthly"),
    "III.2.4.2": SharedTask((SERVICE,), "monthly"),
    "III.2.4.5": SharedTask((SERVICE,), "monthly"),
    "III.5.1": SharedTask((ECONOMY,), "monthly"),
    "III.5.3": SharedTask((ECONOMY,), "monthly"),
    "III.7.5": SharedTask((CULTURE,), "monthly"),
    "III.1.4": SharedTask((OFFICE,), "quarterly"),
    "III.2.2": SharedTask((SERVICE,), "quarterly"),
    "III.2.4.6": SharedTask((SERVICE,), "quarterly"),
    "III.2.5": SharedTask((SERVICE,), "quarterly"),
    "III.3.3": SharedTask((CULTURE,), "quarterly"),
    "III.5.6": SharedTask((ECONOMY,), "quarterly"),
    "III.5.9": SharedTask((ECONOMY,), "quarterly"),
    "III.5.10": SharedTask((ECONOMY,), "quarterly"),
    "III.6.3": SharedTask((OFFICE,), "quarterly"),
    "III.7.9": SharedTask((CULTURE,), "quarterly"),
    "III.2.4.3": SharedTask((SERVICE,), "half_yearly"),
    "III.4.3": SharedTask((CULTURE,), "half_yearly"),
    "III.5.12": SharedTask((ECONOMY,), "half_yearly"),
    "III.7.6": SharedTask((CULTURE,), "half_yearly"),
    "III.3.2": SharedTask((CULTURE,), "yearly"),
    "III.5.14": SharedTask((ECONOMY,), "yearly"),
    # for several units, in every period
    "III.6.8": SharedTask((*DEPARTMENTS, STATION), "monthly"),
    "III.4.4": SharedTask(SERVICES, "quarterly"),
    "III.6.5": SharedTask(DEPARTMENTS, "quarterly"),
    "III.7.2": SharedTask(UNITS, "quarterly"),
    "III.7.3": SharedTask((*SERVICES, *SCHOOLS), "quarterly"),
    "III.4.5": SharedTask(UNITS, "half_yearly"),
    "III.7.7": SharedTask(UNITS, "half_yearly"),
    "III.7.4": SharedTask(UNITS, "yearly"),
}
NEVER_ASSIGNED = ("III.6.2", "III.7.8")
WITHOUT_DUE = ("III.1.1", "III.4.6", "III.3.4")
DECLINED = ("III.6.6", "III.3.1")
HANDED_OVER = {"III.4.9": OFFICE, "III.5.7": OFFICE, "III.2.4.4": OFFICE}
RESTING = ("III.4.7", "III.5.8")
RESTING_WHOLE = "III.6.7"
CANCELLED = ("III.4.8", "III.4.2")
CANCELLED_WHOLE, CANCELLED_ON = "III.2.5", date(2026, 9, 1)
EXTENDED_WHOLE, ADDED_UNIT, EXTENDED_ON = "III.6.5", STATION, date(2026, 6, 4)
"""The day from which one more unit takes part."""
