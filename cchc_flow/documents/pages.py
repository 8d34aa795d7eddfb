"""Draws a document as one page of HTML, from which the PDF is made, by the templates of `documents`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from cchc_flow import resources
from cchc_flow.documents import form, seal_code
from cchc_flow.documents.blocks import (
    Cell,
    Column,
    Document,
    Heading,
    Listing,
    Number,
    Paragraph,
    Strong,
    Text,
)
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import format_number, roman_numeral

FOLDER = resources.folder("templates") / "documents"


def draw_page(document: Document) -> str:
    """Return a document as HTML, with its style sheet inside."""
    document = form.clean_document(document)
    return (
        _templates()
        .get_template("official.html")
        .render(
            document=document,
            style=(FOLDER / "official.css").read_text("utf-8"),
            number_words=form.number_words(document.number, document.symbol),
            place_and_day=form.place_and_day(document.place, document.day),
            bases=form.basis_lines(document.bases),
            recipients=form.recipient_lines(document.recipients),
            attached_to=attached_to(document),
        )
    )


@cache
def _templates() -> Environment:
    env = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env.globals |= {"nation": form.NATION, "motto": form.MOTTO, "roman": roman_numeral}
    env.globals |= {"cell_words": cell_words, "marked": marked_entries, "shares": column_shares}
    env.globals["draw_code"] = _draw_code
    for name, block in (("heading", Heading), ("paragraph", Paragraph), ("listing", Listing)):
        env.tests[f"{name}_block"] = _test_of(block)
    env.tests |= {"number_run": _test_of(Number), "strong_run": _test_of(Strong)}
    return env


def _draw_code(content: str) -> Markup:
    return Markup(seal_code.draw_svg(content))  # noqa: S704  # nosec B704  # squares, drawn here


def _test_of(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


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
