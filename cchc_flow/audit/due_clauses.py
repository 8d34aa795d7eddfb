"""Vietnamese clauses about due days: they are set, extended, and people are reminded of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from cchc_flow.audit.phrases import day_phrase, join_clauses, join_words
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import due_words


def _describe_extension_requested(data: ev.ItemExtensionRequested, names: Names) -> str:
    return f"đã xin gia hạn đến {day_phrase(data.due)}, có nêu lý do"


def _describe_extension_granted(data: ev.ItemExtensionGranted, names: Names) -> str:
    other = f" (đề nghị: {day_phrase(data.asked)})" if data.asked != data.due else ""
    opinion = "có ý kiến kèm theo" if data.comment else ""
    return join_clauses(f"đã đồng ý gia hạn đến {day_phrase(data.due)}{other}", opinion)


def _describe_extension_refused(data: ev.ItemExtensionRefused, names: Names) -> str:
    return f"đã từ chối gia hạn đến {day_phrase(data.asked)}, có nêu lý do"


def _describe_due_set(data: ev.ItemDueSet, names: Names) -> str:
    before = f" thay hạn {day_phrase(data.previous)}" if data.previous else ""
    return f"đã đặt hạn {day_phrase(data.due)}{before}, có nêu lý do"


def _describe_reminded(data: ev.ItemReminded, names: Names) -> str:
    people = join_words([names.get(person, person) for person in data.people])
    if data.stage is None:
        return f"đã đôn đốc {people}, có nội dung kèm theo"
    due = f" về hạn {day_phrase(data.due)}" if data.due else ""
    return join_clauses(f"đã nhắc {people}{due}", _stage_words(data.stage))


def describe_reminder_at_the_time(data: ev.ItemReminded, names: Names, last: date, on: date) -> str:
    """Return the clause about an automatic reminder, with the days left on the day it was sent (`on`).

    `last` is the last day of the deadline; the reminder may have been sent later than its stage says.
    """
    people = join_words([names.get(person, person) for person in data.people])
    due = due_words(date.fromisoformat(str(data.due)), last)
    return join_clauses(f"đã nhắc {people} về hạn {due}", _days_left((last - on).days))


def _days_left(days: int) -> str:
    """Return in words how many days were left before the deadline, or past it when negative."""
    if days < 0:
        return f"khi đó đã quá hạn {-days} ngày"
    return f"khi đó còn {days} ngày" if days else "khi đó là ngày cuối của hạn"


def _stage_words(name: str) -> str:
    """Return the stage of a reminder ("before-3") in words; empty for "before-0" and unknown ones."""
    side, _, days = name.partition("-")
    words = {"before": "trước hạn", "late": "sau hạn"}.get(side)
    return f"theo mốc nhắc {days} ngày {words}" if words and days != "0" else ""


DUE_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.ItemExtensionRequested: _describe_extension_requested,
    ev.ItemExtensionGranted: _describe_extension_granted,
    ev.ItemExtensionRefused: _describe_extension_refused,
    ev.ItemDueSet: _describe_due_set,
    ev.ItemReminded: _describe_reminded,
}
