"""What a unit tells in its periodic report, and what is remarked on it."""

from cchc_flow.workflow.events.base import Content, Data


class Tally(Data, frozen=True, kw_only=True):
    """How many there were in the period, in the year so far, and by then in the year before.

    All are decimal strings; null is what the unit did not tell.
    """

    count: str | None
    total: str | None
    before: str | None


class ReportedReading(Data, frozen=True, kw_only=True):
    """The reading of one measure of a target; a null value says that nothing arose («Không phát sinh»)."""

    target: str
    measure: int
    value: str | None
    note: Content | None


class ItemReported(Data, frozen=True, kw_only=True):
    """A unit told what its report holds; it precedes the submission.

    `nothing` says that nothing arose in the whole period, which an empty report does not say. `passages` are
    the unit's words by section: the code of an area of the plan, `difficulties` or `proposals`. `late` counts
    the days after the last day in time, 0 in time.
    """

    nothing: bool
    documents: Tally | None
    meetings: Tally | None
    readings: tuple[ReportedReading, ...]
    passages: dict[str, Content]
    late: int


class ItemRemarked(Data, frozen=True, kw_only=True):
    """The reviewer remarked on sections of a report; it precedes the return."""

    remarks: dict[str, Content]
