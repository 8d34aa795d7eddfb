"""Whether the process lives, and whether it can serve: for whoever watches it. Strangers learn no more."""

from flask import Blueprint, Response, abort, request

from cchc_flow.settings import is_within
from cchc_flow.web.http.metrics import metrics_text
from cchc_flow.web.http.tenancy import served_workspaces

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def live() -> Response:
    """Say that the process answers; nothing is looked at."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """Say whether the server can do its work, with 503 when it cannot; why is in its log."""
    served = served_workspaces()
    if served.readiness.is_ready(served):
        return Response("ready\n", mimetype="text/plain")
    return Response("not ready\n", 503, mimetype="text/plain")


@bp.get("/metrics")
def metrics() -> Response:
    """Return the figures of this server, as Prometheus reads them, to who may watch it."""
    served = served_workspaces()
    if not is_within(request.remote_addr or "", served.deployment.watchers):
        abort(404)
    return Response(metrics_text(served), mimetype="text/plain")
