"""The proposal: the content of a plan document as the importer read it, to be corrected and adopted."""

from typing import Literal

import msgspec

from cchc_flow.plan_import.roles.role import Role

Direction = Literal["at_least", "at_most", "equal", "increase_at_least", "decrease_at_least"]


class Measure(msgspec.Struct, frozen=True):
    """One figure to reach: `value` in `unit`, compared with `baseline_year` if the text names one.

    `what` is the phrase of the text that says what is measured.
    """

    value: int | float
    unit: str | None
    direction: Direction
    baseline_year: int | None
    what: str


class Goal(msgspec.Struct, frozen=True):
    """An objective or a target: its reference ("II.3"), its text, and the measures that the text states."""

    ref: str
    text: str
    measures: tuple[Measure, ...] = ()


class Statement(msgspec.Struct, frozen=True):
    """A requirement or an assignment: its text, and the reference of the paragraph it stands in."""

    ref: str
    text: str


class Task(msgspec.Struct, frozen=True):
    """A task; `title` is the beginning of `text` (at most 80 characters), `leaf` that it has no subtasks.

    `due` is the last day as an ISO date, if the text names one. `before` is the day that the text names after
    «trước ngày»: the same day or the day after `due`, as the settings read those words. `lead`, `support` and
    `product` are what the lines or brackets behind it name, `due_text` their words for the time and `cadence`
    the key of how often it recurs.
    """

    ref: str
    text: str
    title: str
    leaf: bool
    children: tuple["Task", ...] = ()
    due: str | None = None
    before: str | None = None
    lead: str | None = None
    support: tuple[str, ...] = ()
    product: str | None = None
    due_text: str | None = None
    cadence: str | None = None


class Area(msgspec.Struct, frozen=True):
    """A reform area of the plan; `code` is its number there ("1", "2", …).

    `topic` is the key of the plugin area that its heading names, `lead` the unit that the heading names in
    charge, else one whose assignments suggest it; each is None where nothing was recognised.
    """

    code: str
    title: str
    tasks: tuple[Task, ...]
    topic: str | None = None
    ref: str = ""
    lead: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """A unit as its heading names it, the document's other spellings of the name, and what it has to do.

    `ref` is the reference of its heading, "" if it has none.
    """

    name: str
    aliases: tuple[str, ...]
    assignments: tuple[Statement, ...]
    ref: str = ""


class Deadline(msgspec.Struct, frozen=True):
    """A deadline for reports: one ISO `date`, or a day of each month and of the last month of each period.

    `who` reports, `to` receives the report. One that comes back each year is "yearly", with its `date` in
    the plan's year. `is_after` says that the days are of the month after: «ngày 05 của tháng sau».
    """

    kind: Literal["once", "recurring", "yearly"]
    who: str
    to: str | None
    date: str | None
    monthly_day: int | None
    period_day: int | None
    text: str
    ref: str = ""
    is_after: bool = False


class Due(msgspec.Struct, frozen=True):
    """The content of a deadline cell: `value` is the ISO day that is named or the last day of the period.

    `kind` is "date", "month", "quarter", "half", "nine" or "year"; "recurring", with its `cadence` (a key of
    `periods.CADENCE`), or "ongoing" (neither has a `value`); "other" for any other words, and for several
    days or periods, which are in `days`. `is_before` says that the words leave the day itself out.
    """

    kind: str
    value: str | None
    cadence: str | None = None
    days: tuple[str, ...] = ()
    is_before: bool = False

    @property
    def last_day(self) -> str | None:
        """The day by which all is done: the last of several."""
        return max(self.days) if self.days else self.value


class AnnexRow(msgspec.Struct, frozen=True):
    """One task of an appendix table; `place` and `page` are those of its row in the file.

    `matches` is the reference of the task in the text that it repeats, None where none is alike; `differs`
    names what the two say otherwise: "lead", "support", "due", "cadence".
    """

    area: str | None
    task: str
    product: str | None
    lead: str | None
    support: tuple[str, ...]
    due_text: str | None
    due: Due
    ref: str = ""
    matches: str | None = None
    differs: tuple[str, ...] = ()
    place: int = 0
    page: int | None = None


Rank = Literal["decide", "look", "info"]
"""What a remark asks of a person: to decide something, to look at it, or nothing."""


class Remark(msgspec.Struct, frozen=True):
    """A remark for the person who adopts the plan, and the reference that it is about.

    `topic` names what it is about ("weekend"): remarks of one topic are alike. `refs` are all references of a
    remark that stands for several alike ones.
    """

    ref: str
    message: str
    rank: Rank = "look"
    topic: str = ""
    refs: tuple[str, ...] = ()


class Signer(msgspec.Struct, frozen=True):
    """The signer's title and name as printed; `name` is None where nobody's name follows the title."""

    title: str
    name: str | None


class Passage(msgspec.Struct, frozen=True):
    """One line of the document, a paragraph or a row of a table, and what it was read as.

    `place` is its number in the file and `page` its page where known; `ref` is the reference of the goal,
    task, assignment … that it went into («Mở đầu», «Kết thúc» for the formal parts, «Bảng» for the head of a
    table), "" if into none. `confidence` goes from 0 to 1, and `other` is the role that it would have
    otherwise. `legibility` is how surely the words were recognised in a picture, None where the file holds
    them.
    """

    place: int
    page: int | None
    ref: str
    text: str
    role: Role
    section: Role
    confidence: float
    other: Role | None = None
    legibility: float | None = None


class Proposal(msgspec.Struct, frozen=True):
    """The whole plan as it was read; every part keeps the order of the document.

    `warnings` are all remarks, the weightiest first (`review.ranking.short_list` gives the few to show).
    `kind` is what the document is ("plan"), `kind_reasons` what speaks for that, and `carrier` the kind of
    document that issues the plan in the same file ("quyết định"). `day` is the day of issue as an ISO date.
    `passages` are all lines of the document, `reporting` the rules on reports that stand in a part of their
    own.
    """

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
    passages: tuple[Passage, ...] = ()
    kind: str = "plan"
    kind_reasons: tuple[str, ...] = ()
    carrier: str | None = None
    day: str | None = None
    reporting: tuple[Statement, ...] = ()

    @property
    def unread(self) -> tuple[Passage, ...]:
        """The passages that went into no part of the proposal, in document order."""
        return tuple(passage for passage in self.passages if not passage.ref)


def leaves(task: Task) -> list[Task]:
    """Return the tasks that become work items: the task itself, or its descendants without subtasks."""
    return [task] if task.leaf else [leaf for child in task.children for leaf in leaves(child)]


def has_content(proposal: Proposal) -> bool:
    """Return whether the plan has any task, target or appendix row."""
    return bool(any(area.tasks for area in proposal.areas) or proposal.targets or proposal.annex)
