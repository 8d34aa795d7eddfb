"""Extracts the end of a plan: who signed it, and who receives it."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.proposal import Signer
from cchc_flow.plan_import.structure.document_parts import DocumentParts
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.title_lines import ARTICLE

RECIPIENTS = re.compile(r"\W{0,3}nơi nhận\W{0,4}", re.IGNORECASE)
AUTHORITY = r"(?:TM|KT|TL|TUQ|T/M|Q)\s*\.?\s*"
OFFICE = (
    r"(?:PHÓ\s+)?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG (?:BAN|PHÒNG|THÔN|ĐOÀN)|(?:TỔNG )?GIÁM ĐỐC|BÍ THƯ"
    r"|HIỆU TRƯỞNG|THỦ TƯỚNG|(?:BỘ|CỤC|CHỈ HUY) TRƯỞNG)"
)
SIGNING = re.compile(
    rf"(?:{AUTHORITY})?{OFFICE}\b|{AUTHORITY}(?:ỦY BAN|UỶ BAN|UBND|BAN|HỘI ĐỒNG|HĐND|ĐẢNG)\b"
)
NO_NAMES = ("NHÂN DÂN", "CHÍNH PHỦ", "THƯỜNG TRỰC", "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
UNSIGNED = re.compile(r"\(?\s*(?:đã ký|ký tên|chữ ký|ký, đóng dấu)", re.IGNORECASE)


def recipients_of(document: DocumentParts) -> tuple[str, ...]:
    """Return the recipients of the plan, as listed under "Nơi nhận"; of a decision that carries it, those."""
    return find_recipients(document.tail) or find_recipients(end_of_decision(document))


def end_of_decision(document: DocumentParts) -> Sequence[Paragraph]:
    """Return what stands between the articles of a decision and the plan that it carries."""
    front = document.front[: len(document.front) - len(document.opening)]
    articles = [index for index, line in enumerate(front) if ARTICLE.match(line.text)]
    return front[articles[-1] + 1 :] if articles else ()


def find_recipients(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the recipients that these lines list below "Nơi nhận"."""
    is_in_list = False
    names: list[str] = []
    for line in lines:
        if match := RECIPIENTS.match(line.text):
            is_in_list = True
            names.extend(bullets_in(line.text[match.end() :]))
        elif is_in_list and (line.number is not None or is_bullet(line.text)):
            names.extend(bullets_in(line.text))
        elif is_in_list and names and is_continuation(line.text, names[-1]):
            names[-1] = f"{names[-1]} {line.text.strip(' ;.')}"
        elif line.text.isupper():
            is_in_list = is_in_list and not names
    return tuple(name for name in names if name)


def is_bullet(text: str) -> bool:
    """Return whether a line begins with a bullet."""
    parsed = parse_mark(text)
    return parsed is not None and parsed[0].is_bullet


def bullets_in(text: str) -> list[str]:
    """Return the recipients that a line names, one or several."""
    parts = re.split(r";|\s-\s(?=[A-ZĐ])", text) if ";" in text else [text]
    return [bare for part in parts if (bare := part.strip(" -–+*•;.,"))]


def is_continuation(text: str, name: str) -> bool:
    """Return whether a line goes on with the recipient above, which a narrow column broke."""
    return bool(name) and text[:1].islower() and not text.isupper()


def signer_of(document: DocumentParts) -> Signer | None:
    """Return the signer's title and name, or None if the document has no signature.

    A plan that follows a decision in the same file is signed where the decision is.
    """
    return find_signer(document.tail) or find_signer(end_of_decision(document))


def find_signer(lines: Sequence[Paragraph]) -> Signer | None:
    """Return the last signer in these lines: the last line with an office before a name, and that name."""
    found: Signer | None = None
    for index, line in enumerate(lines):
        title = signing_title(line.text)
        if title is None:
            continue
        name = find_name(lines[index + 1 : index + 6])
        if found is None or found.name is None or name is not None:
            found = Signer(title, name)
        if name is not None:
            return found
    return found


def signing_title(text: str) -> str | None:
    """Return the office that a line of a signature names («KT. CHỦ TỊCH»), or None.

    A letterhead read by rows may hold the recipients before it, on the same line.
    """
    text = RECIPIENTS.sub("", text, count=1).strip() if RECIPIENTS.match(text) else text
    return text if text.isupper() and SIGNING.match(text) and len(text) < 100 else None


def find_name(lines: Sequence[Paragraph]) -> str | None:
    """Return the first line that looks like a person's name, up to the next office; None if there is none.

    A name in capitals may be the rest of an agency («NHÂN DÂN»): one in small letters goes before.
    """
    names: list[str] = []
    for line in lines:
        if signing_title(line.text) is not None or RECIPIENTS.match(line.text) or is_bullet(line.text):
            return None
        if is_name(line.text) and not UNSIGNED.match(line.text):
            names.append(line.text)
    return next((name for name in names if not name.isupper()), next(iter(names), None))


def is_name(text: str) -> bool:
    """Return whether a line may be a person's name: two to six capitalised words, no agency's."""
    words = text.split()
    is_capitalised = all(word[0].isupper() and word.isalpha() for word in words)
    return 2 <= len(words) <= 6 and is_capitalised and text.upper() not in NO_NAMES
