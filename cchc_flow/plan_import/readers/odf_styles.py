"""The styles of an OpenDocument text: how paragraphs and text are set, and what its lists print."""

import re
from collections.abc import Iterable

from lxml import etree

from cchc_flow.plan_import.readers.looks import ParagraphLook, RunLook, common_name
from cchc_flow.plan_import.readers.numbering import Level
from cchc_flow.plan_import.readers.odf_xml import FO, LOEXT, STYLE, SVG, TEXT, points, whole_number

LONGEST_CHAIN = 20
FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
LIST_FORMAT = re.compile(r"%(\d)%")
DEEPEST = 10


class OdfStyles:
    """The styles of a document, common ones and those that Writer made for single paragraphs."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._single: set[int] = set()
        self._fonts: dict[str, str] = {}
        self._run_looks: dict[tuple[str, str], RunLook] = {}
        self._paragraph_looks: dict[str, ParagraphLook] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}

    def add(self, elements: Iterable[etree._Element], *, are_single: bool = False) -> None:
        """Add the styles and fonts below an element; those made for single paragraphs are no names."""
        for element in elements:
            name = element.get(f"{STYLE}name", "")
            family = element.get(f"{STYLE}family", "")
            if element.tag == f"{STYLE}style":
                self._styles[family, name] = element
                if are_single:
                    self._single.add(id(element))
            elif element.tag == f"{STYLE}default-style":
                self._defaults[family] = element
            elif element.tag == f"{STYLE}font-face":
                self._fonts[name] = element.get(f"{SVG}font-family", "").strip("'\"")
            elif element.tag == f"{TEXT}list-style":
                self.lists[name] = self._levels(element)
            elif element.tag == f"{TEXT}outline-style":
                self.outline = self._levels(element)

    def name_of(self, style: str) -> str | None:
        """Return the name of a paragraph's common style in small letters, or None for the default."""
        common = (base for base in self._chain("paragraph", style) if id(base) not in self._single)
        named = next(common, None)
        if named is None:
            return None
        return common_name(named.get(f"{STYLE}display-name") or named.get(f"{STYLE}name") or "")

    def run_look(self, family: str, style: str) -> RunLook:
        """Return how a style of the family "text" or "paragraph" sets its text."""
        if (family, style) not in self._run_looks:
            look = RunLook()
            for base in self._chain(family, style):
                look = look.over(self._text_look(base))
            if family == "paragraph" and family in self._defaults:
                look = look.over(self._text_look(self._defaults[family]))
            self._run_looks[family, style] = look
        return self._run_looks[family, style]

    def paragraph_look(self, style: str) -> ParagraphLook:
        """Return how a style sets its paragraphs."""
        if style not in self._paragraph_looks:
            look = ParagraphLook()
            for base in self._chain("paragraph", style):
                look = look.over(paragraph_look(base.find(f"{STYLE}paragraph-properties")))
            self._paragraph_looks[style] = look
        return self._paragraph_looks[style]

    def _chain(self, family: str, style: str) -> list[etree._Element]:
        """Return the style and its parents, nearest first; at most twenty, since they may form a ring."""
        chain: list[etree._Element] = []
        while (family, style) in self._styles and len(chain) < LONGEST_CHAIN:
            chain.append(self._styles[family, style])
            style = chain[-1].get(f"{STYLE}parent-style-name", "")
        return chain

    def _text_look(self, style: etree._Element) -> RunLook:
        """Return what a style itself says of its text."""
        properties = style.find(f"{STYLE}text-properties")
        if properties is None:
            return RunLook()
        weight, slope = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
        change, display = properties.get(f"{FO}text-transform"), properties.get(f"{TEXT}display")
        return RunLook(
            None if weight is None else weight in ("bold", "600", "700", "800", "900"),
            None if slope is None else slope in ("italic", "oblique"),
            None if change is None else change == "uppercase",
            None if display is None else display == "none",
            self._font(properties),
        )

    def _font(self, properties: etree._Element) -> str | None:
        """Return the name of the font that properties of text name, or None."""
        name = properties.get(f"{STYLE}font-name")
        family = self._fonts.get(name, name) if name else properties.get(f"{FO}font-family", "").strip("'\"")
        return family or None

    def _levels(self, style: etree._Element) -> dict[int, Level]:
        """Return the levels of a list style by depth, from 0."""
        levels: dict[int, Level] = {}
        for element in style:
            depth = whole_number(element, f"{TEXT}level", 0) - 1
            if 0 <= depth < DEEPEST:
                levels[depth] = list_level(element, depth)
        return levels


def list_level(element: etree._Element, depth: int) -> Level:
    """Return a level of a list in the terms of Word's."""
    look = level_look(element)
    if element.tag == f"{TEXT}list-level-style-bullet":
        return Level("bullet", element.get(f"{TEXT}bullet-char", "•"), look=look)
    form = FORMS.get(element.get(f"{STYLE}num-format", ""), "decimal")
    start = whole_number(element, f"{TEXT}start-value", 1)
    return Level(form, number_pattern(element, depth), start, look=look)


def number_pattern(element: etree._Element, depth: int) -> str:
    """Return how a level prints its number ("%1.%2."); "" if it prints none."""
    if (written := element.get(f"{LOEXT}num-list-format")) is not None:
        return LIST_FORMAT.sub(r"%\1", written)
    prefix, suffix = element.get(f"{STYLE}num-prefix", ""), element.get(f"{STYLE}num-suffix", "")
    if not element.get(f"{STYLE}num-format"):
        return f"{prefix}{suffix}"
    shown = min(whole_number(element, f"{TEXT}display-levels", 1), depth + 1)
    numbers = ".".join(f"%{level}" for level in range(depth + 2 - shown, depth + 2))
    return f"{prefix}{numbers}{suffix}"


def level_look(element: etree._Element) -> ParagraphLook:
    """Return how a level of a list sets its paragraphs."""
    label = element.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    return ParagraphLook() if label is None else indents(label)


def paragraph_look(properties: etree._Element | None) -> ParagraphLook:
    """Return what the properties of a style say of its paragraphs."""
    if properties is None:
        return ParagraphLook()
    side = properties.get(f"{FO}text-align")
    centred = None if side is None else side == "center"
    return ParagraphLook(centred).over(indents(properties))


def indents(properties: etree._Element) -> ParagraphLook:
    """Return the left indent and that of the first line, of a paragraph or of a level of a list."""
    return ParagraphLook(
        left=points(properties.get(f"{FO}margin-left")), first=points(properties.get(f"{FO}text-indent"))
    )
