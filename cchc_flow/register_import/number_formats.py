"""Shows numbers as a spreadsheet does, by the codes of ECMA-376, part 1, 18.8.30 and 18.8.31.

A code that shows what this machine cannot know (names of months in an unknown language, fractions) gives no
text; what people see is then not guessed.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import msgspec

BUILTIN = {
    "0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "5": '#,##0\\ "₫"',
    "6": '#,##0\\ "₫"', "7": '#,##0.00\\ "₫"', "8": '#,##0.00\\ "₫"', "9": "0%",
    "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "dd/mm/yyyy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "dd/mm/yyyy h:mm", "37": "#,##0 ;(#,##0)",
    "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;[Red](#,##0.00)",
    "41": '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    "42": '_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-;_-* "-"_-;_-@_-',
    "43": '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    "44": '_-* #,##0.00\\ "₫"_-;-* #,##0.00\\ "₫"_-;_-* "-"??_-;_-@_-',
    "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
"""The codes that a file names by number only; 14 and 22 are shown in the order of our country."""
UNKNOWN = "?/?"
"""The code for a number that each language shows in its own way: what it shows is not known."""
CURRENCY = frozenset({"", "đ", "₫", "đồng", "vnđ", "vnd", "$", "€", "usd"})
"""Words beside a number that do not change what it counts; «triệu» would."""
DASHES = ("-", "–")
"""What accountants' formats show for zero."""
LONGEST_GENERAL = 10
"""Digits that a cell of no format shows of a number with decimals."""
MOST_DIGITS = Decimal(10**15)
"""Spreadsheets keep 15 digits of a number: of a longer one they show zeros."""
TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[\$(?P<symbol>[^\]-]*)[^\]]*\]
    |\[(?P<elapsed>[hms]+)\]|\[(?P<condition>[<>=][^\]]*)\]|\[(?P<colour>[^\]]*)\]|(?P<general>General)
    |(?P<exponent>E[+-])|(?P<half>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+|e+)|(?P<slash>/)
    |(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)
    |(?P<percent>%)|(?P<at>@)|(?P<end>;)|(?P<literal>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
Token = tuple[str, str]


class Section(msgspec.Struct, frozen=True):
    """One of the up to four parts of a code, for positive, negative numbers, zero and text."""

    tokens: tuple[Token, ...]

    def has(self, *kinds: str) -> bool:
        """Tell whether a token of one of the kinds stands in the section."""
        return any(kind in kinds for kind, _ in self.tokens)

    def parts(self) -> str:
        """Return which parts of a day or time it shows, as letters: y, m (month or minute), d, h, s."""
        return "".join(sorted({text[0] for kind, text in self.tokens if kind == "date"}))


class Shown(msgspec.Struct, frozen=True):
    """What a cell shows of a number: its text, None if that is not known, and the number in it, if one."""

    text: str | None
    number: str | None = None
    is_rounded: bool = False


@lru_cache(maxsize=1000)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the parts of a format code."""
    sections: list[list[Token]] = [[]]
    for match in TOKEN.finditer(code[:500]):
        kind = match.lastgroup or "literal"
        text = match[kind]
        if kind == "end":
            sections.append([])
        elif kind == "quoted":
            sections[-1].append(("literal", text.strip('"')))
        elif kind in ("escaped", "symbol"):
            sections[-1].append(("literal", text))
        elif kind == "pad":
            sections[-1].append(("literal", " "))
        elif kind not in ("fill", "colour"):
            is_word = kind in ("date", "elapsed")
            sections[-1].append((kind, text.lower() if is_word else text))
    return tuple(Section(tuple(tokens)) for tokens in sections)


def is_date_code(code: str) -> bool:
    """Tell whether a code shows a number as a day or a time."""
    first = sections_of(code)[0]
    return first.has("date", "elapsed", "half") and not first.has("general", "exponent")


def show_text(code: str, text: str) -> str:
    """Return a text as a cell with this code shows it."""
    for section in sections_of(code):
        if section.has("at"):
            return "".join(text if kind == "at" else words for kind, words in section.tokens).strip()
    return text


@lru_cache(maxsize=10_000)
def show_number(code: str, value: Decimal) -> Shown:
    """Return what a cell with this code shows of a number."""
    sections = [section for section in sections_of(code) if not section.has("at")] or sections_of("General")
    if any(section.has("condition") for section in sections):
        return Shown(None)
    place = 1 if value < 0 and len(sections) > 1 else 2 if not value and len(sections) > 2 else 0
    section = sections[place]
    if section.has("exponent") or (section.has("digit") and section.has("slash")):
        return Shown(None)
    sign = "-" if value < 0 and place == 0 else ""
    if section.has("general"):
        return _show_general(section, sign, abs(value))
    return _show_digits(section, sign, abs(value))


def _show_general(section: Section, sign: str, value: Decimal) -> Shown:
    """Return a number without a format, with as many digits as a cell shows."""
    if value >= MOST_DIGITS:
        return Shown(None)
    whole = len(str(int(value)))
    shown = _rounded(value, max(0, LONGEST_GENERAL - whole)).normalize()
    words = "".join(f"{shown:f}" if kind == "general" else text for kind, text in section.tokens)
    number = _plain(sign, shown, section)
    return Shown((sign + words).strip(), number, shown != value)


def _show_digits(section: Section, sign: str, value: Decimal) -> Shown:
    """Return a number in a section of digits: 1.10, 0012, 50%, 1.234,5 where thousands are grouped."""
    tokens = section.tokens
    digits = [place for place, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not digits:
        words = "".join(text for kind, text in tokens if kind in ("literal", "percent")).strip()
        return Shown(words, "0" if words in DASHES and not value else None)
    point = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    commas = [place for place, (kind, _) in enumerate(tokens) if kind == "comma"]
    last_whole = max((place for place in digits if place < point), default=-1)
    grouped = any(digits[0] < place < last_whole for place in commas)
    scaled = sum(1 for place in commas if last_whole < place and (place < point or place > digits[-1]))
    percents = sum(1 for kind, _ in tokens if kind == "percent")
    exact = value * 100**percents / Decimal(1000) ** scaled
    shown = _rounded(exact, sum(1 for place in digits if place > point))
    whole, _, fraction = f"{shown:f}".partition(".")
    sign = sign if shown else ""
    text = sign + _lay_out(tokens, point, whole, fraction, grouped)
    number = None if scaled or _stands_between(tokens, digits) else _plain(sign, shown, section)
    return Shown(text.strip(), number, shown != exact)


def _lay_out(tokens: tuple[Token, ...], point: int, whole: str, fraction: str, grouped: bool) -> str:
    """Return the digits of a number in their places; a group of thousands ends in a full stop, as with us."""
    places = [place for place, (kind, _) in enumerate(tokens) if kind == "digit" and place < point]
    needed = len(places) - next((n for n, place in enumerate(places) if tokens[place][1] != "#"), len(places))
    padding = "".join(" " if tokens[place][1] == "?" else "0" for place in places[-needed:] if needed)
    whole = whole.lstrip("0")
    whole = padding[: max(0, needed - len(whole))] + whole
    if grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    pieces: list[str] = []
    rest = len(places)
    for place, (kind, text) in enumerate(tokens):
        if kind == "digit" and place < point:
            rest -= 1
            cut = 0 if grouped and rest else max(0, len(whole) - rest)
            pieces.append(whole[:cut])
            whole = whole[cut:]
        elif kind == "digit":
            pieces.append("" if text == "#" and not fraction.strip("0") else fraction[:1])
            fraction = fraction[1:]
        elif kind in ("literal", "percent"):
            pieces.append(text)
        elif kind == "point" and _fraction_is_shown(tokens[place:], fraction):
            pieces.append("," if grouped else ".")
    return "".join(pieces)


def _fraction_is_shown(tokens: tuple[Token, ...], fraction: str) -> bool:
    """Tell whether a digit follows the point: 0.## shows 1 without one."""
    return bool(fraction.strip("0")) or any(kind == "digit" and text != "#" for kind, text in tokens)


def _stands_between(tokens: tuple[Token, ...], digits: list[int]) -> bool:
    """Tell whether words stand between digits, as in a telephone number."""
    return any(kind == "literal" for kind, _ in tokens[digits[0] : digits[-1]])


def _plain(sign: str, shown: Decimal, section: Section) -> str | None:
    """Return a shown number as a form takes it; None if words beside it may change what it counts."""
    words = "".join(text for kind, text in section.tokens if kind == "literal").lower()
    beside = words.strip(" ()-+.\u00a0")
    if beside not in CURRENCY:
        return None
    minus = "-" if sign or "-" in words or "(" in words else ""
    return f"{minus}{shown.normalize():f}".replace(".", ",") + ("%" if section.has("percent") else "")


def _rounded(value: Decimal, places: int) -> Decimal:
    """Return a number with so many decimals; a half is rounded away from zero, as spreadsheets do."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
