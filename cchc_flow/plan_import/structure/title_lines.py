"""Finds the lines that title a document by its kind: «KẾ HOẠCH», alone on its line or with its subject."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.kind_names import BY_NAME, KINDS, PLAN, SPACE, KindName
from cchc_flow.plan_import.structure.marks import parse_mark

LONGEST_TITLE = 600
LONGEST_PLAIN_TITLE = 220
NAMES = "|".join(sorted((kind.pattern for kind in KINDS), key=len, reverse=True))
NAMED = re.compile(
    rf"(?:\(?\s*(?:dự thảo|mẫu|tóm tắt|trích|bản sao)(?:\s+lần\s+\d+|\s+số\s+\d+)?\s*\)?\s*[:.]?\s*|[*#\s]+)?"
    rf"(?P<name>{NAMES})(?P<end>$|(?=[\s:.,(*/–-]))",
    re.IGNORECASE,
)
SPREAD = re.compile(r"(?:[^\W\d_] +){4,20}[^\W\d_]")
SPREAD_NAMES = {kind.name.upper().replace(" ", ""): kind.name.upper() for kind in KINDS}
"""Titles that are spread over the line, letter by letter."""
LETTERHEAD = re.compile(r"cộng h(?:òa|oà) xã hội|đảng cộng sản|độc lập\s*[-–]", re.IGNORECASE)
# The name in capitals behind the day of the letterhead; what is glued to it («QUYẾT ĐỊNHVề») is cut off.
COLLAPSED = re.compile(
    r"(?:năm\s+\d{4}|\d{4}|[Hh]ạnh phúc|VIỆT NAM)[\s|*-]+(?P<name>(?:"
    + "|".join(SPACE.join(kind.name.upper().split()) for kind in KINDS)
    + r"))(?=$|[\s:.,(*/–-]|[A-ZĐÀ-Ỹ][a-zà-ỹ])(?P<subject>.*)"
)
TORN_MOTTO = re.compile(r"(?:H(?:ÒA|OÀ) XÃ HỘI )?(?:CHỦ )?NGHĨA VIỆT NAM")
LONGEST_TORN = 12
AGENCY = re.compile(
    r"(?:ỦY|UỶ) BAN|UBND|HĐND|HỘI ĐỒNG|MẶT TRẬN|MTTQ|ĐẢNG |CỘNG H|BAN |XÃ |PHƯỜNG |THỊ TRẤN |ĐẶC KHU |TỈNH "
    r"|HUYỆN |QUẬN |THÀNH PHỐ |SỞ |BỘ |PHÒNG |TRƯỜNG |CÔNG |VĂN PHÒNG |TRUNG TÂM |HỌC VIỆN |ĐẠI HỌC "
    r"|QUỐC HỘI$|CHÍNH PHỦ$|SỐ"
)
ARTICLE = re.compile(r"Điều\s+\d{1,2}\s*[.:]", re.IGNORECASE)
ATTACHED_TO = re.compile(
    r"\(?\s*(?:được\s+)?(?:ban hành\s+)?(?:kèm|đính kèm|gửi kèm)(?:\s+theo)?\b", re.IGNORECASE
)
SENT_ALONG = re.compile(
    r"\((?:[^()]{0,40}\s)?(?:gửi|đính|ban hành)?\s*kèm\b[^()]{0,120}\)?\s*$", re.IGNORECASE
)
IN_A_SENTENCE = re.compile(
    r"này\b|(?:được|đã|phải|nhằm|theo)\b|của\s+(?:chính phủ|thủ tướng)\b|số\s+\d", re.IGNORECASE
)
AFTER_A_SUBJECT = re.compile(
    r"(?:\(|số\b|căn cứ\b|kính gửi\b|xét\b|theo đề nghị\b|điều 1\b|(?:CHỦ TỊCH |THỦ TƯỚNG |BỘ TRƯỞNG )?"
    r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG) NHÂN DÂN|(?:(?:ỦY|UỶ) )?BAN THƯỜNG|CHÍNH PHỦ$|CỘNG H)",
    re.IGNORECASE,
)
# The heading of a page that shows a document: «Kế hoạch 12/KH-UBND năm 2026 …, do xã … ban hành».
CAPTION = re.compile(
    r"(?:số\s*:?\s*)?\d{1,6}[a-zđ]?(?:/(?:19|20)\d\d)?\s?[/-]\s?[A-ZĐ][\wĐđ]*(?:\s?[-/&]\s?[A-ZĐ][\w]*)*"
    r"(?:\s+(?:năm\s+)?(?:19|20)\d\d(?!\s*-))?[\s:,–-]*"
)
CAPTION_END = re.compile(r",?\s+do\s+\S.{0,80}\sban hành$")
PLAN_LIKE = ("plan", "program", "option")
"""Kinds that may be a plan by another name; what the document is, is decided elsewhere."""
SENTENCE_SIGN = re.compile(
    r"^(?:Ngày|Trong|Qua|Nhằm|Để|Hôm nay|Vào hồi|(?:Trân trọng )?[Kk]ính mời)\b"
    r"|\bđã (?:ban hành|được|có|tổ chức)\b"
    r"|\b(?:UBND|Ủy ban|Hội đồng|HĐND)\b.{0,60}\b(?:đã|(?:ban hành|xây dựng) kế hoạch)\b"
)
SENTENCE_END = (".", ";", ":", ",")


class TitleLine(msgspec.Struct, frozen=True):
    """A line that names a kind of document: its index, the kind, the subject behind it, and how sure it is.

    `strength` is 3 for a name in capitals alone on its line, 2 for one followed by the subject, 1 for a name
    that is not in capitals. `lines` is 2 where a narrow column broke the name itself over two lines.
    """

    index: int
    kind: KindName
    subject: str
    strength: int
    lines: int = 1


def find_title_lines(lines: Sequence[Paragraph]) -> Iterator[TitleLine]:
    """Yield each line that may title a document or an attachment, in order."""
    for index, line in enumerate(lines):
        if line.number is not None:
            continue
        if (title := read_title(line.text, index) or read_collapsed_title(line.text, index)) or (
            index + 1 < len(lines) and (title := read_torn_title(line.text, lines[index + 1].text, index))
        ):
            yield title


def read_torn_title(first: str, second: str, index: int) -> TitleLine | None:
    """Return the title whose name a narrow column tore apart over two lines («QUYẾT», «ĐỊNH»), or None."""
    if not (first.isupper() and len(first) <= LONGEST_TORN):
        return None
    title = read_title(f"{first} {second}", index)
    return msgspec.structs.replace(title, lines=2) if title is not None and title.strength > 1 else None


def read_collapsed_title(text: str, index: int) -> TitleLine | None:
    """Return the title that stands behind a letterhead on the same line, or None."""
    if not LETTERHEAD.search(text[:LONGEST_TITLE]):
        return None
    match = COLLAPSED.search(text[:LONGEST_TITLE])
    return read_title(f"{match['name']} {match['subject']}".strip(), index) if match else None


def read_title(text: str, index: int = 0) -> TitleLine | None:
    """Return the title that one line holds, or None if it names no kind or is part of a sentence."""
    if SPREAD.fullmatch(text):
        text = SPREAD_NAMES.get(text.replace(" ", ""), text)
    match = NAMED.match(text) if len(text) <= LONGEST_TITLE else None
    if match is None:
        return None
    kind = BY_NAME[name_key(match["name"])]
    subject = text[match.end() :].strip(" :.*#–-/")
    if match["name"].isupper():
        is_alone = not re.search(r"\w", subject)
        return TitleLine(index, kind, "" if is_alone else subject, 3 if is_alone else 2)
    if not re.search(r"\w", subject):
        return TitleLine(index, kind, "", 1)
    if is_sentence(text, subject) or parse_mark(text) is not None:
        return None
    return TitleLine(index, kind, without_caption(subject), 1)


def without_caption(subject: str) -> str:
    """Return a subject without the number before it and the issuer behind it, as a page's caption has."""
    caption = CAPTION.match(subject)
    return CAPTION_END.sub("", subject[caption.end() :]) if caption else subject


