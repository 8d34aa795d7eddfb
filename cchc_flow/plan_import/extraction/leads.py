"""Which unit the plan's own words suggest for each area; a person decides."""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.proposal import Area, Proposal, Unit
from cchc_flow.plugin_host.contributions import find_any_word
from cchc_flow.projections.search import search_key

MOST_AREAS = 100  # a text with more is no plan, and must not cost more
LEADS = re.compile(r"\bchu tri|\bdau moi|\btham muu|\bbao cao ket qua")


def suggested_leads(proposal: Proposal) -> dict[str, str | None]:
    """For each area code the unit whose assignments speak of that area, or None where none does."""
    return {area.code: area.lead for area in proposal.areas}


def add_suggested_leads(
    areas: Sequence[Area], units: Sequence[Unit], known: Sequence[KnownArea]
) -> tuple[Area, ...]:
    """The areas, each with the unit that is told to lead what the area is about, if there is one."""
    duties = {area.key: area.duties for area in known}
    told = [(unit.name, leading_duties(unit)) for unit in units]
    found: dict[str, str | None] = {}
    for area in areas[:MOST_AREAS]:
        if area_name(area) not in found:
            found[area_name(area)] = best_lead(told, area_matcher(area, duties))
    return tuple(replace(area, lead=found.get(area_name(area))) for area in areas)


def area_name(area: Area) -> str:
    return area.topic or area.title


def leading_duties(unit: Unit) -> list[str]:
    """What the unit is told to lead, folded; just to take part counts for nothing."""
    texts = [search_key(told.text) for told in unit.assignments]
    return [text for text in texts if LEADS.search(text)]


def area_matcher(area: Area, duties: dict[str, tuple[str, ...]]) -> Callable[[str], bool]:
    """Whether a folded text is about the area: by the duties that its plugin names, else by its title."""
    words = duties.get(area.topic or "") or (area.title,)
    return lambda text: find_any_word(words, text) is not None


def best_lead(told: Sequence[tuple[str, list[str]]], is_about: Callable[[str], bool]) -> str | None:
    """The unit that is told so most often, of equals the first."""
    points = [(sum(map(is_about, texts)), -place, unit) for place, (unit, texts) in enumerate(told)]
    best = max(points, default=(0, 0, ""))
    return best[2] if best[0] > 0 else None
