"""In whose hands the work of a unit is: the one rule for one's own work, reminders, notices and feeds.

Work is in the hands of the person to whom it was given, else of who took it up. Of somebody who may not act
any more, or works elsewhere now, it falls to the head of the unit; of somebody who is away, to the stand-in,
else to the head.
"""

from collections.abc import Iterable, Mapping

import msgspec

from cchc_flow.workflow.item import Item

AT_WORK = frozenset({"officer", "unit_head"})
"""The roles of those who do the work of their unit."""
CORE_KINDS = ("task", "report")
"""The kinds that no register brings."""
AUDIT_KIND, FINDING_KIND = "audit", "finding"
INSPECTION_KINDS = (AUDIT_KIND, FINDING_KIND)
"""The registers of an inspection, which the program itself brings."""
NOBODY: frozenset[str] = frozenset()


class Crew(msgspec.Struct, frozen=True):
    """Who can do work on a day: the unit and the roles of each active person, and who is `away`.

    `away` has the stand-in of each person who is away, None for no stand-in. `known_teams` has the teams that
    were asked for: the same few are asked for again with each item.
    """

    units: Mapping[str, str | None]
    roles: Mapping[str, frozenset[str]]
    away: Mapping[str, str | None] = {}
    known_teams: dict[str, frozenset[str]] = {}

    def team(self, unit: str | None) -> frozenset[str]:
        """Return who does the work of a unit, here or away."""
        if unit is None:
            return NOBODY
        if unit not in self.known_teams:
            people = (person for person, own in self.units.items() if own == unit)
            self.known_teams[unit] = frozenset(person for person in people if self.roles_of(person) & AT_WORK)
        return self.known_teams[unit]

    def heads(self, unit: str | None) -> frozenset[str]:
        """Return the heads of a unit; of one who is away the stand-in, if there is one."""
        heads = {person for person in self.team(unit) if "unit_head" in self.roles_of(person)}
        return self.present(heads, unit) or frozenset(heads)

    def present(self, people: Iterable[str], unit: str | None) -> frozenset[str]:
        """Return those of some people who are there, and the stand-ins of the others: people of the unit."""
        there = {self.away.get(person, person) for person in people}
        return frozenset(person for person in self.team(unit) & there if person not in self.away)

    def roles_of(self, person: str) -> frozenset[str]:
        """Return the roles of a person; none for who may not act."""
        return self.roles.get(person, NOBODY)


class Hands(msgspec.Struct, frozen=True):
    """Who has an item in hand, and whom it calls.

    `named` is to whom it was given or who took it up, `holder` the same while that person can do the work.
    `called` are the holder or the stand-in, else the heads of the unit, or all its people if it has none.
    """

    named: str | None
    holder: str | None
    called: frozenset[str]

    @property
    def instead_of(self) -> str | None:
        """The holder, if others are called in the place of the holder today."""
        return self.holder if self.holder not in self.called else None

    @property
    def stand_in(self) -> str | None:
        """Who does the work in the place of who is named; None if that is nobody or not one person alone."""
        is_taken_over = self.named is not None and self.named not in self.called and len(self.called) == 1
        return next(iter(self.called)) if is_taken_over else None


def find_hands(item: Item, crew: Crew) -> Hands:
    """Return in whose hands an item is; of an entry of a register, in those of who wrote or moved it."""
    opener = None if item.kind in CORE_KINDS else item.handed_on_by
    return find_hands_of(item.officer or item.taken_by or opener, item.lead, crew)


def find_hands_of(named: str | None, unit: str | None, crew: Crew) -> Hands:
    """Return in whose hands the work of a unit is that was given to a person, or that the person took up."""
    holder = named if named in crew.team(unit) else None
    called = crew.present([holder], unit) if holder else NOBODY
    return Hands(named, holder, called or crew.heads(unit) or crew.team(unit))
