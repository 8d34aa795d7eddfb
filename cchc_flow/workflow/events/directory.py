"""Units, people and roles."""

from cchc_flow.workflow.events.base import Data


class UnitAdded(Data, frozen=True, kw_only=True):
    """A unit of the commune."""

    unit: str
    name: str
    aliases: tuple[str, ...]


class UnitChanged(Data, frozen=True, kw_only=True):
    """A unit's name, or whether it still exists."""

    unit: str
    name: str
    aliases: tuple[str, ...]
    active: bool


class PersonAdded(Data, frozen=True, kw_only=True):
    """A person who works with the plan; `title` is the office held."""

    person: str
    name: str
    title: str | None
    unit: str | None


class PersonChanged(Data, frozen=True, kw_only=True):
    """A person's name, office or unit, or whether the person still may act."""

    person: str
    name: str
    title: str | None
    unit: str | None
    active: bool


class RoleGranted(Data, frozen=True, kw_only=True):
    """A person got a role."""

    person: str
    role: str


class RoleRevoked(Data, frozen=True, kw_only=True):
    """A person lost a role."""

    person: str
    role: str


class AbsenceSet(Data, frozen=True, kw_only=True):
    """A person is away on the days from `since` to `until`; `stand_in` does the work, or nobody named."""

    person: str
    since: str
    until: str
    stand_in: str | None


class AbsenceEnded(Data, frozen=True, kw_only=True):
    """A person is there again, or is not going to be away."""

    person: str
