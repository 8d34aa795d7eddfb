"""Suggests the lead unit of each area from the units' assignments; a person decides."""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.extraction.areas import all_tasks
from cchc_flow.plan_import.extraction.units import unit_key
from cchc_flow.plan_import.proposal import Area, Proposal, Unit
from cchc_flow.plugin_host.contributions import find_any_word
from cchc_flow.projections.search import search_key

MOST_AREAS = 100  # a text with more is no plan: the rest costs no time
LEADS = re.compile(r"\bchu tri|\bdau moi|\btham muu|\bbao cao ket qua")


def task_leads(proposal: Proposal) -> dict[str, str | None]:
    """Return the suggested lead unit by the reference of each task: the one it names, else its area's.

    A unit of the plan is called by the name that its heading gives it, whatever spelling the task has.
    """
    names = {
        unit_key(spelling): unit.name for unit in proposal.units for spelling in (unit.name, *unit.aliases)
    }
    return {
        task.ref: names.get(unit_key(task.lead), task.lead) if task.lead else area.lead
        for area in proposal.areas
        for task in all_tasks([area])
    }


def add_suggested_leads(
    areas: Sequence[Area], units: Sequence[Unit], known_areas: Sequence[KnownArea]
) -> tuple[Area, ...]:
    """Return the areas, each with its lead: the one it names, else one whose assignments suggest it."""
    words = {area.key: area.duties for area in known_areas}
    duties = [(unit.name, leading_duties(unit)) for unit in units]
    leads: dict[str, str | None] = {}
    for area in areas[:MOST_AREAS]:
        if area_name(area) not in leads:
            leads[area_name(area)] = best_lead(duties, area_matcher(area, words))
    return tuple(replace(area, lead=area.lead or leads.get(area_name(area))) for area in areas)


def area_name(area: Area) -> str:
    """Return the key of the plugin area that it is, else its title."""
    return area.topic or area.title


def leading_duties(unit: Unit) -> list[str]:
    """Return the search keys of the assignments that the unit leads, not those that it only supports."""
    texts = [search_key(assignment.text) for assignment in unit.assignments]
    return [text for text in texts if LEADS.search(text)]


def area_matcher(area: Area, words: dict[str, tuple[str, ...]]) -> Callable[[str], bool]:
    """Return a function that tells whether a search key is about the area.

    It looks for the words that the area's plugin gives for duties, else for the area's title.
    """
    area_words = words.get(area.topic or "") or (area.title,)
    return lambda text: find_any_word(area_words, text) is not None


def best_lead(duties: Sequence[tuple[str, list[str]]], is_about: Callable[[str], bool]) -> str | None:
    """Return the unit with the most duties about an area, of equals the first; None if there are none."""
    scores = [(sum(map(is_about, texts)), -index, unit) for index, (unit, texts) in enumerate(duties)]
    score, _, unit = max(scores, default=(0, 0, ""))
    return unit if score > 0 else None
