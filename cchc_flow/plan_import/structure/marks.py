"""The marks that official documents number with: what each looks like, and its label in a reference."""

import re

import msgspec

# Each pattern is anchored, and what follows the mark decides: "1.000 hồ sơ" and "-5%" carry no mark.
GAP = r"(?:\s+|(?=[^\W\d_])|$)"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(r"((?:phần|chương)\s+(?:thứ\s+\w{2,5}|[IVXLC]{1,6}|\d{1,2}))\b[.:]?\s*", re.IGNORECASE),
    ),
    ("article", re.compile(r"(Điều\s+\d{1,3})[.:]\s*", re.IGNORECASE)),
    ("roman", re.compile(rf"([IVX]{{1,6}})\s?[./):]{GAP}")),
    ("roman", re.compile(r"([IVX]{1,6})\s[-–]\s+")),
    ("4", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{3}})[.)]?{GAP}")),
    ("3", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{2}})[.)]?{GAP}")),
    ("2", re.compile(rf"(\d{{1,2}}\.\d{{1,2}})[.)]?{GAP}")),
    ("1", re.compile(rf"(\d{{1,3}})\s?[./]{GAP}")),
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
    ("➢", re.compile(r"[➢►▶✓✔❖♦◆○◦]\s*(?=\S)")),
)
BULLETS = frozenset("-+*o•▪➢")


class Mark(msgspec.Struct, frozen=True):
    """A mark: `kind` is its family ("roman", "1", "a", "-"), `label` its own name ("III", "1.2", "b", "")."""

    kind: str
    label: str

    @property
    def is_bullet(self) -> bool:
        return self.kind[0] in BULLETS


def typed_mark(text: str) -> tuple[Mark, str] | None:
    """The mark that a text begins with, and the text after it; None if it begins with none."""
    for kind, form in FORMS:
        found = form.match(text)
        if found:
            label = found[1] if form.groups else ""
            return Mark(kind, label), text[found.end() :].strip()
    return None


def counted_mark(number: str, level: int | None) -> Mark:
    """The mark for a number that Word counted; bullets of another depth are another kind."""
    found = typed_mark(f"{number} X")
    if found is None:
        return Mark(f"word {level or 0}", number.strip(" .)("))
    mark, _ = found
    return Mark(f"{mark.kind}{level}", "") if mark.is_bullet and level else mark
