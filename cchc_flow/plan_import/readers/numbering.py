"""Counts Word's automatic numbers: what the paragraph's mark would say on the printed page."""

import re

import msgspec
from lxml import etree

from cchc_flow.plan_import.readers.word_xml import W, child_value, is_on, parse_whole_number

DEEPEST = 9
PLACE = re.compile(r"%([1-9])")
SYMBOLS = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖"}
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Level(msgspec.Struct, frozen=True):
    """How one depth of a list counts: form ("decimal", "bullet"), pattern ("%1.%2."), first number."""

    form: str
    pattern: str
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class Numbering:
    """The lists of one document; `mark` must be asked for each numbered paragraph in order, once."""

    def __init__(self, root: etree._Element | None, list_of_style: dict[str, str]) -> None:
        self._lists = {} if root is None else parse_abstract_lists(root)
        self._nums: dict[str, etree._Element] = {}
        self._follow = {} if root is None else linked_lists(root, list_of_style)
        self._counts: dict[str, list[int | None]] = {}
        self._seen: set[str] = set()
        for num in () if root is None else root.findall(f"{W}num"):
            self._nums[num.get(f"{W}numId", "")] = num

    def mark(self, num_id: str, depth: int) -> str | None:
        """The mark of the list's next paragraph of a depth ("II.", "•"), or None if it shows none."""
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
        """The depth that a list gives to paragraphs of this style; 0 if it names none."""
        if num_id not in self._nums or style is None:
            return 0
        return next((depth for depth, level in self.levels(num_id).items() if level.style == style), 0)

    def levels(self, num_id: str) -> dict[int, Level]:
        levels = dict(self._lists.get(self._abstract(num_id), {}))
        for override in self._nums[num_id].findall(f"{W}lvlOverride"):
            depth = parse_whole_number(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            levels[depth] = parse_level(own) if own is not None else levels.get(depth, Level("decimal", ""))
            start = child_value(override, "startOverride")
            if start is not None:
                levels[depth] = msgspec.structs.replace(levels[depth], start=parse_whole_number(start, 1))
        return levels

    def _abstract(self, num_id: str) -> str:
        abstract = child_value(self._nums[num_id], "abstractNumId") or ""
        linked = self._follow.get(abstract)
        if linked in self._nums and linked != num_id:
            return child_value(self._nums[linked], "abstractNumId") or ""
        return abstract


def parse_abstract_lists(root: etree._Element) -> dict[str, dict[int, Level]]:
    return {
        one.get(f"{W}abstractNumId", ""): {
            parse_whole_number(level.get(f"{W}ilvl"), 0): parse_level(level)
            for level in one.findall(f"{W}lvl")
        }
        for one in root.findall(f"{W}abstractNum")
    }


def linked_lists(root: etree._Element, list_of_style: dict[str, str]) -> dict[str, str]:
    """For lists that only point to a list style: the num id of the list which that style stands for."""
    lists = root.findall(f"{W}abstractNum")
    links = {one.get(f"{W}abstractNumId", ""): child_value(one, "numStyleLink") for one in lists}
    return {key: list_of_style[style] for key, style in links.items() if style and style in list_of_style}


def parse_level(element: etree._Element) -> Level:
    restart = child_value(element, "lvlRestart")
    return Level(
        form=child_value(element, "numFmt") or "decimal",
        pattern=child_value(element, "lvlText") or "",
        start=parse_whole_number(child_value(element, "start"), 1),
        restart=None if restart is None else parse_whole_number(restart, 0),
        legal=is_on(element.find(f"{W}isLgl")),
        style=child_value(element, "pStyle"),
    )


def restart_overridden(counts: list[int | None], num: etree._Element) -> None:
    for override in num.findall(f"{W}lvlOverride"):
        depth = parse_whole_number(override.get(f"{W}ilvl"), DEEPEST)
        if depth < DEEPEST and child_value(override, "startOverride") is not None:
            counts[depth] = None


def advance(counts: list[int | None], levels: dict[int, Level], depth: int) -> None:
    """Go one on at this depth; deeper levels begin anew, and higher ones that were skipped begin."""
    for higher in range(depth):
        if counts[higher] is None:
            counts[higher] = first_number(levels, higher)
    now = counts[depth]
    counts[depth] = first_number(levels, depth) if now is None else now + 1
    for deeper in range(depth + 1, DEEPEST):
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or depth < restart:
            counts[deeper] = None


def first_number(levels: dict[int, Level], depth: int) -> int:
    return levels[depth].start if depth in levels else 1


def format_mark(levels: dict[int, Level], counts: list[int | None], depth: int) -> str:
    level = levels.get(depth)
    if level is None or (level.form == "none" and "%" not in level.pattern):
        return ""
    if level.form == "bullet":
        return "".join(bullet_sign(sign) for sign in level.pattern)

    def number(place: re.Match[str]) -> str:
        at = int(place.group(1)) - 1
        form = "decimal" if level.legal or at not in levels else levels[at].form
        return format_number(counts[at] or 0, form)

    return PLACE.sub(number, level.pattern).strip()


def bullet_sign(sign: str) -> str:
    """The sign itself, or the nearest common one for a sign of a symbol font."""
    return SYMBOLS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign)


def format_number(number: int, form: str) -> str:
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


def roman_numeral(number: int) -> str:
    said = ""
    for worth, sign in ROMAN:
        times, number = divmod(min(number, 3999), worth)
        said += sign * times
    return said


def repeated_letter(number: int) -> str:
    """A … Z, then AA, BB …, as Word goes on after Z."""
    place, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("A") + place) * min(times, 30) if number > 0 else ""
