"""Helpers for WordprocessingML: names, attribute values, and the visible text of a paragraph."""

import unicodedata

from lxml import etree

from cchc_flow.plan_import.readers.marks import check_marks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved text is not visible; text boxes and pictures stand beside the body, not in it.
NOT_READ = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "drawing", "pict", "object", "pPr", "rPr")}
    | {f"{MC}Fallback"}
)
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the paragraph's visible text: with inserted text, without deleted, hidden and boxed text."""
    return unicodedata.normalize("NFC", check_marks("".join(text_pieces(paragraph))))


def text_pieces(element: etree._Element) -> list[str]:
    """Return the pieces of visible text below an element, in order."""
    texts: list[str] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag == f"{W}t":
            texts.append(node.text or "")
        elif node.tag in SIGNS:
            texts.append(SIGNS[str(node.tag)])
        elif node.tag not in NOT_READ and not is_hidden(node):
            stack.extend(reversed(node))
    return texts


def is_hidden(node: etree._Element) -> bool:
    """Return whether an element is a run of hidden text."""
    return node.tag == f"{W}r" and is_on(node.find(f"{W}rPr/{W}vanish"))


def is_bold(paragraph: etree._Element, *, style_is_bold: bool) -> bool:
    """Return whether every run with text is bold, by itself or by the paragraph's style."""
    runs = [run for run in paragraph.iter(f"{W}r") if any(text.text for text in run.iter(f"{W}t"))]
    return bool(runs) and all(run_is_bold(run, style_is_bold) for run in runs)


def run_is_bold(run: etree._Element, style_is_bold: bool) -> bool:
    """Return whether a run is bold, by its own property or else by the paragraph's style."""
    mark = run.find(f"{W}rPr/{W}b")
    return style_is_bold if mark is None else is_on(mark)


def is_on(mark: etree._Element | None) -> bool:
    """Return whether a toggle property such as bold is present and not switched off by its w:val."""
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off", "none")


def child_value(element: etree._Element | None, path: str) -> str | None:
    """Return the w:val of the element at `path` ("pPr/numPr/ilvl") below this one, or None."""
    if element is None:
        return None
    child = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if child is None else child.get(f"{W}val")


def parse_whole_number(text: str | None, otherwise: int) -> int:
    """Return an integer from XML of at most nine characters; `otherwise` for any other text."""
    if text is None or not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        return otherwise
    return int(text)
