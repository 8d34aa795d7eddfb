"""A workflow as the nodes and flows of BPMN, with their places in the picture.

Every state has a column: its gateway on top, below it a task for each way out. A line leads down from the
gateway along the left of its tasks; on their right lines lead up again, each to the height that belongs to
the state where it goes, and along it to the gateway of that state.
"""

import msgspec

from cchc_flow.diagrams.words import Passage, actor_words, passages
from cchc_flow.workflow.definition import State, Workflow

Point = tuple[int, int]
Bounds = tuple[int, int, int, int]
"""Left, top, width and height."""

LEFT, COLUMN = 120, 320
TRACK = 12
GATEWAY, EVENT = 50, 36
TASK_WIDTH, TASK_HEIGHT, TASK_PITCH = 160, 60, 90
TASK_INDENT = 40


class Node(msgspec.Struct, frozen=True):
    """A node of a BPMN `kind`; `bounds` and `label` give the boxes of it and of its words."""

    id: str
    kind: str
    name: str
    documentation: str
    bounds: Bounds
    label: Bounds | None = None


class Flow(msgspec.Struct, frozen=True):
    """A sequence flow between two nodes, with the points of its line."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]


class Graph(msgspec.Struct, frozen=True):
    """Nodes and flows; gateways come in the order of the states, tasks in that of the passages."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


def bpmn_graph(workflow: Workflow) -> Graph:
    """Return the nodes and flows of a workflow."""
    places = {state.name: number for number, state in enumerate(workflow.states)}
    top = TRACK * (len(places) + 4)
    gateways = [_gateway(state, places[state.name], top) for state in workflow.states]
    nodes: list[Node] = gateways
    flows: list[Flow] = []
    for part in (
        _start_event(workflow, places, top),
        _end_events(workflow, places, top),
        _tasks(workflow, places, top),
    ):
        nodes += part.nodes
        flows += part.flows
    numbered = (msgspec.structs.replace(flow, id=f"flow_{number}") for number, flow in enumerate(flows, 1))
    return Graph(tuple(nodes), tuple(numbered))


def _gateway(state: State, place: int, top: int) -> Node:
    x = _column_left(place)
    bounds, label = (x, top, GATEWAY, GATEWAY), (x + 32, top + 42, 90, 42)
    return Node(
        _gateway_id(place), "exclusiveGateway", state.title, f"Trạng thái {state.name}", bounds, label
    )


def _start_event(workflow: Workflow, places: dict[str, int], top: int) -> Graph:
    place = places[workflow.initial]
    x, y = _column_left(place) - 70, top + (GATEWAY - EVENT) // 2
    middle = top + GATEWAY // 2
    node = Node("start", "startEvent", "Bắt đầu", "", (x, y, EVENT, EVENT))
    return Graph(
        (node,),
        (Flow("", "start", _gateway_id(place), ((x + EVENT, middle), (_column_left(place), middle))),),
    )


def _end_events(workflow: Workflow, places: dict[str, int], top: int) -> Graph:
    nodes, flows = [], []
    for state in workflow.states:
        if state.final:
            place = places[state.name]
            x, middle = _column_left(place) + 130, top + GATEWAY // 2
            bounds = (x, middle - EVENT // 2, EVENT, EVENT)
            nodes.append(Node(f"end_{place}", "endEvent", "Kết thúc", "", bounds))
            points = ((_column_left(place) + GATEWAY, middle), (x, middle))
            flows.append(Flow("", _gateway_id(place), f"end_{place}", points))
    return Graph(tuple(nodes), tuple(flows))


def _tasks(workflow: Workflow, places: dict[str, int], top: int) -> Graph:
    nodes, flows = [], []
    below = dict.fromkeys(places, top + GATEWAY + 46)
    for number, passage in enumerate(passages(workflow), 1):
        start, end = places[passage.from_], places[passage.to or passage.from_]
        node = _task(f"task_{number}", passage, _column_left(start) + TASK_INDENT, below[passage.from_])
        below[passage.from_] += TASK_PITCH
        nodes.append(node)
        flows += [
            Flow("", _gateway_id(start), node.id, _line_to_task(start, node, top)),
            Flow("", node.id, _gateway_id(end), _line_from_task(start, end, node, top)),
        ]
    return Graph(tuple(nodes), tuple(flows))


def _task(name: str, passage: Passage, x: int, y: int) -> Node:
    step = passage.step
    documentation = f"{step.title}. Người thực hiện: {actor_words(step)}."
    return Node(name, "task", step.name, documentation, (x, y, TASK_WIDTH, TASK_HEIGHT))


def _line_to_task(start: int, node: Node, top: int) -> tuple[Point, ...]:
    x, y = _column_left(start) + GATEWAY // 2, node.bounds[1] + TASK_HEIGHT // 2
    return (x, top + GATEWAY), (x, y), (node.bounds[0], y)


def _line_from_task(start: int, end: int, node: Node, top: int) -> tuple[Point, ...]:
    x, y = node.bounds[0] + TASK_WIDTH, node.bounds[1] + TASK_HEIGHT // 2
    aside, track, over = x + 10 + 4 * end, TRACK * (end + 2), _column_left(end) + GATEWAY // 2
    return (x, y), (aside, y), (aside, track), (over, track), (over, top)


def _column_left(place: int) -> int:
    return LEFT + COLUMN * place


def _gateway_id(place: int) -> str:
    return f"state_{place}"
