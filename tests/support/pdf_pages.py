"""Measures a PDF as a reader sees it: where its letters stand, how large they are, in which face."""

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

MM = 72 / 25.4


class Letter(NamedTuple):
    """A letter: its size in points, and in millimetres from the page's top left its box and base line."""

    sign: str
    size: float
    face: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    colour: tuple[int, int, int]


class Rule(NamedTuple):
    """A thin line across a page, in millimetres from the page's top left."""

    left: float
    right: float
    top: float


class Pages:
    """The pages of a PDF."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)

    def __len__(self) -> int:
        return len(self.document)

    def size(self, number: int) -> tuple[int, int]:
        """Return width and height of a page (from 0) in whole millimetres."""
        width, height = self.document[number].get_size()
        return round(width / MM), round(height / MM)

    def text(self, number: int) -> str:
        """Return the words of a page in reading order."""
        words: str = self.document[number].get_textpage().get_text_range()
        return words.replace("\r\n", "\n")

    def letters(self, number: int) -> list[Letter]:
        """Return the letters of a page that leave ink."""
        page = self.document[number]
        height = page.get_size()[1]
        text = page.get_textpage()
        found = []
        for place in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text, place))
            if sign.isspace():
                continue
            left, bottom, right, top = text.get_charbox(place)
            face = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(text, place, face, 200, ctypes.c_int())
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text, place, matrix)
            size = raw.FPDFText_GetFontSize(text, place) * abs(matrix.d)
            base = (height - matrix.f) / MM
            box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            colour = _colour(text, place)
            found.append(Letter(sign, round(size, 1), face.value.decode(), *box, base, colour))
        return found

    def words(self, number: int, words: str) -> list[Letter]:
        """Return the letters of some words where they first stand on a page."""
        found = self.find(number, words)
        assert found, words
        return found

    def find(self, number: int, words: str) -> list[Letter]:
        """Return the letters of some words where they first stand on a page; none where they do not."""
        letters = self.letters(number)
        signs, wanted = "".join(letter.sign for letter in letters), "".join(words.split())
        begin = signs.find(wanted)
        return letters[begin : begin + len(wanted)] if begin >= 0 else []

    def lines(self, number: int) -> list[list[Letter]]:
        """Return the lines of a page, from the top, each as the letters that stand on it from the left."""
        found: list[list[Letter]] = []
        for letter in sorted(self.letters(number), key=lambda letter: letter.base):
            if not found or letter.base - found[-1][-1].base > 1:
                found.append([])
            found[-1].append(letter)
        return [sorted(line, key=lambda letter: letter.left) for line in found]

    def rules(self, number: int) -> list[Rule]:
        """Return the thin lines across a page, from the top."""
        page = self.document[number]
        height = page.get_size()[1]
        boxes = [path.get_bounds() for path in page.get_objects([raw.FPDF_PAGEOBJ_PATH])]
        thin = [box for box in boxes if box[3] - box[1] < 0.5 * MM < 3 * MM < box[2] - box[0]]
        rules = [Rule(left / MM, right / MM, (height - top) / MM) for left, _, right, top in thin]
        return sorted(rules, key=lambda rule: rule.top)


def _colour(text: pypdfium2.PdfTextPage, place: int) -> tuple[int, int, int]:
    """Return red, green and blue of a letter, each from 0 to 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, place, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue
