"""Finds all times in a text: days, spans, rules and «thường xuyên», each with its place.

One pass over the tokens: what begins at a token is read with a few tokens' look ahead, so time is linear.
"""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.days.bounds import is_by_hour, read_bound
from cchc_flow.plan_import.days.day_forms import read_day, read_days
from cchc_flow.plan_import.days.drafts import Draft, settle
from cchc_flow.plan_import.days.numbers import UNITS
from cchc_flow.plan_import.days.period_forms import read_month, read_period, read_quarter
from cchc_flow.plan_import.days.rule_forms import RuleDraft, read_rule
from cchc_flow.plan_import.days.tokens import Tokens
from cchc_flow.plan_import.days.values import Bound, Ongoing, Rule, Time

JOINTS = (", và", "; và", ",", "và", ";", "hoặc", "&", "+")
OPENERS, CLOSERS = (",", ";", "(", ":"), ("", ".", ";", ")")
"""A period between these is what its clause is to be done in: «Làm sạch dữ liệu, tháng 9/2026.»"""
EDGES = ("", ",", ";", ".", ":", "(", ")", "-", "và", "hằng", "mỗi", "•", "+", "*", "/", "hoặc")
STARTERS = frozenset((
    "ngày", "hôm", "mùng", "từ", "tháng", "quý", "q", "năm", "trong", "cả", "giai", "thời", "các", "nhiệm",
    "đầu", "giữa", "tuần", "nửa", "hằng", "mỗi", "từng", "định", "thường", "liên", "quanh", "suốt",
    "báo", *UNITS, "mười",
))  # fmt: skip
"""The first words of all times; anything else that begins one is a number in digits."""
MAY_HOLD_TIME = re.compile(
    r"\d|\b(?:tháng|qu[ýí]|q|q?i{1,3}|q?iv)\b|(?:trong|cả|cuối|hết|nửa \w+|quanh|suốt) năm\b"
    r"|ngày (?:làm|cuối)|thường xuyên|liên tục|\b(?:h[ằà]ng|mỗi|từng|định k[ỳì]) |\blần\b|báo cáo",
    re.IGNORECASE,
)
"""Most texts hold no time at all and need not be cut into words."""

CADENCE_OF_MONTHS = {(3, 6, 9, 12): "quarterly", (6, 12): "half_yearly"}
"""«15/3, 15/6, 15/9, 15/12» is one day of the last month of each quarter."""
FAR = 120
"""As many characters lie at most between a rule and the day that belongs to it."""

Item = tuple[Draft, Bound]


def find_times(text: str, plan_year: int | None = None) -> tuple[Time, ...]:
    """Return the times of a text in its order; a day or period without a year is of the plan's year.

    Without a plan's year those are left out, and so are impossible days (31/02). The text must be in NFC.
    """
    if not MAY_HOLD_TIME.search(text):
        return ()
    tokens = Tokens(text, plan_year)
    times: list[Time] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind != "digits" and token.text not in STARTERS:
            place += 1
            continue
        place = _read_at(tokens, place, times)
    return tuple(times)


def _read_at(tokens: Tokens, place: int, times: list[Time]) -> int:
    """Add the times that begin at a place; return the place behind them, or the next one."""
    if (rule := read_rule(tokens, place)) is not None:
        _add_rule(tokens, rule, times)
        return rule.end
    if items := _read_list(tokens, place):
        return _add_items(tokens, items, times)
    if (day := _day_of_rule(tokens, place, times)) is not None:
        times[-1] = day
        return place + 2
    return place + 1


def _day_of_rule(tokens: Tokens, place: int, times: Sequence[Time]) -> Rule | None:
    """Return the rule before a place with the day that it names: «báo cáo hằng tháng chậm nhất ngày 15»."""
    rule = times[-1] if times else None
    day = tokens.digits(place + 1) if tokens.is_word(place, "ngày") else None
    if not isinstance(rule, Rule) or rule.day is not None or rule.yearly or day is None or not 1 <= day <= 31:
        return None
    bound = read_bound(tokens, place)
    between = tokens.text[rule.end : tokens[place].start]
    if bound not in ("before", "by", "in") or len(between) > FAR or ";" in between or "." in between:
        return None
    return Rule(rule.cadence, rule.start, tokens[place + 1].end, bound, day)


def _add_rule(tokens: Tokens, draft: RuleDraft, times: list[Time]) -> None:
    """Add a rule to the times, with the words before it."""
    start, end, bound = tokens[draft.place].start, tokens[draft.end - 1].end, read_bound(tokens, draft.place)
    if draft.cadence == "ongoing":
        times.append(Ongoing(start, end, bound))
    else:
        times.append(Rule(draft.cadence, start, end, bound, draft.day, draft.is_after))


