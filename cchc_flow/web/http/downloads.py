"""Files that pages send: always a download, and sandboxed, so that no browser runs what is in them."""

from flask import Response, g
from werkzeug.exceptions import NotFound as NoSuchPage

from cchc_flow.documents.blocks import Document
from cchc_flow.documents.files import FORMATS
from cchc_flow.web.http.reading import record_export


def download(content: bytes | str, name: str, media_type: str) -> Response:
    """Return a file under a name of ASCII letters."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, mimetype=media_type, headers=headers)


def send_document(document: Document, name: str, ending: str) -> Response:
    """Return a document as a download, in the format of an ending; there is no page for other endings."""
    if ending not in FORMATS:
        raise NoSuchPage()
    form = FORMATS[ending]
    record_export(f"{name}.{ending}")
    return download(form.write(document, g.ws.templates), f"{g.ws.name}-{name}.{ending}", form.media_type)
