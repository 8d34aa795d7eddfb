"""Finds the year that a plan is for: in its title, then its number, then its period.

A plan for next year is signed in December, so the year of signing then says nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.extraction.plan_titles import title_of
from cchc_flow.plan_import.structure.document_numbers import find_number
from cchc_flow.plan_import.structure.document_parts import DocumentParts

YEAR_NUMBER = r"(?:19|20)\d{2}"
PERIOD = re.compile(
    rf"(?:(?P<word>giai đoạn|thời kỳ|nhiệm kỳ|các năm|năm học|(?:0?\d )?năm)\s*\(?\s*(?:từ\s+)?(?:năm\s+)?)?"
    rf"\b(?P<first>{YEAR_NUMBER})\s*(?:-|–|—|đến(?: năm)?|tới(?: năm)?)\s*(?P<last>{YEAR_NUMBER})\b",
    re.IGNORECASE,
)
IN_YEAR = re.compile(rf"\bnăm\s+({YEAR_NUMBER})\b", re.IGNORECASE)
WITH_MONTH = re.compile(
    rf"\b(?:quý|quí|tháng|đợt)\s+[IVX\d]{{1,3}}\s*[/-]\s*({YEAR_NUMBER})\b", re.IGNORECASE
)
UNTIL_YEAR = re.compile(rf"\b(?:đến|tới|so với|từ)\s+năm\s+{YEAR_NUMBER}\b", re.IGNORECASE)
# Years of other things: days, cited documents and laws, terms of office.
DAY = re.compile(
    rf"ngày\s+\d{{1,2}}\s*(?:[/.-]\s*\d{{1,2}}\s*[/.-]\s*|tháng\s+\d{{1,2}}\s*,?\s*năm\s+){YEAR_NUMBER}",
    re.IGNORECASE,
)
CITED = re.compile(
    rf"\bsố\s*:?\s*\d+[/-]\S+(?:\s+năm\s+{YEAR_NUMBER})?"
    rf"|\b(?:luật|bộ luật|hiến pháp)\s[^,;]{{0,80}}?năm\s+{YEAR_NUMBER}",
    re.IGNORECASE,
)
TERM = re.compile(rf"\bnhiệm kỳ\s+{YEAR_NUMBER}\s*[-–]\s*{YEAR_NUMBER}", re.IGNORECASE)
ANNOUNCEMENT = re.compile(
    r"\b(?:ban hành|xây dựng|lập|triển khai)\b.{0,80}?\bkế hoạch\b(?P<subject>.{0,300})", re.IGNORECASE
)
SIGNED = re.compile(
    rf"ngày\s*[\d.…_]{{0,5}}\s*tháng\s*(?P<month>\d{{1,2}}|[.…_]{{0,5}})\s*năm\s*(?P<year>{YEAR_NUMBER})",
    re.IGNORECASE,
)
LAST_MONTHS = (11, 12)
FEWEST_MENTIONS = 2
MOST_LINES, MOST_BODY_LINES, LONGEST_LINE = 80, 2_000, 2_000


class PlanYear(msgspec.Struct, frozen=True):
    """The year of a plan, None if unknown; `assumed` says where it was taken from if its title names none.

    `last` is the last year of a plan for several years.
    """

    year: int | None
    assumed: str = ""
    last: int | None = None


def read_plan_year(document: DocumentParts) -> PlanYear:
    """Return the year that the plan is for, by the first of these that names one."""
    title = title_of(document)
    announcement = announcement_of(document.front[-MOST_LINES:])
    return (
        year_in(title)
        or year_of_number(document.front)
        or period_in(title)
        or year_in(announcement, "câu ban hành kế hoạch")
        or period_in(announcement)
        or year_of_body(document)
        or year_of_signing(document.front[:MOST_LINES])
        or PlanYear(None)
    )


def without_other_years(text: str) -> str:
    """Return the text without days, cited documents and terms of office, whose years are not the plan's."""
    for pattern in (DAY, CITED, TERM):
        text = pattern.sub(" ", text)
    return text


def own_years(text: str) -> str:
    """Return the text without the years of other things, of periods, and those that it only goes up to."""
    return UNTIL_YEAR.sub(" ", PERIOD.sub(" ", without_other_years(text)))


def year_in(text: str, where: str = "") -> PlanYear | None:
    """Return the year that a title or an announcement names («năm 2026», «quý II/2026»), or None."""
    rest = own_years(text)
    match = IN_YEAR.search(rest) or WITH_MONTH.search(rest)
    if match is None:
        return None
    return PlanYear(int(match[1]), f"tên không ghi năm; lấy theo {where}" if where else "")


def period_in(text: str) -> PlanYear | None:
    """Return the first year of the period that a text names, or None."""
    match = PERIOD.search(without_other_years(text))
    if match is None or not 0 < int(match["last"]) - int(match["first"]) <= 30:
        return None
    first, last = int(match["first"]), int(match["last"])
    return PlanYear(first, f"kế hoạch cho nhiều năm {first}-{last}; tạm lấy năm đầu", last)


def year_of_number(lines: Sequence[Paragraph]) -> PlanYear | None:
    """Return the year in the plan's own number («12/KH-UBND-2026»), or None."""
    number = find_number(lines)
    if number is None or number.year is None:
        return None
    return PlanYear(number.year, f"tên không ghi năm; lấy theo số hiệu «{number.text or number.code}»")


def announcement_of(lines: Sequence[Paragraph]) -> str:
    """Return what follows «ban hành Kế hoạch» in the sentence that opens the plan, "" if there is none."""
    texts = (line.text[-LONGEST_LINE:] for line in reversed(lines) if line.text.endswith((":", "sau")))
    matches = map(ANNOUNCEMENT.search, texts)
    return next((match["subject"] for match in matches if match), "")


def year_of_body(document: DocumentParts) -> PlanYear | None:
    """Return the year that goals and deadlines name most often, if one does and clearly, or None."""
    texts = (line.text[:LONGEST_LINE] for line in document.body[:MOST_BODY_LINES])
    years = Counter(year for text in texts if "20" in text for year in years_in(own_years(text)))
    ranking = years.most_common(2)
    is_clear = len(ranking) == 1 or (len(ranking) > 1 and ranking[0][1] > ranking[1][1])
    if not ranking or not is_clear or ranking[0][1] < FEWEST_MENTIONS:
        return None
    return PlanYear(ranking[0][0], "tên không ghi năm; lấy theo các mốc thời gian trong văn bản")


def years_in(text: str) -> Iterator[int]:
    """Yield the years that a paragraph names as its own («năm 2026», «quý II/2026»)."""
    for pattern in (IN_YEAR, WITH_MONTH):
        yield from (int(match[1]) for match in pattern.finditer(text))


def year_of_signing(lines: Sequence[Paragraph]) -> PlanYear | None:
    """Return the year of signing, if the plan was not signed at the end of a year, or None."""
    for line in lines:
        if (match := SIGNED.search(line.text[:LONGEST_LINE])) and not line.text.lower().startswith(
            ("căn cứ", "thực hiện", "(")
        ):
            month = int(match["month"]) if match["month"].isdigit() else 0
            if month and month not in LAST_MONTHS:
                return PlanYear(int(match["year"]), "tên không ghi năm; tạm lấy năm ban hành")
            return None
    return None
