"""A workflow as BPMN 2.0, with the diagram that other tools draw from it.

A state is an exclusive gateway. Each edge, from one state to another, is a task between two gateways that has
the name of the transition; a transition that does not move the item leads back to the same gateway. A final
state has an end event beside its gateway, and can still be left, for instance when an item is reopened.
"""

from lxml import etree

from cchc_flow.diagrams.graph import Bounds, BpmnGraph, BpmnNode, SequenceFlow, bpmn_graph
from cchc_flow.diagrams.words import xml_text
from cchc_flow.workflow.definition import Workflow

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
SHAPES = "http://www.omg.org/spec/DD/20100524/DC"
EDGES = "http://www.omg.org/spec/DD/20100524/DI"
TARGET = "urn:cchc-flow:workflow"
"""The target namespace, which BPMN requires of every document."""


def export_bpmn(workflow: Workflow) -> str:
    """Return the workflow as a BPMN 2.0 document, an indented XML text."""
    graph = bpmn_graph(workflow)
    namespaces = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": SHAPES, "di": EDGES}
    root = etree.Element(
        f"{{{MODEL}}}definitions", nsmap=namespaces, id="definitions", targetNamespace=TARGET
    )
    process = _add(root, MODEL, "process", id="process", name=workflow.title, isExecutable="false")
    documentation = _add(process, MODEL, "documentation")
    documentation.text = xml_text(f"Quy trình {workflow.kind}, phiên bản {workflow.version}")
    for node in graph.nodes:
        _add_node(process, node, graph)
    for flow in graph.flows:
        _add(process, MODEL, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    _add_diagram(root, graph)
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _add_node(process: etree._Element, node: BpmnNode, graph: BpmnGraph) -> None:
    incoming = [flow for flow in graph.flows if flow.target == node.id]
    outgoing = [flow for flow in graph.flows if flow.source == node.id]
    element = _add(process, MODEL, node.kind, id=node.id, name=node.name)
    if node.kind == "exclusiveGateway":
        element.set("gatewayDirection", _gateway_direction(incoming, outgoing))
    if node.documentation:
        _add(element, MODEL, "documentation").text = xml_text(node.documentation)
    for name, flows in (("incoming", incoming), ("outgoing", outgoing)):
        for flow in flows:
            _add(element, MODEL, name).text = flow.id


def _gateway_direction(incoming: list[SequenceFlow], outgoing: list[SequenceFlow]) -> str:
    if len(incoming) > 1:
        return "Mixed" if len(outgoing) > 1 else "Converging"
    return "Diverging" if len(outgoing) > 1 else "Unspecified"


def _add_diagram(root: etree._Element, graph: BpmnGraph) -> None:
    diagram = _add(root, DIAGRAM, "BPMNDiagram", id="diagram")
    plane = _add(diagram, DIAGRAM, "BPMNPlane", id="plane", bpmnElement="process")
    for node in graph.nodes:
        shape = _add(plane, DIAGRAM, "BPMNShape", id=f"{node.id}_shape", bpmnElement=node.id)
        if node.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        _add_bounds(shape, node.bounds)
        if node.label:
            _add_bounds(_add(shape, DIAGRAM, "BPMNLabel"), node.label)
    for flow in graph.flows:
        edge = _add(plane, DIAGRAM, "BPMNEdge", id=f"{flow.id}_edge", bpmnElement=flow.id)
        for x, y in flow.points:
            _add(edge, EDGES, "waypoint", x=str(x), y=str(y))


def _add_bounds(parent: etree._Element, bounds: Bounds) -> None:
    x, y, width, height = map(str, bounds)
    _add(parent, SHAPES, "Bounds", x=x, y=y, width=width, height=height)


def _add(parent: etree._Element, namespace: str, tag: str, /, **attributes: str) -> etree._Element:
    clean = {key: xml_text(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", clean)
