"""Word's paragraph styles: the list that a style puts a paragraph in, its level there, whether it is bold."""

from lxml import etree

from cchc_flow.plan_import.readers.word_xml import W, child_value, is_on, parse_whole_number

LONGEST_CHAIN = 20


class Styles:
    """The styles of one document; an unknown style has no list, level 0 and is not bold."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}

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

    def is_bold(self, style: str | None) -> bool:
        """Return whether the style makes text bold, by itself or by a style that it is based on."""
        marks = (base.find(f"{W}rPr/{W}b") for base in self._chain(style))
        return is_on(next((mark for mark in marks if mark is not None), None))

    def _chain(self, style: str | None) -> list[etree._Element]:
        """Return the style and its base styles, nearest first; at most twenty, since they may form a ring."""
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = child_value(self._styles[style], "basedOn")
        return chain
