"""Sentences and words that several areas put on the screen."""

from collections.abc import Sequence
from datetime import date

from cchc_flow.hookspecs import Facts, Item, absence
from cchc_flow.workflow.calendar import day_words


def day_in_words(day: date | str) -> str:
    """Return a day as officials write it, 05/03/2026; it may be given as fields keep it, 2026-03-05."""
    return day_words(day if isinstance(day, date) else date.fromisoformat(day))


def as_of_sentence(facts: Facts) -> str:
    """Return the sentence that says up to which day the registers were read: today."""
    return f"Số liệu ghi đến ngày {day_words(facts.today)}."


def absence_sentence(title: str, *, recorded: bool) -> str:
    """Return the sentence that a report says where there is no figure: «Xử lý kỷ luật: chưa có số liệu.»

    `recorded` tells that entries say so, and nothing arose («không phát sinh»).
    """
    return f"{title}: {absence(recorded).lower()}."


def first_titles(entries: Sequence[Item]) -> str:
    """Return the titles of the first three entries in one line: «Đường thôn 3», «Kè suối»."""
    return ", ".join(f"«{entry.title}»" for entry in entries[:3])
