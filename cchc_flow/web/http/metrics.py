"""The figures by which a server is watched, as text that Prometheus and others read.

They name workspaces, but nothing that is in them; to ask opens none.
"""

from collections.abc import Iterator

from cchc_flow.errors import CchcError
from cchc_flow.homes import find_home
from cchc_flow.web.http.served_workspaces import ServedWorkspaces

MEANINGS = {
    "ready": "1 when the server can do its work, as /readyz says",
    "workspaces": "how many workspaces there are",
    "workspaces_open": "how many of them are open here: used within a quarter of an hour",
    "workspace_trouble": "1 for a workspace that could not be read and written when it was last looked at",
    "position_known": "the newest position of the log that this server knows of, of each open workspace",
    "position_folded": "the position up to which its read models are; they follow when somebody looks",
    "home_reachable": "1 when the place of the logs could be asked",
    "listening": "1 while the database tells this server of new positions; without it each page asks",
    "pool_connections": "how many connections to the database this server has",
    "pool_available": "how many of them nobody uses now",
    "pool_waiting": "how many threads wait for one",
    "nodes_listening": "how many servers listen to the database, as far as its account may see",
}
Sample = tuple[str, str, float]


def metrics_text(served: ServedWorkspaces) -> str:
    """Return all figures, each kind after a line that says what it means."""
    samples: dict[str, list[str]] = {}
    for name, label, value in _samples(served):
        of = f'{{workspace="{label}"}}' if label else ""
        samples.setdefault(name, []).append(f"cchc_flow_{name}{of} {value:.15g}\n")
    return "".join(
        f"# HELP cchc_flow_{name} {MEANINGS[name]}\n# TYPE cchc_flow_{name} gauge\n{''.join(lines)}"
        for name, lines in samples.items()
    )


def _samples(served: ServedWorkspaces) -> Iterator[Sample]:
    """Yield name, workspace (or "") and value; what cannot be asked now is left out."""
    home = find_home(served.data)
    try:
        measures, names = dict(home.measures()), home.names()
    except (CchcError, OSError):
        yield "home_reachable", "", 0
        return
    yield "home_reachable", "", 1
    yield "ready", "", float(served.readiness.is_ready(served))
    yield "workspaces", "", len(names)
    pairs = served.opened.pairs()
    yield "workspaces_open", "", len(pairs)
    for name in sorted(served.readiness.workspaces):
        yield "workspace_trouble", name, 1
    for ws, _ in sorted(pairs, key=lambda pair: pair[0].name):
        try:
            known = ws.log.newest()
        except (CchcError, OSError):
            continue
        yield "position_known", ws.name, known
        yield "position_folded", ws.name, ws.models.reached
    for name, value in measures.items():
        yield name, "", value
