"""A moment of the log that an address names: a day, as of whose end something is shown, or a position."""

from datetime import date

import msgspec
from flask import g

from cchc_flow.errors import BadInput
from cchc_flow.projections.runner import position as newest_position
from cchc_flow.web.board.query import parse_past_day
from cchc_flow.web.http.positions import MOST_DIGITS
from cchc_flow.workflow.calendar import day_of, day_words, local_day, parse_day
from cchc_flow.workflow.shares import format_number


class Moment(msgspec.Struct, frozen=True):
    """A position of the log, and the day that was today there; `value` is what an address says for it.

    `is_now` tells that it is the newest position, `is_day` that a day was named.
    """

    position: int
    today: date
    value: str
    is_now: bool
    is_day: bool

    @property
    def words(self) -> str:
        """The moment in words: «lúc này», «lúc hết ngày 30/06/2026», «ngay sau sự kiện số 1.203»."""
        if self.is_now:
            return "lúc này"
        if self.is_day:
            return f"lúc hết ngày {day_words(self.today)}"
        return f"ngay sau sự kiện số {format_number(self.position)}"


def now() -> Moment:
    """Return the newest moment that this request sees."""
    return Moment(newest_position(g.db), local_day(g.ws.now()), "", is_now=True, is_day=False)


def parse_moment(words: str) -> Moment:
    """Return the moment that a day or a position names, now for no words; raise BadInput.

    Eight digits that are a day, such as 30062026, are that day.
    """
    if not words:
        return now()
    if _is_position(words):
        return _at_position(words)
    today = local_day(g.ws.now())
    day = parse_past_day(words, today)
    cutoff = g.ws.cutoff(day)
    return Moment(cutoff.position, cutoff.day, cutoff.day.isoformat(), is_now=day == today, is_day=True)


def _is_position(words: str) -> bool:
    if not (words.isascii() and words.isdigit() and len(words) <= MOST_DIGITS):
        return False
    try:
        parse_day(words)
    except ValueError:
        return True
    return False


def _at_position(words: str) -> Moment:
    position, newest = int(words), newest_position(g.db)
    if not 1 <= position <= newest:
        raise BadInput(
            f"Nhật ký chưa có sự kiện số {format_number(words)}.",
            f"Hãy chọn một sự kiện từ 1 đến {format_number(newest)}, hoặc một ngày như 25/01/2026.",
        )
    today = day_of(g.ws.log.event(position).recordedtime)
    return Moment(position, today, str(position), is_now=position == newest, is_day=False)
