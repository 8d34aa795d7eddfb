"""Finds the deadlines that assignments set for reports: once, each year, or in each month or period."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from cchc_flow.plan_import.days import Day, Rule, Span, Time, find_times
from cchc_flow.plan_import.extraction.dues import (
    days_of_year,
    end_of_span,
    is_deadline_day,
    is_deadline_period,
)
from cchc_flow.plan_import.extraction.wording import SENTENCE_END
from cchc_flow.plan_import.proposal import Area, Deadline, Statement, Task

TO = re.compile(
    r"(?:gửi về|qua|gửi|về|báo cáo|tham mưu|cho) ((?:UBND|Ủy ban|Phòng|Sở|Văn phòng|Trung tâm|Chủ tịch)"
    r"[^,;.()]{0,60}?)(?=\s*(?:[,;.()]|$|chậm nhất|trước|để|kết quả|định kỳ|ban hành|triển khai|về))"
)
SENT_TO = re.compile(r"(?:gửi về|qua|gửi|cho) $")


def apply_exclusive_before(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Return the areas, where each task with the words «trước ngày» is due on the day before."""
    return tuple(
        replace(area, tasks=tuple(_exclude_named_day(task) for task in area.tasks)) for area in areas
    )


def _exclude_named_day(task: Task) -> Task:
    """Return the task and its subtasks, due one day earlier where the text says «trước ngày»."""
    due = task.due
    if task.before:
        due = (date.fromisoformat(task.before) - timedelta(days=1)).isoformat()
    return replace(task, due=due, children=tuple(_exclude_named_day(child) for child in task.children))


def find_deadlines(who: str, assignment: Statement, plan_year: int | None = None) -> list[Deadline]:
    """Return the deadlines that an assignment sets for the unit `who`, each with its sentence.

    A day without a year is of the plan's year; a day of each year is one deadline, with its day in that year.
    """
    return [
        deadline
        for sentence in split_sentences(assignment.text)
        for deadline in _deadlines_in(who, assignment, sentence, plan_year)
    ]


def _deadlines_in(
    who: str, assignment: Statement, sentence: str, plan_year: int | None
) -> Iterator[Deadline]:
    """Yield the deadlines of one sentence: those of each year, then the recurring ones, then the days."""
    times = find_times(sentence, plan_year)
    rules = [time for time in times if isinstance(time, Rule)]
    undated = Deadline("once", who, find_recipient(sentence), None, None, None, sentence, assignment.ref)
    yearly = [day for rule in rules for day in days_of_year(rule, plan_year)]
    for day in yearly:
        yield replace(undated, kind="yearly", date=day)
    recurring = [rule for rule in rules if names_day(rule, sentence)]
    for group in _grouped(recurring):
        yield _recurring(undated, group)
    for day in _days_to_report(times, has_rules=bool(recurring or yearly)):
        if day not in yearly and not any(_holds(rule, day) for rule in recurring):
            yield replace(undated, date=day)


def _holds(rule: Rule, day: str) -> bool:
    """Return whether a day is one of a rule's days: «10/12» beside the 10th of a quarter's last month."""
    month = int(day[5:7])
    return rule.day == int(day[8:]) and (rule.cadence == "monthly" or month % 3 == 0)


def _grouped(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules of a sentence as deadlines: a day of each month and one of each period are one."""
    groups: list[list[Rule]] = []
    for rule in rules:
        is_monthly = rule.cadence == "monthly"
        same = [one for one in groups[-1] if (one.cadence == "monthly") == is_monthly] if groups else []
        if not groups or any(one.day != rule.day for one in same):
            groups.append([rule])
        else:
            groups[-1].append(rule)
    return groups


def names_day(rule: Rule, sentence: str) -> bool:
    """Return whether a rule is about a day of the month, even one that no month has («ngày 45»)."""
    return not rule.yearly and (rule.day is not None or sentence[rule.start : rule.end].startswith("ngày"))


def _recurring(undated: Deadline, rules: Sequence[Rule]) -> Deadline:
    """Return one recurring deadline with the days of all rules of a sentence: of months, and of periods."""
    monthly = next((rule for rule in rules if rule.cadence == "monthly"), None)
    periodic = next((rule for rule in rules if rule.cadence != "monthly"), None)
    return replace(
        undated,
        kind="recurring",
        monthly_day=monthly.day if monthly else None,
        period_day=periodic.day if periodic else None,
        is_after=any(rule.is_after for rule in rules),
    )


def _days_to_report(times: Sequence[Time], *, has_rules: bool) -> tuple[str, ...]:
    """Return the days that a sentence sets: days with a bound, else the end of its first month or quarter.

    Beside rules (`has_rules`) only single days count: a range is what the figures of a report are about.
    """
    days = [
        time.iso if isinstance(time, Day) else time.last
        for time in times
        if isinstance(time, Day | Span) and is_deadline_day(time) and (isinstance(time, Day) or not has_rules)
    ]
    if days or has_rules:
        return tuple(dict.fromkeys(days))
    span = next((time for time in times if is_deadline_period(time)), None)
    return (end_of_span(span),) if isinstance(span, Span) else ()


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a semicolon ends none, because a deadline may follow it."""
    edges = [match.end() for match in SENTENCE_END.finditer(text) if match[0] == "."]
    starts = [0, *edges]
    return [
        part
        for start, end in zip(starts, [*edges, len(text)], strict=True)
        if (part := text[start:end].strip())
    ]


def find_recipient(sentence: str) -> str | None:
    """Return who receives a report: the office it is sent to ("gửi về …"), else the one reported to."""
    recipients = list(TO.finditer(sentence))
    sent_to = [match for match in recipients if SENT_TO.search(sentence[: match.start(1)])]
    candidates = sent_to or recipients
    return candidates[0][1].strip() if candidates else None
