"""The addresses in pages, which are built once: a board has a hundred of them, the same each time."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for
from werkzeug.routing import Map

Values = tuple[tuple[str, Any], ...]
PLAIN = (str, int, type(None))


def init_app(app: Flask) -> None:
    """Let templates build addresses by `link_to`."""
    app.jinja_env.globals["url_for"] = link_to


def link_to(endpoint: str, **values: Any) -> str:
    """Return what Flask's url_for returns; what it rests on is the key under which it is kept."""
    if endpoint.startswith("."):
        return url_for(endpoint, **values)
    for name, value in values.items():
        if name.startswith("_") or not isinstance(value, PLAIN):
            return url_for(endpoint, **values)
    ws = g.get("ws")
    return _link(
        current_app.url_map, request.script_root, ws.name if ws else "", endpoint, tuple(values.items())
    )


@lru_cache(8192)
def _link(rules: Map, script_root: str, workspace: str, endpoint: str, values: Values) -> str:
    return url_for(endpoint, **dict(values))
