"""Who wrote something sees it in the next answer, whichever machine gives it.

Where several nodes share a log, the answer to a form sets a cookie with the position that was reached. A node
that has not come so far waits for it, two seconds at most; then it answers with what it has, and says so. The
cookie is signed, so that nobody lets a server wait for a position of his own making, and lasts a minute.
"""

import time

from flask import Flask, Response, current_app, g, render_template, request
from itsdangerous import BadSignature, Signer

from cchc_flow import waits
from cchc_flow.eventlog.port import EventLog
from cchc_flow.projections.runner import position
from cchc_flow.web.http import htmx
from cchc_flow.web.http.security import SAFE

PREFIX = "cchc_at_"
"""How the cookie's name begins; a workspace's name follows, and none has an underscore."""
PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.05
LASTS_SECONDS = 60
MOST_DIGITS = 18


def init_app(app: Flask) -> None:
    """Let the answers of an application say how far their writes came, and whether they show less."""
    app.after_request(_note_position)
    app.after_request(_say_behind)
    app.jinja_env.globals["is_behind"] = is_behind


def wait_for_own_writes() -> None:
    """Wait until the log has what the browser of this request wrote, before its snapshot begins."""
    words = request.cookies.get(PREFIX + g.ws.name)
    g.wanted = _read(words) if words else 0
    if g.wanted:
        wait_for(g.ws.log, g.wanted)


def wait_for(log: EventLog, wanted: int, patience: float = PATIENCE_SECONDS) -> bool:
    """Wait until a log has come to a position; return whether it has, after `patience` seconds at most."""
    ends = time.monotonic() + patience
    while log.newest() < wanted and log.size() < wanted:
        if time.monotonic() >= ends:
            return False
        waits.announce()
        time.sleep(PAUSE_SECONDS)
    return True


def is_behind() -> bool:
    """Tell whether this answer shows less than what its browser wrote."""
    return bool(g.get("wanted")) and g.get("snapshot") is not None and position(g.db) < g.wanted


def _note_position(response: Response) -> Response:
    """Set the cookie after a request that may have written, where other machines serve the log too."""
    ws = g.get("ws")
    if ws is not None and ws.log.is_shared and request.method not in SAFE and response.status_code < 400:
        response.set_cookie(
            PREFIX + ws.name,
            _signer().sign(f"{ws.name}-{ws.log.newest()}").decode(),
            max_age=LASTS_SECONDS,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response


def _say_behind(response: Response) -> Response:
    """Add to a fragment the line that stands on top of a whole page."""
    is_fragment = response.status_code == 200 and response.mimetype == "text/html" and htmx.wants_fragment()
    if is_fragment and not response.direct_passthrough and is_behind():
        response.set_data(response.get_data() + render_template("_behind.html", oob=True).encode())
    return response


def _read(words: str) -> int:
    """Return the position in a cookie, 0 for one that we did not write for this workspace."""
    try:
        name, _, digits = _signer().unsign(words).decode().rpartition("-")
    except (BadSignature, UnicodeDecodeError):
        return 0
    is_ours = name == g.ws.name and digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if is_ours else 0


def _signer() -> Signer:
    return Signer(current_app.secret_key or b"", salt="cchc-at")
