"""What is right about a `.plan` file, in the shape that a reading is compared in."""

import datetime
import re
from typing import Any

import msgspec
from msgspec.structs import replace
from support.plan_samples.source import COLUMN_BREAK, Source, SourceLine

MEASURE = re.compile(r"([\d.]+) (.+?) (=>|[=<>+-])(?: (\d{4}))?")
DIRECTIONS = {
    "=": ("equal",),
    ">": ("at_least",),
    "<": ("at_most",),
    "=>": ("equal", "at_least"),
    "-": ("decrease_at_least",),
    "+": ("increase_at_least",),
}
BRACKET = re.compile(r"\s*\([^()]*\)\s*\.?$")
DASHED = re.compile(r"\s+[–—-]\s+[^–—]*(?:chủ trì|hoàn thành)\s*:.*$", re.IGNORECASE)
ONGOING = frozenset({"ongoing", "recurring", "ongoing?"})


class Measure(msgspec.Struct, frozen=True):
    """A figure of a target; `directions` are those that a careful reader could give."""

    value: float
    unit: str
    directions: tuple[str, ...]
    baseline_year: int | None


class Deadline(msgspec.Struct, frozen=True):
    """A day of a statement: `once` and `yearly` have a date, `recurring` days of the month and the period."""

    kind: str
    date: str | None = None
    monthly_day: int | None = None
    period_day: int | None = None


class Statement(msgspec.Struct, frozen=True):
    """A text with everything that hangs on it; `others` are further ways to cut it that are right too."""

    text: str
    others: tuple[str, ...] = ()
    lead: str | None = None
    support: tuple[str, ...] = ()
    product: str | None = None
    dues: tuple[str, ...] | None = None
    due_text: str | None = None
    measures: tuple[Measure, ...] = ()


class Truth(msgspec.Struct):
    """All the facts of a plan.

    `may_be_tasks` are headings inside an area that may be read as tasks with subtasks, `may_be_units`
    headings for everyone that may be read as a unit; `is_tabled` when its work stands in tables only.
    """

    number: str | None
    year: int
    title: str
    goals: list[Statement] = []
    targets: list[Statement] = []
    areas: list[Statement] = []
    may_be_tasks: list[str] = []
    may_be_units: list[str] = []
    tasks: list[Statement] = []
    units: list[str] = []
    assignments: list[Statement] = []
    deadlines: list[Deadline] = []
    rows: list[Statement] = []
    paragraphs: list[tuple[frozenset[str], str, str]] = []
    is_tabled: bool = False


def tell_truth(source: Source) -> Truth:
    """Gather what is right about a plan from its source."""
    settings = source.settings
    truth = Truth(settings.get("number") or None, int(settings["year"]), settings.get("title", ""))
    truth.is_tabled = not any(
        line.letters[0] in "Kk" or line.letters == "AK" for line in source.lines if not line.cells
    )
    for line in source.lines:
        truth.deadlines += [day for fact in line.facts if fact[0] == "@" for day in parse_deadlines(fact[1:])]
        truth.paragraphs += paragraphs_of(line, source.settings["form"])
        gather_row(truth, line) if line.cells else gather_paragraph(truth, line)
    return truth


def paragraphs_of(line: SourceLine, form: str) -> list[tuple[frozenset[str], str, str]]:
    """The roles, the text without and the text with its mark, of each passage a line becomes."""
    if line.cells:
        text = " ".join(cell for cell in line.cells if cell)
        return [(line.roles, text, text)]
    if COLUMN_BREAK in line.text and form == "docx":
        return [
            (line.roles, part.strip(), part.strip()) for part in line.text.split(COLUMN_BREAK) if part.strip()
        ]
    return [(line.roles, line.text, line.whole)]


def gather_paragraph(truth: Truth, line: SourceLine) -> None:
    """Put a paragraph's facts where they belong, by the first of its letters."""
    facts = named_facts(line)
    if "more" in facts:
        gather_more(truth, line)
    elif "area" in facts:
        gather_area_paragraph(truth, line, facts)
    elif "para" in facts or "unit" in facts:
        gather_unit_paragraph(truth, line, facts)
    elif "maybe" in facts:
        truth.may_be_tasks.append(line.text)
    elif "general" in facts:
        truth.may_be_units.append(line.text)
    else:
        gather_plain(truth, line, facts)


def gather_plain(truth: Truth, line: SourceLine, facts: dict[str, str]) -> None:
    """A paragraph that is one thing."""
    first = line.letters[0]
    if first in "GY":
        truth.goals.append(Statement(line.text))
    elif first == "M":
        truth.targets.append(Statement(line.text, measures=measures_of(line)))
    elif first == "A":
        truth.areas.append(Statement(line.text, others=tuple({BRACKET.sub("", line.text)} - {line.text})))
    elif first in "Kk":
        truth.tasks.append(task_of(line.text, facts))
    elif first == "U":
        truth.units.append(line.text.rstrip(":. "))
    elif first in "DE":
        truth.assignments.append(Statement(line.text))