def is_caption(text: str) -> bool:
    """Return whether a line is the heading of a page: a kind's name in small letters, and its number."""
    match = NAMED.match(text)
    return match is not None and CAPTION.match(text[match.end() :].lstrip()) is not None


def is_sentence(text: str, subject: str) -> bool:
    """Return whether a line that begins with a kind's name is a sentence or a citation, and no title."""
    return (
        len(text) > LONGEST_PLAIN_TITLE
        or text.endswith(SENTENCE_END)
        or IN_A_SENTENCE.match(subject) is not None
    )


def is_end_of_subject(text: str, *, is_first: bool) -> bool:
    """Return whether a line below the title no longer belongs to its subject; `is_first`: it is the first.

    A subject may begin with «Thực hiện …», as a legal basis does; a line in capitals is none.
    """
    if AFTER_A_SUBJECT.match(text) or SENTENCE_SIGN.search(text[:LONGEST_TITLE]):
        return True
    if not is_first and not text.isupper() and text.lower().startswith("thực hiện"):
        return True
    return text.endswith((".", ";", ":")) or ATTACHED_TO.match(text) is not None or is_rule(text)


def is_letterhead(text: str) -> bool:
    """Return whether a line in capitals names an agency, a place or the country, as a letterhead does."""
    bare = text.strip(" |")
    is_motto = LETTERHEAD.search(bare) is not None or TORN_MOTTO.match(bare) is not None
    return is_motto or AGENCY.match(bare) is not None


