"""The lines of a plain text, each with its length as the programs count that break lines."""

import unicodedata

import msgspec

TAB = 8
LETTERS, CODE_POINTS, BYTES, PRINTED = range(4)
"""The measures of a line."""
COMMON, CAPITAL = 100, 140
LETTER_WIDTHS = {
    **dict.fromkeys(" .,;:!'|()[]/-–ijltfrIíìỉĩị", 62),
    **dict.fromkeys("mwMW", 165),
}


class TextLine(msgspec.Struct, frozen=True):
    """One line of a text file: its words in NFC, how far in it begins and how long it is, in columns.

    `number` is its place among the lines of the file. `lengths` are the line's length in letters, in code
    points as written, in bytes of UTF-8, and as printed in hundredths of a letter: what breaks lines counts
    in one of the four. `is_decomposed` says that it is written in NFD, `after_gap` that an empty line stood
    before it.
    """

    text: str
    indent: int
    lengths: tuple[int, int, int, int]
    number: int = 0
    is_decomposed: bool = False
    after_gap: bool = False


def text_line(raw: str, number: int = 0, *, after_gap: bool) -> TextLine:
    """Return a line of a file, which is not blank, with its measures."""
    line = raw.rstrip().expandtabs(TAB)
    composed = unicodedata.normalize("NFC", line)
    text = unicodedata.normalize("NFC", raw.strip())
    lengths = (
        len(composed),
        len(line),
        len(line.encode("utf-8", "surrogatepass")),
        printed_length(composed),
    )
    return TextLine(
        text, len(composed) - len(composed.lstrip()), lengths, number, composed != line, after_gap
    )


def printed_length(text: str) -> int:
    """Return about how wide a text is in the usual serif type, in hundredths of a common letter."""
    return sum(LETTER_WIDTHS.get(letter, CAPITAL if letter.isupper() else COMMON) for letter in text)


def length_in(word: str, measure: int) -> int:
    """Return a word's length in one of the four measures."""
    if measure == PRINTED:
        return printed_length(word)
    if measure == BYTES:
        return len(word.encode("utf-8", "surrogatepass"))
    return len(word if measure else unicodedata.normalize("NFC", word))
