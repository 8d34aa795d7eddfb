"""Small steps through WordprocessingML: names, values, and the text of one paragraph as a reader sees it."""

import unicodedata

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away text is gone for the reader; boxes and pictures stand beside the body, not in it.
NOT_READ = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "drawing", "pict", "object", "pPr", "rPr")}
    | {f"{MC}Fallback"}
)
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def paragraph_text(paragraph: etree._Element) -> str:
    """The text that is seen: inserted text counts; deleted, hidden and boxed text does not."""
    return unicodedata.normalize("NFC", "".join(text_pieces(paragraph)))


def text_pieces(element: etree._Element) -> list[str]:
    found: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{W}t":
            found.append(node.text or "")
        elif node.tag in SIGNS:
            found.append(SIGNS[str(node.tag)])
        elif node.tag not in NOT_READ and not is_hidden(node):
            waiting.extend(reversed(node))
    return found


def is_hidden(node: etree._Element) -> bool:
    return node.tag == f"{W}r" and is_on(node.find(f"{W}rPr/{W}vanish"))


def is_bold(paragraph: etree._Element, *, style_is_bold: bool) -> bool:
    """Whether every run with letters in it is bold, by itself or by the paragraph's style."""
    runs = [run for run in paragraph.iter(f"{W}r") if any(text.text for text in run.iter(f"{W}t"))]
    return bool(runs) and all(run_is_bold(run, style_is_bold) for run in runs)


def run_is_bold(run: etree._Element, otherwise: bool) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return otherwise if mark is None else is_on(mark)


def is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off", "none")


def child_value(element: etree._Element | None, path: str) -> str | None:
    """The w:val of the element at `path` ("pPr/numPr/ilvl") below this one, or None."""
    if element is None:
        return None
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def parse_whole_number(text: str | None, otherwise: int) -> int:
    """A small whole number as the XML gives it; anything else counts as `otherwise`."""
    if text is None or not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        return otherwise
    return int(text)
