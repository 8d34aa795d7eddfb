"""The evidence for each kind of document: its number, its title, its formulas and headings, its verbs.

Weights were set by hand so that no single word decides: a number (6) or a title in capitals (5) outweighs any
one sign in the body, and all signs of the body together (up to about 8) outweigh a doubtful title.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.kinds.formulas import formulas_in
from cchc_flow.plan_import.structure.document_numbers import DocumentNumber
from cchc_flow.plan_import.structure.kind_names import BY_NAME, LETTER, PLAN, KindName
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING
from cchc_flow.plan_import.structure.title_lines import ARTICLE, TitleLine

MOST_FORMULAS = 3
DEEPEST_FORMULA = 60
"""Formulas open and close a document: they are looked for in its first and last lines."""
NUMBER_WEIGHT = 6.0
TITLED_LETTER_WEIGHT = 2.0
TITLE_WEIGHTS = {3: 5.0, 2: 4.5, 1: 4.0}
FORMULA_WEIGHT = 1.5

# The headings of a kind fall into classes; only several classes together say something.
HEADINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "kế hoạch": (
        ("mục đích, mục tiêu", r"mục đích|mục tiêu|yêu cầu|quan điểm"),
        ("chỉ tiêu", r"chỉ tiêu"),
        ("nhiệm vụ", r"nhiệm vụ|giải pháp|nội dung(?:,| (?:và|thực hiện|công việc|triển khai|kế hoạch))"),
        ("tổ chức thực hiện", r"tổ chức thực hiện|phân công|trách nhiệm (?:thực hiện|của)"),
        ("kinh phí", r"kinh phí|nguồn lực"),
    ),
    "báo cáo": (
        ("kết quả", r"kết quả|tình hình|thực trạng|công tác chỉ đạo|đặc điểm"),
        ("tồn tại, hạn chế", r"tồn tại|hạn chế|khó khăn|vướng mắc|ưu điểm|nguyên nhân"),
        ("đánh giá", r"đánh giá chung|nhận xét|bài học"),
        ("phương hướng", r"phương hướng"
                         r"|(?:nhiệm vụ|giải pháp).{0,60}(?:thời gian tới|cuối năm|tiếp theo|quý|tháng|kỳ)"),
        ("kiến nghị", r"kiến nghị|đề xuất"),
    ),
    "biên bản": (
        ("thành phần", r"thành phần|thời gian, địa điểm|thời gian và địa điểm"),
        ("nội dung họp", r"nội dung (?:cuộc họp|hội nghị|làm việc)|diễn biến|ý kiến"),
        ("kết luận", r"kết luận"),
    ),
}  # fmt: skip
STRUCTURES = tuple(
    (BY_NAME[name], tuple((words, re.compile(text, re.IGNORECASE)) for words, text in classes))
    for name, classes in HEADINGS.items()
)
REFORM_AREA = re.compile(
    r"cải cách (?:thể chế|thủ tục hành chính|tổ chức bộ máy|chế độ công vụ|tài chính công)", re.IGNORECASE
)
AIM = re.compile(r"mục tiêu|mục đích", re.IGNORECASE)
REFORM_AREA_WEIGHT = 1.0
STRUCTURE_WEIGHTS = (0.0, 0.5, 1.5, 2.5, 3.0, 3.0)
DONE = re.compile(
    r"(?:\bđã\s+(?!được giao)|\bđạt\s+(?:tỷ lệ\s+)?\d|\btrong (?:kỳ|quý|tháng),)", re.IGNORECASE
)
FEWEST_FOR_TENSE = 4


class Evidence(msgspec.Struct, frozen=True):
    """One reason to hold a document for a kind: its weight, and what was seen, in words for a person."""

    kind: KindName
    weight: float
    words: str
    is_formula: bool = False


def gather_evidence(
    lines: Sequence[Paragraph], number: DocumentNumber | None, title: TitleLine | None
) -> tuple[Evidence, ...]:
    """Return all evidence for what the document is, the formal signs first."""
    return (
        *number_evidence(number, title),
        *title_evidence(title),
        *letter_evidence(lines, title),
        *formula_evidence(lines),
        *article_evidence(lines),
        *heading_evidence(lines),
        *tense_evidence(lines),
    )


def number_evidence(number: DocumentNumber | None, title: TitleLine | None) -> Iterator[Evidence]:
    """Yield what the document's own number says: little if it names no kind and a title in capitals does."""
    if number is not None:
        is_outdone = number.kind is LETTER and title is not None and title.strength > 1
        weight = TITLED_LETTER_WEIGHT if is_outdone else NUMBER_WEIGHT
        yield Evidence(number.kind, weight, f"số hiệu «{number.text or f'…/{number.code}'}»")


