"""Checks that the table of objects of a PDF is whole: pdfium mends a broken one, and may lose pages."""

import re

HEADER = b"%PDF-"
LOOKED_FOR_HEADER, LOOKED_FOR_END = 1024, 4096
END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
OBJECT = re.compile(rb"\s{0,2}(\d{1,8})\s{1,3}\d{1,5}\s{1,3}obj")
SECTION = re.compile(rb"\s*(\d{1,8})\s+(\d{1,8})[^\S\n\r]*(?:\r\n|\n|\r)")
TABLE = re.compile(rb"\s*xref\s*")
ENTRY_LENGTH = 20
MOST_ENTRIES = 300_000


def is_whole(content: bytes) -> bool:
    """Return whether a PDF ends as it should, and its newest table names objects where they are.

    A table that is packed in a stream is only looked for, not unpacked.
    """
    start = content.find(HEADER, 0, LOOKED_FOR_HEADER)
    ends = END.findall(content, max(0, len(content) - LOOKED_FOR_END))
    if start < 0 or not ends:
        return False
    places = (int(ends[-1]), int(ends[-1]) + start)
    return any(is_table(content, place, shift) for place, shift in zip(places, (0, start), strict=True))


def is_table(content: bytes, place: int, shift: int) -> bool:
    """Return whether a table of objects stands at a place and is right; `shift` is added to what it says."""
    if OBJECT.match(content, place):
        return True
    head = TABLE.match(content, place)
    if head is None:
        return False
    place, count = head.end(), 0
    while (section := SECTION.match(content, place)) and count < MOST_ENTRIES:
        first, length = int(section[1]), int(section[2])
        place, count = section.end(), count + length
        numbers = range(min(length, MOST_ENTRIES))
        if not all(is_right(content, place, first, number, shift) for number in numbers):
            return False
        place += length * ENTRY_LENGTH
    return count > 0


def is_right(content: bytes, place: int, first: int, number: int, shift: int) -> bool:
    """Return whether an entry of a table is free, or an object of its number is where it says."""
    entry = content[place + number * ENTRY_LENGTH : place + number * ENTRY_LENGTH + 18]
    if entry[17:18] != b"n":
        return entry[17:18] == b"f"
    if not entry[:10].isdigit():
        return False
    found = OBJECT.match(content, int(entry[:10]) + shift)
    return int(entry[:10]) == 0 or (found is not None and int(found[1]) == first + number)