def gather_more(truth: Truth, line: SourceLine) -> None:
    """A paragraph that goes on with the one above: a task or a duty in two paragraphs."""
    statements = truth.tasks if line.letters[0] in "Kk" else truth.assignments
    first = statements[-1]
    statements[-1] = replace(first, text=f"{first.text} {line.text}")


def gather_area_paragraph(truth: Truth, line: SourceLine, facts: dict[str, str]) -> None:
    """An area and its only task in one paragraph, cut at the colon."""
    title, _, task = line.text.partition(":")
    truth.areas.append(Statement(title.strip()))
    truth.tasks.append(task_of(task.strip(), facts))


def gather_unit_paragraph(truth: Truth, line: SourceLine, facts: dict[str, str]) -> None:
    """A unit and its duty in one paragraph: cut at the colon, or with the unit as its subject."""
    unit = facts.get("para") or line.text.split(":")[0].strip()
    rest = line.text.partition(":")[2].strip() if "unit" in facts else line.text.replace(unit, "", 1).strip()
    truth.units.append(unit)
    truth.assignments.append(Statement(rest, others=(line.text,)))


def gather_row(truth: Truth, line: SourceLine) -> None:
    """Put a table row's facts where they belong."""
    facts = named_facts(line)
    if line.letters == "M":
        truth.targets.append(Statement(line.cell("target"), measures=measures_of(line)))
    elif line.letters == "A" and truth.is_tabled:
        truth.areas.append(Statement(line.cells[1]))
    elif line.letters == "K":
        truth.rows.append(row_of(line, facts))
        if truth.is_tabled:
            truth.tasks.append(Statement(line.cell("task")))
    elif line.letters == "UD":
        truth.units.append(line.cell("unit"))
        truth.assignments += [Statement(duty) for duty in line.cell("duty").split("\n")]


def row_of(line: SourceLine, facts: dict[str, str]) -> Statement:
    """The cells of an appendix row."""
    support = tuple(name.strip() for name in re.split(r"[;\n]", line.cell("support")) if name.strip())
    return Statement(
        line.cell("task"),
        lead=facts.get("lead") or line.cell("lead") or None,
        support=support,
        product=line.cell("product") or None,
        dues=parse_dues(facts["due"]) if "due" in facts else None,
        due_text=line.cell("due") or None,
    )


def task_of(text: str, facts: dict[str, str]) -> Statement:
    """A task; its text may be given with the bracket that names who and when, or without."""
    shorter = tuple(cut for cut in (BRACKET.sub("", text), DASHED.sub("", text)) if cut != text)
    return Statement(
        text,
        others=shorter if "lead" in facts else (),
        lead=facts.get("lead"),
        support=tuple(name.strip() for name in facts.get("support", "").split("|") if name.strip()),
        product=facts.get("product"),
        dues=parse_dues(facts["due"]) if "due" in facts else None,
    )


def named_facts(line: SourceLine) -> dict[str, str]:
    """The facts of the form `name: value`, and those that are a word alone."""
    facts: dict[str, str] = {}
    for fact in line.facts:
        if fact[:1] in "@0123456789":
            continue
        for part in fact.split(";"):
            name, _, value = part.partition(":")
            facts[name.strip()] = value.strip()
    return facts


def measures_of(line: SourceLine) -> tuple[Measure, ...]:
    """The figures of a target: `98.5 % >; 15 % - 2025`."""
    texts = [part.strip() for fact in line.facts if fact[0].isdigit() for part in fact.split(";")]
    return tuple(parse_measure(text) for text in texts)


def parse_measure(text: str) -> Measure:
    """Read one figure: value, unit, direction, base year."""
    found = MEASURE.fullmatch(text)
    if found is None:
        raise ValueError(f"no measure: {text}")
    return Measure(float(found[1]), found[2], DIRECTIONS[found[3]], int(found[4]) if found[4] else None)


def parse_dues(text: str) -> tuple[str, ...] | None:
    """The days that are right: two after «trước ngày», () for no day, None where it is not judged."""
    if text == "?":
        return None
    if text in ONGOING:
        return ()
    day = datetime.date.fromisoformat(text.lstrip("<"))
    days = (day, day - datetime.timedelta(days=1)) if text[0] == "<" else (day,)
    return tuple(day.isoformat() for day in days)


def parse_deadlines(text: str) -> list[Deadline]:
    """Read `once 2026-03-31`, `yearly 06-15`, `month 15 period 10`."""
    words = text.split()
    days: dict[str, Any] = dict(zip(words[::2], words[1::2], strict=True))
    if "once" in days:
        return [Deadline("once", date=days["once"])]
    if "yearly" in days:
        return [Deadline("yearly", date=days["yearly"])]
    month, period = days.get("month"), days.get("period")
    return [Deadline("recurring", None, int(month) if month else None, int(period) if period else None)]
