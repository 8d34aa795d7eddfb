"""Which paragraphs name a reform area, by the words of the areas that are known."""

from collections.abc import Sequence

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.marks import BULLETS
from cchc_flow.plan_import.outline import LONGEST_HEADING, Node
from cchc_flow.plugins import recognised


def with_topics(node: Node, known: Sequence[Area]) -> Node:
    """The same tree, in which each node that may head an area says which one its words name."""
    area = recognised(node.text, known) if may_name_an_area(node) else None
    return replace(
        node,
        topic=area.key if area else None,
        children=tuple(with_topics(child, known) for child in node.children),
    )


def may_name_an_area(node: Node) -> bool:
    """Whether it is short, and no bullet that heads nothing: of those a plan has thousands."""
    return len(node.text) <= LONGEST_HEADING and (node.is_heading or node.kind[:1] not in BULLETS)
