"""Maps what PDFs hold in place of letters: hyphens of pdfium, ligatures, symbols, spaces of all widths."""

import re
import unicodedata
from functools import cache

from cchc_flow.plan_import.private_signs import PRIVATE_SIGNS
from cchc_flow.plan_import.readers.legacy.fonts import convert, encoding_of_font
from cchc_flow.plan_import.readers.marks import check_marks

# pdfium tells a hyphen at the end of a line by U+FFFE or U+0002; fonts of Times map the hyphen to U+00AD too.
HYPHENS = dict.fromkeys((0xFFFE, 0x0002, 0x00AD, 0x2010, 0x2011), "-")
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
SYMBOLS = {ord(letter): sign for letter, sign in PRIVATE_SIGNS.items()}
NOTHING = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00), "")
LETTERS: dict[int, str] = {**HYPHENS, **LIGATURES, **SYMBOLS, **NOTHING}
SPACES = frozenset({0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F})
PRIVATE = range(0xE000, 0xF900)
SURROGATES = range(0xD800, 0xE000)
UNKNOWN = "\ufffd"
HIDDEN_U = re.compile(
    r"(?<=[bcdghklmnpqrstvx\u00ae])[-\u00ad](?=[a-z\u00a8-\u00ff.,;:)]|$)|^[-\u00ad](?=[a-z\u00a8-\u00ff])"
)


@cache
def letter_of(code: int) -> str:
    """Return what stands for a character of a PDF in plain text; "" for one that shows nothing."""
    known = LETTERS.get(code)
    if known is not None:
        return known
    if code in SURROGATES or code in PRIVATE or code < 0x20 or code == 0xFFFF:
        return UNKNOWN
    return chr(code)


def convert_old(word: str, font_name: str) -> str:
    """Return a word set in an old Vietnamese font in Unicode.

    The ư of TCVN3 may come as a hyphen, soft or not: one behind a consonant, or before small letters.
    """
    if encoding_of_font(font_name) != "vni":
        word = HIDDEN_U.sub("\u00ad", word)
    return convert(word, font_name)


def compose(text: str) -> str:
    """Return the text in NFC; raise BadInput for a letter with a stack of marks."""
    return unicodedata.normalize("NFC", check_marks(text))
