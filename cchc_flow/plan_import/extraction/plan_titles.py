"""Finds what a plan is about: its title, or what stands for one where no line says KẾ HOẠCH."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.title_lines import is_caption, is_letterhead, read_title

MOST_LINES, LONGEST_LINE = 80, 2_000
BASIS = re.compile(
    r"(?:[-–+*]\s*)?(?P<word>Căn cứ|Thực hiện|Xét|Theo đề nghị|Theo|Trên cơ sở|Tiếp tục thực hiện)\b\s*:?\s*",
    re.IGNORECASE,
)
ABOUT_A_PLAN = re.compile(r"kế hoạch.{0,40}cải cách", re.IGNORECASE)
ANNOUNCED = re.compile(
    r"\b(?:ban hành|xây dựng)\s+(?:bản\s+)?kế hoạch\s+(?P<subject>.{5,300}?)"
    r",?\s*(?:cụ thể\s*)?(?:như sau|sau đây)",
    re.IGNORECASE,
)
BEHIND_DAY = re.compile(r"năm\s+(?:19|20)\d{2}\s*\|?\s*(?P<title>.{12,300})$")


def title_of(document: DocumentParts) -> str:
    """Return the plan's subject, in a decision without a line KẾ HOẠCH that of the decision.

    Where no line titles the plan, it is what stands in capitals between the letterhead and the legal bases,
    or what the sentence that announces the plan says.
    """
    front = ends_of(document.front)
    title = " ".join(document.title)
    if document.opening and is_caption(document.opening[0].text):
        title = title_in_capitals(front) or title
    subjects = [text for text in front if ABOUT_A_PLAN.search(text) and not BASIS.match(text)]
    announced = [match["subject"] for text in front if (match := ANNOUNCED.search(text))]
    candidates = (title, *short(subjects), title_in_capitals(front), *announced, *subjects)
    return next((text for text in candidates if text), "")


def title_in_capitals(front: Sequence[str]) -> str:
    """Return the lines in capitals that follow the letterhead, up to the first other line; "" if none do."""
    title: list[str] = []
    for text in front:
        if BASIS.match(text) and not text.isupper():
            break
        behind = BEHIND_DAY.search(text)
        if behind is not None and behind["title"].isupper():
            title = [behind["title"].strip(" |")]
        elif text.isupper() and " " in text.strip() and not is_letterhead(text) and not read_title(text):
            title.append(text.strip(" |"))
        elif title:
            break
    return " ".join(title)


def ends_of(lines: Sequence[Paragraph]) -> list[str]:
    """Return the first and last lines of the front, cut off where they are longer than any is."""
    return [line.text[:LONGEST_LINE] for line in (*lines[:MOST_LINES], *lines[MOST_LINES:][-MOST_LINES:])]


def short(texts: Sequence[str]) -> list[str]:
    """Return the texts that are no sentences, and so may be a title."""
    return [text for text in texts if len(text) <= 250 and not text.endswith((":", ";", "."))]
