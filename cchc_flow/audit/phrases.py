"""What sentences about events are made of."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import CADENCE
from cchc_flow.workflow.shares import format_number


def day_phrase(day: str) -> str:
    """Return an ISO day as officials write it; what is no day stays as it is."""
    try:
        return day_words(date.fromisoformat(day))
    except ValueError:
        return day


def number_phrase(value: str) -> str:
    """Return a figure as officials write it: 3,5 or 1.250; what is no number stays as it is."""
    try:
        return format_number(Decimal(value))
    except InvalidOperation:
        return value


def decision_phrase(decision: str | None) -> str:
    """Return by which decision, where there was one."""
    return f" theo {decision}" if decision else ""


def cadence_phrase(cadence: str | None) -> str:
    """Return how often, for what recurs."""
    known = cadence if cadence != "once" else None
    return f"định kỳ: {dict(CADENCE).get(known, known).lower()}" if known else ""


def join_clauses(*clauses: str) -> str:
    """Return the clauses that say something, with commas."""
    return ", ".join(clause for clause in clauses if clause)


def join_words(words: Iterable[str]) -> str:
    """Return words as a list is read: a, b và c."""
    *first, last = list(words) or ["không ai"]
    return f"{', '.join(first)} và {last}" if first else last


def attachment_phrases(evidence: tuple[ev.Evidence, ...]) -> list[str]:
    """Return how many files came along, as an entry of a list."""
    return [f"{len(evidence)} tệp minh chứng"] if evidence else []
