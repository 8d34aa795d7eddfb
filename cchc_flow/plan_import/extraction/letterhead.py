"""Extracts the formal parts of a plan: issuer, number, year, title, legal bases, signer and recipients."""

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


def title_of(document: DocumentParts) -> str:
    """Return the plan's subject; of a decision without a line KẾ HOẠCH, the line that names the plan."""
    subjects = (
        line.text for line in document.front if ABOUT_A_PLAN.search(line.text) and not BASIS.match(line.text)
    )
    return " ".join(document.title) or next(subjects, "")


def number_of(document: DocumentParts) -> str | None:
    """Return the document's number as printed ("12/KH-UBND"), or None if it was left blank."""
    match = NUMBER.search("\n".join(line.text for line in document.front))
    return f"{match[1]}/{match[2]}" if match and REAL_NUMBER.fullmatch(match[1]) else None


def is_day_blank(document: DocumentParts) -> bool:
    """Return whether the line of place and date leaves the day or the month blank."""
    match = next((match for line in document.front if (match := DAY.search(line.text))), None)
    return match is not None and not (match[1].strip().isdigit() and match[2].strip().isdigit())


def year_of(document: DocumentParts) -> int | None:
    """Return the plan's year: the first that its title names, else the first before the body, else None."""
    for lines in (document.title, [line.text for line in document.front]):
        for line in lines:
            if match := YEAR.search(line):
                return int(match[1])
    return None


def issuer_of(document: DocumentParts) -> str | None:
    """Return the People's Committee that issued the plan ("UBND xã Tân Lập"), or None if no commune is named.

    The name is spelled as in the title or before the body; only if it is nowhere else, as in the letterhead.
    """
    texts = [*document.title, *(line.text for line in reversed(document.front))]
    for text in texts:
        if not text.isupper() and (match := PLACE.search(text)):
            return f"UBND {match[1]} {match[2].strip()}"
    for line in document.front:
        if match := PLACE_IN_CAPITALS.match(line.text):
            return f"UBND {match[1].lower()} {match[2].title()}"
    return None


def legal_bases_of(document: DocumentParts) -> tuple[str, ...]:
    """Return the documents that the plan is based on, one by one even if a paragraph names several."""
    return find_bases(document.opening) or find_bases(document.front)


def find_bases(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the legal bases named in these lines: what follows "Căn cứ", or all of "Thực hiện …"."""
    bases: list[str] = []
    for line in lines:
        if match := BASIS.match(line.text):
            text = line.text[match.end() :] if match[1].lower() == "căn cứ" else line.text
            bases.extend(ANNOUNCEMENT.sub("", part).strip(" ;.") for part in text.split(";"))
    return tuple(basis for basis in bases if basis)


def recipients_of(document: DocumentParts) -> tuple[str, ...]:
    """Return the recipients of the plan, as listed under "Nơi nhận"."""
    is_in_list = False
    names: list[str] = []
    for line in document.tail:
        is_in_list = is_in_list or bool(RECIPIENTS.match(line.text))
        text = RECIPIENTS.sub("", line.text, count=1) if RECIPIENTS.match(line.text) else line.text
        mark, _ = mark_of(replace(line, text=text.strip()))
        if is_in_list and mark is not None and mark.is_bullet:
            names.extend(part.strip(" -–;.") for part in text.split(";"))
    return tuple(name for name in names if name)


def signer_of(document: DocumentParts) -> Signer | None:
    """Return the signer's title and name, or None if the document has no signature."""
    lines = list(document.tail)
    titles = [place for place, line in enumerate(lines) if SIGNING.fullmatch(line.text)]
    if not titles:
        return None
    return Signer(lines[titles[-1]].text, find_name(lines[titles[-1] + 1 :]))


def find_name(lines: Sequence[Paragraph]) -> str | None:
    """Return the first line that looks like a person's name: two to six capitalised words."""
    for line in lines:
        words = line.text.split()
        if (
            2 <= len(words) <= 6
            and all(word[0].isupper() for word in words)
            and not RECIPIENTS.match(line.text)
        ):
            return line.text
    return None
