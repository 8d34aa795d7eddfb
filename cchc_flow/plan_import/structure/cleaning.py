"""From what a reader found to clean text: NFC, no markup, paragraphs whole again, page numbers gone."""

import re
import unicodedata

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.structure.marks import typed_mark

LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
STARS = re.compile(r"\*{2,3}|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")
ITALIC = re.compile(r"(?<![\w*])\*(?=[(\w“\"])([^*\n]{1,5000})(?<=\S)\*(?![\w*])")
HEADING = re.compile(r"^#{1,6}\s+")
SPACES = re.compile(r"[^\S\n]+|[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
FULL_STOP_OF_A_DOCUMENT = re.compile(r"\s*\./\.?\s*$")
RULES = "-–—_=*~. "
SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
WIDEST_PAGE, LONGEST_WORD = 140, 12
DASH_IN_A_SENTENCE = re.compile(r"(?:\d{4}|kinh tế|chính trị|Văn hóa|văn hóa)\n[-–] ?(?:\d{4}|[Xx]ã hội)")


def cleaned(blocks: list[Block]) -> list[Block]:
    """The blocks with clean text; a paragraph that was broken in two is one again and says so in `joined`."""
    whole: list[list[Paragraph] | Table] = []
    width = max((len(block.text) for block in blocks if isinstance(block, Paragraph)), default=0)
    for block in blocks:
        if isinstance(block, Table):
            whole.append(clean_table(block))
            continue
        paragraph = clean_paragraph(block)
        before = whole[-1] if whole else None
        if is_only_rule_or_page(paragraph):
            continue
        if isinstance(before, list) and goes_on(before[-1], paragraph, width):
            before.append(paragraph)
        else:
            whole.append([paragraph])
    return [one if isinstance(one, Table) else joined(one) for one in whole]


def clean_paragraph(paragraph: Paragraph) -> Paragraph:
    raw = unicodedata.normalize("NFC", paragraph.text)
    text = clean_text(raw)
    final = bool(FULL_STOP_OF_A_DOCUMENT.search(text))
    if final:
        text = FULL_STOP_OF_A_DOCUMENT.sub(".", text)
    bold = paragraph.bold or (raw.startswith("**") and raw.endswith("**"))
    return msgspec.structs.replace(paragraph, text=text, bold=bold, final=final)


def clean_text(text: str) -> str:
    """The text without markup (bold and italic stars, <links>, heading signs), spaces made single, in NFC."""
    text = HEADING.sub("", SPACES.sub(lambda found: " " if found[0].isspace() else "", text).strip())
    text = LINK.sub(r"\1", text).replace("\\*", "*")
    text = ITALIC.sub(r"\1", STARS.sub("", text))
    return unicodedata.normalize("NFC", text.strip())


def clean_table(table: Table) -> Table:
    return Table(tuple(tuple(clean_cell(cell) for cell in row) for row in table.rows))


def clean_cell(cell: str) -> str:
    return "\n".join(line for part in cell.splitlines() if (line := clean_text(part)))


def is_only_rule_or_page(paragraph: Paragraph) -> bool:
    rest = paragraph.text.strip(RULES)
    return not rest or (paragraph.number is None and rest.isdecimal() and len(rest) <= 3)


def goes_on(before: Paragraph, after: Paragraph, width: int) -> bool:
    """Whether `after` is the rest of `before`: it has no mark and the sentence was not over."""
    if after.number is not None or before.final or before.text.endswith(SENTENCE_ENDS):
        return False
    if dash_is_in_a_sentence(before.text, after.text):
        return True
    if typed_mark(after.text) is not None:
        return False
    return begins_in_the_middle(after.text) or is_wrapped(before, after, width)


def dash_is_in_a_sentence(before: str, after: str) -> bool:
    return DASH_IN_A_SENTENCE.search(f"{before[-10:]}\n{after[:10]}") is not None


def begins_in_the_middle(text: str) -> bool:
    return text[0].islower() or text[0] in ",;)"


def is_wrapped(before: Paragraph, after: Paragraph, width: int) -> bool:
    """Whether a line only ended because the page was narrow: all lines are, and this one is nearly full."""
    is_full = width <= WIDEST_PAGE and len(before.text) >= width - LONGEST_WORD
    return is_full and not after.after_gap and not after.text.isupper()


def joined(parts: list[Paragraph]) -> Paragraph:
    if len(parts) == 1:
        return parts[0]
    return msgspec.structs.replace(
        parts[0],
        text=" ".join(part.text for part in parts),
        joined=any(part.after_gap for part in parts[1:]),
        final=parts[-1].final,
    )
