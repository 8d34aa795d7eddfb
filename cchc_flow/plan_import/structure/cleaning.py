"""Cleans a reader's blocks: text in NFC without markup, broken paragraphs joined, no page numbers."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.private_signs import PRIVATE_SIGNS
from cchc_flow.plan_import.structure.marks import parse_mark

LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
STARS = re.compile(r"\*{2,3}|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")
ITALIC = re.compile(r"(?<![\w*])\*(?=[(\w“\"])([^*\n]{1,5000})(?<=\S)\*(?![\w*])")
HEADING = re.compile(r"^#{1,6}\s+")
# What stands for a Vietnamese letter or a usual sign without being it: Icelandic and African đ, ligatures …
ALIKE = str.maketrans(
    {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "\u2010": "-", "\u2011": "-", "\u2215": "/", "\u2044": "/"}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2160, 0x2180)}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict(PRIVATE_SIGNS)
)
SPACES = re.compile(r"[^\S\n]+|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
FULL_STOP_OF_A_DOCUMENT = re.compile(r"\s*\./\.?\s*$")
RULES = "-–—_=*~.| "
MARK_ALONE = re.compile(
    r"(?:\d{1,2}|[IVX]{1,6}|[A-ZĐ]|[a-zđ])\s?[.)/]|\(?(?:\d{1,2}|[a-zđ])\)|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?"
    r"|(?:Điều|Chương|Phần|CHƯƠNG|PHẦN)\s+(?:\d{1,3}|[IVX]{1,6})[.:]?|[-–—+*•·●∙▪■◼➢►▶✓✔❖♦◆○◦o]"
)
OPEN_HEADING = re.compile(
    r"(?:[IVX]{1,4}|[A-ZĐ]|\d{1,2})\s?[.)/-]\s.*\b(?:LẬP|XÂY DỰNG|BAN HÀNH|CỦA|VÀ|VỀ|CÁC|THEO|CHO|VỚI|TẠI)"
)
NUMBER_WORD = re.compile(r"\bsố$")
SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
DASH_IN_A_SENTENCE = re.compile(r"(?:\d{4}|kinh tế|chính trị|Văn hóa|văn hóa)\n[-–] ?(?:\d{4}|[Xx]ã hội)")


def clean_blocks(blocks: list[Block]) -> list[Block]:
    """Return the blocks with clean text; the pieces of a broken paragraph are joined to one."""
    groups: list[list[Paragraph] | Table] = []
    for block in blocks:
        if isinstance(block, Table):
            groups.append(clean_table(block))
            continue
        paragraph = clean_paragraph(block)
        previous = groups[-1] if groups else None
        if isinstance(previous, list) and is_mark_alone(previous, paragraph):
            previous.append(paragraph)
        elif is_rule_or_page_number(paragraph) and not MARK_ALONE.fullmatch(paragraph.text):
            continue
        elif isinstance(previous, list) and is_continuation(previous[-1], paragraph):
            previous.append(paragraph)
        else:
            groups.append([paragraph])
    return [
        group if isinstance(group, Table) else join_paragraphs(group)
        for group in groups
        if isinstance(group, Table) or not is_rule_or_page_number(group[0]) or len(group) > 1
    ]


def clean_paragraph(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph with clean text; bold markup and a closing "./." are kept as its fields."""
    raw = unicodedata.normalize("NFC", paragraph.text)
    text = clean_text(raw)
    final = bool(FULL_STOP_OF_A_DOCUMENT.search(text))
    if final:
        text = FULL_STOP_OF_A_DOCUMENT.sub(".", text)
    bold = paragraph.bold or (raw.startswith("**") and raw.endswith("**"))
    return msgspec.structs.replace(paragraph, text=text, bold=bold, final=final)


def clean_text(text: str) -> str:
    """Return the text in NFC with single spaces and no markup (*italic*, **bold**, <links>, # headings)."""
    text = text if text.isascii() else text.translate(ALIKE)
    text = HEADING.sub("", SPACES.sub(lambda match: " " if match[0].isspace() else "", text).strip())
    text = LINK.sub(r"\1", text).replace("\\*", "*")
    text = ITALIC.sub(r"\1", STARS.sub("", text))
    return unicodedata.normalize("NFC", text.strip())


def clean_table(table: Table) -> Table:
    """Return the table with the text of its cells cleaned."""
    rows = tuple(tuple(clean_cell(cell) for cell in row) for row in table.rows)
    return msgspec.structs.replace(table, rows=rows)


def clean_cell(cell: str) -> str:
    """Return the clean lines of a cell, without the empty ones."""
    return "\n".join(line for part in cell.splitlines() if (line := clean_text(part)))


def is_rule_or_page_number(paragraph: Paragraph) -> bool:
    """Return whether the paragraph is only a line of dashes, a page number, or empty."""
    content = paragraph.text.strip(RULES)
    return not content or (paragraph.number is None and content.isdecimal() and len(content) <= 3)


def is_mark_alone(before: Sequence[Paragraph], after: Paragraph) -> bool:
    """Return whether `before` is only a mark that stands alone on its line, and `after` is its text."""
    if len(before) > 1 or before[0].number is not None or after.number is not None:
        return False
    is_text = any(letter.isalpha() for letter in after.text) and parse_mark(after.text) is None
    return is_text and MARK_ALONE.fullmatch(before[0].text) is not None


def is_continuation(before: Paragraph, after: Paragraph) -> bool:
    """Return whether `after` is the rest of `before`: it has no mark and its sentence began in `before`."""
    if after.number is not None or before.final or before.text.endswith(SENTENCE_ENDS):
        return False
    if is_dash_in_sentence(before.text, after.text):
        return True
    if NUMBER_WORD.search(before.text) and re.match(r"\d+\s?[/-]", after.text):
        return True
    if parse_mark(after.text) is not None:
        return False
    if after.text.isupper() and OPEN_HEADING.fullmatch(before.text) and before.text.isupper():
        return True
    return starts_mid_sentence(after.text)


def is_dash_in_sentence(before: str, after: str) -> bool:
    """Return whether a line begins with a dash of its sentence: "kinh tế / - xã hội", "2026 / - 2030"."""
    return DASH_IN_A_SENTENCE.search(f"{before[-10:]}\n{after[:10]}") is not None


def starts_mid_sentence(text: str) -> bool:
    """Return whether the text begins with a small letter, a comma or a closing bracket."""
    return text[0].islower() or text[0] in ",;)"


def join_paragraphs(parts: list[Paragraph]) -> Paragraph:
    """Return one paragraph with the text of all parts; it keeps the numbering of the first."""
    if len(parts) == 1:
        return parts[0]
    return msgspec.structs.replace(
        parts[0],
        text=" ".join(part.text for part in parts),
        joined=any(part.after_gap for part in parts[2 if MARK_ALONE.fullmatch(parts[0].text) else 1 :]),
        final=parts[-1].final,
        legibility=min((part.legibility for part in parts if part.legibility is not None), default=None),
    )
