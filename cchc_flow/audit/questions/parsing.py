"""Reads what was typed with a question: the values of its parameters, and of when and which unit it asks."""

from collections.abc import Iterable, Mapping

import msgspec

from cchc_flow.audit.typed_days import parse_typed_day
from cchc_flow.errors import MissingData
from cchc_flow.projections.signs.rows import EVERYTHING, Key, Scope
from cchc_flow.question_values import Given, Parameter, Question
from cchc_flow.workflow.shares import format_number

SINCE, UNTIL, UNIT, AFTER = "from", "to", "unit", "after"
COMMON = {SINCE: "Từ ngày", UNTIL: "Đến ngày", UNIT: "Đơn vị", AFTER: "Trang"}
"""What every question takes beside its own parameters; no parameter of a plugin may be called so."""
LONGEST = 64
MOST_DIGITS = 12


class Asked(msgspec.Struct, frozen=True):
    """A question as it was typed: the values of its parameters, the scope, and where the page begins."""

    given: Given
    scope: Scope = EVERYTHING
    after: Key | None = None


def default_values(question: Question) -> dict[str, int | str]:
    """Return the values that the parameters have when nothing is typed."""
    return {parameter.key: parameter.default for parameter in question.parameters}


def parse_asked(question: Question, typed: Iterable[tuple[str, str]], units: Mapping[str, str]) -> Asked:
    """Return what was typed; raise MissingData with a sentence for each name or value that is wrong.

    `typed` are names and values as they stand in an address, `units` the names of the units by id. What is
    empty, or not there, has its default.
    """
    wrong: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, value in typed:
        if name not in _names(question):
            wrong[name] = _unknown_words(question, name)
        elif name in values:
            wrong[name] = f"Tham số «{name}» có hai lần; chỉ ghi một lần."
        elif value.strip():
            values[name] = value.strip()
    given = default_values(question)
    for parameter in question.parameters:
        if parameter.key in values:
            given[parameter.key] = _parse_value(parameter, values[parameter.key], wrong)
    since, until = (
        parse_typed_day(name, values.get(name, ""), wrong, COMMON[name]) for name in (SINCE, UNTIL)
    )
    if since and until and until < since:
        wrong[UNTIL] = f"{COMMON[UNTIL]}: phải là chính ngày «{COMMON[SINCE]}» hoặc sau ngày đó."
    unit = values.get(UNIT)
    if unit and unit not in units:
        wrong[UNIT] = f"{COMMON[UNIT]}: không có đơn vị «{unit[:LONGEST]}». Hãy chọn trong danh sách."
    after = _parse_key(values.get(AFTER), wrong)
    if wrong:
        raise MissingData(wrong)
    return Asked(given, Scope(since, until, unit), after)


def key_words(key: Key) -> str:
    """Return where a page begins, as it stands in an address."""
    return f"{key[0]}_{key[1]}"


def _names(question: Question) -> list[str]:
    return [*(parameter.key for parameter in question.parameters), *COMMON]


def _unknown_words(question: Question, name: str) -> str:
    names = ", ".join(known for known in _names(question) if known != AFTER)
    return f"Câu hỏi này không có tham số «{name[:LONGEST]}»; các tham số của nó là: {names}."


def _parse_value(parameter: Parameter, words: str, wrong: dict[str, str]) -> int | str:
    """Return the value of a parameter; its default, with a sentence in `wrong`, for what is none."""
    if parameter.choices:
        if words in dict(parameter.choices):
            return words
        keys = ", ".join(key for key, _ in parameter.choices)
        wrong[parameter.key] = f"{parameter.title}: không có lựa chọn «{words[:LONGEST]}»; hãy chọn {keys}."
        return parameter.default
    is_number = len(words) <= MOST_DIGITS and words.isascii() and words.isdigit()
    if is_number and parameter.low <= int(words) <= parameter.high:
        return int(words)
    bounds = f"từ {format_number(parameter.low)} đến {format_number(parameter.high)}"
    wrong[parameter.key] = f"{parameter.title}: phải là số nguyên {bounds}, không phải «{words[:LONGEST]}»."
    return parameter.default


def _parse_key(words: str | None, wrong: dict[str, str]) -> Key | None:
    """Return where a page begins, None for the first one or, with a sentence, for what is no place."""
    if not words:
        return None
    rank, _, position = words[:LONGEST].partition("_")
    digits = rank.removeprefix("-")
    if all(len(part) <= MOST_DIGITS and part.isascii() and part.isdigit() for part in (digits, position)):
        return int(rank), int(position)
    wrong[AFTER] = "Địa chỉ của trang tiếp theo bị hỏng. Hãy mở lại câu hỏi từ đầu."
    return None
