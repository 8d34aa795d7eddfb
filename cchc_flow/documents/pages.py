"""Draws a document as one page of HTML, from which the PDF is made, by the templates of `documents`."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cchc_flow.documents import form, seal_code, templates
from cchc_flow.documents.blocks import (
    Cell,
    Column,
    Document,
    Listing,
    Number,
    Row,
    Text,
)
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import format_number, roman_numeral

MOST_KEPT_WHOLE = 1_200
"""The most characters in a cell whose row stays on one page."""


def draw_page(
    document: Document, template: str = "official.html", folder: Path | None = None, **more: Any
) -> str:
    """Return a document as HTML, with its style sheet inside; another template may want `more`.

    What is in a commune's folder of templates goes before the program's; raise BadInput for a fault in it.
    """
    document = form.clean_document(document)
    values = WORDS | {
        "document": document,
        "style": templates.read_style(folder),
        "issuer_parts": form.issuer_parts(document.issuer),
        "number_words": form.number_words(document.number, document.symbol),
        "place_and_day": form.place_and_day(document.place, document.day),
        "bases": form.basis_lines(document.bases),
        "recipients": form.recipient_lines(document.recipients),
        "attached_to": attached_to(document),
        "link": None,
    }
    return templates.draw(template, folder, values | more)


def _draw_code(content: str) -> Markup:
    return Markup(seal_code.draw_svg(content))  # noqa: S704  # nosec B704  # squares, drawn here


def cell_words(cell: Cell) -> str:
    """Return what a cell shows: numbers and days as they are written in Vietnamese."""
    match cell:
        case None:
            return ""
        case Number(words=words):
            return words
        case date():
            return day_words(cell)
        case int() | Decimal():
            return format_number(cell)
        case str():
            return cell


def marked_entries(block: Listing) -> Iterator[tuple[str, Text]]:
    """Yield each entry of a list with the mark that is printed before it."""
    letters = form.letter_marks()
    for entry in block.entries:
        yield ("-" if block.marks == "dash" else next(letters)), entry


def is_long(row: Row) -> bool:
    """Tell whether a row can go on over pages: one that fills half a page is not kept whole."""
    return any(len(cell) > MOST_KEPT_WHOLE for cell in row.cells if isinstance(cell, str))


def column_shares(columns: Sequence[Column]) -> list[str]:
    """Return the width of each column in percent of the table's."""
    whole = sum(column.width for column in columns)
    return [f"{100 * column.width / whole:.2f}" for column in columns]


def attached_to(document: Document) -> str:
    """Return to what an appendix is attached, in the words of the decree."""
    kind = document.kind.capitalize() if document.kind else "Công văn"
    number = form.number_words(document.number, document.symbol).replace("Số: ", "số ")
    day = form.place_and_day("", document.day).removeprefix(", ")
    return f"{kind} {number} {day} của {document.issuer}"


WORDS: dict[str, Any] = {
    "nation": form.NATION,
    "motto": form.MOTTO,
    "roman": roman_numeral,
    "cell_words": cell_words,
    "marked": marked_entries,
    "is_long": is_long,
    "shares": column_shares,
    "draw_code": _draw_code,
}
"""What every template can call or print."""
