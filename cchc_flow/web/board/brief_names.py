"""Names in the few letters a card has room for: units abbreviated as offices do, people by given names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cchc_flow.projections.directory import Person, Unit
from cchc_flow.projections.unit_names import abbreviate_unit_name, short_unit_name

BRIEF_UNIT = 11
"""How many letters a brief name of a unit may have."""
KINDS = ("P.", "VP ", "TT ", "Ban ", "Trạm ", "Hội ", "Đoàn ", "Đội ", "Trường ", "Tổ ")
"""What kind of unit it is: this is kept where the rest of a name becomes initials."""
COMMUNE = re.compile(r" (xã|phường|đặc khu)( [^,;]+)?$")
JOINTS = re.compile(r"\s*(?:,| và | [-–] )\s*")
CAPITALS = re.compile(r"[A-ZĐÊÔƠƯ][A-ZĐÊÔƠƯ-]+")
FORENAMES_IN_FRONT = ("Y", "H")
"""Ê Đê and M'Nông people have them before the given name, and the name of the clan behind it."""


class Name(msgspec.Struct, frozen=True):
    """A name in full, as it is known among colleagues, and in the fewest letters."""

    full: str = ""
    short: str = ""
    brief: str = ""


def unit_names(units: Sequence[Unit]) -> dict[str, Name]:
    """Return the names of units by their ids, marked if the unit is no more.

    Two units whose brief names would be the same are called by their short ones.
    """
    brief = {unit.id: _brief_unit_name(unit) for unit in units}
    uses = Counter(brief.values())
    names = {}
    for unit in units:
        short, mark = short_unit_name(unit), "" if unit.active else " (đã giải thể)"
        fewest = brief[unit.id] if uses[brief[unit.id]] == 1 else short
        names[unit.id] = Name(*(f"{name}{mark}" for name in (unit.name, short, fewest)))
    return names


def _brief_unit_name(unit: Unit) -> str:
    """Return a brief alias of the unit, else its name without the commune, else its initials."""
    for name in (*unit.aliases, unit.name):
        words = COMMUNE.sub("", abbreviate_unit_name(name))
        if 1 < len(words) <= BRIEF_UNIT:
            return words
    return _in_initials(COMMUNE.sub("", abbreviate_unit_name(unit.name)))


def _in_initials(words: str) -> str:
    """Return the kind and initials of the rest: «P.KT-HT-ĐT» for «P.Kinh tế, Hạ tầng và Đô thị»."""
    kind = next((each for each in KINDS if words.startswith(each)), "")
    return kind + "-".join(map(_initials, filter(None, JOINTS.split(words.removeprefix(kind)))))


def _initials(words: str) -> str:
    """Return the initials of some words; what is an abbreviation already stays, as in «LĐ UBND»."""
    parts = [word if CAPITALS.fullmatch(word) else word[0].upper() for word in words.split()]
    joined = "".join(f" {part} " if len(part) > 1 else part for part in parts)
    return " ".join(joined.split())


def person_names(people: Sequence[Person]) -> dict[str, Name]:
    """Return the names of people by their ids; the brief one tells colleagues apart.

    Colleagues are the people of one unit; those of no unit are colleagues of each other.
    """
    by_unit: dict[str | None, list[Person]] = {}
    for person in people:
        by_unit.setdefault(person.unit, []).append(person)
    brief = {person: name for colleagues in by_unit.values() for person, name in _distinct_names(colleagues)}
    return {one.id: Name(one.name, short_person_name(one.name), brief[one.id]) for one in people}


def _distinct_names(colleagues: Iterable[Person]) -> Iterator[tuple[str, str]]:
    """Give the id and brief name of each: the first form of the name that no other has."""
    rest = {person.id: person.name for person in colleagues}
    for form in (given_name, _with_initial, short_person_name):
        forms = {person: form(name) for person, name in rest.items()}
        uses = Counter(forms.values())
        for person, name in forms.items():
            if uses[name] == 1 or form is short_person_name:
                yield person, name
                del rest[person]


def given_name(name: str) -> str:
    """Return the name by which a person is called: «Lan» for Trần Thị Lan, «Y Thắng» for Y Thắng Niê."""
    words = name.split() or [""]
    if len(words) > 2 and words[0] in FORENAMES_IN_FRONT:
        return " ".join(words[:2])
    return words[0] if words[0].startswith(("H'", "H’")) else words[-1]


def _with_initial(name: str) -> str:
    given = given_name(name)
    return short_person_name(name) if name.startswith(given) else f"{name[0]}. {given}"


def short_person_name(name: str) -> str:
    """Return a name as people know each other by it, the given name last: «T.T. Lan» for Trần Thị Lan."""
    *others, given = name.split() or [""]
    initials = "".join(f"{word[0]}." for word in others)
    return f"{initials} {given}".strip()
