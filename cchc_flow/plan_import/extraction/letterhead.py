"""Extracts the formal parts at the head of a plan: title, number, day, year, issuer, legal bases."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.extraction.issuers import announced_issuer, issuer_in
from cchc_flow.plan_import.extraction.plan_titles import BASIS, ends_of, title_of
from cchc_flow.plan_import.extraction.plan_years import read_plan_year
from cchc_flow.plan_import.extraction.signing import recipients_of, signer_of
from cchc_flow.plan_import.structure.document_numbers import find_issuing_document, find_number, is_citation
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.kind_names import PLAN
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.title_lines import find_title_lines

__all__ = [
    "day_of",
    "is_day_blank",
    "issuer_of",
    "legal_bases_of",
    "number_of",
    "recipients_of",
    "signer_of",
    "title_of",
    "year_of",
]

TALLEST_HEAD = 10
BLANK = r"[.…_\s]{0,20}"
DAY = re.compile(
    rf"\bngày\s*(?P<day>\d{{1,2}}|{BLANK})\s*tháng\s*(?P<month>\d{{1,2}}|{BLANK})\s*"
    r"năm\s*(?P<year>(?:19|20)\d{2})"
    r"|\bngày\s*(?P<day2>\d{1,2})\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>(?:19|20)\d{2})"
)
ANNOUNCEMENT = re.compile(
    r",\s*(?:UBND|Ủy ban|Uỷ ban|Ban (?:Thường|Chỉ|Chấp)|Đảng (?:ủy|uỷ)|HĐND|Hội đồng|Chủ tịch|Phòng)"
    r"[^;]{0,400}(?:như sau|sau đây|cụ thể)\s*:?$"
)
NEW_BASIS = re.compile(r"[;.]\s*(?=Căn cứ\b|Thực hiện\b)|;")


def number_of(document: DocumentParts) -> str | None:
    """Return the document's number as printed ("12/KH-UBND"), or None if it was left blank.

    A plan that came with a decision and has none of its own has the decision's.
    """
    title = len(document.front) - len(document.opening)
    own = find_number(document.front[max(0, title - TALLEST_HEAD) : title])
    if own is None or own.kind is not PLAN:
        own = find_number(document.front)
    if own is not None:
        return own.text
    issued = find_issuing_document(document.front)
    return issued[1] or None if issued is not None and issued[0] != "kế hoạch" else None


def letterhead_lines(document: DocumentParts) -> Sequence[Paragraph]:
    """Return the lines above the first title, of a decision if one stands first; else all above the body."""
    first = next((title.index for title in find_title_lines(document.front) if title.strength > 1), 0)
    return document.front[:first] or document.front


def day_match(document: DocumentParts) -> re.Match[str] | None:
    """Return the day of issue in the letterhead, in whatever form, or None."""
    for lines in (ends_of(letterhead_lines(document)), ends_of(document.front)):
        for line, following in zip_longest(lines, lines[1:], fillvalue=""):
            if BASIS.match(line) or line.startswith("("):
                continue
            text = line if DAY.search(line) else f"{line} {following}"
            match = DAY.search(text)
            if match is not None and match.start() <= len(line) and is_day_of_issue(text, match):
                return match
    return None


def is_day_of_issue(text: str, match: re.Match[str]) -> bool:
    """Return whether a day ends a letterhead («Tân Lập, ngày 05 tháng 01 năm 2026»), and is no other's."""
    before = text[: match.start()].rstrip()
    return (not before or before.endswith(",") or text[match.end() :].strip() == "") and not re.search(
        r"\b[Ss]ố\s+\d+[^,]*$", before
    )


def day_of(document: DocumentParts) -> str | None:
    """Return the day of issue as an ISO date, or None where it is blank or missing."""
    match = day_match(document)
    if match is None:
        return None
    parts = [match[name] or match[f"{name}2"] or "" for name in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        return None


def is_day_blank(document: DocumentParts) -> bool:
    """Return whether the line of place and date leaves the day or the month blank."""
    match = day_match(document)
    return (
        match is not None
        and match["day2"] is None
        and not (match["day"].strip().isdigit() and match["month"].strip().isdigit())
    )


def year_of(document: DocumentParts) -> int | None:
    """Return the plan's year: that of its title, number, period or introduction, else None."""
    return read_plan_year(document).year


def issuer_of(document: DocumentParts) -> str | None:
    """Return who issued the plan ("UBND xã Tân Lập"), or None if no place is named.

    The name is spelled as in the title or before the body; only if it is nowhere else, as in the letterhead.
    """
    above = ends_of(letterhead_lines(document))
    sentences = [*document.title, *reversed(ends_of(document.front))]
    found = issuer_in(above, [text for text in sentences if not text.isupper()])
    if found is not None:
        return found
    place_lines = (part.strip() for text in above for part in text.split("|"))
    place_line = next((text for text in place_lines if DAY.search(text)), "")
    return announced_issuer(sentences, [title_of(document).upper()], place_line)


def legal_bases_of(document: DocumentParts) -> tuple[str, ...]:
    """Return the documents that the plan is based on, one by one even if a paragraph names several."""
    return find_bases(document.opening) or find_bases(document.front) or cited_bases(document)


def cited_bases(document: DocumentParts) -> tuple[str, ...]:
    """Return the documents that are listed before the body without «Căn cứ», or in a section of that name."""
    bases: list[str] = []
    is_listing = False
    for line in document.lines:
        if line.role == "heading":
            is_listing = line.text.lower().startswith("căn cứ")
        is_basis = is_listing or (line.index < document.body_start and line.role == "legal_basis")
        if is_basis and is_citation(line.text):
            bases.append(line.text.strip(" ;.,"))
    return tuple(bases)


def find_bases(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the legal bases named in these lines: what follows "Căn cứ", or all of "Thực hiện …".

    Below «Căn cứ:» alone on its line, each bullet is one.
    """
    bases: list[str] = []
    is_listing = False
    for line in lines:
        match = BASIS.match(line.text)
        mark = parse_mark(line.text)
        if match:
            is_listing = not line.text[match.end() :]
            text = line.text[match.end() :] if match["word"].lower() == "căn cứ" else line.text
            bases.extend(parts_of(text))
        elif is_listing and mark is not None and mark[0].is_bullet:
            bases.extend(parts_of(mark[1]))
        else:
            is_listing = False
    return tuple(basis for basis in bases if basis)


def parts_of(text: str) -> list[str]:
    """Return the documents that one paragraph names, each without «Căn cứ» and its full stop."""
    parts = NEW_BASIS.split(ANNOUNCEMENT.sub("", text))
    return [re.sub(r"^căn cứ\s+", "", part.strip(), flags=re.IGNORECASE).strip(" ;.,") for part in parts]
