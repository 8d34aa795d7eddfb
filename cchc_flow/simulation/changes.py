"""The changes of the commune's people and settings during the year."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import ADMIN, COMES, COORDINATOR, LEAVES, PEOPLE, CastMember
from cchc_flow.simulation.lives import CLOSING_BY_COORDINATORS
from cchc_flow.workflow.calendar import ZONE

EARLY = time(7, 5)
"""The time of day for changes: before anybody takes a step."""
SWAP = [
    {"day": "2026-06-19", "working": False, "name": "Nghỉ bù Lễ hội truyền thống của xã"},
    {"day": "2026-06-20", "working": True, "name": "Làm bù ngày 19/6"},
]
SETTINGS: tuple[tuple[date, str, dict[str, Any], str], ...] = (
    (date(2026, 6, 9), "calendar", {"days": SWAP}, "Thông báo số 45/TB-UBND ngày 08/6/2026"),
    (
        date(2026, 6, 15),
        "deadlines",
        {"roll": True, "before_is_exclusive": True, "soon": 5},
        "Quyết định số 71/QĐ-UBND ngày 12/6/2026",
    ),
    (
        CLOSING_BY_COORDINATORS,
        "review",
        {"coordinator_closes": True},
        "Quy chế làm việc sửa đổi, Quyết định số 78/QĐ-UBND ngày 29/6/2026",
    ),
)


def scheduled_changes(units: Mapping[str, str]) -> Iterator[Action]:
    """Yield the changes after the commune was set up; `units` maps the names of units to their ids."""
    for day, name, value, source in SETTINGS:
        yield Action(_morning_of(day), COORDINATOR, "setting", name, data={"value": value, "source": source})
    yield from arrivals(units, COMES, _morning_of(COMES))
    for person in PEOPLE:
        if person.until == LEAVES:
            yield Action(_morning_of(LEAVES), ADMIN, "leaves", person.login, data=_person_data(person, units))


def arrivals(units: Mapping[str, str], since: date, moment: datetime) -> Iterator[Action]:
    """Yield the actions that add the people who begin on a day, one a minute from a moment on."""
    for number, person in enumerate(person for person in PEOPLE if person.since == since):
        at = moment + timedelta(minutes=number)
        yield Action(
            at, ADMIN, "joins", person.login, data=_person_data(person, units) | {"roles": person.roles}
        )


def _person_data(person: CastMember, units: Mapping[str, str]) -> dict[str, Any]:
    unit = units[person.unit] if person.unit else None
    return {"name": person.name, "title": person.title, "unit": unit}


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, EARLY, ZONE)
