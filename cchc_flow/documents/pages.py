"""Draws a document as one page of HTML, from which the PDF is made and which the browser shows as a preview.

The templates are in `templates/documents/`; a commune can put its own in their place. They run in a sandbox,
and see nothing but the document and its words.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from jinja2 import FileSystemLoader, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import test_string

from cchc_flow import resources
from cchc_flow.documents import form
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
from cchc_flow.errors import BadInput
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import format_number

TEMPLATE, STYLE = "official.html", "official.css"


class Pages:
    """Draws documents by the templates of the product, or by a commune's own of the same names."""

    def __init__(self, own: Path | None = None) -> None:
        folders = [*([own] if own else []), resources.folder("templates") / "documents"]
        env = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folders), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        env.globals |= {"nation": form.NATION, "motto": form.MOTTO, "roman": form.roman}
        env.globals |= {"cell_words": cell_words, "marked": marked_entries, "shares": column_shares}
        for name, block in (("heading", Heading), ("paragraph", Paragraph), ("listing", Listing)):
            env.tests[f"{name}_block"] = _test_of(block)
        env.tests |= {"number_run": _test_of(Number), "strong_run": _test_of(Strong), "string": test_string}
        self._env = env

    def draw(self, document: Document) -> str:
        """Return a document as HTML with its style sheet inside; raise BadInput for a fault in a template."""
        document = form.clean_document(document)
        try:
            style = self._env.loader.get_source(self._env, STYLE)[0] if self._env.loader else ""
            return self._env.get_template(TEMPLATE).render(
                document=document,
                style=style,
                number_words=form.number_words(document.number, document.symbol),
                place_and_day=form.place_and_day(document.place, document.day),
                bases=form.basis_lines(document.bases),
                recipients=form.recipient_lines(document.recipients),
                attached_to=attached_to(document),
            )
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            where = f"{getattr(error, 'name', None) or TEMPLATE}, dòng {getattr(error, 'lineno', '?')}"
            raise BadInput(
                f"Mẫu văn bản của xã có lỗi ({where}): {error}.",
                "Hãy sửa mẫu, hoặc bỏ tệp đó để dùng mẫu có sẵn.",
            ) from error


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
