"""The signs of symbol fonts as Unicode: a tick of Word's symbol list is a letter of such a font."""

from collections.abc import Mapping
from types import MappingProxyType

WINGDINGS = {
    0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA4: "◉", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x96: "•",
    0xA2: "■",
    0xA3: "☐",
}
WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗"}
SYMBOL = {
    0x2D: "-",
    0xA3: "≤",
    0xAE: "→",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xD6: "✓",
    0xA8: "♦",
}
FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "webdings": WEBDINGS, "symbol": SYMBOL}
)
"""What each font draws, by the low byte of its code; a root sign (D6 of Symbol) is typed for a tick."""


def is_symbol_font(font: str | None) -> bool:
    """Return whether a font draws signs in place of letters."""
    return (font or "").lower() in FONTS


def symbol_text(text: str, font: str | None) -> str:
    """Return a text set in a symbol font as the signs that it shows; what is unknown stays as it is."""
    signs = FONTS.get((font or "").lower(), {})
    return "".join(symbol(letter, signs) for letter in text)


def symbol(letter: str, signs: Mapping[int, str]) -> str:
    """Return the sign for a letter of a symbol font: its code is below 0x100, or that plus 0xF000."""
    code = ord(letter)
    is_code = code < 0x100 or 0xF000 <= code < 0xF100
    return signs.get(code & 0xFF, letter) if is_code else letter


def symbol_of(font: str | None, code: str | None) -> str:
    """Return the sign of Word's w:sym, whose code is hexadecimal; "" for a broken code."""
    try:
        letter = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return symbol_text(letter, font) if not "\ud800" <= letter <= "\udfff" else ""