def _read_list(tokens: Tokens, place: int) -> list[Item]:
    """Return the days or periods of one list that begins at a place («01/6 và 15/11», «quý II, IV/2026»)."""
    first = read_days(tokens, place) or read_period(tokens, place)
    if first is None or (first.is_bare and not _is_time_alone(tokens, first)):
        return []
    bound = _bound_of(tokens, first)
    items = [(first, bound)]
    while (draft := _read_next(tokens, items[-1][0])) is not None:
        own = _bound_of(tokens, draft)
        items.append((draft, own if own in ("before", "by", "in", "from") else bound))
    return items


def _bound_of(tokens: Tokens, draft: Draft) -> Bound:
    """Return what the words before a draft make of it; before an hour of a day is by that day."""
    if tokens.is_word(draft.place, "trong"):
        return "in"
    bound = read_bound(tokens, draft.place)
    if bound == "" and tokens[draft.place - 1].text in OPENERS and tokens[draft.end].text in CLOSERS:
        return "in"
    return "by" if bound == "before" and is_by_hour(tokens, draft.place) else bound


def _is_time_alone(tokens: Tokens, draft: Draft) -> bool:
    """Return whether bare numbers are a time: behind «trước», «đến» …, or with nothing on either side."""
    if draft.precision == "year":
        return True
    bound = read_bound(tokens, draft.place)
    if bound in ("before", "by", "in", "from"):
        return True
    before, behind = tokens[draft.place - 1].text, tokens[draft.end].text
    return before in EDGES and behind in EDGES


def _read_next(tokens: Tokens, last: Draft) -> Draft | None:
    """Return the next item of a list behind its last one, or None if the list ends there."""
    if last.precision not in (None, "month", "quarter"):
        return None
    start = tokens.after_any(last.end, JOINTS)
    if start is None:
        return None
    named = tokens.skip(start, ("trước", "trong", "vào", "đến", "hết"), 2)
    if last.precision is None:
        return read_day(tokens, named)
    reader = read_month if last.precision == "month" else read_quarter
    if (draft := reader(tokens, named)) is not None:
        return draft
    draft = reader(tokens, named, in_list=True)
    return draft if draft and (draft.year or tokens[draft.end].kind == "mark") else None


def _add_items(tokens: Tokens, items: Sequence[Item], times: list[Time]) -> int:
    """Add the items of a list to the times; return the place behind it.

    An item without a year has that of the next one that names it, else of the plan. With «hằng năm» behind
    or before the list its days recur each year.
    """
    end = items[-1][0].end
    behind = tokens.skip(end, (",",), 1)
    if all(draft.precision in (None, "month", "quarter") and draft.year is None for draft, _ in items):
        each_year = tokens.after_any(behind, ("hằng năm", "mỗi năm", "các năm", "của năm"))
        has_before = (
            bool(times) and isinstance(times[-1], Rule) and _is_yearly_before(tokens, items, times[-1])
        )
        if tokens.after_any(behind, ("hằng năm", "mỗi năm", "các năm")) is not None or has_before:
            if has_before:
                times.pop()
            end = each_year or end
            times.append(_yearly_rule(tokens, items, end))
            return end
    cadence = CADENCE_OF_MONTHS.get(tuple(draft.first[0] for draft, _ in items))
    if cadence and all(draft.precision is None and draft.year is None for draft, _ in items):
        day = items[0][0].first[1]
        if all(draft.first[1] == day for draft, _ in items):
            start = tokens[items[0][0].place].start
            times.append(Rule(cadence, start, tokens[end - 1].end, items[0][1], day))
            return end
    year = tokens.plan_year
    settled: list[Time] = []
    for draft, bound in reversed(items):
        year = draft.year or year
        time = settle(tokens, draft, bound, year)
        if time is not None:
            settled.append(time)
    times.extend(reversed(settled))
    return end


def _is_yearly_before(tokens: Tokens, items: Sequence[Item], rule: Rule) -> bool:
    """Return whether «hằng năm» stands right before a list of days: «Hằng năm, trước ngày 15/12»."""
    between = tokens.text[rule.end : tokens[items[0][0].place].start].lower()
    words = between.replace(",", " ").split()
    return rule.cadence == "yearly" and len(words) <= 4 and not {".", ";", "và"} & set(words)


def _yearly_rule(tokens: Tokens, items: Sequence[Item], end: int) -> Rule:
    """Return the days of a list as days of each year."""
    first, bound = items[0]
    days = tuple(draft.last for draft, _ in items)
    return Rule("yearly", tokens[first.place].start, tokens[end - 1].end, bound, yearly=days)
