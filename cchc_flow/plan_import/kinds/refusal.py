"""Refuses what is no plan, by naming what it is; and says why a plan that is shown may be none."""

import re
from collections.abc import Iterator, Sequence

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.kinds.evidence import Evidence
from cchc_flow.plan_import.kinds.identity import Identity
from cchc_flow.plan_import.proposal import Proposal, Remark, has_content
from cchc_flow.plan_import.review.ranking import make_remark
from cchc_flow.plan_import.structure.kind_names import LETTER, PLAN, UNKNOWN
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.title_lines import is_end_of_subject

LONGEST_SUBJECT = 120
TALLEST_SUBJECT = 4
CHOOSE_ANOTHER = "Hãy chọn đúng tệp kế hoạch."
ABOUT = re.compile(r"^(?:v/v|về việc)\b[:\s]*", re.IGNORECASE)
NAMED_BY_A_FORMULA = ("notice", "guide", "submission", "minutes", "contract", "invitation")
"""Kinds whose opening words no newspaper uses; those of reports and directives, it does."""
NO_PLAN = BadInput(
    "Đọc được chữ nhưng không thấy một kế hoạch: cần có các mục như mục tiêu, chỉ tiêu, nhiệm vụ.",
    "Hãy chọn đúng tệp kế hoạch cải cách hành chính.",
)


def refuse_other_kind(identity: Identity, lines: Sequence[Paragraph]) -> None:
    """Raise BadInput for a document that is a report, a decision or another kind, and carries no plan."""
    if identity.kind in (PLAN, UNKNOWN):
        return
    name = name_document(identity, lines)
    if identity.mentions_plan:
        raise BadInput(
            f"Tệp là {name}, có nói đến kế hoạch nhưng không kèm kế hoạch đó.",
            "Hãy chọn tệp có toàn văn kế hoạch kèm theo.",
        )
    raise BadInput(f"Tệp là {name}, không phải kế hoạch.", CHOOSE_ANOTHER)


def refuse_without_content(identity: Identity, proposal: Proposal) -> None:
    """Raise BadInput for a text that neither says formally that it is a plan nor holds tasks or targets."""
    if identity.is_formally_plan or (has_content(proposal) and identity.is_plan_by_content):
        return
    if identity.foreign_title:
        raise BadInput(
            f"Tệp là văn bản «{shorten(identity.foreign_title)}», không phải kế hoạch.", CHOOSE_ANOTHER
        )
    if likely := likeliest_other(identity):
        raise BadInput(
            f"Không thấy một kế hoạch; văn bản giống {likely.kind.name} hơn ({likely.words}).", CHOOSE_ANOTHER
        )
    raise NO_PLAN


def likeliest_other(identity: Identity) -> Evidence | None:
    """Return the formula of another kind that speaks most against a plan; None if a plan's speak as much."""
    formulas = [seen for seen in identity.evidence if seen.is_formula]
    if any(seen.kind is PLAN for seen in formulas):
        return None
    named = [seen for seen in formulas if seen.kind.key in NAMED_BY_A_FORMULA]
    return max(named, key=lambda seen: seen.weight, default=None)


def name_document(identity: Identity, lines: Sequence[Paragraph]) -> str:
    """Return what a document is called in a sentence: kind, number, and subject in quotes."""
    parts = [identity.kind.name]
    if identity.number is not None and identity.number.text is not None:
        parts.append(f"số {identity.number.text}")
    if subject := subject_of(identity, lines):
        parts.append(f"«{subject}»")
    return " ".join(parts)


def subject_of(identity: Identity, lines: Sequence[Paragraph]) -> str:
    """Return the document's subject, shortened to some 120 letters; "" if it has none."""
    title = identity.title
    if identity.kind is LETTER or title is None:
        about = (line.text for line in lines[:40] if ABOUT.match(line.text))
        return shorten(ABOUT.sub("", next(about, "")))
    below = [title.subject] if title.subject else []
    if below and title.strength == 1:
        return shorten(below[0])
    for line in lines[title.index + title.lines : title.index + title.lines + TALLEST_SUBJECT]:
        is_another_case = bool(below) and below[0].isupper() and not line.text.isupper()
        if is_another_case or is_end_of_subject(line.text, is_first=not below) or parse_mark(line.text):
            break
        below.append(line.text)
    return shorten(" ".join(below))


def shorten(text: str) -> str:
    """Return the text with one space between words and at most 120 letters, cut between words."""
    words = " ".join(text.split()).strip(" .:;")
    return words if len(words) <= LONGEST_SUBJECT else f"{words[:LONGEST_SUBJECT].rpartition(' ')[0]} …"


def kind_remarks(identity: Identity, proposal: Proposal) -> Iterator[Remark]:
    """Yield why a document that is shown as a plan may be none, or one of which little was read."""
    if identity.carrier is not None:
        number = f" số {proposal.number}" if proposal.number else ""
        name = identity.carrier.name
        words = f"Kế hoạch ban hành kèm theo {name}{number}: số và ngày là của {name}."
        yield make_remark("carrier", "Loại văn bản", words)
    if identity.rival is not None:
        yield make_remark("kind", "Loại văn bản", rival_words(identity))
    elif not identity.is_formally_plan:
        yield make_remark(
            "kind",
            "Loại văn bản",
            "Không có tên loại «KẾ HOẠCH» hay số hiệu …/KH-…; đọc như kế hoạch theo các mục của văn bản.",
        )
    if not has_content(proposal):
        yield make_remark(
            "no_content", "Nội dung", "Không đọc được nhiệm vụ hay chỉ tiêu nào; cần người xem lại từng đoạn."
        )


def rival_words(identity: Identity) -> str:
    """Return the sentence on a plan that looks like another kind as well."""
    rival = identity.rival
    signs = [seen.words for seen in identity.evidence if rival is not None and seen.kind.name == rival.name]
    name = rival.name if rival is not None else ""
    why = identity.reasons[0] if identity.reasons else "các mục của văn bản"
    return f"Đọc như kế hoạch vì {why}, nhưng giống {name}: {'; '.join(signs[:3])}."
