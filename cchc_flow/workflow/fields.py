"""From what a form gives to what an event keeps: each field is read, or refused with a sentence."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cchc_flow.errors import BadInput, MissingData
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.commands import DecisionContext, Typed, Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.periods import parse_typed
from cchc_flow.workflow.shares import format_number

TEXT_LIMIT = 20_000
LINE_LIMIT = 500
FILES_LIMIT = 20
COUNT_LIMIT = 1_000_000
AMOUNT_LIMIT = Decimal(10**15)
AMOUNT = re.compile(r"(?:[1-9]\d{0,2}(?:[. ]\d{3})+|\d+)(?:[.,]\d{1,2})?", re.ASCII)
"""Thousands may be set apart; since there are at most two decimals, 1.500 can only be fifteen hundred."""
CHOSEN = ("choice", "period", "unit", "units", "person", "task", "entry")
VERBS = dict.fromkeys(CHOSEN, "chọn") | {"files": "đính kèm"}
NUMBERS = ("count", "amount", "percent")
NUMBERED = ("số", "tỷ lệ", "điểm", "mức", "tổng")
"""How the title of a number begins that says so itself."""
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters that nobody types: all but tab and line feed."""


class _Wrong(Exception):
    """A value that a field cannot take; its text says what is wanted."""


class _Missing(Exception):
    """No value where there has to be one."""


def clean(fields: tuple[Field, ...], raw: JsonObject, facts: DecisionContext) -> JsonObject:
    """Return the data of all fields; raise MissingData with a sentence for each field that is wrong."""
    values: JsonObject = {}
    wrong: dict[str, str] = {}
    for field in fields:
        try:
            values[field.name] = _value(field, raw.get(field.name), facts)
        except _Missing:
            wrong[field.name] = missing_sentence(field)
        except _Wrong as error:
            wrong[field.name] = f"{field.title}: {error}."
    if wrong:
        raise MissingData(wrong)
    return values


def _value(field: Field, raw: Any, facts: DecisionContext) -> Any:
    value = _READERS[field.kind](field, raw, facts)
    if field.required and (value is None or value == ()):
        raise _Missing
    return value


def missing_sentence(field: Field) -> str:
    """Return the sentence that asks for a field that was left empty."""
    verb = VERBS.get(field.kind, "nhập")
    title = _within(field.title)
    if field.kind in NUMBERS and not title.startswith(NUMBERED):
        return f"Hãy {verb} số liệu «{field.title}»."
    if field.kind == "day" and not title.startswith(("ngày", "hạn")):
        return f"Hãy nhập ngày vào ô «{field.title}»."
    return f"Hãy {verb} {title}."


def _within(title: str) -> str:
    """Return a title as it stands within a sentence: an acronym keeps its capitals."""
    first, second = title[:1], title[1:2]
    return title if second.isupper() or second.isdigit() else first.lower() + title[1:]


def _text(field: Field, raw: Any, facts: DecisionContext) -> Typed | None:
    words = _words(raw, TEXT_LIMIT)
    return Typed(words) if words else None


def _line(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    return " ".join(words.split()) if words else None


def _words(raw: Any, limit: int) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise _Wrong("phải là chữ")
    words = UNSEEN.sub(
        "", raw.replace("\r\n", "\n")
    ).strip()  # a browser counts, and limits, a line's end as one
    if len(words) > limit:
        raise _Wrong(f"dài quá {limit:,} ký tự".replace(",", "."))
    return words or None


def _day(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is None:
        return None
    try:
        return parse_day(words).isoformat()
    except ValueError:
        raise _Wrong("phải là một ngày, như 25/01/2026") from None


def _whole(lowest: int, highest: int) -> Callable[[Field, Any, DecisionContext], int | None]:
    def read(field: Field, raw: Any, facts: DecisionContext) -> int | None:
        words = _words(str(raw) if isinstance(raw, int) else raw, LINE_LIMIT)
        if words is None:
            return None
        if not words.isascii() or not words.isdigit() or not lowest <= int(words) <= highest:
            raise _Wrong(f"phải là số nguyên từ {format_number(lowest)} đến {format_number(highest)}")
        return int(words)

    return read


def _amount(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _line(field, str(raw) if isinstance(raw, int | Decimal) else raw, facts)
    if words is None:
        return None
    if not AMOUNT.fullmatch(words) or (number := _number(words)) > AMOUNT_LIMIT:
        raise _Wrong("phải là một số từ 0 trở lên, nhiều nhất hai chữ số thập phân")
    return f"{number.normalize():f}"


def _number(words: str) -> Decimal:
    whole, _, decimals = re.sub(r"[.,](\d{1,2})$", r"/\1", words).partition("/")
    return Decimal(f"{re.sub('[. ]', '', whole)}.{decimals or 0}")


def _period(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    try:
        return parse_typed(words).name if words else None
    except BadInput:
        raise _Wrong("phải là một kỳ, như 11/2026, quý IV/2026 hoặc năm 2026") from None


def _choice(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is not None and words not in dict(field.choices):
        raise _Wrong("phải chọn một trong " + ", ".join(title for _, title in field.choices))
    return words


def _unit(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is not None and words not in facts.units:
        raise _Wrong("đơn vị này không có trong danh bạ")
    return words


def _units(field: Field, raw: Any, facts: DecisionContext) -> tuple[str, ...]:
    chosen = {unit for one in _listed(raw) if (unit := _unit(field, one, facts))}
    return tuple(sorted(chosen))


def _person(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is not None and words not in facts.people:
        raise _Wrong("người này không có trong danh bạ")
    return words


def _task(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is not None and facts.kind_of(words) != "task":
        raise _Wrong("không có nhiệm vụ này trong kế hoạch")
    return words


def _entry(field: Field, raw: Any, facts: DecisionContext) -> str | None:
    words = _words(raw, LINE_LIMIT)
    if words is not None and facts.kind_of(words) not in dict(field.choices):
        raise _Wrong("không có mục này trong sổ")
    return words


def _files(field: Field, raw: Any, facts: DecisionContext) -> tuple[Upload, ...]:
    files = tuple(_listed(raw))
    if len(files) > FILES_LIMIT:
        raise _Wrong(f"nhiều nhất {FILES_LIMIT} tệp mỗi lần")
    if any(not isinstance(file, Upload) for file in files):
        raise _Wrong("không phải tệp")
    if empty := [file.name for file in files if not file.content]:
        raise _Wrong(f"tệp «{empty[0]}» rỗng")
    return files


def _listed(raw: Any) -> list[Any]:
    """Return what was given of a field that takes many: none, one, or a list."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [] if raw is None else [raw]


_READERS: dict[str, Callable[[Field, Any, DecisionContext], Any]] = {
    "text": _text,
    "line": _line,
    "day": _day,
    "percent": _whole(0, 100),
    "count": _whole(0, COUNT_LIMIT),
    "amount": _amount,
    "period": _period,
    "choice": _choice,
    "unit": _unit,
    "units": _units,
    "person": _person,
    "task": _task,
    "entry": _entry,
    "files": _files,
}
