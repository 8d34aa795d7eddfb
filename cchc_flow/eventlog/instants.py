"""Instants as the log writes them: RFC 3339, UTC, six decimals, `Z`. Such strings sort as the instants do."""

from datetime import UTC, datetime, timedelta


def format_instant(instant: datetime) -> str:
    """Return an aware instant as text; a naive one has no place in a log and raises ValueError."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} names no time zone")
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


def parse_instant(text: str) -> datetime:
    """Return the aware instant that `written` wrote; raise ValueError for any other form."""
    instant = datetime.fromisoformat(text)
    if format_instant(instant) != text:
        raise ValueError(f"{text!r} is not written as the log writes instants")
    return instant


VIETNAM = timedelta(hours=7)  # Asia/Ho_Chi_Minh has had no other offset since before there was a log


def local_day_of(text: str) -> str:
    """Return the day in Việt Nam of a written instant; a text that is none is a day of its own."""
    try:
        return (parse_instant(text) + VIETNAM).date().isoformat()
    except ValueError:
        return text
