"""Security of every request and answer: headers, and the check of the origin."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface

from cchc_flow.web.http.security_log import name_refusal

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Cache-Control": "no-store",
}
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class FormCookies(SecureCookieSessionInterface):
    """Flask's session cookie, which holds the CSRF token; marked secure if the page came over https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether this request came over https, possibly to a proxy in front of us."""
        return request.is_secure


def protect(app: Flask) -> None:
    """Make an application refuse forms of other sites and send the security headers."""
    app.session_interface = FormCookies()
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)


def refuse_other_sites() -> None:
    """Abort with 403 if another site sent a request that would change something."""
    if request.method not in SAFE and not is_own_site():
        name_refusal("other_site")
        abort(403, "Yêu cầu này đến từ một trang web khác nên không được thực hiện.")


def is_own_site() -> bool:
    """Tell whether one of our own pages sent the request, or a client that is not a browser."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # no URL at all
        return False


def add_headers(response: Response) -> Response:
    """Add the security headers to an answer, except those that a view has set itself."""
    own = {name.title() for name, _ in response.headers}
    for name, value in (HEADERS | HTTPS_HEADERS if request.is_secure else HEADERS).items():
        if name not in own:
            response.headers.add(name, value)
    response.vary.add("HX-Request")
    return response
