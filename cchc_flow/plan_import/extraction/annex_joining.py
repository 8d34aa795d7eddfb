"""Joins the rows of an appendix with the tasks of the text: the same task, a new one, or told otherwise."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from unicodedata import normalize

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.table_cells import split_units
from cchc_flow.plan_import.extraction.titles import short_title
from cchc_flow.plan_import.extraction.units import unit_key
from cchc_flow.plan_import.proposal import AnnexRow, Area, Task, leaves

WORD = re.compile(r"\w+")
ALIKE = 0.55
"""So much of the words of two texts must be the same (Dice) for them to be one task."""
CONTAINED, FEWEST = 0.85, 5
"""Or so much of the shorter text stands in the longer one, and it has at least so many words."""
MOST_USED = 60
"""A word of more tasks than this says nothing about which one a row means."""
WITHOUT_AREA = "Nhiệm vụ chung"


class Match(msgspec.Struct, frozen=True, order=True):
    """How alike a row and a task are, by their indexes."""

    score: float
    row: int
    task: int


def join_annex(rows: Sequence[AnnexRow], areas: Sequence[Area]) -> tuple[AnnexRow, ...]:
    """Return the rows, each with the task of the text that it repeats and with what the two say otherwise.

    A task is matched by one row at most, the most alike; a row without a task is a new one.
    """
    tasks = [leaf for area in areas for task in area.tasks for leaf in leaves(task)]
    found = _best_matches(_matches([row.task for row in rows], [task.text for task in tasks]))
    return tuple(
        replace(row, matches=tasks[found[index]].ref, differs=tuple(_differences(row, tasks[found[index]])))
        if index in found
        else row
        for index, row in enumerate(rows)
    )


def _best_matches(matches: Iterator[Match]) -> dict[int, int]:
    """Return the task of each row by their indexes: the most alike first, each task and row once."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: (-match.score, match.row, match.task)):
        if match.row not in found and match.task not in taken:
            found[match.row] = match.task
            taken.add(match.task)
    return found


def _matches(rows: Sequence[str], tasks: Sequence[str]) -> Iterator[Match]:
    """Yield the rows and tasks whose words are alike; only those that share a word are compared."""
    task_words = [_words(task) for task in tasks]
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(task_words):
        for word in words:
            by_word[word].append(index)
    for row, text in enumerate(rows):
        words = _words(text)
        near = {
            task
            for word in words
            if len(by_word.get(word, ())) <= MOST_USED
            for task in by_word.get(word, ())
        }
        for task in near:
            score = _likeness(words, task_words[task])
            if score:
                yield Match(score, row, task)


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Return how alike two texts are by their words and pairs of words, 0 if they are not one task."""
    shared, shorter = len(first & second), min(len(first), len(second))
    alike = 2 * shared / (len(first) + len(second))
    if alike >= ALIKE:
        return alike
    return alike if shorter >= 2 * FEWEST - 1 and shared / shorter >= CONTAINED else 0.0


def _words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, and its pairs of neighbours, which weigh word order."""
    words = WORD.findall(normalize("NFC", text).lower())
    return frozenset((*words, *(f"{one} {other}" for one, other in pairwise(words))))


def _differences(row: AnnexRow, task: Task) -> Iterator[str]:
    """Yield the names of the fields that a row and its task both fill, and fill otherwise."""
    if row.lead and task.lead and not _is_same_unit(row.lead, task.lead):
        yield "lead"
    if row.support and task.support and set(map(unit_key, row.support)) != set(map(unit_key, task.support)):
        yield "support"
    day = row.due.last_day
    if day and task.due and day not in (task.due, task.before):
        yield "due"
    elif row.due.cadence and task.cadence and row.due.cadence != task.cadence:
        yield "cadence"


def _is_same_unit(first: str, second: str) -> bool:
    """Return whether two cells name the same units in charge."""
    keys = [set(map(unit_key, split_units(names))) for names in (first, second)]
    return keys[0] == keys[1]


def areas_of(rows: Sequence[AnnexRow], name_topic: Callable[[str], str | None]) -> tuple[Area, ...]:
    """Return the rows as the tasks of a plan whose text has none, in the areas that its area rows name.

    `name_topic` gives the key of the plugin area that a title names. The references are those of the rows.
    """
    return tuple(
        Area(
            code=str(code),
            title=title or WITHOUT_AREA,
            tasks=tuple(task_of(row) for row in group),
            topic=name_topic(title) if title else None,
        )
        for code, (title, group) in enumerate(groupby(rows, key=lambda row: row.area), 1)
    )


def task_of(row: AnnexRow) -> Task:
    """Return a row of an appendix as a task: due on the last of its days, with its lead and product."""
    return Task(
        ref=row.ref,
        text=row.task,
        title=short_title(row.task),
        leaf=True,
        due=row.due.last_day,
        before=row.due.value if row.due.is_before else None,
        lead=row.lead,
        support=row.support,
        product=row.product,
        due_text=row.due_text,
        cadence=row.due.cadence,
    )
