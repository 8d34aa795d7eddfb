"""Finds who issued a plan in its letterhead, whether it was read by columns or rows, torn or collapsed."""

import re
from collections.abc import Sequence

MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
    r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc",
    re.IGNORECASE,
)
AGENCIES: tuple[tuple[str, str], ...] = (
    (r"\bMTTQ|MẶT TRẬN TỔ QUỐC", "Ủy ban MTTQ Việt Nam"),
    (r"\bĐẢNG (?:ỦY|UỶ|BỘ)", "Đảng ủy"),
    (r"HỘI ĐỒNG NHÂN DÂN|\bHĐND", "HĐND"),
)
COMMUNES = ("XÃ", "PHƯỜNG", "ĐẶC KHU", "THỊ TRẤN")
HIGHER = ("QUẬN", "HUYỆN", "THỊ XÃ", "THÀNH PHỐ", "TỈNH")
ANNOUNCED_BY = re.compile(
    r"(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)(?:\s*\(UBND\))?\s+"
    r"(?P<level>xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\b[^.;,]{0,40}?"
    r"\s(?:ban hành|xây dựng|lập)\s+(?:bản\s+)?[Kk]ế hoạch"
)
SEAT = re.compile(r"(?P<name>[A-ZĐÀ-Ỹ][^\d,]{1,40}?),\s*ngày\b")
NO_NAME = frozenset(
    ("BAN", "SỐ", "CỘNG", "ĐỘC", "HỘI", "VIỆT", "TỈNH", "HUYỆN", "THÀNH", "QUẬN", "ỦY", "UỶ", "THƯỜNG", "VÀ"),
) | {"KẾ", "ĐẾN", "TRONG", "CỦA", "TRUNG", "PHÒNG", "NĂM", "GIAI", "VỀ", "TRÊN", "NHIỆM"}
MOST_WORDS = 4
LONGEST_TEXT, LONGEST_NAME = 2_000, 60
PUNCTUATION = '.,;:)("”“»«'


def issuer_in(letterhead: Sequence[str], sentences: Sequence[str]) -> str | None:
    """Return the issuer ("UBND xã Tân Lập"), or None if no place is named.

    `letterhead` are the lines above the title, where names stand in capitals; `sentences` are title and
    introduction, in whose spelling the name is given if they have it.
    """
    head = MOTTO.sub(" ", " ".join(" ".join(letterhead).split()))
    agency = next((name for pattern, name in AGENCIES if re.search(pattern, head)), "UBND")
    for levels in (COMMUNES, HIGHER):
        in_head = place_in(head, levels, in_capitals=True)
        spelled = [place for text in sentences if (place := place_in(text, levels, in_capitals=False))]
        if in_head is not None:
            same = next((place for place in spelled if place.upper() == in_head), in_words(in_head))
            return f"{agency} {same}"
        if spelled and levels is COMMUNES:
            return f"{agency} {spelled[0]}"
    return None


def announced_issuer(sentences: Sequence[str], titles: Sequence[str], place_line: str) -> str | None:
    """Return the issuer that a plan's announcement names («Ủy ban nhân dân tỉnh ban hành Kế hoạch …»).

    Its place stands there, in the title («… TỈNH HÀ NAM»), in another sentence, or last in the line of place
    and date; None if nothing is announced.
    """
    match = next(filter(None, map(ANNOUNCED_BY.search, sentences)), None)
    if match is None:
        return None
    level = match["level"].lower()
    own = place_in(match[0], (level.upper(),), in_capitals=False)
    shown = (place for text in titles if (place := place_in(text, (level.upper(),), in_capitals=True)))
    spelled = (place for text in sentences if (place := place_in(text, (level.upper(),), in_capitals=False)))
    in_title = next(shown, None)
    place = own or (in_words(in_title) if in_title else None) or next(spelled, None)
    if place is None and (seat := SEAT.match(place_line)):
        place = f"{level} {seat['name']}"
    return None if place is None else f"UBND {place}"


def in_words(place: str) -> str:
    """Return a place in capitals as it is written in a sentence ("XÃ EA DRÔNG" as "xã Ea Drông")."""
    level = next(level for level in (*COMMUNES, *HIGHER) if place.startswith(f"{level} "))
    return f"{level.lower()} {place.removeprefix(f'{level} ').title()}"


def place_in(text: str, levels: Sequence[str], *, in_capitals: bool) -> str | None:
    """Return the first place of one of these levels that a text names, level and name; or None."""
    shown = [level if in_capitals else level.lower() for level in levels]
    for match in re.finditer(rf"(?<!\w)({'|'.join(shown)})\s+", text[:LONGEST_TEXT]):
        name = name_from(text[match.end() : match.end() + LONGEST_NAME].split(), in_capitals=in_capitals)
        if name:
            return f"{match[1]} {name}"
    return None


def name_from(words: Sequence[str], *, in_capitals: bool) -> str:
    """Return the name that a list of words begins with: at most four capitalised words, up to a comma."""
    name: list[str] = []
    for word in words[:MOST_WORDS]:
        bare = word.strip(PUNCTUATION)
        is_name = (
            bare.isupper() if in_capitals else bare[:1].isupper() and (len(bare) < 2 or not bare.isupper())
        )
        if not is_name or bare.upper() in NO_NAME:
            break
        name.append(bare)
        if word != bare:
            break
    return " ".join(name)
