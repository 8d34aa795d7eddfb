"""Pages and static files go compressed, except where the length of an answer could give a secret away."""

from functools import lru_cache
from http import HTTPStatus

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

TEXTS = (
    "text/html",
    "text/css",
    "text/javascript",
    "text/plain",
    "text/csv",
    "text/calendar",
    "application/json",
    "image/svg+xml",
)


def init_app(app: Flask) -> None:
    """Have an application compress what it answers, as the browser takes it: Brotli, else gzip."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=TEXTS,
        COMPRESS_ALGORITHM=("br", "gzip"),
        COMPRESS_BR_LEVEL=5,  # beside 4 a board is 0.7 kB less, for 0.2 ms
        COMPRESS_STREAMS=False,
    )
    compress = Compress(app)

    @app.after_request
    def compress_own(response: Response) -> Response:
        if request.endpoint == "static":
            _read_file(response)
        if not _is_asked_by_our_pages():
            return response
        if request.endpoint == "static" and response.mimetype in TEXTS:
            _press_file(response)
        return compress.after_request(response)


def _read_file(response: Response) -> None:
    """Read a static file whole and close it: a stream is not pressed, and outlives a browser that leaves.

    Its name stands in its address; said once more, it would only travel with it.
    """
    response.direct_passthrough = False
    response.make_sequence()
    response.close()
    response.headers.remove("Content-Disposition")


def _press_file(response: Response) -> None:
    """Compress a static file as far as Brotli can, which takes long, once for all who ask for it."""
    if response.status_code == HTTPStatus.OK and request.accept_encodings["br"]:
        response.set_data(_pressed(response.get_data()))
        response.headers["Content-Encoding"] = "br"


@lru_cache(64)
def _pressed(content: bytes) -> bytes:
    pressed: bytes = brotli.compress(content)
    return pressed


def _is_asked_by_our_pages() -> bool:
    """Tell whether no other site had the browser ask.

    One that did could put words into the address and learn from the length of the compressed answer whether
    they stand in the page as well (BREACH, 2013). Browsers say who asks wherever the connection is encrypted;
    where it is not there is nothing to be learnt.
    """
    unsaid = "cross-site" if request.is_secure else "none"
    return request.headers.get("Sec-Fetch-Site", unsaid) in {"same-origin", "none"}
