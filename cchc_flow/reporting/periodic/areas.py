"""Part II of a report: what was done in each area of the plan; and the area of direction, which is part I."""

from collections.abc import Iterator

from cchc_flow.documents.blocks import Block, Heading, Paragraph, Table
from cchc_flow.plugin_host.contributions import find_any_word
from cchc_flow.projections.plans import PlanArea
from cchc_flow.projections.search import search_key
from cchc_flow.reporting.periodic.material import AreaSection, Material
from cchc_flow.reporting.periodic.standing import area_sentence
from cchc_flow.reporting.periodic.texts import Texts
from cchc_flow.workflow.commune_report import DIRECTING, PARTS

DIRECTING_WORDS = ("chỉ đạo, điều hành", "chỉ đạo điều hành", "lãnh đạo, chỉ đạo", "chỉ đạo")
"""Words in the title of the plan's area of which a report tells in its part I, by the ministry's outline."""
NOTHING = "Trong kỳ không phát sinh nội dung cần báo cáo."


def is_directing(title: str) -> bool:
    """Tell whether an area, by its title, is that of direction, of which part I tells."""
    return find_any_word(DIRECTING_WORDS, search_key(title)) is not None


def directing_area(material: Material) -> PlanArea | None:
    """Return the area of the plan of which part I tells; None where it has no such area."""
    return next((area for area in material.areas if is_directing(area.title)), None)


def area_blocks(material: Material, texts: Texts) -> list[Block]:
    """Return a section for each area of the plan but that of direction, and for what other plugins say."""
    blocks: list[Block] = []
    areas = [area for area in material.areas if area != directing_area(material)]
    for place, area in enumerate(areas, 1):
        blocks += [Heading(2, f"{place}.", area.title), *_section(material, texts, area)]
    for place, other in enumerate(_sections_of_no_area(material), len(areas) + 1):
        blocks += [Heading(2, f"{place}.", other.title), *other.words]
    return blocks


def directing_blocks(material: Material, texts: Texts) -> list[Block]:
    """Return what is to be said of direction: of the plan's area, if it has one, and by its plugin."""
    if area := directing_area(material):
        return _section(material, texts, area)
    spoken = [block for each in _directing_sections(material) for block in each.words]
    return texts.section(DIRECTING, PARTS[DIRECTING], spoken) or [Paragraph((NOTHING,))]


def _section(material: Material, texts: Texts, area: PlanArea) -> list[Block]:
    computed = area_sentence(material, area.code, area.title)
    said = material.sections_of_areas.get(area.code)
    if said:
        computed += said.words
    return texts.section(area.code, area.title, computed) or [Paragraph((NOTHING,))]


def _sections_of_no_area(material: Material) -> Iterator[AreaSection]:
    """Yield what plugins say of an area that the plan does not have."""
    of_plan = {said.plugin for said in material.sections_of_areas.values()}
    for said in material.sections:
        if said.plugin not in of_plan and said.blocks and not is_directing(said.title):
            yield said


def _directing_sections(material: Material) -> Iterator[AreaSection]:
    return (said for said in material.sections if said.blocks and is_directing(said.title))


def area_tables(material: Material) -> Iterator[Table]:
    """Yield the tables of the plugins' sections in the order of the plan, each under its area's title."""
    by_plugin = {said.plugin: said for said in material.sections}
    ordered = [said.plugin for said in material.sections_of_areas.values()]
    for plugin in dict.fromkeys([*ordered, *by_plugin]):
        yield from by_plugin[plugin].tables
