"""The marks that number the paragraphs of official documents ("III.", "1.2", "b)", "-"), and their labels."""

import re

import msgspec

# Each pattern is anchored, and what follows the mark decides: "1.000 hồ sơ" and "-5%" carry no mark.
NO_DOCUMENT = r"(?!(?:\d{4}/)?[A-ZĐ]{1,6}\d*[-–‑])"  # «27/CT-UBND» is a document's number
GAP = r"(?:\s+|(?=[^\W\d_])|$)"
COUNTED = "(?:Mảng|Nhóm|Nội dung|Lĩnh vực|Nhiệm vụ|Việc|Mục)(?: nhiệm vụ| việc| công việc)?"
MARK_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(r"((?:phần|chương)\s+(?:thứ\s+\w{2,5}|[IVXLC]{1,6}|\d{1,2}))\b[.:]?\s*", re.IGNORECASE),
    ),
    ("word", re.compile(rf"(?:{COUNTED})\s+(\d{{1,2}})[.:]\s+(?=[A-ZĐÀ-Ỹ])")),
    ("article", re.compile(r"(Điều\s+\d{1,3})[.:]\s*", re.IGNORECASE)),
    ("roman", re.compile(rf"([IVX]{{1,6}})\s?[./):]{NO_DOCUMENT}{GAP}")),
    ("roman", re.compile(r"([IVX]{1,6})\s[-–]\s+")),
    ("4", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{3}})[.)]?{GAP}")),
    ("3", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{2}})[.)]?{GAP}")),
    ("2", re.compile(rf"(\d{{1,2}}\.\d{{1,2}})[.)]?{GAP}")),
    ("1", re.compile(rf"(\d{{1,3}})\s?[./]{NO_DOCUMENT}{GAP}")),
    ("1", re.compile(r"(\d{1,2})\s[-–]\s+(?=[A-ZĐÀ-Ỹ])")),
    ("1)", re.compile(rf"(\d{{1,3}})\){GAP}")),
    ("(1)", re.compile(rf"\((\d{{1,3}})\){GAP}")),
    ("a", re.compile(rf"([a-zđ])(?:\s?[.)]{GAP}|/\s+)")),
    ("(a)", re.compile(rf"\(([a-zđ])\){GAP}")),
    ("i", re.compile(rf"([ivx]{{2,5}})[.)]{GAP}")),
    ("A", re.compile(rf"([A-HĐK-U])[.)/]{GAP}")),
    ("-", re.compile(r"[-–—−](?:\s+(?=\S)|(?=[^\W\d_]))")),
    ("+", re.compile(r"\+(?:\s+(?=\S)|(?=[^\W\d_]))")),
    ("*", re.compile(r"[*](?:\s+(?=\S)|(?=[^\W\d_]))")),
    ("o", re.compile(r"o\s+(?=[^\W\d_a-zà-ỹ])")),
    ("•", re.compile(r"[•·●∙]\s*(?=\S)")),
    ("▪", re.compile(r"[▪■◼]\s*(?=\S)")),
    ("➢", re.compile(r"[➢►▶✓✔❖♦◆○◦→⇒]\s*(?=\S)")),
)
BULLETS = frozenset("-+*o•▪➢")


class Mark(msgspec.Struct, frozen=True):
    """A numbering mark: `kind` is its family ("roman", "1", "a", "-"), `label` its value ("III", "1.2", "b").

    "word" is «Nhiệm vụ 2:», "automatic 0" a number of Word's that looks like no mark. The label of a bullet
    is empty.
    """

    kind: str
    label: str

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet and no number or letter."""
        return self.kind[0] in BULLETS


def parse_mark(text: str) -> tuple[Mark, str] | None:
    """Return the mark that a text begins with and the text after it; None if it begins with no mark."""
    for kind, pattern in MARK_PATTERNS:
        if match := pattern.match(text):
            label = match[1] if pattern.groups else ""
            return Mark(kind, label), text[match.end() :].strip()
    return None


def automatic_mark(number: str, level: int | None) -> Mark:
    """Return the mark for a number of Word's automatic numbering; bullets of each list level are a kind."""
    parsed = parse_mark(f"{number} X")
    if parsed is None:
        return Mark(f"automatic {level or 0}", number.strip(" .)("))
    mark, _ = parsed
    return Mark(f"{mark.kind}{level}", "") if mark.is_bullet and level else mark
