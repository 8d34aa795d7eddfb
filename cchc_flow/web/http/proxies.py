"""What a proxy in front of the server tells of a request: from where it came, by https or not, to which path.

Only the proxies that a setting names are believed; what anybody else writes into these headers is nothing.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from cchc_flow.settings import ANYWHERE, Network, is_within

PREFIX = re.compile(r"(?:/[A-Za-z0-9~_-][A-Za-z0-9.~_-]{0,99}){1,9}")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TrustedProxies:
    """A WSGI application that sees a request as the last proxy that is believed has seen it."""

    def __init__(self, application: Application, proxies: tuple[Network, ...]) -> None:
        self._application, self._proxies = application, proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, with the address, the scheme and the path's prefix that a trusted proxy tells."""
        peer = environ.get("REMOTE_ADDR", "")
        if is_within(peer, self._proxies):
            environ["REMOTE_ADDR"] = client_address(
                environ.get("HTTP_X_FORWARDED_FOR", ""), peer, self._proxies
            )
            if scheme := _last(environ.get("HTTP_X_FORWARDED_PROTO", "")).lower():
                environ["wsgi.url_scheme"] = "https" if scheme == "https" else "http"
            if prefix := path_prefix(environ.get("HTTP_X_FORWARDED_PREFIX", "")):
                environ["SCRIPT_NAME"] = prefix
        return self._application(environ, start_response)


def client_address(forwarded_for: str, peer: str, proxies: tuple[Network, ...]) -> str:
    """Return the right-most address of X-Forwarded-For that is no proxy's of ours, else the peer's own.

    What stands to the left of it the client may have written itself. A part that is no address ends the
    search: the hop before it is the last one that is known.
    """
    known = peer
    for part in reversed(forwarded_for.split(",")):
        address = _without_port(part.strip())
        if not is_within(address, ANYWHERE):
            return known
        known = address
        if not is_within(address, proxies):
            return known
    return known


def path_prefix(words: str) -> str:
    """Return the path below which a proxy shows this server, such as «/cchc»; "" without one that is a path.

    The proxy takes it away before it asks here. Of several proxies the last one tells.
    """
    prefix = _last(words).rstrip("/")
    return prefix if PREFIX.fullmatch(prefix) else ""


def _without_port(hop: str) -> str:
    """Return a hop as an address alone: some proxies write «192.0.2.1:4711», or «[2001:db8::1]:4711»."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _last(words: str) -> str:
    return words.rpartition(",")[2].strip()
