"""What the importer proposes: a plan as it was understood, for a person to correct and adopt."""

from typing import Literal

import msgspec

Direction = Literal["at_least", "at_most", "equal", "increase_at_least", "decrease_at_least"]


class Measure(msgspec.Struct, frozen=True):
    """One figure to reach: `value` in `unit`, compared with `baseline_year` if the text names a year."""

    value: int | float
    unit: str | None
    direction: Direction
    baseline_year: int | None
    what: str


class Goal(msgspec.Struct, frozen=True):
    """An objective or a target, with the figures that its text states."""

    ref: str
    text: str
    measures: tuple[Measure, ...] = ()


class Statement(msgspec.Struct, frozen=True):
    """A requirement or an assignment: words, and where they stand."""

    ref: str
    text: str


class Task(msgspec.Struct, frozen=True):
    """A task; `title` begins its `text` (80 characters at most), `due` is an ISO day if the text has one.

    `before` is the day that the text names by «trước ngày», which may be the day after `due`.
    """

    ref: str
    text: str
    title: str
    leaf: bool
    children: tuple["Task", ...] = ()
    due: str | None = None
    before: str | None = None


class Area(msgspec.Struct, frozen=True):
    """A reform area; `code` counts the areas of the plan, `topic` is the key of the known area that it is.

    `topic` is None where no known area is named, `lead` where no unit's duties suggest one.
    """

    code: str
    title: str
    tasks: tuple[Task, ...]
    topic: str | None = None
    ref: str = ""
    lead: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """A unit as its heading names it, with the other spellings that the document uses."""

    name: str
    aliases: tuple[str, ...]
    assignments: tuple[Statement, ...]


class Deadline(msgspec.Struct, frozen=True):
    """A day to report by: once (`date`), or each month and each period (day of the month)."""

    kind: Literal["once", "recurring"]
    who: str
    to: str | None
    date: str | None
    monthly_day: int | None
    period_day: int | None
    text: str
    ref: str = ""


class Due(msgspec.Struct, frozen=True):
    """What a deadline cell says: kind "date" (the day named), "month", "quarter", "year" (the last day) …"""

    kind: str
    value: str | None


class AnnexRow(msgspec.Struct, frozen=True):
    """One task of an appendix table."""

    area: str | None
    task: str
    product: str | None
    lead: str | None
    support: tuple[str, ...]
    due_text: str | None
    due: Due


class Remark(msgspec.Struct, frozen=True):
    """Something a person should see before adopting the plan."""

    ref: str
    message: str


class Signer(msgspec.Struct, frozen=True):
    """Who signed, as printed."""

    title: str
    name: str | None


class Proposal(msgspec.Struct, frozen=True):
    """The whole plan as read. Its parts keep the order of the document."""

    title: str
    number: str | None
    year: int | None
    issuer: str | None
    legal_bases: tuple[str, ...]
    objectives: tuple[Goal, ...]
    requirements: tuple[Statement, ...]
    areas: tuple[Area, ...]
    targets: tuple[Goal, ...]
    units: tuple[Unit, ...]
    general_assignments: tuple[Statement, ...]
    deadlines: tuple[Deadline, ...]
    annex: tuple[AnnexRow, ...]
    warnings: tuple[Remark, ...]
    closing_day: str | None = None
    funding: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer | None = None


def leaves(task: Task) -> list[Task]:
    """The work items under a task: itself, or those below it that head nothing."""
    return [task] if task.leaf else [leaf for child in task.children for leaf in leaves(child)]
