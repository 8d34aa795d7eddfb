"""A `.plan` file as the document a commune would send: text, text as copied from a PDF, or Word."""

import itertools
import textwrap
import unicodedata
from collections.abc import Iterator

from support.plan_samples.source import CELL_BREAK, COLUMN_BREAK, Source, SourceLine
from support.plan_samples.word import render_docx

PAGE_LINES = 46


def render_source(source: Source) -> tuple[str, bytes]:
    """Return the file's name and its bytes, in the form that the plan asks for."""
    form = source.settings["form"]
    if form == "docx":
        return f"{source.name}.docx", render_docx(source)
    text = render_pages(source) if form == "pdfish" else render_text(source)
    if "nf" in source.settings:
        text = unicodedata.normalize("NFD", text)
    if source.settings.get("eol") == "crlf":
        text = text.replace("\n", "\r\n")
    return f"{source.name}.txt", text.encode()


def render_text(source: Source) -> str:
    """The plan as plain text: one line a paragraph, or wrapped, with blank lines between or without."""
    width = int(source.settings.get("wrap", 0))
    text = ""
    for before, line in itertools.pairwise((None, *source.lines)):
        is_row = before is not None and bool(before.cells) and bool(line.cells)
        text += "\n" if before and source.is_set("blank") and not is_row else ""
        text += wrap_paragraph(line, width) + "\n"
        if line.mark and source.is_set("alone"):
            text = text.removesuffix(f"{line.whole}\n") + f"{line.mark}\n\n{line.text}\n"
    return text


def wrap_paragraph(line: SourceLine, width: int) -> str:
    """One paragraph, cut where the next word would not have fitted."""
    text = one_line(line)
    if not width or "\t" in text:
        return text
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def one_line(line: SourceLine) -> str:
    """A paragraph with its mark, or a row with tabs between the cells."""
    if line.cells:
        return "\t".join(cell.replace(CELL_BREAK, "; ") for cell in line.cells)
    return line.whole.replace(COLUMN_BREAK, "\t")


def render_pages(source: Source) -> str:
    """The plan as a PDF's text: page by page, with the running head and the page's number in between."""
    lines = list(layout_lines(source))
    pages = [lines[start : start + PAGE_LINES] for start in range(0, len(lines), PAGE_LINES)]
    head = source.settings.get("head", "")
    texts = []
    for number, page in enumerate(pages, start=1):
        top = [head, str(number).center(80).rstrip()] if number > 1 else []
        texts.append("\n".join([*top, *page]))
    return "\n\f".join(texts) + "\n"


def layout_lines(source: Source) -> Iterator[str]:
    """The lines on paper: the letterhead in two columns, paragraphs wrapped, the title centred."""
    width = int(source.settings["wrap"])
    for line in source.lines:
        if COLUMN_BREAK in line.text:
            left, right = (part.strip() for part in line.text.split(COLUMN_BREAK))
            yield f"{left.center(width // 2)}{right.center(width // 2)}".rstrip()
        elif line.letters[0] == "T":
            yield line.text.center(width).rstrip()
        else:
            yield from wrap_paragraph(line, width).split("\n")
