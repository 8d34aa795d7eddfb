"""Days and times in a sheet: what their number is, how a cell shows them, and who wrote them wrong."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from cchc_flow.register_import.cells import UNREADABLE, Cell
from cchc_flow.register_import.number_formats import Section, sections_of
from cchc_flow.workflow.calendar import ZONE, day_words

LAST_SERIAL = 2_958_466
"""The number of the first day after 31/12/9999."""
MISSING_LEAP_DAY = 60
"""The number of 29/02/1900, a day that never was; the numbers before are one too low."""
ALMOST = timedelta(seconds=1)
"""A moment within a second of midnight is midnight: numbers of days are rounded."""


def moment_of(serial: Decimal, is_1904: bool) -> datetime | None:
    """Return the moment with a number, to the second, None for a number that no sheet shows as a day."""
    if not 0 <= serial < LAST_SERIAL:
        return None
    begin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet knows no zone
    shift = 1 if not is_1904 and 1 <= serial < MISSING_LEAP_DAY else 0
    return begin + timedelta(days=shift, seconds=round(serial * 86_400))


def moment_cell(moment: datetime, code: str) -> Cell:
    """Return the cell that shows a moment in a format; it has the day or the month that can be seen.

    A moment that is midnight in Việt Nam by the clock of Greenwich is a fault: programs such as ExcelJS write
    the day 01/03/2026 as 17:00 of 28/02/2026, and the cell shows the day before.
    """
    section = sections_of(code)[0]
    parts = section.parts()
    text = _show_moment(section, moment)
    local = moment.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)
    if "y" in parts and "h" not in parts and _is_midnight(local):
        meant = day_words((local + ALMOST).date())
        written = f"ghi {moment.hour} giờ ngày {day_words(moment.date())}"
        return Cell(text or "", fault=f"{written}, có lẽ là ngày {meant} bị phần mềm xuất tệp ghi lùi")
    shows_month = "m" in parts and "y" in parts
    day = moment.date() if shows_month and "d" in parts else None
    month = f"{moment:%Y-%m}" if shows_month and moment.day == 1 else None
    if text is None:
        return Cell("", day=day, month=month, fault="" if shows_month else UNREADABLE)
    return Cell(text, day=day, month=month, remark=_remark(moment) if day else "")


def _is_midnight(moment: datetime) -> bool:
    """Tell whether a moment is midnight, give or take a second."""
    return (moment + ALMOST).time() <= time(second=2)


def _remark(moment: datetime) -> str:
    """Return the key of what is left out when only the day is taken."""
    if moment.time() == time():
        return ""
    return "seconds" if moment.time() < time(minute=1) else "time"


def _show_moment(section: Section, moment: datetime) -> str | None:
    """Return a moment as a cell shows it; None for names of months, days and halves of a day.

    Their language is that of the machine on which the file is opened.
    """
    pieces: list[str] = []
    before = ""
    after = [text for kind, text in section.tokens if kind == "date"]
    for kind, text in section.tokens:
        if kind == "date":
            after.pop(0)
            is_minute = text[0] == "m" and (before == "h" or bool(after and after[0][0] == "s"))
            words = _part(text, is_minute, moment)
            if words is None:
                return None
            pieces.append(words)
            before = text[0]
        elif kind in ("literal", "slash", "point", "comma"):
            pieces.append("/" if kind == "slash" else text)
        else:
            return None
    return "".join(pieces).strip()


def _part(code: str, is_minute: bool, moment: datetime) -> str | None:
    """Return one part of a moment, such as the month for mm; None for a name."""
    letter, width = code[0], len(code)
    if letter == "y":
        return f"{moment:%Y}" if width > 2 else f"{moment:%y}"
    numbers = {"m": moment.minute if is_minute else moment.month, "d": moment.day, "h": moment.hour}
    numbers["s"] = moment.second
    if width > 2 or letter not in numbers:
        return None
    return f"{numbers[letter]:0{width}}"
