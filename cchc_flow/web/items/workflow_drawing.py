"""The drawing of an item's workflow on its page, and the definition as a BPMN file."""

from flask import Blueprint, Response, g

from cchc_flow.commands import Loaded
from cchc_flow.diagrams import bpmn, svg
from cchc_flow.diagrams.path import path_of
from cchc_flow.projections import workflows
from cchc_flow.web.http.downloads import download

bp = Blueprint("workflows", __name__)


@bp.get("/<workspace>/workflows/<kind>/<int(max=99999):version>.bpmn")
def export(kind: str, version: int) -> Response:
    """Send a published definition as a BPMN file; raise NotFound."""
    document = bpmn.export_bpmn(workflows.workflow(g.db, kind, version))
    return download(document, f"quy-trinh-{kind}-{version}.bpmn", "application/xml")


def draw_workflow(loaded: Loaded) -> str:
    """Return the item's workflow as SVG, with its state and the path that it has taken marked."""
    return svg.draw_svg(loaded.workflow, loaded.item.state, path_of(loaded.workflow, loaded.events))
