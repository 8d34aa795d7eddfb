"""One plan in every form that a commune could send: text in all its variants, Word, OpenDocument, PDF."""

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator

import weasyprint
from support.plan_samples.rendering import one_line, render_pages, render_text
from support.plan_samples.source import CELL_BREAK, COLUMN_BREAK, Source, SourceLine
from support.plan_samples.word import render_docx

ODT = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
PAGE = """@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page) } }
@page :first { @top-center { content: none } }
body { font: 13pt 'Liberation Serif', serif } p { margin: 0 0 6pt; text-align: justify; text-indent: 1cm }
.title { text-align: center; text-indent: 0; font-weight: bold } td { vertical-align: top; padding: 2pt }
table { border-collapse: collapse; width: 100% } table.grid td { border: 1px solid black }
.heading { font-weight: bold } .head td { text-align: center }"""


def with_settings(source: Source, **settings: str) -> Source:
    """The same plan with other settings of its form."""
    return Source(source.name, {**source.settings, **settings}, source.lines)


def put_hard_spaces(text: str) -> str:
    """Make every third space one that does not break, as copies from the web have them."""
    parts = re.split("( )", text)
    return "".join("\u00a0" if place % 6 == 5 else part for place, part in enumerate(parts))


def render_odt(source: Source) -> bytes:
    """The plan as an OpenDocument text: paragraphs with typed marks, rows as tables."""
    body = "".join(odt_blocks(source))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", ODT)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def odt_blocks(source: Source) -> Iterator[str]:
    """The paragraphs and tables of an OpenDocument text."""
    rows: list[SourceLine] = []
    for line in (*source.lines, None):
        if line is not None and line.cells:
            rows.append(line)
            continue
        if rows:
            yield f"<table:table>{''.join(odt_row(row) for row in rows)}</table:table>"
            rows = []
        if line is not None:
            yield from (odt_paragraph(text) for text in one_line(line).split("\t") if text.strip())


def odt_paragraph(text: str) -> str:
    """One paragraph; a second space in a row would be lost without its element."""
    return f"<text:p>{html.escape(text.strip()).replace('  ', ' <text:s/>')}</text:p>"


def odt_row(row: SourceLine) -> str:
    """One row."""
    return f"<table:table-row>{''.join(odt_cell(cell) for cell in row.cells)}</table:table-row>"


def odt_cell(text: str) -> str:
    """One cell, a paragraph for each line of it."""
    paragraphs = "".join(odt_paragraph(part) for part in text.split(CELL_BREAK))
    return f"<table:table-cell>{paragraphs}</table:table-cell>"


def render_pdf(source: Source) -> bytes:
    """The plan as a PDF on A4, its pages numbered in the top margin."""
    page = f"<html lang=vi><style>{PAGE}</style><body>{''.join(html_blocks(source))}</body></html>"
    return bytes(weasyprint.HTML(string=page).write_pdf())


def html_blocks(source: Source) -> Iterator[str]:
    """The paragraphs and tables of the page."""
    rows: list[SourceLine] = []
    columns: list[SourceLine] = []
    for line in (*source.lines, None):
        if line is not None and line.cells:
            rows.append(line)
        elif line is not None and COLUMN_BREAK in line.text:
            columns.append(line)
        else:
            yield from html_tables(rows, columns)
            rows, columns = [], []
            if line is not None:
                kind = {"T": "title", "H": "heading", "A": "heading", "U": "heading"}.get(line.letters[0], "")
                yield f'<p class="{kind}">{html.escape(line.whole)}</p>'


def html_tables(rows: list[SourceLine], columns: list[SourceLine]) -> Iterator[str]:
    """A table of rows with its grid, a letterhead in two columns without."""
    if rows:
        width = max(len(row.cells) for row in rows)
        texts = "".join(f"<tr>{html_cells(row, width)}</tr>" for row in rows)
        yield f"<table class=grid>{texts}</table>"
    if columns:
        pairs = [line.text.split(COLUMN_BREAK) for line in columns]
        cells = (
            "<br>".join(html.escape(text.strip()) for text in column) for column in zip(*pairs, strict=True)
        )
        yield f"<table class=head><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def html_cells(row: SourceLine, width: int) -> str:
    """The cells of a row, the last spanning what is left."""
    spans = [1] * (len(row.cells) - 1) + [width - len(row.cells) + 1]
    return "".join(
        f"<td colspan={span}>{'<br>'.join(html.escape(part) for part in cell.split(CELL_BREAK))}</td>"
        for cell, span in zip(row.cells, spans, strict=True)
    )


HEAD = "UBND xã - Kế hoạch cải cách hành chính"
TEXT_FORMS: dict[str, Callable[[Source], str]] = {
    "one line a paragraph": lambda source: render_text(with_settings(source, wrap="0", blank="no")),
    "blank lines between": lambda source: render_text(with_settings(source, wrap="0", blank="yes")),
    "wrapped at 66": lambda source: render_text(with_settings(source, wrap="66", blank="yes")),
    "wrapped at 80": lambda source: render_text(with_settings(source, wrap="80", blank="yes")),
    "wrapped at 66 without blank lines": lambda source: render_text(
        with_settings(source, wrap="66", blank="no")
    ),
    "wrapped at 80 without blank lines": lambda source: render_text(
        with_settings(source, wrap="80", blank="no")
    ),
    "decomposed": lambda source: unicodedata.normalize("NFD", render_text(with_settings(source, wrap="0"))),
    "line ends of Windows": lambda source: render_text(with_settings(source, wrap="0")).replace("\n", "\r\n"),
    "pages of a viewer": lambda source: render_pages(with_settings(source, wrap="84", head=HEAD)),
    "hard spaces": lambda source: put_hard_spaces(render_text(with_settings(source, wrap="0"))),
}
BINARY_FORMS: dict[str, tuple[str, Callable[[Source], bytes]]] = {
    "Word": ("docx", lambda source: render_docx(with_settings(source, form="docx", auto="no"))),
    "Word that counts": ("docx", lambda source: render_docx(with_settings(source, form="docx", auto="yes"))),
    "OpenDocument": ("odt", render_odt),
    "PDF": ("pdf", render_pdf),
}
FORMS = (*TEXT_FORMS, *BINARY_FORMS)


def render_as(source: Source, form: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the plan in one of FORMS."""
    if form in TEXT_FORMS:
        return f"{source.name}.txt", TEXT_FORMS[form](source).encode()
    suffix, render = BINARY_FORMS[form]
    return f"{source.name}.{suffix}", render(source)
