"""Draws a document for a browser as it will print, with its figures as links; nothing in it runs."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.documents import templates
from cchc_flow.documents.blocks import Document, Number
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
    addresses = {key: link(key) for key in _figure_keys(document)}
    html = draw_page(document, "preview.html", folder, style=style, link=addresses.__getitem__, ways=ways)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Preview(
        html, f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    )


def _figure_keys(value: Any) -> Iterator[str]:
    """Yield the keys of all numbers in a part of a document."""
    match value:
        case Number(key=key):
            yield key
        case tuple():
            for part in value:
                yield from _figure_keys(part)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _figure_keys(getattr(value, name))
