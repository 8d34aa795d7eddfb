"""Recognises which headings of the outline name a reform area, by the words that the plugins give for it."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.structure.marks import BULLETS
from cchc_flow.plan_import.structure.outline import LONGEST_HEADING, Node
from cchc_flow.plugin_host.contributions import recognise_area


def assign_topics(node: Node, areas: Sequence[Area]) -> Node:
    """Return the same outline, in which each node whose text names an area has that area's key as `topic`."""
    area = recognise_area(node.text, areas) if can_name_area(node) else None
    children = node.children or unmarked_areas(node, areas)
    return replace(
        node,
        topic=area.key if area else None,
        body=() if children and not node.children else node.body,
        children=tuple(assign_topics(child, areas) for child in children),
    )


def unmarked_areas(node: Node, areas: Sequence[Area]) -> tuple[Node, ...]:
    """Return nodes for the areas of a section without marks: a short line that names one is a heading.

    Empty unless the section's body begins with such a heading.
    """
    starts = [position for position, line in enumerate(node.body) if is_unmarked_heading(line, areas)]
    if not starts or starts[0] != 0 or node.topic is not None:
        return ()
    return tuple(
        Node(f"{node.ref}.{number}", "text", str(number), node.body[start], body=node.body[start + 1 : end])
        for number, (start, end) in enumerate(pairwise((*starts, len(node.body))), 1)
    )


def is_unmarked_heading(line: str, areas: Sequence[Area]) -> bool:
    """Return whether an unmarked line is short, ends like a heading and names an area."""
    is_short = len(line) <= LONGEST_HEADING // 2 and not line.endswith((".", ";", ",", ":"))
    return is_short and recognise_area(line, areas) is not None


def can_name_area(node: Node) -> bool:
    """Return whether a node could be an area's heading; plain bullets, of which plans have many, cannot."""
    return len(node.text) <= LONGEST_HEADING and (node.is_heading or node.kind[:1] not in BULLETS)
