"""Instants as the log writes them: RFC 3339 in UTC with six decimals and `Z`, so the texts sort by time."""

from datetime import UTC, datetime, timedelta

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def format_instant(instant: datetime) -> str:
    """Return an instant as the log writes it; raise ValueError when it has no time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone")
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


def parse_instant(text: str) -> datetime:
    """Return the instant (in UTC) that `format_instant` wrote; raise ValueError for any other format."""
    instant = datetime.fromisoformat(text)
    if format_instant(instant) != text:
        raise ValueError(f"{text!r} is not in the format of the log's instants")
    return instant


VIETNAM = timedelta(hours=7)  # no daylight saving time: the offset of Asia/Ho_Chi_Minh is fixed


def local_day_of(text: str) -> str:
    """Return the day (ISO) of an instant in Việt Nam; a text that is no instant comes back as it is."""
    try:
        return (parse_instant(text) + VIETNAM).date().isoformat()
    except ValueError:
        return text


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the instant so many milliseconds after the beginning of 1970."""
    return BEGIN + timedelta(milliseconds=milliseconds)


def format_milliseconds(milliseconds: int) -> str:
    """Return the instant so many milliseconds after the beginning of 1970 as the log stores it."""
    return format_instant(from_milliseconds(milliseconds))
