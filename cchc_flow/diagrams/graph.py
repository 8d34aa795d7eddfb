"""A workflow as the nodes and sequence flows of BPMN, each with its place in the diagram.

Every state has a column: its gateway on top, below it a task for each edge that leaves the state. A line
leads from the gateway down the left side of its tasks. On their right side lines lead up again, each to a
horizontal track that belongs to the target state, and along this track to the gateway of that state.
"""

import msgspec

from cchc_flow.diagrams.edges import Edge, edges_of, performers
from cchc_flow.workflow.definition import State, Workflow

Point = tuple[int, int]
Bounds = tuple[int, int, int, int]

LEFT, COLUMN_WIDTH = 120, 320
TRACK_HEIGHT = 12
GATEWAY, EVENT = 50, 36
TASK_WIDTH, TASK_HEIGHT, TASK_PITCH = 160, 60, 90
TASK_INDENT = 40


class BpmnNode(msgspec.Struct, frozen=True):
    """A node and its BPMN element name (`kind`); bounds are left, top, width and height in pixels."""

    id: str
    kind: str
    name: str
    documentation: str
    bounds: Bounds
    label: Bounds | None = None


class SequenceFlow(msgspec.Struct, frozen=True):
    """A sequence flow from one node to another, by their ids, with the points of its line."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]


class BpmnGraph(msgspec.Struct, frozen=True):
    """All nodes and flows: the gateways in the order of the states, the tasks in that of the edges."""

    nodes: tuple[BpmnNode, ...]
    flows: tuple[SequenceFlow, ...]


def bpmn_graph(workflow: Workflow) -> BpmnGraph:
    """Return the nodes and flows of a workflow, with the flows numbered from 1."""
    columns = {state.name: number for number, state in enumerate(workflow.states)}
    top = TRACK_HEIGHT * (len(columns) + 4)
    gateways = [_gateway(state, columns[state.name], top) for state in workflow.states]
    nodes: list[BpmnNode] = gateways
    flows: list[SequenceFlow] = []
    for subgraph in (
        _start(workflow, columns, top),
        _ends(workflow, columns, top),
        _tasks(workflow, columns, top),
    ):
        nodes += subgraph.nodes
        flows += subgraph.flows
    numbered = (msgspec.structs.replace(flow, id=f"flow_{number}") for number, flow in enumerate(flows, 1))
    return BpmnGraph(tuple(nodes), tuple(numbered))


def _gateway(state: State, column: int, top: int) -> BpmnNode:
    x = _left_edge(column)
    bounds, label = (x, top, GATEWAY, GATEWAY), (x + 32, top + 42, 90, 42)
    documentation = f"Trạng thái {state.name}"
    return BpmnNode(_gateway_id(column), "exclusiveGateway", state.title, documentation, bounds, label)


def _start(workflow: Workflow, columns: dict[str, int], top: int) -> BpmnGraph:
    column = columns[workflow.initial]
    x, y = _left_edge(column) - 70, top + (GATEWAY - EVENT) // 2
    middle = top + GATEWAY // 2
    node = BpmnNode("start", "startEvent", "Bắt đầu", "", (x, y, EVENT, EVENT))
    points = ((x + EVENT, middle), (_left_edge(column), middle))
    return BpmnGraph((node,), (SequenceFlow("", "start", _gateway_id(column), points),))


def _ends(workflow: Workflow, columns: dict[str, int], top: int) -> BpmnGraph:
    nodes, flows = [], []
    for state in workflow.states:
        if state.final:
            column = columns[state.name]
            x, middle = _left_edge(column) + 130, top + GATEWAY // 2
            bounds = (x, middle - EVENT // 2, EVENT, EVENT)
            nodes.append(BpmnNode(f"end_{column}", "endEvent", "Kết thúc", "", bounds))
            points = ((_left_edge(column) + GATEWAY, middle), (x, middle))
            flows.append(SequenceFlow("", _gateway_id(column), f"end_{column}", points))
    return BpmnGraph(tuple(nodes), tuple(flows))


def _tasks(workflow: Workflow, columns: dict[str, int], top: int) -> BpmnGraph:
    nodes, flows = [], []
    ids = task_ids(workflow)
    next_top = dict.fromkeys(columns, top + GATEWAY + 46)
    for edge in edges_of(workflow):
        start, end = columns[edge.from_], columns[edge.from_ if edge.to is None else edge.to]
        node_id = ids[edge.transition.name, edge.from_, edge.to]
        node = _task(node_id, edge, _left_edge(start) + TASK_INDENT, next_top[edge.from_])
        next_top[edge.from_] += TASK_PITCH
        nodes.append(node)
        flows += [
            SequenceFlow("", _gateway_id(start), node.id, _line_down(start, node, top)),
            SequenceFlow("", node.id, _gateway_id(end), _line_up(start, end, node, top)),
        ]
    return BpmnGraph(tuple(nodes), tuple(flows))


def task_ids(workflow: Workflow) -> dict[tuple[str, str, str | None], str]:
    """Return the ids of the tasks by what they stand for: the transition's name, from and to which state."""
    edges = enumerate(edges_of(workflow), 1)
    return {(edge.transition.name, edge.from_, edge.to): f"task_{number}" for number, edge in edges}


def _task(node_id: str, edge: Edge, x: int, y: int) -> BpmnNode:
    transition = edge.transition
    documentation = f"{transition.title}. Người thực hiện: {performers(transition)}."
    return BpmnNode(node_id, "task", transition.name, documentation, (x, y, TASK_WIDTH, TASK_HEIGHT))


def _line_down(start: int, node: BpmnNode, top: int) -> tuple[Point, ...]:
    x, y = _left_edge(start) + GATEWAY // 2, node.bounds[1] + TASK_HEIGHT // 2
    return (x, top + GATEWAY), (x, y), (node.bounds[0], y)


def _line_up(start: int, end: int, node: BpmnNode, top: int) -> tuple[Point, ...]:
    x, y = node.bounds[0] + TASK_WIDTH, node.bounds[1] + TASK_HEIGHT // 2
    side, track, target = x + 10 + 4 * end, TRACK_HEIGHT * (end + 2), _left_edge(end) + GATEWAY // 2
    return (x, y), (side, y), (side, track), (target, track), (target, top)


def _left_edge(column: int) -> int:
    return LEFT + COLUMN_WIDTH * column


def _gateway_id(column: int) -> str:
    return f"state_{column}"
