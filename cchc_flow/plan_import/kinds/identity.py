"""Decides what a document is from the evidence for each kind, and finds the plan that a decision carries."""

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.kinds.evidence import (
    Evidence,
    gather_evidence,
    heading_evidence,
    is_section_heading,
)
from cchc_flow.plan_import.structure.document_numbers import DocumentNumber, find_number
from cchc_flow.plan_import.structure.kind_names import LETTER, PLAN, UNKNOWN, KindName
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.title_lines import (
    ARTICLE,
    TitleLine,
    attached_plan,
    find_plan_title,
    find_title_lines,
    is_letterhead,
)

ENOUGH = 2.5
FEW_SIGNS = 1.5
CLEAR_LEAD = 1.0
DEEPEST_TITLE = 60
BY_ANOTHER_NAME = ("program", "option")
REFORM = re.compile(r"cải cách hành chính|\bCCHC\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"kính gửi\b", re.IGNORECASE)
ISSUES_A_PLAN = re.compile(
    r"(?:ban hành|phê duyệt|thông qua)(?:\s+kèm theo)?(?:\s*(?:quyết định|nghị quyết) này)?[:\s]+"
    r"(?:là\s+)?(?:bản\s+|nội dung\s+)?[“\"«]?kế hoạch",
    re.IGNORECASE,
)


class Identity(msgspec.Struct, frozen=True):
    """What a document is: its kind, its number and title, all evidence, and what carries it.

    `carrier` is the kind of document that issues the plan in the same file (a decision), else None;
    `mentions_plan` says that the document issues a plan which is not in the file. `rival` is the kind that
    was second, where the evidence for it is nearly as strong. `has_body` says that lines follow its title.
    `foreign_title` is a title in capitals that names no kind.
    """

    kind: KindName
    number: DocumentNumber | None
    title: TitleLine | None
    evidence: tuple[Evidence, ...]
    carrier: KindName | None = None
    mentions_plan: bool = False
    has_body: bool = True
    foreign_title: str = ""
    rival: KindName | None = None

    @property
    def is_plan(self) -> bool:
        """Whether the document is a plan, or carries one."""
        return self.kind is PLAN

    @property
    def is_formally_plan(self) -> bool:
        """Whether its number or its title says so, whatever else it looks like."""
        has_number = self.number is not None and self.number.kind is PLAN
        has_title = self.title is not None and self.title.kind is PLAN
        is_by_another_name = (
            self.kind is PLAN and self.rival is not None and self.rival.key in BY_ANOTHER_NAME
        )
        return has_number or is_by_another_name or self.carrier is not None or (has_title and self.has_body)

    @property
    def is_plan_by_content(self) -> bool:
        """Whether its formulas and headings are those of a plan, more than those of any other kind.

        A text that has neither a plan's formula nor its title must have all a plan's headings, and no other
        title in capitals («THỂ LỆ CUỘC THI»).
        """
        ranking = rank_kinds(self.evidence)
        signs = [seen for seen in self.evidence if seen.kind is PLAN]
        own = sum(seen.weight for seen in signs)
        says_plan = self.title is not None or any(seen.is_formula for seen in signs)
        enough = own >= FEW_SIGNS if says_plan else own >= ENOUGH and not self.foreign_title
        return enough and bool(ranking) and ranking[0][1] is PLAN

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for the kind, in words, the strongest first."""
        own = sorted(
            (seen for seen in self.evidence if seen.kind is self.kind), key=lambda seen: -seen.weight
        )
        return tuple(seen.words for seen in own)


def identify_document(lines: Sequence[Paragraph]) -> Identity:
    """Return what the document in these lines is; of kind UNKNOWN if nothing says so."""
    number = find_number(lines)
    title = find_document_title(lines[: end_of_head(lines, number)])
    evidence = gather_evidence(lines, number, title)
    ranking = rank_kinds(evidence)
    is_numbered_as_plan = number is not None and number.kind is PLAN
    kind = PLAN if is_numbered_as_plan else best_kind(ranking)
    has_body = title is None or len(lines) > title.index + title.lines + (1 if title.strength > 1 else 3)
    foreign = find_foreign_title(lines) if title is None else ""
    identity = Identity(kind, number, title, evidence, has_body=has_body, foreign_title=foreign)
    if kind.key in BY_ANOTHER_NAME and is_reform_plan(lines, evidence):
        return msgspec.structs.replace(identity, kind=PLAN, rival=kind)
    if kind.carries:
        return identify_carrier(identity, lines)
    return msgspec.structs.replace(identity, rival=rival_of(kind, ranking))


def end_of_head(lines: Sequence[Paragraph], number: DocumentNumber | None) -> int:
    """Return the index up to which the document's own title stands; a letter's head ends at «Kính gửi»."""
    if number is None or number.kind is not LETTER:
        return len(lines)
    addressed = (index for index, line in enumerate(lines[:DEEPEST_TITLE]) if ADDRESS.match(line.text))
    return next(addressed, len(lines))


def find_document_title(lines: Sequence[Paragraph]) -> TitleLine | None:
    """Return the first line that titles the document clearly, else the first that may do so, or None."""
    titles = sorted(find_title_lines(lines[:DEEPEST_TITLE]), key=lambda title: title.index)
    clear = (title for title in titles if title.strength > 1)
    return next(clear, None) or next(iter(titles), None)


def find_foreign_title(lines: Sequence[Paragraph]) -> str:
    """Return the first line in capitals above the body that is no letterhead and names no kind; or ""."""
    for line in lines[:DEEPEST_TITLE]:
        mark = parse_mark(line.text)
        if (mark is not None and not mark[0].is_bullet) or is_section_heading(line.text):
            return ""
        is_title = line.text.isupper() and len(WORD.findall(line.text)) > 2
        if is_title and not is_letterhead(line.text):
            return line.text
    return ""


def is_reform_plan(lines: Sequence[Paragraph], evidence: Sequence[Evidence]) -> bool:
    """Return whether a programme or the like is an administrative-reform plan by another name."""
    is_about_reform = any(REFORM.search(line.text) for line in lines[:DEEPEST_TITLE])
    return is_about_reform and any(seen.kind is PLAN and seen.weight >= FEW_SIGNS for seen in evidence)


def rank_kinds(evidence: Sequence[Evidence]) -> list[tuple[float, KindName]]:
    """Return the kinds with the sum of their weights, the strongest first."""
    weights: dict[str, float] = defaultdict(float)
    kinds: dict[str, KindName] = {}
    for seen in evidence:
        weights[seen.kind.name] += seen.weight
        kinds[seen.kind.name] = seen.kind
    return sorted(((weight, kinds[name]) for name, weight in weights.items()), key=lambda pair: -pair[0])


def best_kind(ranking: Sequence[tuple[float, KindName]]) -> KindName:
    """Return the strongest kind, UNKNOWN if its evidence is not enough."""
    return ranking[0][1] if ranking and ranking[0][0] >= ENOUGH else UNKNOWN


def rival_of(kind: KindName, ranking: Sequence[tuple[float, KindName]]) -> KindName | None:
    """Return the strongest other kind if it comes near to this one, or stands above it."""
    own = next((weight for weight, name in ranking if name is kind), 0.0)
    other = next(((weight, name) for weight, name in ranking if name is not kind), None)
    return other[1] if other is not None and other[0] >= ENOUGH and other[0] > own - CLEAR_LEAD else None


def identify_carrier(identity: Identity, lines: Sequence[Paragraph]) -> Identity:
    """Return a decision, resolution or letter as the plan that it carries; as itself if it carries none."""
    if has_attached_plan(identity.kind, lines) or has_plan_in_articles(lines):
        return msgspec.structs.replace(identity, kind=PLAN, carrier=identity.kind)
    return msgspec.structs.replace(identity, mentions_plan=issues_plan(lines))


def has_attached_plan(carrier: KindName, lines: Sequence[Paragraph]) -> bool:
    """Return whether a plan with a title of its own follows; behind a letter, one with its own number."""
    if carrier is not LETTER:
        return find_plan_title(lines) is not None
    titles = [title for title in find_title_lines(lines) if title.kind is PLAN and title.strength > 1]
    return (
        any(
            (number := find_number(lines[max(1, title.index - 8) : title.index])) and number.kind is PLAN
            for title in titles
        )
        or attached_plan(lines, titles) is not None
    )


def issues_plan(lines: Sequence[Paragraph]) -> bool:
    """Return whether an article or the title says that a plan is issued."""
    return any(ISSUES_A_PLAN.search(line.text[:400]) for line in lines)


def has_plan_in_articles(lines: Sequence[Paragraph]) -> bool:
    """Return whether the articles hold the plan itself: one is issued, and the sections of a plan follow."""
    articles = [index for index, line in enumerate(lines) if ARTICLE.match(line.text)]
    if not articles or not issues_plan(lines[: articles[0] + 1]):
        return False
    return any(
        seen.kind is PLAN and seen.weight >= FEW_SIGNS for seen in heading_evidence(lines[articles[0] :])
    )
