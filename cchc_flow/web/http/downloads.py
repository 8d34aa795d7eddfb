"""Files that pages send: always a download, and sandboxed, so that no browser runs what is in them."""

from flask import Response


def download(content: bytes | str, name: str, media_type: str) -> Response:
    """Return a file under a name of ASCII letters."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, mimetype=media_type, headers=headers)
