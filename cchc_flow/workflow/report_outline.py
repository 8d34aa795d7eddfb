"""What the report of a unit consists of: its sections, the readings asked of it, what is known already."""

from collections.abc import Mapping

import msgspec

from cchc_flow.workflow.shares import format_quantity
from cchc_flow.workflow.typed_numbers import TypedReading, UnfitNumber, read_reading

DIFFICULTIES, PROPOSALS = "difficulties", "proposals"
CLOSING_SECTIONS = {
    DIFFICULTIES: "Khó khăn, vướng mắc, nguyên nhân",
    PROPOSALS: "Kiến nghị, đề xuất",
}
"""The sections after those of the plan's areas."""
TALLIES = {"documents": "Văn bản hành chính ban hành", "meetings": "Cuộc họp"}
READINGS = "readings"
READINGS_TITLE = "Số liệu chỉ tiêu"
NOTHING_AROSE = "Không phát sinh"
JUDGEMENTS = {"1": "Đạt", "0": "Chưa đạt"}
CHOOSE = "hãy chọn «Đạt» hoặc «Chưa đạt»"


class AskedReading(msgspec.Struct, frozen=True):
    """A measure of a target whose reading the unit tells, and the `goal` in words.

    A `signed` one may be below zero. Of one that `is_judged` the unit tells whether it is reached, 1 or 0.
    """

    target: str
    measure: int
    title: str
    unit: str | None = None
    goal: str = ""
    signed: bool = False
    is_judged: bool = False

    @property
    def key(self) -> str:
        """How the form names it: the target's place and the number of the measure."""
        return f"{self.target}:{self.measure}"

    def read(self, typed: str) -> TypedReading | None:
        """Return the figure in typed words, None for no words; raise UnfitNumber."""
        reading = read_reading(typed, self.unit, signed=self.signed)
        if self.is_judged and reading is not None and reading.value not in (None, *JUDGEMENTS):
            raise UnfitNumber(CHOOSE)
        return reading

    def value_words(self, value: str | None) -> str:
        """Return what a reading of the measure says, None being that nothing arose."""
        return reading_words(value, self.unit, is_judged=self.is_judged)


def reading_words(value: str | None, unit: str | None, *, is_judged: bool) -> str:
    """Return a figure with its unit, whether a target is reached, or for None that nothing arose."""
    if value is None:
        return NOTHING_AROSE
    return JUDGEMENTS.get(value, value) if is_judged else format_quantity(value, unit)


class ReportOutline(msgspec.Struct, frozen=True):
    """The sections for words by key, the readings asked, and the running totals before the period.

    A total of None is not known; without an entry the year begins with the period.
    """

    words: Mapping[str, str] = msgspec.field(default_factory=lambda: CLOSING_SECTIONS)
    readings: tuple[AskedReading, ...] = ()
    totals: Mapping[str, str | None] = {}

    @property
    def sections(self) -> dict[str, str]:
        """The titles of everything that can be remarked on, by key, in the order of the form."""
        return {**TALLIES, READINGS: READINGS_TITLE, **self.words}
