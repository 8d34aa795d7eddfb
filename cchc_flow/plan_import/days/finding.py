"""Finds all times in a text: days, spans, rules and «thường xuyên», each with its place.

One pass over the tokens: what begins at a token is read with a few tokens' look ahead, so time is linear.
"""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.days.bounds import is_by_hour, read_bound
from cchc_flow.plan_import.days.day_forms import read_day, read_days
from cchc_flow.plan_import.days.drafts import Draft, is_range, settle
from cchc_flow.plan_import.days.period_forms import read_month, read_period, read_quarter
from cchc_flow.plan_import.days.rule_forms import RuleDraft, read_rule
from cchc_flow.plan_import.days.tokens import Tokens
from cchc_flow.plan_import.days.values import Bound, Ongoing, Rule, Time

JOINTS = (", và", "; và", ",", "và", ";", "hoặc", "&", "+")
OPENERS, CLOSERS = (",", ";", "(", ":"), ("", ".", ";", ")")
"""A period between these is what its clause is to be done in: «Làm sạch dữ liệu, tháng 9/2026.»"""
EDGES = ("", ",", ";", ".", ":", "(", ")", "-", "và", "hằng", "mỗi", "•", "+", "*", "/", "hoặc")
ANY: frozenset[str] = frozenset()
YEAR, PART, COUNTED = (
    frozenset(("năm",)),
    frozenset(("tháng", "quý", "q", "năm", "của")),
    frozenset(("tháng", "lần")),
)
STARTERS = (
    dict.fromkeys(("ngày", "hôm", "mùng", "tháng", "quý", "q", "năm", "tuần", "hằng", "mỗi", "từng"), ANY)
    | dict.fromkeys(("trong", "cả", "các", "quanh", "suốt"), YEAR)
    | dict.fromkeys(("đầu", "giữa"), PART)
    | dict.fromkeys(("một", "hai", "ba", "bốn", "sáu", "chín", "mười"), COUNTED)
    | {word: frozenset(behind.split()) for word, behind in (
        ("từ", "ngày"), ("giai", "đoạn"), ("thời", "kỳ"), ("nhiệm", "kỳ"), ("nửa", "đầu cuối"),
        ("định", "kỳ"), ("thường", "xuyên"), ("liên", "tục"), ("báo", "cáo"),
    )}
)  # fmt: skip
"""The first words of all times, each with the words that follow it (any for none); or digits."""
DIGIT = re.compile(r"\d")
HINTS = (
    "tháng", "quý", "quí", "hằng", "hàng", "mỗi", "từng", "định k", "thường xuyên", "liên tục", "trong năm",
    "cả năm", "cuối năm", "hết năm", "đầu năm", "quanh năm", "suốt năm", "nửa ", "báo cáo năm", " lần",
    "ngày làm việc cuối", "ngày cuối", "qi", "q.i",
)  # fmt: skip
"""A text without any of these and without digits holds no time and need not be cut into words."""
CADENCE_OF_MONTHS = {(3, 6, 9, 12): "quarterly", (6, 12): "half_yearly"}
"""«15/3, 15/6, 15/9, 15/12» is one day of the last month of each quarter."""
FAR = 120
"""As many characters lie at most between a rule and the day that belongs to it."""

Item = tuple[Draft, Bound]


def find_times(text: str, plan_year: int | None = None) -> tuple[Time, ...]:
    """Return the times of a text in its order; a day or period without a year is of the plan's year.

    Without a plan's year those are left out, and so are impossible days (31/02). The text must be in NFC.
    """
    if not may_hold_time(text):
        return ()
    tokens = Tokens(text, plan_year)
    times: list[Time] = []
    place = 0
    while place < len(tokens):
        place = _read_at(tokens, place, times) if _may_begin(tokens, place) else place + 1
    return tuple(times)


def may_hold_time(text: str) -> bool:
    """Return whether a text has digits, or a word that can be part of a time."""
    lower = text.lower()
    return DIGIT.search(text) is not None or any(hint in lower for hint in HINTS)


def _may_begin(tokens: Tokens, place: int) -> bool:
    """Return whether a time may begin at a place, by its first two words."""
    token = tokens[place]
    if token.kind == "digits":
        return True
    following = STARTERS.get(token.text)
    if following is None:
        return False
    behind = tokens[place + 1]
    return not following or behind.text in following or behind.kind == "digits"


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
        times += [
            Rule(draft.cadence, tokens[place].start, end, bound, tokens.digits(place + 1), draft.is_after)
            for place in _days_before(tokens, draft)
        ]
        times.append(Rule(draft.cadence, start, end, bound, draft.day, draft.is_after))


def _days_before(tokens: Tokens, draft: RuleDraft) -> list[int]:
    """Return where other days of a rule stand before its own: «ngày 15 và ngày 30 hằng tháng»."""
    places: list[int] = []
    place = draft.place
    while draft.day is not None and tokens.is_word(place - 1, "và", ","):
        is_day = tokens.is_word(place - 3, "ngày") and 1 <= (tokens.digits(place - 2) or 0) <= 31
        if not is_day:
            break
        place -= 3
        places.insert(0, place)
    return places


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
    is_period = draft.precision in ("month", "quarter")
    if (bound == "from" and tokens.is_word(draft.place - 1, "từ") and is_range(draft)) or (
        bound == "" and is_period and draft.place == 0
    ):
        return "in"
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
    is_of_report = tokens.text[rule.start : rule.end].lower().startswith("báo cáo")
    return (
        rule.cadence == "yearly"
        and not is_of_report
        and len(words) <= 4
        and not {".", ";", "và"} & set(words)
    )


def _yearly_rule(tokens: Tokens, items: Sequence[Item], end: int) -> Rule:
    """Return the days of a list as days of each year."""
    first, bound = items[0]
    days = tuple(draft.last for draft, _ in items)
    return Rule("yearly", tokens[first.place].start, tokens[end - 1].end, bound, yearly=days)
