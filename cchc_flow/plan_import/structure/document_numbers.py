"""Finds a document's own number and code («Số: 12/KH-UBND») among those of the documents that it cites."""

import re
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.kind_names import BY_NAME, KindName, kind_of_code

DEEPEST = 60
LONGEST_CODE_LINE = 60
LONGEST_LINE = 2_000
SERIAL = r"(?P<serial>\d{0,6}[a-zđ]?|[.…_ ]{0,30})"
YEAR = r"(?:\s*/\s*(?P<year>(?:19|20)\d\d))?"
SEPARATOR = r"\s*(?P<separator>[/–-])\s*"
CODE = r"(?P<code>[A-ZĐ][A-Za-zĐđ]{0,9}(?:\s?[-–/&.]\s?[A-ZĐ0-9][\w]{0,14}){0,4})"
NUMBER = re.compile(rf"\b(?:Số|SỐ)\s*(?P<colon>[:.])?\s*{SERIAL}{YEAR}{SEPARATOR}{CODE}")
BARE_NUMBER = re.compile(rf"(?P<word>Số\s*[:.]?\s*)?{SERIAL}{YEAR}{SEPARATOR}{CODE}\s*\.?", re.IGNORECASE)
CITING = re.compile(
    r"(?:kế hoạch|quyết định|công văn|nghị quyết|nghị định|chỉ thị|thông báo|thông tư|báo cáo|tờ trình"
    r"|hướng dẫn|kết luận|chương trình|luật|văn bản|biên bản|đề án|quy định)\s*\(?$",
    re.IGNORECASE,
)
ISSUING = re.compile(
    r"(?:kèm|hành|thực hiện|đính)\s+(?:kèm\s+)?theo\s+"
    r"(?P<kind>Quyết định|Nghị quyết|Công văn|Kế hoạch|Văn bản)"
    r"\s+số\s*:?\s*(?P<number>[\d.…_ ]{0,12}\w?(?:/\d{4})?\s*/\s*[A-ZĐ][\w-]{1,30})",
    re.IGNORECASE,
)
CITATION_START = re.compile(
    r"[-–(*\s]*(?:căn cứ|thực hiện|theo|xét|trên cơ sở|ban hành|kèm|tiếp theo)\b", re.IGNORECASE
)
CITATION = re.compile(
    r"(?:(?:Bộ luật|Luật|Pháp lệnh)\s[^;:.]{3,150}?"
    r"|(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kết luận|Kế hoạch|Công văn|Văn bản|Chương trình"
    r"|Hướng dẫn|Thông báo|Đề án)\s(?:liên tịch\s)?số\s*:?\s*\d[^;:.]{2,60}?)"
    r"\s(?:ngày\s*\d|năm\s*(?:19|20)\d\d\s*[;.,(]?|số\s*\d)"
)
BODY_START = re.compile(r"(?:I|1|A)\s?[.)]\s|Điều 1\b")


class DocumentNumber(msgspec.Struct, frozen=True):
    """A document's number: `serial` is None where it was left blank, `code` stands behind the slash.

    `year` is the one that the number itself names ("12/2026/QĐ-UBND", "12/KH-UBND-2026"), and `index` the
    line that it stands in. `separator` is "-" in numbers of the Party ("12-KH/ĐU").
    """

    serial: str | None
    code: str
    year: int | None
    index: int
    separator: str = "/"

    @property
    def kind(self) -> KindName:
        """The kind of document that the code names; a letter's code names none."""
        return kind_of_code(self.code)

    @property
    def text(self) -> str | None:
        """The number as it is cited ("12/KH-UBND"), or None if it was left blank."""
        if self.serial is None:
            return None
        is_infixed = self.year is not None and not self.code.endswith(str(self.year))
        infix = f"/{self.year}" if is_infixed else ""
        return f"{self.serial}{infix}{self.separator}{self.code}"


def find_number(lines: Sequence[Paragraph]) -> DocumentNumber | None:
    """Return the number in the letterhead of these lines, or None if they have none.

    A number that follows the word «Số» at the beginning of a line, or behind other words of a letterhead
    of one line, is the document's own; one behind «Kế hoạch số» or in a legal basis is not.
    """
    for index, line in enumerate(lines[:DEEPEST]):
        if BODY_START.match(line.text):
            return None
        if CITATION_START.match(line.text):
            continue
        if number := read_number(joined_text(lines, index), index):
            return number
    return None


def joined_text(lines: Sequence[Paragraph], index: int) -> str:
    """Return a line; one that holds nothing but «Số:», with the line that a narrow column broke off."""
    text = lines[index].text[:LONGEST_LINE].lstrip("*+•|- ")
    if re.fullmatch(r"Số\s*[:.]?\s*[\d.…]*\s*/?", text, re.IGNORECASE) and index + 1 < len(lines):
        return f"{text} {lines[index + 1].text}"
    return text


def read_number(text: str, index: int = 0) -> DocumentNumber | None:
    """Return the number that a line of a letterhead holds, or None."""
    if len(text) <= LONGEST_CODE_LINE and (match := BARE_NUMBER.fullmatch(text)):
        is_number = match["word"] is not None or has_kind_or_agency(match["code"])
        return number_of_match(match, index) if is_number else None
    for match in NUMBER.finditer(text):
        before = text[: match.start()].rstrip(" (|")
        if " ".join(before.lower().split()) in BY_NAME and before.isupper():
            return number_of_match(match, index)
        is_own = not before or match["colon"] is not None or before.isupper()
        if is_own and not CITING.search(before):
            return number_of_match(match, index)
    return None


def is_citation(text: str) -> bool:
    """Return whether a text begins by citing a law or a document by number and day, as legal bases do."""
    return CITATION.match(text) is not None


def has_kind_or_agency(code: str) -> bool:
    """Return whether a code without the word «Số» is one: it has two parts, as KH-UBND and UBND-VX have."""
    return len(re.findall(r"[^\W\d_]{2,}", code)) > 1


def number_of_match(match: re.Match[str], index: int) -> DocumentNumber:
    """Return the number in a match of NUMBER or BARE_NUMBER."""
    code = re.sub(r"\s*([-–/&])\s*", r"\1", match["code"]).replace("–", "-")
    at_the_end = re.search(r"[-/.]((?:19|20)\d\d)$", code)
    year = match["year"] or (at_the_end and at_the_end[1])
    serial = match["serial"].strip(" .…_")
    separator = match["separator"].replace("–", "-")
    return DocumentNumber(serial or None, code, int(year) if year else None, index, separator)


def find_issuing_document(lines: Sequence[Paragraph]) -> tuple[str, str] | None:
    """Return kind and number of what a plan came with («kèm theo Quyết định số 12/QĐ-UBND»), or None."""
    for line in lines:
        if match := ISSUING.search(line.text[:LONGEST_LINE]):
            number = re.sub(r"\s+", "", match["number"])
            return match["kind"].lower(), number if number[:1].isdigit() else ""
    return None
