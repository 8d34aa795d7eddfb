"""The workflow that an item follows: its drawing on the item's page, and the definition as BPMN."""

from flask import Blueprint, Response, g

from cchc_flow.commands import Loaded
from cchc_flow.diagrams import bpmn, svg
from cchc_flow.diagrams.path import past_steps
from cchc_flow.projections import workflows

bp = Blueprint("workflows", __name__)


@bp.get("/<workspace>/workflows/<kind>/<int(max=99999):version>.bpmn")
def export(kind: str, version: int) -> Response:
    """Send a published definition as a BPMN file; raise NotFound."""
    document = bpmn.export_bpmn(workflows.workflow(g.ws.read(), kind, version))
    name = f"quy-trinh-{kind}-{version}.bpmn"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(document, mimetype="application/xml", headers=headers)


def draw_workflow(loaded: Loaded) -> str:
    """Return the drawing of the item's workflow as markup: where the item is, and the way it took."""
    return svg.draw_svg(loaded.workflow, loaded.item.state, past_steps(loaded.workflow, loaded.events))
