"""SVG elements as text. Text that a person wrote is escaped: by `escape_text`, or as an attribute's value."""

from html import escape

from cchc_flow.diagrams.words import xml_text

INK = "#211d1a"


def element(name: str, *content: str, **attributes: object) -> str:
    """Return an element; its content is markup, and `stroke_width` names the attribute stroke-width."""
    pairs = "".join(
        f' {_attribute_name(key)}="{escape(xml_text(str(value)))}"' for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{''.join(content)}</{name}>" if content else f"<{name}{pairs}/>"


def escape_text(text: str) -> str:
    """Return a text as the content of an element, on one line and with its markup characters escaped."""
    return escape(xml_text(text))


def text_element(text: str, x: float, y: float, **attributes: object) -> str:
    """Return a text element at a point, in the colour `INK` unless the attributes give another `fill`."""
    return element("text", escape_text(text), x=x, y=y, **{"fill": INK, **attributes})


def _attribute_name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")
