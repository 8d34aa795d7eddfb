"""Reads what Tesseract tells of pages (hOCR 1.2) as pages with words.

<https://kba.github.io/hocr-spec/1.2/>: boxes in pixels from the upper left corner, baselines from the lower
left corner of their line.
"""

import html
import re
from collections.abc import Iterator
from statistics import median

import msgspec

from cchc_flow.plan_import.readers.pdf.page import Page, Rule, Word
from cchc_flow.plan_import.readers.scan.drawings import Drawings, DrawnPage

PAGE = re.compile(r"<div class='ocr_page'")
LINE = re.compile(r"<span class='ocr_(?:line|header|caption|textfloat)'[^>]*title=\"([^\"]*)\"")
WORD = re.compile(r"<span class='ocrx_word'[^>]*title='([^']*)'[^>]*>(.*?)</span>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
SIZE = re.compile(r"x_size ([\d.]+)")
SURE = re.compile(r"x_wconf (\d+)")
SIZE_OF_LINE = 0.87
"""A line as Tesseract measures it, with its marks above and below, in parts of the letters' size."""
SAME_SIZE = 0.25
NO_GAP = 0.1
BARS = "|¦"
"""What Tesseract takes the rules of tables for."""
SMALLEST_SLANT, LARGEST_SLANT = 0.002, 0.1
"""As a slope: what is smaller harms no line, what is larger is no sheet in a scanner."""
TORN = re.compile(r"[/-] \w|\w [/,.;:)]")
"""Where a number or a mark of a sentence is torn from what it belongs to: «20/ KH-UBND»."""
LEAST_SURE = 0.15
SPOTS = re.compile(r"[^\w\s]{3,}|[|_~`^\\]+")
"""What is made of spots and of rules, and is no word."""


class RecognisedPage(msgspec.Struct, frozen=True):
    """A page with the words that were recognised, and how sure each is, from 0 to 1, by its text."""

    page: Page
    sureness: dict[str, float]


def read_pages(hocr: str, drawings: Drawings) -> list[RecognisedPage]:
    """Return the pages that were drawn with the words that Tesseract found on them."""
    parts = PAGE.split(hocr)[1:]
    return [
        read_page(number, part, drawn)
        for number, (part, drawn) in enumerate(zip(parts, drawings.pages, strict=False), 1)
    ]


def read_page(number: int, hocr: str, drawn: DrawnPage) -> RecognisedPage:
    """Return one page; words of about the usual size get that size, which is hard to measure in a picture."""
    found = [
        (word, sure)
        for line in find_lines(hocr)
        for word, sure in read_line(line, drawn)
        if sure >= LEAST_SURE and not SPOTS.fullmatch(word.text)
    ]
    usual = median(word.size for word, _ in found) if found else 0.0
    slant = find_slant(hocr)
    words = [straighten(set_size(word, usual), slant, drawn.height) for word, _ in found]
    sureness: dict[str, float] = {}
    for word, sure in found:
        sureness[word.text] = min(sure, sureness.get(word.text, 1.0))
    page = Page(
        number,
        round(drawn.width, 1),
        drawn.height,
        drawn.height,
        0.0,
        words,
        *straight_rules(drawn, slant),
        [],
    )
    return RecognisedPage(page, sureness)


def find_lines(hocr: str) -> Iterator[tuple[str, str]]:
    """Yield what is said of each line, and the text up to the next."""
    heads = list(LINE.finditer(hocr))
    ends = [*(head.start() for head in heads[1:]), len(hocr)]
    for head, end in zip(heads, ends, strict=True):
        yield head[1], hocr[head.end() : end]


def read_line(line: tuple[str, str], drawn: DrawnPage) -> Iterator[tuple[Word, float]]:
    """Yield the words of a line with how sure each is."""
    title, text = line
    box, size = BOX.search(title), SIZE.search(title)
    if box is None or size is None:
        return
    baseline = BASELINE.search(title)
    slope, offset = map(float, baseline.groups()) if baseline else (0.0, 0.0)
    points, left_edge, bottom = SIZE_OF_LINE * float(size[1]) / drawn.scale, float(box[1]), float(box[4])
    last, before = -1000.0, ""
    for match in WORD.finditer(text):
        words = html.unescape(TAG.sub("", match[2])).strip().strip(BARS)
        place, sure = BOX.search(match[1]), SURE.search(match[1])
        if not words or place is None:
            continue
        left, right = int(place[1]) / drawn.scale, int(place[3]) / drawn.scale
        y = drawn.height - (bottom + offset + slope * (int(place[1]) - left_edge)) / drawn.scale
        low, high = (drawn.height - int(place[edge]) / drawn.scale for edge in (4, 2))
        if not low - 0.5 * points <= y <= high:
            y = low
        is_near = left - last < NO_GAP * points and TORN.search(f"{before} {words}") is not None
        yield Word(words, left, right, y, points, has_space=not is_near), int(sure[1]) / 100 if sure else 0.0
        last, before = right, words


def set_size(word: Word, usual: float) -> Word:
    """Return the word with the usual size if its own is about that."""
    is_usual = abs(word.size - usual) <= SAME_SIZE * usual
    return msgspec.structs.replace(word, size=round(usual if is_usual else word.size, 1))


def find_slant(hocr: str) -> float:
    """Return how far lines sink for each point that they go to the right; 0 for a page that lies straight."""
    slants = [float(match[1]) for match in BASELINE.finditer(hocr)]
    slant = median(slants) if slants else 0.0
    return slant if SMALLEST_SLANT < abs(slant) < LARGEST_SLANT else 0.0


def straighten(word: Word, slant: float, height: float) -> Word:
    """Return a word where it would stand if the page had not been turned around its upper left corner."""
    shift = slant * (height - word.y)
    left, right = word.left + shift, word.right + shift
    return msgspec.structs.replace(word, left=left, right=right, y=word.y + slant * word.left)


def straight_rules(drawn: DrawnPage, slant: float) -> tuple[list[Rule], list[Rule]]:
    """Return the rules of a page where they would lie if it had not been turned."""
    if not slant:
        return drawn.across, drawn.upright
    across = [
        Rule(
            rule.at + slant * (rule.start + rule.end) / 2,
            rule.start + slant * (drawn.height - rule.at),
            rule.end + slant * (drawn.height - rule.at),
        )
        for rule in drawn.across
    ]
    upright = [
        Rule(
            rule.at + slant * (drawn.height - (rule.start + rule.end) / 2),
            rule.start + slant * rule.at,
            rule.end + slant * rule.at,
        )
        for rule in drawn.upright
    ]
    return across, upright
