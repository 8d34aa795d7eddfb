"""Reads what people filled into a form into the data of an event, or says what is wrong with each field."""

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from cchc_flow.errors import BadInput, MissingData
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.commands import DecisionContext, Typed, Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.periods import parse_typed
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.typed_text import UnfitText, clean_text
from cchc_flow.workflow.unit_report import read_remarks, read_report

TEXT_LIMIT = 20_000
LINE_LIMIT = 500
FILES_LIMIT = 20
COUNT_LIMIT = 1_000_000
AMOUNT_LIMIT = Decimal(10**15)
AMOUNT = re.compile(r"(?:[1-9]\d{0,2}(?:[. ]\d{3})+|\d+)(?:[.,]\d{1,2})?", re.ASCII)
"""Thousands may be grouped; since there are at most two decimals, 1.500 can only be fifteen hundred."""
CHOICE_KINDS = ("choice", "period", "unit", "units", "person", "colleague", "task", "entry")
VERBS = dict.fromkeys(CHOICE_KINDS, "chọn") | {"files": "đính kèm"}
NUMBER_KINDS = ("count", "amount", "percent")
NUMBER_WORDS = ("số", "hệ số", "tỷ lệ", "điểm", "mức", "tổng")
"""Titles that begin with one of these say themselves that a number is asked for."""


class _Invalid(Exception):
    """A value that a field cannot take; its text says, in Vietnamese, what it must be."""


class _Empty(Exception):
    """A required field was left empty."""


def clean(fields: tuple[Field, ...], raw: JsonObject, context: DecisionContext) -> JsonObject:
    """Return the values of all fields; raise MissingData with a sentence for each that is empty or wrong."""
    values: JsonObject = {}
    wrong: dict[str, str] = {}
    for field in fields:
        try:
            values[field.name] = _read_value(field, raw.get(field.name), context)
        except _Empty:
            wrong[field.name] = missing_sentence(field)
        except _Invalid as error:
            wrong[field.name] = f"{field.title}: {error}."
        except MissingData as error:  # of a field that is made of several inputs
            wrong |= error.fields
    if wrong:
        raise MissingData(wrong)
    return values


def _read_value(field: Field, raw: Any, context: DecisionContext) -> Any:
    """Return the value of a field; raise _Invalid, or _Empty for a required one without a value."""
    value = _READERS[field.kind](field, raw, context)
    if field.required and (value is None or value == ()):
        raise _Empty
    return value


def missing_sentence(field: Field) -> str:
    """Return the sentence under a required field that was left empty: «Hãy nhập lý do.»"""
    verb = VERBS.get(field.kind, "nhập")
    title = _lower_first(field.title)
    if field.kind in NUMBER_KINDS and not title.startswith(NUMBER_WORDS):
        return f"Hãy {verb} số liệu «{field.title}»."
    if field.kind == "day" and not title.startswith(("ngày", "hạn")):
        return f"Hãy nhập ngày vào ô «{field.title}»."
    return f"Hãy {verb} {title}."


def _lower_first(title: str) -> str:
    """Return a title with a small first letter, as within a sentence; an acronym keeps its capitals."""
    first, second = title[:1], title[1:2]
    return title if second.isupper() or second.isdigit() else first.lower() + title[1:]


def _read_text(field: Field, raw: Any, context: DecisionContext) -> Typed | None:
    words = _read_words(raw, TEXT_LIMIT)
    return Typed(words) if words else None


def _read_line(field: Field, raw: Any, context: DecisionContext) -> str | None:
    """Return the text on one line, its blanks single."""
    words = _read_words(raw, LINE_LIMIT)
    return " ".join(words.split()) if words else None


