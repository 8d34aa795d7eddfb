"""The series in which an agency numbers its documents: one for each year, each number once. Pure.

Numbers and days follow the order in which documents are issued, from 01 on 1 January to the last one of
31 December (Nghị định 30/2020/NĐ-CP, Điều 15). A recalled document keeps its number.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.errors import MissingData
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.events import NAMES, DocumentNumbered, Event
from cchc_flow.workflow.settings.values import Documents

LETTER = "Công văn"
"""What a document without a name of its kind is."""
HIGHEST = 99_999
"""No commune issues that many documents in a year: a number above is a slip of the fingers."""


class Series(msgspec.Struct, frozen=True):
    """The numbers of a year that are taken, each with the document that has it, and the stream's version."""

    year: int
    taken: Mapping[int, DocumentNumbered]
    version: int = 0

    @property
    def last(self) -> int:
        """The highest number that is taken; 0 while there is none."""
        return max(self.taken, default=0)


class Gap(msgspec.Struct, frozen=True):
    """Numbers from `first` to `last` that no document here has."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """The numbers in words: 05, or 05 đến 09."""
        return f"{self.first:02d}" if self.first == self.last else f"{self.first:02d} đến {self.last:02d}"


def series_stream(year: int) -> str:
    """Return the name of the stream of a year's numbers."""
    return f"documents-{year}"


def document_number(number: int, symbol: str) -> str:
    """Return a number as it is written: 05/BC-UBND."""
    return f"{number:02d}/{symbol}"


def fold_series(year: int, events: Iterable[Event]) -> Series:
    """Return the series that the events of its stream tell of."""
    taken, version = {}, 0
    for event in events:
        version = event.version
        if event.type == NAMES[DocumentNumbered]:
            data = convert(event.data, DocumentNumbered)
            taken[data.number] = data
    return Series(year, taken, version)


def next_number(series: Series, rules: Documents) -> int:
    """Return the number that comes next; a year in which paper came first begins where the setting says."""
    first = rules.first_number if rules.first_year == series.year else 1
    return max(series.last + 1, first)


def choose_number(series: Series, rules: Documents, typed: int | None, day: date) -> int:
    """Return the number for a document of a day; raise MissingData in a sentence.

    The clerk's is the one that was typed. Where the system counts, days follow the order of the numbers.
    """
    if rules.by_clerk:
        return _require_free(series, typed)
    latest = series.taken.get(series.last)
    if latest and day.isoformat() < latest.day:
        last = document_number(latest.number, latest.symbol)
        bound = day_words(date.fromisoformat(latest.day))
        raise MissingData(
            {
                "day": f"Ngày văn bản: số {last} đã cấp cho ngày {bound}; văn bản lấy số sau không thể"
                " đề ngày trước đó."
            }
        )
    return next_number(series, rules)


def _require_free(series: Series, typed: int | None) -> int:
    if typed is None:
        raise MissingData({"number": "Số văn bản: hãy ghi số mà văn thư đã cấp."})
    if typed in series.taken:
        other = series.taken[typed]
        raise MissingData(
            {
                "number": f"Số {document_number(typed, other.symbol)} của năm {series.year} đã có:"
                f" «{_title(other)}», ngày {day_words(date.fromisoformat(other.day))}. Hãy xem lại số văn thư"
                " đã cấp."
            }
        )
    return typed


def gaps(numbers: Sequence[int], first: int = 1) -> list[Gap]:
    """Return which numbers from `first` to the highest are missing, as stretches."""
    found, expected = [], first
    for number in sorted(numbers):
        if number > expected:
            found.append(Gap(expected, number - 1))
        expected = max(expected, number + 1)
    return found


def _title(document: DocumentNumbered) -> str:
    return f"{document.kind} {document.subject}".strip()
