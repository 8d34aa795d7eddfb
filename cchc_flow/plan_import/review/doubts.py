"""Which lines of a plan are doubtful or went nowhere, and the words for them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cchc_flow.plan_import.proposal import Passage, Proposal
from cchc_flow.plan_import.roles.role import Role

FAIR, SURE = 0.6, 0.85
"""A line below the second confidence is doubtful, and one below the first is more so."""
LONGEST_QUOTE, LONGEST_SENTENCE = 80, 1_000
OPENING_OR_CLOSING = re.compile(
    r"^(?:trên đây là|nghị quyết này|quyết định này|kế hoạch này có|quyết định\s*:?$|điều \d{1,2}[.:])"
    r"|^ban hành kèm theo (?:quyết định|nghị quyết) này|\bchịu trách nhiệm thi hành\b"
    r"|\b(?:ban hành|xây dựng|triển khai)\b.{0,20}\bkế hoạch\b.{0,300}(?:như sau|sau đây|cụ thể)\s*:?\s*$",
    re.IGNORECASE,
)
FORMAL: frozenset[Role] = frozenset(
    ("heading", "letterhead", "title", "legal_basis", "recipients", "signature")
)
"""The roles of lines that are no content of a plan, so that nobody misses them."""
CONTENT: frozenset[Role] = frozenset(
    ("goal", "target", "area", "task", "attribute", "unit", "duty", "reporting", "funding", "heading")
)
"""The roles from which the content is made: a doubt between two others changes nothing."""
ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        "task": "công việc",
        "target": "chỉ tiêu",
        "goal": "mục tiêu, yêu cầu",
        "area": "tên lĩnh vực",
        "unit": "tên đơn vị",
        "duty": "nhiệm vụ của đơn vị",
        "attribute": "thông tin của công việc ở trên",
        "funding": "kinh phí",
        "reporting": "chế độ báo cáo",
        "heading": "đề mục",
        "legal_basis": "căn cứ",
        "title": "tên văn bản",
        "letterhead": "phần đầu văn bản",
        "recipients": "nơi nhận",
        "signature": "phần ký",
        "other": "không dùng",
    }
)
"""Every role in words, in the order in which a menu offers them."""


def doubtful_passages(proposal: Proposal) -> list[Passage]:
    """Return the lines whose role is doubtful and matters for the plan, the least sure first."""
    return sorted(filter(is_doubtful, proposal.passages), key=lambda passage: passage.confidence)


def is_doubtful(passage: Passage) -> bool:
    """Tell whether a line is in doubt, and that may change what the plan holds."""
    return passage.confidence < SURE and bool({passage.role, passage.other} & CONTENT)


def doubt_words(confidence: float) -> str:
    """Return how much a reading is in doubt in words, "" when it is sure."""
    if confidence >= SURE:
        return ""
    return "Nên xem lại" if confidence >= FAIR else "Chưa chắc"


def unread_passages(proposal: Proposal) -> list[Passage]:
    """Return the lines that went into no part of the plan although they may say something, in order."""
    return [
        passage
        for passage in proposal.passages
        if not passage.ref and passage.role not in FORMAL and passage.text.strip()
    ]


def split_unread(proposal: Proposal) -> tuple[list[Passage], list[Passage]]:
    """Return the unread lines that may be missed, and the sentences that open and close a document."""
    unread = unread_passages(proposal)
    formal = [passage for passage in unread if OPENING_OR_CLOSING.search(passage.text[:LONGEST_SENTENCE])]
    return [passage for passage in unread if passage not in formal], formal


def where_words(passage: Passage) -> str:
    """Return where a line stands: «trang 3, đoạn 41», without the page where no reader knows it.

    Of one that was recognised in a picture that is said.
    """
    page = f"trang {passage.page}, " if passage.page else ""
    return f"{page}đoạn {passage.place}{', đọc bằng OCR' * is_recognised(passage)}"


def is_recognised(passage: Passage) -> bool:
    """Tell whether the words of a line were recognised in a picture."""
    return passage.legibility is not None


def doubt_line(passage: Passage) -> str:
    """Return a doubtful line for a person: where it stands, what it was read as, and what it may be."""
    ref = f" ({passage.ref})" if passage.ref else ""
    other = f", có thể là {ROLE_WORDS[passage.other]}" if passage.other is not None else ""
    return f"{where_words(passage)}{ref}: đọc là {ROLE_WORDS[passage.role]}{other}: «{quote(passage.text)}»"


def quote(text: str) -> str:
    """Return the text; of a long one its first whole words, 80 characters at most, and "…"."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rpartition(' ')[0]} …"
