"""The edges of a workflow's graph: one for each start and end of each transition."""

from collections.abc import Iterator

import msgspec

from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.policy import RELATIONS


class Edge(msgspec.Struct, frozen=True):
    """One way to take a transition, from a state to another; `to` is None when the item stays where it is."""

    transition: Transition
    from_: str
    to: str | None


def edges_of(workflow: Workflow) -> Iterator[Edge]:
    """Yield every edge of a workflow: transition by transition, in the order of the definition."""
    for transition in workflow.transitions:
        for start in transition.from_:
            yield from (Edge(transition, start, end) for end in workflow.ends(transition) or (None,))


def performers(transition: Transition) -> str:
    """Return in Vietnamese who may take a transition; a relation unknown to this release keeps its name."""
    return " hoặc ".join(RELATIONS[name][0] if name in RELATIONS else name for name in transition.by)
