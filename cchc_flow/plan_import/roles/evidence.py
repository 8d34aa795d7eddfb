"""What a line shows by itself: its words, shape and type, each as a short name that the weights know.

The words are evidence, not verdicts: what a line is in the end depends on all lines together.
"""

import re
from collections.abc import Iterator, Sequence

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.words import HOLDS, LABELS, STARTS
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plugin_host.contributions import recognise_area

LONGEST_READ = 400
"""How much of a line is looked at; the beginning of a sentence says what it is."""
LABEL_HEAD = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị|bộ phận|người|tổ chức|cá nhân|thời|sản|kết|tiến|địa|nội|hoàn|lộ|đầu|nhiệm"
    r"|chủ|phối|kinh|thành)\b"
)
STARTING = tuple((name, re.compile(words)) for name, words in STARTS)
HOLDING = tuple((name, re.compile(words)) for name, words in HOLDS)
LABELLING = tuple((name, re.compile(words)) for name, words in LABELS)
WORD = re.compile(r"\w+")
LENGTHS = (12, 30, 60, 110, 160, 300)


def find_evidence(lines: Sequence[Line], areas: Sequence[Area]) -> list[tuple[str, ...]]:
    """Return what each line shows by itself; `areas` are those whose names a heading may say."""
    return [tuple(_of_line(line, areas)) for line in lines]


def section_words(evidence: Sequence[str]) -> str:
    """Return the words of sections that a heading holds, as one name: «goals,requirements», "" for none."""
    return ",".join(name[6:] for name in evidence if name[6:] in SECTION_NAMES and name.startswith("holds "))


SECTION_NAMES = frozenset(name for name, _ in HOLDS[:9])


def _of_line(line: Line, areas: Sequence[Area]) -> Iterator[str]:
    text = line.text[:LONGEST_READ].strip()
    low = text.lower()
    yield from (f"starts {name}" for name, words in STARTING if words.match(low))
    yield from (f"holds {name}" for name, words in HOLDING if words.search(low))
    yield from _label(low)
    yield from _shape(line, text)
    if line.cells is not None:
        yield from _row(line.cells)
    elif len(line.text) <= LONGEST_HEADING and areas and recognise_area(text, areas) is not None:
        yield "names area"
    yield from _first_words(low)


def _label(low: str) -> Iterator[str]:
    head, colon, rest = low.partition(":")
    if not colon or len(head) > 60:
        return
    yield "label" if rest.strip() else "label alone"
    if LABEL_HEAD.match(head):
        name = next((name for name, words in LABELLING if words.search(head)), "")
        yield f"label {name}"


def _shape(line: Line, text: str) -> Iterator[str]:
    length = len(line.text)
    yield f"length {sum(length > bound for bound in LENGTHS)}"
    yield f"end {line.text[-1:] if line.text[-1:] in '.;:,!?)' else 'word'}"
    if text.isupper():
        yield "capitals"
    elif text[:1].isupper() and all(word[:1].isupper() for word in WORD.findall(text)[:6]):
        yield "every word capital"
    paragraph = line.paragraph
    if paragraph is not None:
        yield from (name for name in ("bold", "italic", "centred", "final") if getattr(paragraph, name))
        if paragraph.style and paragraph.style.lower().startswith("heading"):
            yield "heading style"


def _row(cells: tuple[str, ...]) -> Iterator[str]:
    own = [cell for cell in cells if cell]
    yield "row"
    yield f"row of {min(len(set(own)), 4)}"
    if own and own[0].strip(" .").isdigit():
        yield "row number"
    if own and len(own) > 2 and own[0].strip(" .").lower() in ("tt", "stt", "số tt"):
        yield "row head"


def _first_words(low: str) -> Iterator[str]:
    words = WORD.findall(low[:60])
    if words:
        yield f"word {' '.join(words[:2])}"
