"""SVG elements as text. What people wrote comes in through `escape_words` or as an attribute: both escape."""

from html import escape

from cchc_flow.diagrams.words import xml_text

INK = "#211d1a"


def element(name: str, *content: str, **attributes: object) -> str:
    """Return an element whose content is markup; `stroke_width` becomes the attribute stroke-width."""
    pairs = ((_attribute_name(key), escape(xml_text(str(value)))) for key, value in attributes.items())
    tag = name + "".join(f' {key}="{value}"' for key, value in pairs)
    return f"<{tag}>{''.join(content)}</{name}>" if content else f"<{tag}/>"


def escape_words(words: str) -> str:
    """Return words as markup, for the content of an element."""
    return escape(xml_text(words))


def text_element(words: str, x: float, y: float, **look: object) -> str:
    """Return a text element at a point, in the colour INK unless `look` has another `fill`."""
    return element("text", escape_words(words), x=x, y=y, **{"fill": INK, **look})


def _attribute_name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")
