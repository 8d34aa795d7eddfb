"""Vietnamese phrases that the sentences about events are made of."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_flow.errors import BadInput
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words, moment_words
from cchc_flow.workflow.periods import CADENCE
from cchc_flow.workflow.shares import format_number


def day_phrase(day: str) -> str:
    """Return an ISO day as officials write it (25/01/2026); a text that is no day comes back as it is."""
    try:
        return day_words(date.fromisoformat(day))
    except ValueError:
        return day


def moment_phrase(instant: str) -> str:
    """Return an RFC 3339 instant as local time in words; a text that is no instant comes back as it is."""
    try:
        return moment_words(instant)
    except (ValueError, OverflowError):
        return instant


def period_phrase(period: str) -> str:
    """Return a period's name in words (quý I/2026); a text that names no period comes back as it is."""
    try:
        return periods.parse(period).words()
    except BadInput:
        return period


def number_phrase(value: str) -> str:
    """Return a number as officials write it (3,5 or 1.250); a text that is no number comes back as it is."""
    try:
        return format_number(Decimal(value))
    except InvalidOperation:
        return value


def by_decision_phrase(decision: str | None) -> str:
    """Return by which decision something was done, empty without one; begins with a space."""
    return f" theo {decision}" if decision else ""


def cadence_phrase(cadence: str | None) -> str:
    """Return how often something recurs, empty for what happens once."""
    if not cadence or cadence == "once":
        return ""
    return f"định kỳ: {dict(CADENCE).get(cadence, cadence).lower()}"


def join_clauses(*clauses: str) -> str:
    """Return the clauses joined by commas, without the empty ones."""
    return ", ".join(clause for clause in clauses if clause)


def join_words(words: Iterable[str]) -> str:
    """Return words as an enumeration: "a, b và c"; "không ai" for none."""
    *first, last = list(words) or ["không ai"]
    return f"{', '.join(first)} và {last}" if first else last


def attachment_phrases(evidence: tuple[ev.Evidence, ...]) -> list[str]:
    """Return how many files were attached, as a list of one phrase; an empty list without files."""
    return [f"{len(evidence)} tệp minh chứng"] if evidence else []