def title_evidence(title: TitleLine | None) -> Iterator[Evidence]:
    """Yield what the title says, the more the clearer it is set."""
    if title is not None:
        yield Evidence(title.kind, TITLE_WEIGHTS[title.strength], f"tên loại «{title.kind.name.upper()}»")


def letter_evidence(lines: Sequence[Paragraph], title: TitleLine | None) -> Iterator[Evidence]:
    """Yield the sign of an official letter: it is addressed to somebody, and has no title."""
    is_addressed = any(line.text.lower().startswith("kính gửi") for line in lines[:40])
    if is_addressed and (title is None or title.strength == 1):
        yield Evidence(LETTER, 3.0, "có «Kính gửi», không có tên loại")


def formula_evidence(lines: Sequence[Paragraph]) -> Iterator[Evidence]:
    """Yield the formulas with which documents of a kind open and close: each once, three of a kind."""
    found = dict.fromkeys(
        (kind, words)
        for line in (*lines[:DEEPEST_FORMULA], *lines[DEEPEST_FORMULA:][-DEEPEST_FORMULA:])
        for kind, words in formulas_in(line.text)
    )
    for kind in dict.fromkeys(kind for kind, _ in found):
        words = [words for other, words in found if other is kind]
        for seen in words[:MOST_FORMULAS]:
            yield Evidence(kind, FORMULA_WEIGHT, seen, is_formula=True)


def article_evidence(lines: Sequence[Paragraph]) -> Iterator[Evidence]:
    """Yield the articles «Điều 1.», «Điều 2.» of decisions and resolutions, of rules where there are many."""
    articles = sum(1 for line in lines if ARTICLE.match(line.text))
    if 2 <= articles <= 6:
        yield Evidence(BY_NAME["quyết định"], 2.0, "chia thành các Điều")
    elif articles > 6:
        yield Evidence(BY_NAME["quy chế"], 2.0, f"chia thành {articles} Điều")


def heading_evidence(lines: Sequence[Paragraph]) -> Iterator[Evidence]:
    """Yield the kinds that have such headings: goals, tasks, organisation; or results, limits, directions."""
    headings = [text for line in lines if (text := heading_text(line))]
    for kind, classes in STRUCTURES:
        found = [words for words, pattern in classes if any(pattern.match(text) for text in headings)]
        if weight := STRUCTURE_WEIGHTS[len(found)]:
            yield Evidence(kind, weight, f"có các mục {', '.join(found)}")
    if any(map(AIM.match, headings)) and any(map(REFORM_AREA.match, headings)):
        yield Evidence(PLAN, REFORM_AREA_WEIGHT, "có các lĩnh vực cải cách sau mục tiêu")


def is_section_heading(text: str) -> bool:
    """Return whether a text is the heading of a section, of whatever kind of document."""
    return any(pattern.match(text) for _, classes in STRUCTURES for _, pattern in classes)


def heading_text(line: Paragraph) -> str:
    """Return a short numbered paragraph, or one in capitals, without its number; "" for any other."""
    parsed = None if line.number is not None else parse_mark(line.text)
    mark, text = parsed or (None, line.text)
    is_numbered = line.number is not None or (mark is not None and not mark.is_bullet)
    is_short = len(text) <= LONGEST_HEADING and not text.endswith(";")
    if not is_short or not (is_numbered or text.isupper()):
        return ""
    return re.sub(r"^(?:các|những|một số|về)\s+", "", text, flags=re.IGNORECASE)


def tense_evidence(lines: Sequence[Paragraph]) -> Iterator[Evidence]:
    """Yield the sign of a report: many of its paragraphs say what was done."""
    texts = [line.text for line in lines if len(line.text) > 30]
    done = sum(1 for text in texts if DONE.search(text[:300]))
    if len(texts) >= FEWEST_FOR_TENSE and done / len(texts) >= 0.3:
        yield Evidence(BY_NAME["báo cáo"], 1.5, "phần lớn câu kể việc đã làm")
