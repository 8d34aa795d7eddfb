"""How much of a plan was read: hits, what there is and what was read, by part."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from support.plan_samples.matching import match_texts, normalize
from support.plan_samples.truth import Deadline, Measure, Statement, Truth

PARTS = ("areas", "tasks", "targets", "measures", "units", "assignments", "deadlines", "rows", "cells")
"""What the F1 of a plan is made of; the other parts are shown beside it."""
BESIDE = ("head", "goals", "attributes", "roles")
FIGURE = ("value", "unit", "direction", "baseline_year")
CELLS = ("task", "lead", "support", "product", "due")
Json = dict[str, Any]


class Score(msgspec.Struct, frozen=True):
    """How many were read rightly, of how many there are, among how many that were read."""

    hits: int = 0
    right: int = 0
    read: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.right + other.right, self.read + other.read)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to read and nothing was."""
        total = self.right + self.read
        return 2 * self.hits / total if total else 1.0


def score_reading(truth: Truth, reading: Json) -> tuple[dict[str, Score], list[str]]:
    """Compare a proposal's JSON with what is right: a score a part, and the mistakes in words."""
    mistakes: list[str] = []
    scores = {
        "head": score_head(truth, reading, mistakes),
        "areas": score_texts("areas", ways_of(truth.areas), titles_of(truth, reading), mistakes),
        "units": score_units(truth, reading, mistakes),
        "goals": score_texts("goals", ways_of(truth.goals), goals_of(reading), mistakes),
        "assignments": score_texts("assignments", ways_of(truth.assignments), duties_of(reading), mistakes),
        "deadlines": score_deadlines(truth.deadlines, reading["deadlines"], mistakes),
        "roles": score_roles(truth, reading["passages"], mistakes),
    }
    scores["tasks"], scores["attributes"] = score_tasks(truth, reading, mistakes)
    scores["targets"], scores["measures"] = score_targets(truth, reading, mistakes)
    scores["rows"], scores["cells"] = score_rows(truth, reading, mistakes)
    return {part: scores[part] for part in (*PARTS, *BESIDE)}, mistakes


def total_of(scores: dict[str, Score]) -> Score:
    """One score over the nine parts."""
    return sum((scores[part] for part in PARTS), Score())


def ways_of(statements: Sequence[Statement]) -> list[tuple[str, ...]]:
    """Each statement in the ways it may be given."""
    return [(statement.text, *statement.others) for statement in statements]


def titles_of(truth: Truth, reading: Json) -> list[str]:
    """The titles of the areas; of the appendix's, where the work stands in tables only."""
    titles = [area["title"] for area in reading["areas"]]
    if truth.is_tabled and not titles:
        return list(dict.fromkeys(row["area"] for row in reading["annex"] if row["area"]))
    return titles


def goals_of(reading: Json) -> list[str]:
    """Objectives and requirements: which of the two is a matter of the heading above."""
    return [goal["text"] for goal in (*reading["objectives"], *reading["requirements"])]


def duties_of(reading: Json) -> list[str]:
    """What units and everyone are told to do."""
    duties = [duty["text"] for unit in reading["units"] for duty in unit["assignments"]]
    return duties + [duty["text"] for duty in reading["general_assignments"]]


def tasks_of(tasks: Sequence[Json]) -> Iterator[Json]:
    """Tasks and their subtasks."""
    for task in tasks:
        yield task
        yield from tasks_of(task["children"])


def score_texts(
    part: str, right: Sequence[tuple[str, ...]], read: Sequence[str], mistakes: list[str]
) -> Score:
    """Score a list of texts, in any order."""
    matches = match_texts(right, read)
    tell_mistakes(part, right, read, matches, mistakes)
    return Score(len(matches), len(right), len(read))


def tell_mistakes(
    part: str,
    right: Sequence[tuple[str, ...]],
    read: Sequence[str],
    matches: dict[int, int],
    mistakes: list[str],
) -> None:
    """Note what is missing and what is there too much."""
    mistakes += [f"{part} missing: {ways[0]}" for place, ways in enumerate(right) if place not in matches]
    mistakes += [
        f"{part} invented: {text}" for place, text in enumerate(read) if place not in matches.values()
    ]


def score_head(truth: Truth, reading: Json, mistakes: list[str]) -> Score:
    """Number, year and title."""
    pairs = [(truth.number, reading["number"]), (truth.year, reading["year"])]
    pairs.append((normalize(truth.title), normalize(reading["title"] or "")))
    mistakes += [f"head: {read!r} should be {right!r}" for right, read in pairs if right != read]
    return Score(sum(right == read for right, read in pairs), len(pairs), len(pairs))


