"""Which paragraphs name a reform area, by the words of the areas that are known."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.structure.marks import BULLETS
from cchc_flow.plan_import.structure.outline import LONGEST_HEADING, Node
from cchc_flow.plugin_host.contributions import recognise_area


def with_topics(node: Node, known: Sequence[Area]) -> Node:
    """The same tree, in which each node that may head an area says which one its words name."""
    area = recognise_area(node.text, known) if may_name_an_area(node) else None
    children = node.children or unmarked_areas(node, known)
    return replace(
        node,
        topic=area.key if area else None,
        body=() if children and not node.children else node.body,
        children=tuple(with_topics(child, known) for child in children),
    )


def unmarked_areas(node: Node, known: Sequence[Area]) -> tuple[Node, ...]:
    """The areas in a section without any marks: a short line that names one heads the lines below it."""
    starts = [place for place, line in enumerate(node.body) if is_unmarked_heading(line, known)]
    if not starts or starts[0] != 0 or node.topic is not None:
        return ()
    return tuple(
        Node(f"{node.ref}.{number}", "text", str(number), node.body[start], body=node.body[start + 1 : end])
        for number, (start, end) in enumerate(pairwise((*starts, len(node.body))), 1)
    )


def is_unmarked_heading(line: str, known: Sequence[Area]) -> bool:
    is_short = len(line) <= LONGEST_HEADING // 2 and not line.endswith((".", ";", ",", ":"))
    return is_short and recognise_area(line, known) is not None


def may_name_an_area(node: Node) -> bool:
    """Whether it is short, and no bullet that heads nothing: of those a plan has thousands."""
    return len(node.text) <= LONGEST_HEADING and (node.is_heading or node.kind[:1] not in BULLETS)
