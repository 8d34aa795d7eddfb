"""Draws a document for a browser as it will print, with its figures as links; nothing in it runs."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import msgspec

from cchc_flow.documents import templates
from cchc_flow.documents.blocks import Document
from cchc_flow.documents.pages import draw_page


class Preview(msgspec.Struct, frozen=True):
    """A page of HTML, and the content policy to send it under: only its own style sheet counts."""

    html: str
    policy: str


def draw_preview(
    document: Document,
    link: Callable[[str], str],
    ways: tuple[tuple[str, str], ...],
    folder: Path | None = None,
) -> Preview:
    """Return a document whose figures lead to `link(key)`; `ways` are the links of the bar above it."""
    style = templates.read_style(folder, "preview.css")
    html = draw_page(document, "preview.html", folder, style=style, link=link, ways=ways)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Preview(
        html, f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    )
