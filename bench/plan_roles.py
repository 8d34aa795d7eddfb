"""`python -m bench plan_roles`: the roles of paragraphs on real documents, each judged by the others.

The documents are those of ../shared/plans/real that are plans; each is tagged with weights learned from all
other labelled documents, its own labels unseen. The word lists are how the importer decided before: a section
is what the first word of a fixed list in its heading says.
"""

import re
import statistics
import time
from collections.abc import Sequence

from bench.measure import Result, at_least, at_most
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.features import Sheet
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.tagging import find_sequence, tag
from cchc_flow.plan_import.training.__main__ import SHARED, labelled_documents, shipped_areas
from cchc_flow.plan_import.training.labels import LabelledDocument
from cchc_flow.plan_import.training.learning import learn_from_examples, make_examples

NO_PLAN = "real/r11.txt"
AIM = 0.90
ROUNDS = 20
MOST_MS = 60.0
WORD_LISTS = (
    (
        "duty",
        r"tổ chức (?:triển khai )?thực hiện|phân công (?:nhiệm vụ|trách nhiệm|thực hiện)"
        r"|trách nhiệm thực hiện",
    ),
    ("funding", r"kinh phí|nguồn lực thực hiện"),
    ("target", r"(?:các )?chỉ tiêu|mục tiêu cụ thể"),
    ("goal", r"mục tiêu|mục đích"),
    ("goal", r"yêu cầu"),
    ("task", r"nhiệm vụ|nội dung|giải pháp"),
)
"""The importer's word lists of October 2026 with the section of each, in the order they were asked in."""


def rows() -> list[Result]:
    """Measure the shares that are right, and the time for one plan."""
    documents, areas = labelled_documents([SHARED]), shipped_areas()
    real = [
        document for document in documents if document.name.startswith("real/") and document.name != NO_PLAN
    ]
    if not real:
        return []
    sections, roles = leave_one_out(documents, real, areas)
    lists = share(
        [
            section == state.section
            for document in real
            for section, state in zip(by_word_lists(document), document.states, strict=True)
        ]
    )
    return [
        at_least(
            "roles: sections by paragraph, by all other documents", sections, AIM, f"word lists {lists:.2f}"
        ),
        at_least("roles: roles by paragraph, by all other documents", roles, AIM, f"{len(real)} documents"),
        time_of_plan(documents, areas),
    ]


def leave_one_out(
    documents: Sequence[LabelledDocument], judged: Sequence[LabelledDocument], areas: Sequence[Area]
) -> tuple[float, float]:
    """Return the share of lines whose section is right, and whose role is, over the documents judged."""
    examples = make_examples(documents, areas)
    right_sections: list[bool] = []
    right_roles: list[bool] = []
    for document in judged:
        others = [
            example for other, example in zip(documents, examples, strict=True) if other is not document
        ]
        path, _ = find_sequence(Sheet(document.lines, areas), learn_from_examples(others), {})
        states = [STATES[index] for index in path]
        right_sections += [a.section == b.section for a, b in zip(states, document.states, strict=True)]
        right_roles += [a == b for a, b in zip(states, document.states, strict=True)]
    return share(right_sections), share(right_roles)


def by_word_lists(document: LabelledDocument) -> list[str]:
    """Return the section of each line as the word lists gave it: by its top heading, or by one below that."""
    sheet = Sheet(document.lines, ())
    own = [
        word_list_section(line.text) if level.children and len(line.text) <= 160 else None
        for line, level in zip(sheet.lines, sheet.levels, strict=True)
    ]
    found: list[str] = []
    for index, level in enumerate(sheet.levels):
        top = sheet.tops[index]
        above = own[top] if top >= 0 else None
        child = index
        while level.depth > 1 and sheet.levels[child].depth > 1:
            child = sheet.levels[child].parent
        named = (
            own[child]
            if above not in ("duty", "funding", "task") and sheet.levels[child].depth == 1
            else None
        )
        found.append(named or above or "other")
    return found


def word_list_section(heading: str) -> str | None:
    """Return the section that the first list with a word in the heading stands for."""
    return next((section for section, words in WORD_LISTS if re.search(words, heading, re.IGNORECASE)), None)


def share(right: Sequence[bool]) -> float:
    """Return the share that is right."""
    return sum(right) / len(right)


def time_of_plan(documents: Sequence[LabelledDocument], areas: Sequence[Area]) -> Result:
    """Measure how long the roles of one plan take: the document nearest to 165 lines, some eight pages."""
    lines = min((document.lines for document in documents), key=lambda lines: abs(len(lines) - 165))
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        tag(lines, areas)
        times.append(time.perf_counter() - start)
    milliseconds = 1000 * statistics.median(times)
    return at_most("roles: ms for a plan", milliseconds, MOST_MS, f"{len(lines)} lines")
