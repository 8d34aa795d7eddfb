"""How Word sets paragraphs and text: by themselves, by a style and those it is based on, by default."""

from lxml import etree

from cchc_flow.plan_import.readers.looks import ParagraphLook, RunLook, common_name
from cchc_flow.plan_import.readers.word_xml import W, child_value, is_on, parse_whole_number

LONGEST_CHAIN = 20
TWIPS = 20
"""Twentieths of a point, in which Word measures."""


class Styles:
    """The styles of one document; an unknown style has no list, level 0 and no look of its own."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._run_default = run_look(find(defaults, "rPrDefault/rPr"))
        self._paragraph_default = paragraph_look(find(defaults, "pPrDefault/pPr"))
        self._run_looks: dict[str | None, RunLook] = {}
        self._paragraph_looks: dict[str | None, ParagraphLook] = {}

    def lists(self) -> dict[str, str]:
        """Return the num id of the list of each style that has one, by style id."""
        pairs = {key: child_value(style, "pPr/numPr/numId") for key, style in self._styles.items()}
        return {key: num_id for key, num_id in pairs.items() if num_id}

    def list_of(self, style: str | None) -> str | None:
        """Return the num id of the style's list, or None if it is in none."""
        num_ids = (child_value(base, "pPr/numPr/numId") for base in self._chain(style))
        return next((num_id for num_id in num_ids if num_id), None)

    def depth_of(self, style: str | None) -> int:
        """Return the list level of the style, from 0; 0 if it names none."""
        levels = (child_value(base, "pPr/numPr/ilvl") for base in self._chain(style))
        return parse_whole_number(next((level for level in levels if level), None), 0)

    def name_of(self, style: str | None) -> str | None:
        """Return the style's name in small letters ("heading 1"); None for the default or an unknown one."""
        return common_name(child_value(self._styles[style], "name") or "") if style in self._styles else None

    def run_look(self, style: str | None) -> RunLook:
        """Return how a style sets its text, with those it is based on; of None the default style."""
        if style not in self._run_looks:
            look = RunLook()
            for base in self._chain(style or self._default):
                look = look.over(run_look(base.find(f"{W}rPr")))
            self._run_looks[style] = look
        return self._run_looks[style]

    def text_look(self, paragraph_style: str | None, run: etree._Element) -> RunLook:
        """Return how a run is set in a paragraph of a style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return self.run_look(paragraph_style).over(self._run_default)
        own = run_look(properties)
        run_style = child_value(properties, "rStyle")
        if run_style is not None:
            own = own.over(self.run_look(run_style))
        return own.over(self.run_look(paragraph_style)).over(self._run_default)

    def paragraph_look(self, style: str | None) -> ParagraphLook:
        """Return how a style sets its paragraphs; of None the default style."""
        if style not in self._paragraph_looks:
            look = ParagraphLook()
            for base in self._chain(style or self._default):
                look = look.over(paragraph_look(base.find(f"{W}pPr")))
            self._paragraph_looks[style] = look.over(self._paragraph_default)
        return self._paragraph_looks[style]

    def _chain(self, style: str | None) -> list[etree._Element]:
        """Return the style and its base styles, nearest first; at most twenty, since they may form a ring."""
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = child_value(self._styles[style], "basedOn")
        return chain


def find(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the element at a path of names ("rPrDefault/rPr") below another, or None."""
    return None if element is None else element.find("/".join(f"{W}{name}" for name in path.split("/")))


def run_look(properties: etree._Element | None) -> RunLook:
    """Return what an element w:rPr says of its text."""
    if properties is None or not len(properties):
        return RunLook()
    fonts = properties.find(f"{W}rFonts")
    font = None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return RunLook(
        toggle(properties, "b"),
        toggle(properties, "i"),
        toggle(properties, "caps"),
        toggle(properties, "vanish"),
        font,
    )


def toggle(properties: etree._Element, name: str) -> bool | None:
    """Return whether a property such as bold is on, or None if it is not there."""
    mark = properties.find(f"{W}{name}")
    return None if mark is None else is_on(mark)


def paragraph_look(properties: etree._Element | None) -> ParagraphLook:
    """Return what an element w:pPr says of its paragraph."""
    if properties is None:
        return ParagraphLook()
    side = child_value(properties, "jc")
    indents = properties.find(f"{W}ind")
    return ParagraphLook(None if side is None else side == "center", *measures(indents))


def measures(indents: etree._Element | None) -> tuple[float | None, float | None]:
    """Return the left indent and that of the first line from it, in points; None where it is not said."""
    if indents is None:
        return None, None
    left = indents.get(f"{W}left") or indents.get(f"{W}start")
    hanging, first = indents.get(f"{W}hanging"), indents.get(f"{W}firstLine")
    by = points(first) if hanging is None else -(points(hanging) or 0.0)
    return points(left), by


def points(twips: str | None) -> float | None:
    """Return a measure of Word in points."""
    return None if twips is None else parse_whole_number(twips, 0) / TWIPS
