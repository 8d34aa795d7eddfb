"""The targets of the simulated year: who answers, and when the readings of each period are told and kept."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import COORDINATOR, CULTURE, OFFICE, UNITS, staff
from cchc_flow.simulation.target_acts import PLAN, Place
from cchc_flow.simulation.threads import YEAR, Units
from cchc_flow.workflow.calendar import ZONE, next_working_day, reporting_days
from cchc_flow.workflow.targets import REPORTED

BEGIN = datetime(YEAR, 1, 12, 9, 0, tzinfo=ZONE)
OWNERS: dict[Place, str] = {
    ("II.1", 0): CULTURE,
    ("II.4", 2): OFFICE,
    ("II.10", 0): CULTURE,
    ("II.11", 0): CULTURE,
    ("II.12", 0): CULTURE,
    ("II.13", 2): CULTURE,
    ("II.17", 2): CULTURE,
}
"""Who answers for what no register counts."""


def target_actions(units: Units) -> Iterator[Action]:
    """Yield the decisions about the targets, and the readings of each period by units and registers."""
    yield Action(BEGIN, COORDINATOR, "targets", PLAN)
    for number, ((ref, measure), unit) in enumerate(OWNERS.items()):
        moment = BEGIN + timedelta(minutes=3 * number + 10)
        data = {"owner": units[unit], "source": REPORTED}
        yield Action(moment, COORDINATOR, "measure", f"{ref}:{measure}", data=data)
    for period, due in reporting_days(YEAR, 25, 20):
        moment = datetime.combine(next_working_day(due), time(16, 20), ZONE)
        for name in UNITS:  # what their reports have not told by now
            moment += timedelta(minutes=1)
            yield Action(moment, _reporter(name, due), "readings", period, data={"unit": units[name]})
        moment += timedelta(minutes=5)
        yield Action(moment, COORDINATOR, "corrections", period)
        yield Action(moment + timedelta(minutes=5), COORDINATOR, "counted", period)


def _reporter(unit: str, day: date) -> str:
    """Return who reports for a unit: one of its officers, else its head."""
    return (*staff(unit, "officer", day), *staff(unit, "unit_head", day), COORDINATOR)[0]
