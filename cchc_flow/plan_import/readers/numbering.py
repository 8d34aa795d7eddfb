"""Word's automatic numbering: computes the marks that are printed but not stored in the document."""

import re

import msgspec
from lxml import etree

from cchc_flow.plan_import.private_signs import PRIVATE_SIGNS
from cchc_flow.plan_import.readers.looks import ParagraphLook
from cchc_flow.plan_import.readers.styles import paragraph_look
from cchc_flow.plan_import.readers.word_xml import W, child_value, is_on, parse_whole_number
from cchc_flow.workflow.shares import roman_numeral

DEEPEST = 9
PLACEHOLDER = re.compile(r"%([1-9])")


class Level(msgspec.Struct, frozen=True):
    """One level of a list: its number format ("decimal", "bullet"), pattern ("%1.%2."), first number …

    `restart` is the level whose marks start this one anew, None for any higher one; `legal` prints all
    numbers of the pattern as decimals; `style` is the paragraph style that belongs to the level, `look` how
    the level sets its paragraphs.
    """

    form: str
    pattern: str
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    look: ParagraphLook = ParagraphLook()


class Numbering:
    """The lists of one document and their counters; call `next_mark` once for each numbered paragraph."""

    def __init__(self, root: etree._Element | None, list_of_style: dict[str, str]) -> None:
        self._lists = {} if root is None else parse_abstract_lists(root)
        self._nums: dict[str, etree._Element] = {}
        self._follow = {} if root is None else linked_lists(root, list_of_style)
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._seen: set[str] = set()
        for num in () if root is None else root.findall(f"{W}num"):
            self._nums[num.get(f"{W}numId", "")] = num

    def next_mark(self, num_id: str, depth: int) -> str | None:
        """Return the mark of the list's next paragraph ("II.", "•") and count it; None if it prints none."""
        if num_id not in self._nums or not 0 <= depth < DEEPEST:
            return None
        levels = self.levels(num_id)
        counts = self._counts.setdefault(self._abstract(num_id), [None] * DEEPEST)
        if num_id not in self._seen:
            self._seen.add(num_id)
            restart_overridden(counts, self._nums[num_id])
        advance(counts, levels, depth)
        return format_mark(levels, counts, depth) or None

    def depth_of_style(self, num_id: str, style: str | None) -> int:
        """Return the level that a list gives to paragraphs of this style; 0 if it names none."""
        if num_id not in self._nums or style is None:
            return 0
        return next((depth for depth, level in self.levels(num_id).items() if level.style == style), 0)

    def look(self, num_id: str, depth: int) -> ParagraphLook:
        """Return how a list sets the paragraphs of a level."""
        level = self.levels(num_id).get(depth) if num_id in self._nums else None
        return ParagraphLook() if level is None else level.look

    def levels(self, num_id: str) -> dict[int, Level]:
        """Return the levels of a list by depth, with the overrides that the list makes."""
        if num_id in self._levels:
            return self._levels[num_id]
        levels = dict(self._lists.get(self._abstract(num_id), {}))
        for override in self._nums[num_id].findall(f"{W}lvlOverride"):
            depth = parse_whole_number(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            levels[depth] = parse_level(own) if own is not None else levels.get(depth, Level("decimal", ""))
            start = child_value(override, "startOverride")
            if start is not None:
                levels[depth] = msgspec.structs.replace(levels[depth], start=parse_whole_number(start, 1))
        self._levels[num_id] = levels
        return levels

    def _abstract(self, num_id: str) -> str:
        """Return the id of the abstract list that defines a list, following its link to a list style."""
        abstract = child_value(self._nums[num_id], "abstractNumId") or ""
        linked = self._follow.get(abstract)
        if linked in self._nums and linked != num_id:
            return child_value(self._nums[linked], "abstractNumId") or ""
        return abstract


def parse_abstract_lists(root: etree._Element) -> dict[str, dict[int, Level]]:
    """Return the levels of each abstract list, by its id and by depth."""
    return {
        abstract.get(f"{W}abstractNumId", ""): {
            parse_whole_number(level.get(f"{W}ilvl"), 0): parse_level(level)
            for level in abstract.findall(f"{W}lvl")
        }
        for abstract in root.findall(f"{W}abstractNum")
    }


def linked_lists(root: etree._Element, list_of_style: dict[str, str]) -> dict[str, str]:
    """Return, for each abstract list that only links to a list style, the num id of that style's list."""
    lists = root.findall(f"{W}abstractNum")
    links = {
        abstract.get(f"{W}abstractNumId", ""): child_value(abstract, "numStyleLink") for abstract in lists
    }
    return {key: list_of_style[style] for key, style in links.items() if style and style in list_of_style}


def parse_level(element: etree._Element) -> Level:
    """Return a level of a list from its XML element."""
    restart = child_value(element, "lvlRestart")
    return Level(
        form=child_value(element, "numFmt") or "decimal",
        pattern=child_value(element, "lvlText") or "",
        start=parse_whole_number(child_value(element, "start"), 1),
        restart=None if restart is None else parse_whole_number(restart, 0),
        legal=is_on(element.find(f"{W}isLgl")),
        style=child_value(element, "pStyle"),
        look=paragraph_look(element.find(f"{W}pPr")),
    )


def restart_overridden(counts: list[int | None], num: etree._Element) -> None:
    """Reset the counters of the levels whose start the list overrides."""
    for override in num.findall(f"{W}lvlOverride"):
        depth = parse_whole_number(override.get(f"{W}ilvl"), DEEPEST)
        if depth < DEEPEST and child_value(override, "startOverride") is not None:
            counts[depth] = None


def advance(counts: list[int | None], levels: dict[int, Level], depth: int) -> None:
    """Count on at this depth; deeper levels start anew, and higher ones that were skipped start."""
    for higher in range(depth):
        if counts[higher] is None:
            counts[higher] = first_number(levels, higher)
    current = counts[depth]
    counts[depth] = first_number(levels, depth) if current is None else current + 1
    for deeper in range(depth + 1, DEEPEST):
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or depth < restart:
            counts[deeper] = None


def first_number(levels: dict[int, Level], depth: int) -> int:
    """Return the number with which a level starts."""
    return levels[depth].start if depth in levels else 1


def format_mark(levels: dict[int, Level], counts: list[int | None], depth: int) -> str:
    """Return the mark that a level prints for these counters; "" for a level without one."""
    level = levels.get(depth)
    if level is None:
        return ""
    if level.form == "bullet":
        return "".join(bullet_sign(sign) for sign in level.pattern)

    def number(placeholder: re.Match[str]) -> str:
        depth = int(placeholder.group(1)) - 1
        form = "decimal" if level.legal or depth not in levels else levels[depth].form
        return format_number(counts[depth] or 0, form)

    return PLACEHOLDER.sub(number, level.pattern).strip()


def bullet_sign(sign: str) -> str:
    """Return the bullet itself, or the closest Unicode bullet for a character of a symbol font."""
    return PRIVATE_SIGNS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign)


def format_number(number: int, form: str) -> str:
    """Return a number in one of Word's number formats ("upperRoman", "lowerLetter"); decimal if unknown."""
    match form:
        case "upperRoman":
            return roman_numeral(number)
        case "lowerRoman":
            return roman_numeral(number).lower()
        case "upperLetter":
            return repeated_letter(number)
        case "lowerLetter":
            return repeated_letter(number).lower()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
    return str(number)


def repeated_letter(number: int) -> str:
    """Return A to Z for 1 to 26, then AA, BB … as Word counts; "" for 0."""
    offset, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("A") + offset) * min(times, 30) if number > 0 else ""
