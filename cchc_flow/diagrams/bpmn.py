"""A workflow as BPMN 2.0, with its picture, for other tools to read.

A state is an exclusive gateway. Each way through a step, from a state to one of its ends, is a task between
two gateways, under the name of the step; a step that does not move the item leads back to its gateway. A
final state has an end event beside it, and so can still be left, for instance by being reopened.
"""

from lxml import etree

from cchc_flow.diagrams.graph import Bounds, Flow, Graph, Node, bpmn_graph
from cchc_flow.diagrams.words import xml_text
from cchc_flow.workflow.definition import Workflow

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PICTURE = "http://www.omg.org/spec/BPMN/20100524/DI"
SHAPES = "http://www.omg.org/spec/DD/20100524/DC"
EDGES = "http://www.omg.org/spec/DD/20100524/DI"
TARGET = "urn:cchc-flow:workflow"
"""A name for what the file defines; BPMN asks for one."""


def export_bpmn(workflow: Workflow) -> str:
    """Return the workflow as a BPMN 2.0 document."""
    graph = bpmn_graph(workflow)
    names = {"bpmn": MODEL, "bpmndi": PICTURE, "dc": SHAPES, "di": EDGES}
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=names, id="definitions", targetNamespace=TARGET)
    process = _add_element(root, MODEL, "process", id="process", name=workflow.title, isExecutable="false")
    documentation = _add_element(process, MODEL, "documentation")
    documentation.text = xml_text(f"Quy trình {workflow.kind}, phiên bản {workflow.version}")
    for node in graph.nodes:
        _add_node(process, node, graph)
    for flow in graph.flows:
        _add_element(process, MODEL, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    _add_picture(root, graph)
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _add_node(process: etree._Element, node: Node, graph: Graph) -> None:
    incoming = [flow for flow in graph.flows if flow.target == node.id]
    outgoing = [flow for flow in graph.flows if flow.source == node.id]
    element = _add_element(process, MODEL, node.kind, id=node.id, name=node.name)
    if node.kind == "exclusiveGateway":
        element.set("gatewayDirection", _gateway_direction(incoming, outgoing))
    if node.documentation:
        _add_element(element, MODEL, "documentation").text = xml_text(node.documentation)
    for name, flows in (("incoming", incoming), ("outgoing", outgoing)):
        for flow in flows:
            _add_element(element, MODEL, name).text = flow.id


def _gateway_direction(incoming: list[Flow], outgoing: list[Flow]) -> str:
    if len(incoming) > 1:
        return "Mixed" if len(outgoing) > 1 else "Converging"
    return "Diverging" if len(outgoing) > 1 else "Unspecified"


def _add_picture(root: etree._Element, graph: Graph) -> None:
    diagram = _add_element(root, PICTURE, "BPMNDiagram", id="diagram")
    plane = _add_element(diagram, PICTURE, "BPMNPlane", id="plane", bpmnElement="process")
    for node in graph.nodes:
        shape = _add_element(plane, PICTURE, "BPMNShape", id=f"{node.id}_shape", bpmnElement=node.id)
        if node.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        _add_bounds(shape, node.bounds)
        if node.label:
            _add_bounds(_add_element(shape, PICTURE, "BPMNLabel"), node.label)
    for flow in graph.flows:
        edge = _add_element(plane, PICTURE, "BPMNEdge", id=f"{flow.id}_edge", bpmnElement=flow.id)
        for across, down in flow.points:
            _add_element(edge, EDGES, "waypoint", x=str(across), y=str(down))


def _add_bounds(of: etree._Element, bounds: Bounds) -> None:
    x, y, width, height = map(str, bounds)
    _add_element(of, SHAPES, "Bounds", x=x, y=y, width=width, height=height)


def _add_element(parent: etree._Element, space: str, tag: str, /, **attributes: str) -> etree._Element:
    clean = {key: xml_text(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{space}}}{tag}", clean)
