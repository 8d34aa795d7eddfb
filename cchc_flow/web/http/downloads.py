"""Files that pages send: always a download, and sandboxed, so that no browser runs what is in them."""

from os import SEEK_END
from typing import IO, Any

from flask import Response, g, send_file
from werkzeug.exceptions import NotFound as NoSuchPage

from cchc_flow.documents.blocks import Document
from cchc_flow.documents.files import FORMATS
from cchc_flow.web.http.reading import record_export

SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox"}


def download(content: bytes | str, name: str, media_type: str) -> Response:
    """Return a file under a name of ASCII letters."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, mimetype=media_type, headers=headers)


def send_open_file(file: IO[bytes], name: str, media_type: str) -> Response:
    """Return what an open file holds, read as it is sent; the answer closes the file."""
    response: Any = send_file(file, mimetype=media_type, as_attachment=True, download_name=name)
    response.content_length = file.seek(0, SEEK_END)
    file.seek(0)
    response.headers.update(SANDBOX)
    return response  # type: ignore[no-any-return]


def send_document(document: Document, name: str, ending: str) -> Response:
    """Return a document as a download, in the format of an ending; there is no page for other endings."""
    if ending not in FORMATS:
        raise NoSuchPage()
    form = FORMATS[ending]
    record_export(f"{name}.{ending}")
    return download(form.write(document, g.ws.templates), f"{g.ws.name}-{name}.{ending}", form.media_type)
