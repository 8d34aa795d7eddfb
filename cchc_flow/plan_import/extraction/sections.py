"""Walks the outline by roles: where each node stands, and the statements of the parts of a plan."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plan_import.structure.outline import Node

REQUIREMENT = re.compile(r"\byêu cầu\b", re.IGNORECASE)
OBJECTIVE = re.compile(r"\b(?:mục đích|mục tiêu|quan điểm|chỉ tiêu)\b", re.IGNORECASE)


class PlacedNode(msgspec.Struct, frozen=True):
    """A node of the outline and the nodes above it, from the root's child down to its parent."""

    node: Node
    above: tuple[Node, ...]

    def nearest(self, *roles: Role) -> Node | None:
        """Return the nearest node above that has one of these roles, or None."""
        return next((node for node in reversed(self.above) if node.role in roles), None)


def place_nodes(node: Node, above: tuple[Node, ...] = ()) -> Iterator[PlacedNode]:
    """Yield all nodes below a node in document order, each with the nodes above it."""
    for child in node.children:
        yield PlacedNode(child, above)
        yield from place_nodes(child, (*above, child))


def statements_of(placed: Iterable[PlacedNode], role: Role) -> Iterator[PlacedNode]:
    """Yield the nodes of a role that state something, not those that only head others of the same role."""
    for one in placed:
        if one.node.role == role and not only_heads(one.node):
            yield one


def only_heads(node: Node) -> bool:
    """Return whether a node only introduces the statements below it: it is short, or names no figure."""
    has_alike = any(child.role == node.role for child in node.children)
    return has_alike and (len(node.full_text) <= LONGEST_HEADING or not measures(node.full_text))


def is_requirement(placed: PlacedNode) -> bool:
    """Return whether the nearest heading that tells objectives from requirements names the latter only."""
    own = placed.node.text.partition(":")[0]
    texts = [own if len(own) < len(placed.node.text) else "", *(node.text for node in reversed(placed.above))]
    for text in texts:
        if OBJECTIVE.search(text) or REQUIREMENT.search(text):
            return OBJECTIVE.search(text) is None
    return False


def whole_text(node: Node) -> str:
    """Return the text of a node with that of all nodes below it."""
    below = (*node.attributes, *node.children)
    return " ".join([node.full_text, *(whole_text(child) for child in below)])
