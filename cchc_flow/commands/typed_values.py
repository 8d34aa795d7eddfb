"""Single texts that commands take: cleaned as those of forms are, or refused with a sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cchc_flow.errors import MissingData
from cchc_flow.workflow.typed_text import TooLong, UnfitText, clean_line

Clean = Callable[[str, int], str]


@contextmanager
def faults_into(wrong: dict[str, str]) -> Iterator[None]:
    """Add to `wrong` what the block raises as MissingData, so that the other values are looked at as well."""
    try:
        yield
    except MissingData as error:
        wrong |= error.fields


def required_value(field: str, title: str, raw: str, limit: int, clean: Clean = clean_line) -> str:
    """Return a typed text, cleaned; raise MissingData when it is empty, too long or not readable."""
    missing = MissingData({field: f"{title}: cần từ 1 đến {limit} ký tự."})
    try:
        value = clean(raw, limit)
    except TooLong:
        raise missing from None
    except UnfitText as error:
        raise MissingData({field: f"{title}: {error}."}) from None
    if not value:
        raise missing
    return value


def optional_value(field: str, title: str, raw: str | None, limit: int) -> str | None:
    """Return a typed line, cleaned, None for nothing; raise MissingData for one that is unfit."""
    try:
        return clean_line(raw or "", limit) or None
    except TooLong:
        raise MissingData({field: f"{title}: nhiều nhất {limit} ký tự."}) from None
    except UnfitText as error:
        raise MissingData({field: f"{title}: {error}."}) from None
