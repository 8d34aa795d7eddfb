"""Recognises which reform area a heading names, by the words that the plugins give for it."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plugin_host.contributions import recognise_area


def topic_of(node: Node, areas: Sequence[Area]) -> str | None:
    """Return the key of the area that a heading names; None if it names none, or is no heading's length."""
    return topic_named(node.text, areas)


def topic_named(heading: str, areas: Sequence[Area]) -> str | None:
    """Return the key of the area that a text of a heading's length names, or None."""
    area = recognise_area(heading, areas) if len(heading) <= LONGEST_HEADING else None
    return area.key if area else None
