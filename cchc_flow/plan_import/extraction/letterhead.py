"""Who issued the plan, when, under which number, on which legal bases; who signed it and who receives it."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.proposal import Signer
from cchc_flow.plan_import.structure.document_parts import RECIPIENTS, SIGNING, DocumentParts
from cchc_flow.plan_import.structure.outline import mark_of

NUMBER = re.compile(r"Số\s*:?\s*([^\s/]{0,20})\s*/\s*((?:KH|QĐ|CTr|PA)\S{0,40})", re.IGNORECASE)
REAL_NUMBER = re.compile(r"\d+\w{0,3}")
YEAR = re.compile(r"\bnăm\s+((?:19|20)\d{2})\b")
DAY = re.compile(
    r"ngày\s+(\d{1,2}|[.…_\s]{0,20})\s*tháng\s+(\d{1,2}|[.…_\s]{0,20})\s*năm\s+((?:19|20)\d{2})",
    re.IGNORECASE,
)
BASIS = re.compile(r"(?:-\s*)?(Căn cứ|Thực hiện|Xét|Theo đề nghị|Theo|Trên cơ sở)\b\s*", re.IGNORECASE)
ABOUT_A_PLAN = re.compile(r"kế hoạch.{0,40}cải cách", re.IGNORECASE)
PLACE = re.compile(r"\b(xã|phường|đặc khu|thị trấn)\s+((?:[A-ZĐÀ-Ỹ][\w’']*(?:\s+|$|(?=[,.;])))+)")
PLACE_IN_CAPITALS = re.compile(
    r"(?:(?:ỦY|UỶ) BAN NHÂN DÂN )?(XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN) ([A-ZĐÀ-Ỹ’' ]{2,40})$"
)
ANNOUNCEMENT = re.compile(r",\s*(?:UBND|Ủy ban nhân dân)[^;]{0,200}như sau:?$")


def title_of(frame: DocumentParts) -> str:
    """The subject of the plan; of a decision without a line KẾ HOẠCH, what the decision is about."""
    named = (
        line.text for line in frame.front if ABOUT_A_PLAN.search(line.text) and not BASIS.match(line.text)
    )
    return " ".join(frame.title) or next(named, "")


def number_of(frame: DocumentParts) -> str | None:
    """The number as printed ("12/KH-UBND"), or None where it was left blank."""
    found = NUMBER.search("\n".join(line.text for line in frame.front))
    return f"{found[1]}/{found[2]}" if found and REAL_NUMBER.fullmatch(found[1]) else None


def is_day_blank(frame: DocumentParts) -> bool:
    """Whether the line of place and date leaves the day or the month open."""
    found = next((match for line in frame.front if (match := DAY.search(line.text))), None)
    return found is not None and not (found[1].strip().isdigit() and found[2].strip().isdigit())


def year_of(frame: DocumentParts) -> int | None:
    """The year of the plan: from its title, else the first year that its opening names."""
    for lines in (frame.title, [line.text for line in frame.front]):
        for line in lines:
            if found := YEAR.search(line):
                return int(found[1])
    return None


def issuer_of(frame: DocumentParts) -> str | None:
    """The commune's committee, with the name as the title or the opening writes it; None if none is named."""
    texts = [*frame.title, *(line.text for line in reversed(frame.front))]
    for text in texts:
        if not text.isupper() and (found := PLACE.search(text)):
            return f"UBND {found[1]} {found[2].strip()}"
    for line in frame.front:
        if found := PLACE_IN_CAPITALS.match(line.text):
            return f"UBND {found[1].lower()} {found[2].title()}"
    return None


def legal_bases_of(frame: DocumentParts) -> tuple[str, ...]:
    """The documents that the plan rests on, one each, also where one paragraph names several."""
    return find_bases(frame.opening) or find_bases(frame.front)


def find_bases(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    bases: list[str] = []
    for line in lines:
        found = BASIS.match(line.text)
        if found:
            first = line.text[found.end() :] if found[1].lower() == "căn cứ" else line.text
            bases.extend(ANNOUNCEMENT.sub("", part).strip(" ;.") for part in first.split(";"))
    return tuple(basis for basis in bases if basis)


def recipients_of(frame: DocumentParts) -> tuple[str, ...]:
    """Who receives the plan, as listed under "Nơi nhận"."""
    listed = False
    names: list[str] = []
    for line in frame.tail:
        listed = listed or bool(RECIPIENTS.match(line.text))
        text = RECIPIENTS.sub("", line.text, count=1) if RECIPIENTS.match(line.text) else line.text
        mark, _ = mark_of(replace(line, text=text.strip()))
        if listed and mark is not None and mark.is_bullet:
            names.extend(part.strip(" -–;.") for part in text.split(";"))
    return tuple(name for name in names if name)


def signer_of(frame: DocumentParts) -> Signer | None:
    """The signer's title and name, or None if the document shows no signature."""
    lines = list(frame.tail)
    titles = [place for place, line in enumerate(lines) if SIGNING.fullmatch(line.text)]
    if not titles:
        return None
    return Signer(lines[titles[-1]].text, find_name(lines[titles[-1] + 1 :]))


def find_name(lines: Sequence[Paragraph]) -> str | None:
    for line in lines:
        words = line.text.split()
        if (
            2 <= len(words) <= 6
            and all(word[0].isupper() for word in words)
            and not RECIPIENTS.match(line.text)
        ):
            return line.text
    return None