def score_units(truth: Truth, reading: Json, mistakes: list[str]) -> Score:
    """Units by name, with or without «Đề nghị» or «Giao» before it."""
    right = [(name, name.removeprefix("Đề nghị ").removeprefix("Giao ")) for name in truth.units]
    headings = {normalize(name) for name in truth.may_be_units}
    names = [unit["name"] for unit in reading["units"] if normalize(unit["name"]) not in headings]
    return score_texts("units", right, names, mistakes)


def score_tasks(truth: Truth, reading: Json, mistakes: list[str]) -> tuple[Score, Score]:
    """Tasks by text, and who, when and what of those that name it.

    Where the work stands in tables only, a row of the appendix is as good as a task of an area.
    """
    read = [task for area in reading["areas"] for task in tasks_of(area["tasks"])]
    if truth.is_tabled and not read:
        read = [{**row, "text": row["task"], "due": row["due"]["value"]} for row in reading["annex"]]
    headings = {normalize(text) for text in truth.may_be_tasks}
    read = [task for task in read if normalize(task["text"]) not in headings]
    right = ways_of(truth.tasks)
    texts = [task["text"] for task in read]
    matches = match_texts(right, texts)
    tell_mistakes("tasks", right, texts, matches, mistakes)
    attributes = Score()
    for place, task in enumerate(truth.tasks):
        attributes += score_attributes(task, read[matches[place]] if place in matches else None, mistakes)
    return Score(len(matches), len(right), len(read)), attributes


def score_attributes(task: Statement, read: Json | None, mistakes: list[str]) -> Score:
    """Lead, support, product and day of a task, each only where the plan says it."""
    checks = []
    found = read or {}
    if task.lead:
        checks.append(("lead", normalize(task.lead), normalize(found.get("lead") or "")))
    if task.support:
        checks.append(("support", names_of(task.support), names_of(found.get("support") or ())))
    if task.product:
        checks.append(("product", normalize(task.product), normalize(found.get("product") or "")))
    hits = [right == given for _, right, given in checks]
    mistakes += [
        f"attributes {name} of «{task.text[:50]}»: {given!r} should be {right!r}"
        for name, right, given in checks
        if right != given
    ]
    if task.dues:
        hits.append(found.get("due") in task.dues)
        if not hits[-1]:
            mistakes.append(f"attributes due of «{task.text[:50]}»: {found.get('due')} not in {task.dues}")
    return Score(sum(hits), len(hits), len(hits) if read else 0)


def names_of(names: Sequence[str]) -> str:
    """Names in any order."""
    return " | ".join(sorted(normalize(name) for name in names))


def score_targets(truth: Truth, reading: Json, mistakes: list[str]) -> tuple[Score, Score]:
    """Targets by text, and the figures of each."""
    read = reading["targets"]
    right = ways_of(truth.targets)
    matches = match_texts(right, [target["text"] for target in read])
    tell_mistakes("targets", right, [target["text"] for target in read], matches, mistakes)
    hits = 0
    for place, found in matches.items():
        target, figures = truth.targets[place], read[found]["measures"]
        same = count_measures(target.measures, figures)
        hits += same
        if same < max(len(target.measures), len(figures)):
            mistakes.append(f"measures of «{target.text[:60]}»: {figures}")
    measures = Score(
        hits,
        sum(len(target.measures) for target in truth.targets),
        sum(len(target["measures"]) for target in read),
    )
    return Score(len(matches), len(right), len(read)), measures


def count_measures(right: Sequence[Measure], read: Sequence[Json]) -> int:
    """How many figures are the same: value, unit, direction and base year."""
    left = list(read)
    for measure in right:
        for figure in left:
            if is_same_measure(measure, figure):
                left.remove(figure)
                break
    return len(read) - len(left)


def is_same_measure(measure: Measure, figure: Json) -> bool:
    """Whether a figure that was read is this one."""
    return (
        abs(figure["value"] - measure.value) < 0.01
        and is_same_unit(measure.unit, figure["unit"] or "")
        and figure["direction"] in measure.directions
        and figure["baseline_year"] == measure.baseline_year
    )


def is_same_unit(right: str, read: str) -> bool:
    """Whether two units are one: «ngày» may be «ngày làm việc», but «%» is no unit of nothing."""
    return bool(read) and (read.startswith(right) or right.startswith(read))


