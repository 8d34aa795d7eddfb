"""The `.plan` files: a plan's paragraphs, each behind its role, with its facts in braces.

`K 1.1.| Rà soát văn bản (tháng 6) {lead: Văn phòng; due: 2026-06-30}` is a task with the mark «1.1.»; the
README beside the files lists the letters. From one source come the document and what is right about it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans"
ROLES = {
    "L": "letterhead",
    "T": "title",
    "B": "legal_basis",
    "G": "goal",
    "Y": "goal",
    "M": "target",
    "A": "area",
    "K": "task",
    "k": "task",
    "@": "attribute",
    "U": "unit",
    "D": "duty",
    "E": "duty",
    "F": "funding",
    "R": "reporting",
    "N": "recipients",
    "S": "signature",
    "H": "heading",
    "O": "other",
}
SETTING = re.compile(r"@(\w+) ?(.*)")
TAGGED = re.compile(r"([LTBGYMAKUDEFRNSHO@k]+)[gmtdfro]?(\|)?(?: (.*)|$)")
MARKED = re.compile(r"([^|]{0,15}?)\|\s?(.*)")
BRACES = re.compile(r"\s*\{([^}]*)\}")
CELL_BREAK = " // "
COLUMN_BREAK = "||"


class SourceLine(msgspec.Struct, frozen=True):
    """A paragraph (mark and text) or a table row (cells), the letters of its roles, and its facts."""

    letters: str
    mark: str = ""
    text: str = ""
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles that are right: where a reader could say either, both."""
        roles = {ROLES[letter] for letter in self.letters}
        return frozenset(roles | {"other"} if self.cells and "H" in self.letters else roles)

    @property
    def whole(self) -> str:
        """The paragraph with its mark, as it stands on paper."""
        return f"{self.mark} {self.text}".strip()

    def cell(self, column: str) -> str:
        """The text of a named column, "" when the row has no such cell."""
        row = dict(zip(self.columns, self.cells, strict=False))
        return row.get(column, "").replace(CELL_BREAK, "\n")


class Source(msgspec.Struct, frozen=True):
    """One `.plan` file: its settings (form, wrap, number, year, title …) and its lines."""

    name: str
    settings: dict[str, str]
    lines: tuple[SourceLine, ...]

    def is_set(self, name: str) -> bool:
        """Whether a setting says yes."""
        return self.settings.get(name) == "yes"


def parse_source(name: str, text: str) -> Source:
    """Read one `.plan` file; a line that is neither a setting nor a tagged paragraph is a mistake in it."""
    settings: dict[str, str] = {}
    lines: list[SourceLine] = []
    columns: tuple[str, ...] = ()
    for raw in text.splitlines():
        if setting := SETTING.fullmatch(raw):
            if setting[1] == "cols":
                columns = tuple(setting[2].split())
            else:
                settings[setting[1]] = setting[2].strip()
        elif raw.strip():
            lines.append(parse_line(raw, columns))
    return Source(name, settings, tuple(lines))


def parse_line(raw: str, columns: tuple[str, ...]) -> SourceLine:
    """Read one tagged paragraph or row."""
    found = TAGGED.fullmatch(raw)
    if found is None:
        raise ValueError(f"no role before: {raw}")
    facts = tuple(fact.strip() for fact in BRACES.findall(raw))
    text = BRACES.sub("", found[3] or "")
    if found[2]:
        cells = tuple(cell.strip() for cell in text.split("|"))
        return SourceLine(found[1], cells=cells, columns=columns, facts=facts)
    marked = MARKED.fullmatch(text) if COLUMN_BREAK not in text else None
    mark, text = (marked[1].strip(), marked[2]) if marked else ("", text)
    return SourceLine(found[1], mark=mark, text=text.strip(), facts=facts)


def load_sources(kind: str) -> Iterator[Source]:
    """Read the plans of a folder (`held_out` or `own`), in order of their numbers."""
    for path in sorted((FOLDER / kind).glob("*.plan")):
        yield parse_source(path.stem, path.read_text(encoding="utf-8"))
