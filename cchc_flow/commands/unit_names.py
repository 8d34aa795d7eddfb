"""The names of the directory: which are the same unit, and what a name may be."""

import re
from collections.abc import Iterable, Sequence

from cchc_flow.commands.typed_values import optional_value, required_value
from cchc_flow.errors import MissingData
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.search import search_key
from cchc_flow.workflow import events as ev

NAME_LIMIT = 200


def new_unit(name: str, aliases: Iterable[str], known: Sequence[Unit]) -> ev.UnitAdded:
    """Return the event that adds a unit; its id is made of its name, with a number if another has it.

    Raise MissingData when the name is empty, too long, or that of a known unit.
    """
    unit_name = check_unit_name(name, known)
    slug = re.sub(r"[^a-z0-9]+", "-", search_key(unit_name)).strip("-")[:60] or "don-vi"
    taken = {unit.id for unit in known}
    unit_id = next(candidate for candidate in _candidate_ids(slug) if candidate not in taken)
    return ev.UnitAdded(unit=unit_id, name=unit_name, aliases=clean_aliases(aliases))


def find_unit_by_name(name: str, units: Iterable[Unit]) -> Unit | None:
    """Return the active unit with this name or alias, whatever its marks, case and dashes; None if none."""
    key = _comparable_name(name)
    for unit in units:
        if unit.active and key in map(_comparable_name, (unit.name, *unit.aliases)):
            return unit
    return None


def check_unit_name(name: str, others: Sequence[Unit]) -> str:
    """Return the cleaned name of a unit; raise MissingData when one of the others has it."""
    unit_name = clean_name(name)
    if find_unit_by_name(unit_name, others):
        raise MissingData({"name": f"Tên: đã có đơn vị «{unit_name}»."})
    return unit_name


def clean_name(name: str) -> str:
    """Return the name, cleaned; raise MissingData when it is empty or too long."""
    return required_value("name", "Tên", name, NAME_LIMIT)


def clean_aliases(aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the other names of a unit, cleaned, without empty ones; raise MissingData for one too long."""
    cleaned = (optional_value("aliases", "Cách viết khác", alias, NAME_LIMIT) for alias in aliases)
    return tuple(alias for alias in cleaned if alias)


def _comparable_name(name: str) -> str:
    """Return the key by which names are compared: without marks, case, dashes and commas."""
    return " ".join(re.sub(r"[-–—,]", " ", search_key(name)).split())


def _candidate_ids(slug: str) -> Iterable[str]:
    """Yield the slug, then the slug with a number from 2 on."""
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, 10_000))
