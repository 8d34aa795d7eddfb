"""The exported definition: whole, well-formed whatever the titles hold, and with a picture that fits it."""

from collections import Counter

import pytest
from hypothesis import given
from lxml import etree
from support.workflows import definitions

from cchc_flow.diagrams.bpmn import export_bpmn
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "e": "http://www.omg.org/spec/DD/20100524/DI",
}
BUILT_IN = pytest.mark.parametrize("workflow", [TASK, REPORT], ids=lambda workflow: workflow.kind)


class File:
    """An exported definition, read again."""

    def __init__(self, workflow: Workflow) -> None:
        self.root = etree.fromstring(export_bpmn(workflow).encode())
        self.gateways = [gateway.get("id") for gateway in self.all("b:exclusiveGateway")]
        self.flows = [(flow.get("sourceRef"), flow.get("targetRef")) for flow in self.all("b:sequenceFlow")]

    def all(self, name: str) -> list[etree._Element]:
        return self.root.findall(f".//{name}", SPACES)

    def before(self, node: str | None) -> list[str | None]:
        return [source for source, target in self.flows if target == node]

    def after(self, node: str | None) -> list[str | None]:
        return [target for source, target in self.flows if source == node]


def ways(workflow: Workflow) -> Counter[tuple[str, int, int]]:
    """Return every way through every step, from the number of a state to that of another or the same."""
    places = {state.name: number for number, state in enumerate(workflow.states)}
    return Counter(
        (step.name, places[start], places[end])
        for step in workflow.transitions
        for start in step.from_
        for end in workflow.ends(step) or (start,)
    )


def tasks(file: File) -> Counter[tuple[str | None, int, int]]:
    edges: Counter[tuple[str | None, int, int]] = Counter()
    for task in file.all("b:task"):
        (start,), (end,) = file.before(task.get("id")), file.after(task.get("id"))
        edges[task.get("name"), file.gateways.index(start), file.gateways.index(end)] += 1
    return edges


@given(definitions())
def test_every_state_is_a_gateway_and_every_way_through_a_step_one_task(workflow: Workflow) -> None:
    file = File(workflow)
    assert len(file.gateways) == len(workflow.states)
    assert tasks(file) == ways(workflow)


@given(definitions())
def test_it_begins_at_the_initial_state_and_may_end_at_every_final_one(workflow: Workflow) -> None:
    file, names = File(workflow), [state.name for state in workflow.states]
    (start,) = file.all("b:startEvent")
    assert file.after(start.get("id")) == [file.gateways[names.index(workflow.initial)]]
    ends = [file.before(end.get("id")) for end in file.all("b:endEvent")]
    finals = [state.name for state in workflow.states if state.final]
    assert ends == [[file.gateways[names.index(name)]] for name in finals]


@given(definitions())
def test_what_comes_in_and_goes_out_is_listed_with_each_node(workflow: Workflow) -> None:
    file = File(workflow)
    flows = {
        flow.get("id"): (flow.get("sourceRef"), flow.get("targetRef")) for flow in file.all("b:sequenceFlow")
    }
    ids = [element.get("id") for element in file.root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for side, name in enumerate(("outgoing", "incoming")):
        listed = [(element.text, parent.get("id")) for element in file.all(f"b:{name}") if (parent := element.getparent()) is not None]  # fmt: skip  # noqa: E501
        assert sorted(map(str, listed)) == sorted(str((flow, ends[side])) for flow, ends in flows.items())


@given(definitions())
def test_the_picture_shows_every_node_and_every_flow_from_one_node_to_the_other(workflow: Workflow) -> None:
    file = File(workflow)
    shapes = {shape.get("bpmnElement"): box(shape) for shape in file.all("d:BPMNShape")}
    nodes = {node for flow in file.flows for node in flow}
    assert set(shapes) == nodes | set(file.gateways)
    edges = {edge.get("bpmnElement"): points(edge) for edge in file.all("d:BPMNEdge")}
    for flow in file.all("b:sequenceFlow"):
        line = edges.pop(flow.get("id"))
        assert on_the_edge(shapes[flow.get("sourceRef")], line[0])
        assert on_the_edge(shapes[flow.get("targetRef")], line[-1])
    assert edges == {}


def box(shape: etree._Element) -> tuple[int, ...]:
    bounds = shape.find("c:Bounds", SPACES)
    assert bounds is not None
    return tuple(int(str(bounds.get(name))) for name in ("x", "y", "width", "height"))


def points(edge: etree._Element) -> list[tuple[int, int]]:
    return [
        (int(str(point.get("x"))), int(str(point.get("y")))) for point in edge.iterfind("e:waypoint", SPACES)
    ]


def on_the_edge(bounds: tuple[int, ...], point: tuple[int, int]) -> bool:
    (x, y, width, height), (across, down) = bounds, point
    inside = x <= across <= x + width and y <= down <= y + height
    return inside and (across in (x, x + width) or down in (y, y + height))


@BUILT_IN
def test_a_task_says_by_its_name_which_step_it_is_and_in_words_who_may_take_it(workflow: Workflow) -> None:
    file = File(workflow)
    documentation = {
        task.get("name"): task.findtext("b:documentation", "", SPACES) for task in file.all("b:task")
    }
    assert set(documentation) == {step.name for step in workflow.transitions}
    assert (
        documentation["submit"] == f"{workflow.transition('submit').title}. Người thực hiện: đơn vị chủ trì."
    )


@BUILT_IN
def test_no_two_shapes_of_the_picture_lie_over_each_other(workflow: Workflow) -> None:
    placed = [box(shape) for shape in File(workflow).all("d:BPMNShape")]
    for number, (x, y, width, height) in enumerate(placed):
        for left, top, wide, high in placed[:number]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height


def test_a_finished_task_can_be_reopened_in_the_exported_workflow() -> None:
    file = File(TASK)
    names = [state.name for state in TASK.states]
    assert ("reopen", names.index("closed"), names.index("in_progress")) in tasks(file)
