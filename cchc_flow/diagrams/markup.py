"""Elements of an SVG as text. Whatever a person wrote comes in by `said` or as an attribute: both escape."""

from html import escape

from cchc_flow.diagrams.words import drawable

INK = "#211d1a"


def element(name: str, *content: str, **attributes: object) -> str:
    """Return an element; its content is markup, and `stroke_width` is the attribute stroke-width."""
    told = "".join(f' {_name(key)}="{escape(drawable(str(value)))}"' for key, value in attributes.items())
    return f"<{name}{told}>{''.join(content)}</{name}>" if content else f"<{name}{told}/>"


def said(words: str) -> str:
    """Return words as the content of an element."""
    return escape(drawable(words))


def text(words: str, x: float, y: float, **look: object) -> str:
    """Return words at a place: in ink unless the look says otherwise."""
    return element("text", said(words), x=x, y=y, **{"fill": INK, **look})


def _name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")