def _read_words(raw: Any, limit: int) -> str | None:
    """Return the text as `clean_text` does, None if nothing is left of it."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise _Invalid("phải là chữ")
    try:
        return clean_text(raw, limit) or None
    except UnfitText as error:
        raise _Invalid(str(error)) from None


def _read_day(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    if words is None:
        return None
    try:
        return parse_day(words).isoformat()
    except ValueError:
        raise _Invalid("phải là một ngày, như 25/01/2026") from None


def _integer_reader(lowest: int, highest: int) -> Callable[[Field, Any, DecisionContext], int | None]:
    """Return a reader of whole numbers within these bounds."""

    def read_integer(field: Field, raw: Any, context: DecisionContext) -> int | None:
        words = _read_words(str(raw) if isinstance(raw, int) else raw, LINE_LIMIT)
        if words is None:
            return None
        if not words.isascii() or not words.isdigit() or not lowest <= int(words) <= highest:
            raise _Invalid(f"phải là số nguyên từ {format_number(lowest)} đến {format_number(highest)}")
        return int(words)

    return read_integer


def _read_amount(field: Field, raw: Any, context: DecisionContext) -> str | None:
    """Return the decimal string of an amount: 1.500.000,5 becomes 1500000.5."""
    words = _read_line(field, str(raw) if isinstance(raw, int | Decimal) else raw, context)
    if words is None:
        return None
    if not AMOUNT.fullmatch(words) or (number := _parse_amount(words)) > AMOUNT_LIMIT:
        raise _Invalid("phải là một số từ 0 trở lên, nhiều nhất hai chữ số thập phân")
    return f"{number.normalize():f}"


def _parse_amount(words: str) -> Decimal:
    """Return the number in words that match AMOUNT."""
    whole, _, decimals = re.sub(r"[.,](\d{1,2})$", r"/\1", words).partition("/")
    return Decimal(f"{re.sub('[. ]', '', whole)}.{decimals or 0}")


def _read_period(field: Field, raw: Any, context: DecisionContext) -> str | None:
    """Return the name of the period, such as 2026-Q1."""
    words = _read_words(raw, LINE_LIMIT)
    try:
        return parse_typed(words).name if words else None
    except BadInput:
        raise _Invalid("phải là một kỳ, như 11/2026, quý IV/2026 hoặc năm 2026") from None


def _read_choice(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    if words in dict(field.retired):
        raise _Invalid(f"«{field.choice_titles[words]}» không còn được áp dụng, {_offer(field)}")
    if words is not None and words not in dict(field.choices):
        raise _Invalid(_offer(field))
    return words


def _offer(field: Field) -> str:
    """Return the words that ask for one of the choices of a field."""
    return "phải chọn một trong " + ", ".join(title for _, title in field.choices)


def _read_unit(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    former = context.former_units
    if words is not None and (words not in context.units or _is_former(field, words, former, context)):
        raise _Invalid("đơn vị này không có trong danh bạ")
    return words


def _read_units(field: Field, raw: Any, context: DecisionContext) -> tuple[str, ...]:
    units = {unit for value in _as_list(raw) if (unit := _read_unit(field, value, context))}
    return tuple(sorted(units))


def _read_person(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    former = context.former_people
    if words is not None and (words not in context.people or _is_former(field, words, former, context)):
        raise _Invalid("người này không có trong danh bạ")
    return words


def _is_former(field: Field, words: str, former: Collection[str], context: DecisionContext) -> bool:
    """Tell whether a value is a closed unit or former person that does not stand in this field already."""
    return words in former and words not in context.present.get(field.name, ())


def _read_task(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    if words is not None and context.kind_of(words) != "task":
        raise _Invalid("không có nhiệm vụ này trong kế hoạch")
    return words


def _read_entry(field: Field, raw: Any, context: DecisionContext) -> str | None:
    words = _read_words(raw, LINE_LIMIT)
    if words is not None and context.kind_of(words) not in dict(field.choices):
        raise _Invalid("không có mục này trong sổ")
    return words


def _read_files(field: Field, raw: Any, context: DecisionContext) -> tuple[Upload, ...]:
    files = tuple(_as_list(raw))
    if len(files) > FILES_LIMIT:
        raise _Invalid(f"nhiều nhất {FILES_LIMIT} tệp mỗi lần")
    if any(not isinstance(file, Upload) for file in files):
        raise _Invalid("không phải tệp")
    if empty := [file.name for file in files if not file.content]:
        raise _Invalid(f"tệp «{empty[0]}» rỗng")
    return files


def _read_report(field: Field, raw: Any, context: DecisionContext) -> JsonObject:
    return read_report(_as_inputs(raw), context.outline)


def _read_remarks(field: Field, raw: Any, context: DecisionContext) -> dict[str, Typed]:
    return read_remarks(_as_inputs(raw), context.outline)


def _as_inputs(raw: Any) -> Mapping[str, Any]:
    """Return the values of a field that is made of several inputs, by name."""
    if raw and not isinstance(raw, Mapping):
        raise _Invalid("phải gồm các ô của biểu mẫu báo cáo")
    return raw or {}


def _as_list(raw: Any) -> list[Any]:
    """Return the values of a field that takes several: forms send nothing, one value, or a list."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [] if raw is None else [raw]


_READERS: dict[str, Callable[[Field, Any, DecisionContext], Any]] = {
    "text": _read_text,
    "line": _read_line,
    "day": _read_day,
    "percent": _integer_reader(0, 100),
    "count": _integer_reader(0, COUNT_LIMIT),
    "amount": _read_amount,
    "period": _read_period,
    "choice": _read_choice,
    "unit": _read_unit,
    "units": _read_units,
    "person": _read_person,
    "colleague": _read_person,
    "task": _read_task,
    "entry": _read_entry,
    "files": _read_files,
    "report": _read_report,
    "remarks": _read_remarks,
}
