"""What Word's styles say of a paragraph: the list it belongs to, its depth there, whether it is bold."""

from lxml import etree

from cchc_flow.plan_import.readers.word_xml import W, child_value, is_on, parse_whole_number

LONGEST_CHAIN = 20


class Styles:
    """The styles of one document; an unknown style, or a document without styles, says nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def lists(self) -> dict[str, str]:
        """Style id to the num id of the list that the style stands for."""
        pairs = {key: child_value(style, "pPr/numPr/numId") for key, style in self._styles.items()}
        return {key: num_id for key, num_id in pairs.items() if num_id}

    def list_of(self, style: str | None) -> str | None:
        return next(
            (found for one in self._chain(style) if (found := child_value(one, "pPr/numPr/numId"))), None
        )

    def depth_of(self, style: str | None) -> int:
        found = (child_value(one, "pPr/numPr/ilvl") for one in self._chain(style))
        return parse_whole_number(next((depth for depth in found if depth), None), 0)

    def is_bold(self, style: str | None) -> bool:
        marks = (one.find(f"{W}rPr/{W}b") for one in self._chain(style))
        return is_on(next((mark for mark in marks if mark is not None), None))

    def _chain(self, style: str | None) -> list[etree._Element]:
        """The style and those it is based on, nearest first; a ring of styles ends after twenty."""
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = child_value(self._styles[style], "basedOn")
        return chain
