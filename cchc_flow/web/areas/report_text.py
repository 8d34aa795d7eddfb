"""What an area says in a report, for its page: words and numbers are never markup."""

from datetime import date

from markupsafe import Markup

from cchc_flow.documents.blocks import Emphasis, Number, Strong, Text
from cchc_flow.report_values import ReportCell
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import format_number


def text_markup(text: Text) -> Markup:
    """Return a text as HTML."""
    return Markup("").join(map(_run_markup, text))


def _run_markup(run: str | Number | Strong | Emphasis) -> str | Markup:
    match run:
        case Strong(words=words):
            return Markup("<strong>{}</strong>").format(words)
        case Emphasis(words=words):
            return Markup("<em>{}</em>").format(words)
        case Number(words=words):
            return words
        case _:
            return run


def cell_words(cell: ReportCell, kind: str) -> str:
    """Return what a cell of a table shows in a column of a kind."""
    if isinstance(cell, Number):
        return cell.words
    if isinstance(cell, int):
        return format_number(cell)
    try:
        return day_words(date.fromisoformat(cell or "")) if kind == "day" else cell or ""
    except ValueError:
        return cell or ""