def score_deadlines(right: Sequence[Deadline], read: Sequence[Json], mistakes: list[str]) -> Score:
    """Deadlines by their kind and days."""
    expected = Counter(deadline_key(msgspec.to_builtins(deadline)) for deadline in right)
    found = Counter(deadline_key(deadline) for deadline in read)
    mistakes += [f"deadlines missing: {key}" for key in expected - found]
    mistakes += [f"deadlines invented: {key}" for key in found - expected]
    return Score((expected & found).total(), expected.total(), found.total())


def deadline_key(deadline: Json) -> tuple[Any, ...]:
    """What makes two deadlines the same; a yearly one has a day and a month."""
    day = deadline["date"]
    if day and deadline["kind"] == "yearly":
        day = day[-5:]
    return deadline["kind"], day, deadline["monthly_day"], deadline["period_day"]


def score_rows(truth: Truth, reading: Json, mistakes: list[str]) -> tuple[Score, Score]:
    """Appendix rows by their task, and the cells of each, its day in words and as a date."""
    read = reading["annex"]
    right = ways_of(truth.rows)
    matches = match_texts(right, [row["task"] for row in read])
    tell_mistakes("rows", right, [row["task"] for row in read], matches, mistakes)
    cells = Score()
    for place, row in enumerate(truth.rows):
        cells += score_cells(row, read[matches[place]] if place in matches else None, mistakes)
    return Score(len(matches), len(right), len(read)), cells


def score_cells(row: Statement, read: Json | None, mistakes: list[str]) -> Score:
    """The cells of one row; an empty cell that is read as empty counts neither way."""
    found = read or {"product": None, "lead": None, "support": (), "due_text": None, "due": {"value": None}}
    pairs = [
        ("product", normalize(row.product or ""), normalize(found["product"] or "")),
        ("lead", normalize(row.lead or ""), normalize(found["lead"] or "")),
        ("support", names_of(row.support), names_of(found["support"])),
        ("due_text", normalize(row.due_text or ""), normalize(found["due_text"] or "")),
    ]
    pairs = [pair for pair in pairs if pair[1] or pair[2]]
    wrong = [
        f"cells {name} of «{row.text[:50]}»: {given!r}" for name, right, given in pairs if right != given
    ]
    hits = len(pairs) - len(wrong)
    asked, given = sum(bool(pair[1]) for pair in pairs), sum(bool(pair[2]) for pair in pairs)
    if row.dues is not None:
        value = found["due"]["value"]
        is_right = value in row.dues if row.dues else value is None
        asked, given, hits = asked + 1, given + (read is not None), hits + (is_right and read is not None)
        if not is_right:
            wrong.append(f"cells due of «{row.text[:50]}»: {found['due']} should be in {row.dues}")
    mistakes += wrong
    return Score(hits, asked, given)


def score_roles(truth: Truth, passages: Sequence[Json], mistakes: list[str]) -> Score:
    """The role of each paragraph and row, found again by its text; without passages nothing is right."""
    right = [(text, whole) for _, text, whole in truth.paragraphs]
    matches = match_texts(right, [passage["text"] for passage in passages])
    hits = 0
    for place, (roles, _, whole) in enumerate(truth.paragraphs):
        role = passages[matches[place]]["role"] if place in matches else None
        hits += role in roles
        if role not in roles:
            mistakes.append(f"roles {role} should be {'/'.join(sorted(roles))}: {whole[:80]}")
    return Score(hits, len(right), len(right))


def facts_of(reading: Json) -> Counter[tuple[Any, ...]]:
    """Everything a proposal says, counted: what two readings of one plan must share."""
    facts: list[tuple[Any, ...]] = [
        ("head", reading["number"], reading["year"], normalize(reading["title"] or ""))
    ]
    facts += [("goal", normalize(text)) for text in goals_of(reading)]
    facts += [("duty", normalize(text)) for text in duties_of(reading)]
    facts += [("unit", normalize(unit["name"])) for unit in reading["units"]]
    facts += [("day", *deadline_key(deadline)) for deadline in reading["deadlines"]]
    for area in reading["areas"]:
        facts.append(("area", normalize(area["title"])))
        facts += [("task", normalize(task["text"]), task["due"]) for task in tasks_of(area["tasks"])]
    for target in reading["targets"]:
        facts.append(("target", normalize(target["text"])))
        facts += [
            ("measure", figure["value"], figure["unit"], figure["direction"]) for figure in target["measures"]
        ]
    for row in reading["annex"]:
        facts += [
            ("row", name, normalize(str(row[name]))) for name in ("task", "lead", "support", "product", "due")
        ]
    return Counter(facts)


def share_of(first: Json, second: Json) -> Score:
    """How much of what either of two readings says is said by both."""
    one, other = facts_of(first), facts_of(second)
    return Score((one & other).total(), one.total(), other.total())