def is_rule(text: str) -> bool:
    """Return whether a line is only drawn: dashes, underscores, stars."""
    return not re.search(r"\w", text.replace("_", ""))


def name_key(text: str) -> str:
    """Return a kind's name as it stands in the list: lower case, one space between the syllables."""
    return " ".join(text.lower().replace("_", " ").split())


def find_plan_title(lines: Sequence[Paragraph]) -> TitleLine | None:
    """Return the title of the plan in a document, or None if no line titles one.

    It is the first line that says KẾ HOẠCH in capitals (else the first in small letters, before the body).
    A decision that issues a plan may say KẾ HOẠCH in its own title: there it is the first one behind the
    decision's articles.
    """
    titles = sorted(find_title_lines(lines), key=lambda title: title.index)
    first = next((title for title in titles if title.strength > 1), None)
    plans = [title for title in titles if title.kind is PLAN]
    if first is not None and first.kind.carries:
        return attached_plan(lines, [title for title in plans if title.strength > 1])
    own = [title for title in plans if not is_under_appendix(lines, title.index)]
    strong = (title for title in own if title.strength > 1)
    in_head = (title for title in (*own, *titles) if is_in_head(lines, title) and title.kind.key in PLAN_LIKE)
    return next(strong, None) or next(in_head, None)


def attached_plan(lines: Sequence[Paragraph], plans: Sequence[TitleLine]) -> TitleLine | None:
    """Return the title of the plan that follows a decision in the same file, or None."""
    articles = [index for index, line in enumerate(lines) if ARTICLE.match(line.text)]
    for title in plans:
        is_after = bool(articles) and title.index > articles[0]
        if (is_after or is_said_to_be_attached(lines, title)) and len(lines) > title.index + 3:
            return title
    return None


def is_said_to_be_attached(lines: Sequence[Paragraph], title: TitleLine) -> bool:
    """Return whether the next lines say «(Ban hành kèm theo Quyết định số …)»."""
    below = lines[title.index + 1 : title.index + 7]
    return any(ATTACHED_TO.match(line.text) for line in below)


def is_in_head(lines: Sequence[Paragraph], title: TitleLine) -> bool:
    """Return whether no numbered paragraph stands before the title."""
    marks = (parse_mark(line.text) for line in lines[: title.index])
    return not any(mark is not None and not mark[0].is_bullet for mark in marks)


def is_under_appendix(lines: Sequence[Paragraph], index: int) -> bool:
    """Return whether the line above begins an appendix, so that this one is the appendix's title."""
    return index > 0 and re.match(r"phụ lục\b", lines[index - 1].text, re.IGNORECASE) is not None


def is_attachment_start(lines: Sequence[Paragraph], index: int) -> bool:
    """Return whether a line titles something sent along with the document («KẾ HOẠCH KIỂM TRA (gửi kèm)»).

    It stands in capitals and says so itself, or the line below does; or it is nothing but a kind's name.
    """
    line = lines[index]
    if line.number is not None or len(line.text) > LONGEST_TITLE or parse_mark(line.text) is not None:
        return False
    title = read_title(line.text)
    if title is not None and title.strength > 1 and (not title.subject or SENT_ALONG.search(line.text)):
        return True
    return line.text.isupper() and any(
        ATTACHED_TO.match(below.text) for below in lines[index + 1 : index + 4]
    )
