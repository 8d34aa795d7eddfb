"""Counts Word's automatic numbers: what the paragraph's mark would say on the printed page."""

import re

import msgspec
from lxml import etree

from cchc_flow.plan_import.readers.word_xml import W, is_on, value, whole

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
        self._lists = {} if root is None else abstract_lists(root)
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
            restart_where_told(counts, self._nums[num_id])
        count(counts, levels, depth)
        return written(levels, counts, depth) or None

    def depth_of_style(self, num_id: str, style: str | None) -> int:
        """The depth that a list gives to paragraphs of this style; 0 if it names none."""
        if num_id not in self._nums or style is None:
            return 0
        return next((depth for depth, level in self.levels(num_id).items() if level.style == style), 0)

    def levels(self, num_id: str) -> dict[int, Level]:
        levels = dict(self._lists.get(self._abstract(num_id), {}))
        for override in self._nums[num_id].findall(f"{W}lvlOverride"):
            depth = whole(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            levels[depth] = level_of(own) if own is not None else levels.get(depth, Level("decimal", ""))
            start = value(override, "startOverride")
            if start is not None:
                levels[depth] = msgspec.structs.replace(levels[depth], start=whole(start, 1))
        return levels

    def _abstract(self, num_id: str) -> str:
        abstract = value(self._nums[num_id], "abstractNumId") or ""
        linked = self._follow.get(abstract)
        if linked in self._nums and linked != num_id:
            return value(self._nums[linked], "abstractNumId") or ""
        return abstract


def abstract_lists(root: etree._Element) -> dict[str, dict[int, Level]]:
    return {
        one.get(f"{W}abstractNumId", ""): {
            whole(level.get(f"{W}ilvl"), 0): level_of(level) for level in one.findall(f"{W}lvl")
        }
        for one in root.findall(f"{W}abstractNum")
    }


def linked_lists(root: etree._Element, list_of_style: dict[str, str]) -> dict[str, str]:
    """For lists that only point to a list style: the num id of the list which that style stands for."""
    lists = root.findall(f"{W}abstractNum")
    links = {one.get(f"{W}abstractNumId", ""): value(one, "numStyleLink") for one in lists}
    return {key: list_of_style[style] for key, style in links.items() if style and style in list_of_style}


def level_of(element: etree._Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        form=value(element, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        start=whole(value(element, "start"), 1),
        restart=None if restart is None else whole(restart, 0),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value(element, "pStyle"),
    )


def restart_where_told(counts: list[int | None], num: etree._Element) -> None:
    for override in num.findall(f"{W}lvlOverride"):
        depth = whole(override.get(f"{W}ilvl"), DEEPEST)
        if depth < DEEPEST and value(override, "startOverride") is not None:
            counts[depth] = None


def count(counts: list[int | None], levels: dict[int, Level], depth: int) -> None:
    """Go one on at this depth; deeper levels begin anew, and higher ones that were skipped begin."""
    for higher in range(depth):
        if counts[higher] is None:
            counts[higher] = first(levels, higher)
    now = counts[depth]
    counts[depth] = first(levels, depth) if now is None else now + 1
    for deeper in range(depth + 1, DEEPEST):
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or depth < restart:
            counts[deeper] = None


def first(levels: dict[int, Level], depth: int) -> int:
    return levels[depth].start if depth in levels else 1


def written(levels: dict[int, Level], counts: list[int | None], depth: int) -> str:
    level = levels.get(depth)
    if level is None or (level.form == "none" and "%" not in level.pattern):
        return ""
    if level.form == "bullet":
        return "".join(bullet(sign) for sign in level.pattern)

    def number(place: re.Match[str]) -> str:
        at = int(place.group(1)) - 1
        form = "decimal" if level.legal or at not in levels else levels[at].form
        return in_form(counts[at] or 0, form)

    return PLACE.sub(number, level.pattern).strip()


def bullet(sign: str) -> str:
    """The sign itself, or the nearest common one for a sign of a symbol font."""
    return SYMBOLS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign)


def in_form(number: int, form: str) -> str:
    match form:
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter":
            return letters(number)
        case "lowerLetter":
            return letters(number).lower()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
    return str(number)


def roman(number: int) -> str:
    said = ""
    for worth, sign in ROMAN:
        times, number = divmod(min(number, 3999), worth)
        said += sign * times
    return said


def letters(number: int) -> str:
    """A … Z, then AA, BB …, as Word goes on after Z."""
    place, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("A") + place) * min(times, 30) if number > 0 else ""
