"""What a sequence of roles can never be, whatever the words say."""

from collections.abc import Mapping
from functools import cache

from cchc_flow.plan_import.extraction.attribute_labels import LABEL
from cchc_flow.plan_import.roles.features import Sheet
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.roles.states import STATES, State
from cchc_flow.plan_import.structure.document_numbers import is_citation

FORBIDDEN = -1e6
"""The score of what cannot be: a number, so a person's correction can still force the least bad."""
FAMILIES: dict[Role, str] = {
    "goal": "aims",
    "target": "aims",
    "task": "work",
    "duty": "assignments",
    "funding": "assignments",
    "reporting": "assignments",
}
AFTER_THE_END = (
    "letterhead",
    "title",
    "legal_basis",
    "recipients",
    "signature",
    "other",
    "heading:other",
    "heading:task",
)
FRONT_AND_END: tuple[Role, ...] = ("letterhead", "title", "legal_basis", "recipients", "signature")
UNMARKED = ("first", "top", "capitals", "plain", "plain plain")
INDEX = {state.name: index for index, state in enumerate(STATES)}


@cache
def forbidden_pairs(relation: str, is_row: bool) -> tuple[tuple[int, int], ...]:
    """Return the pairs of states (before, after) that cannot follow each other, by index.

    `relation` is how the second line stands to the first in the outline, `is_row` that it is a table's row.
    """
    return tuple(
        (first, second)
        for first, before in enumerate(STATES)
        for second, after in enumerate(STATES)
        if not is_possible(before, after, relation, is_row)
    )


def is_possible(before: State, after: State, relation: str, is_row: bool) -> bool:
    """Return whether a line in state `after` can follow one in state `before`."""
    if after.role == "attribute" and before.role not in ("area", "task", "attribute"):
        return False
    if before.role in ("signature", "recipients") and after.name not in AFTER_THE_END:
        return is_row and after.section in ("task", "target")
    if after.role in FRONT_AND_END:
        return before.role in FRONT_AND_END or relation in UNMARKED
    if after.role == "heading" or (before.role in FRONT_AND_END and after.role != "unit"):
        return True
    if is_row and after.section in ("task", "target"):
        return True
    return _stays_in_section(before, after, relation)


def _stays_in_section(before: State, after: State, relation: str) -> bool:
    """Return whether a line of a section can come here: sections begin with a heading, or at the top."""
    if before.section == after.section:
        return True
    if after.role == "other":
        return relation.startswith("plain") and "other" in (before.section, after.section)
    if _family(before) == _family(after) == "assignments":
        return relation in ("same", "up") and (after.role != "unit" or before.role != "heading")
    return relation in ("top", "capitals") and after.role != "unit"


def _family(state: State) -> str:
    return FAMILIES.get(state.section, "other")


def line_masks(sheet: Sheet, fixed: Mapping[int, Role]) -> list[dict[int, float]]:
    """Return for each line the states that it cannot have; a person's decision leaves only its own."""
    inside = lines_inside_lists(sheet)
    first = next((place for place, line in enumerate(sheet.lines) if is_numbered(line)), len(sheet.lines))
    masks: list[dict[int, float]] = []
    for index, line in enumerate(sheet.lines):
        mask: dict[int, float] = {}
        if line.mark is not None or inside[index]:
            mask[INDEX["signature"]] = FORBIDDEN
        if line.mark is not None:
            mask[INDEX["title"]] = FORBIDDEN
        if begins_with_label(line):
            mask |= {INDEX["task"]: FORBIDDEN, INDEX["area"]: FORBIDDEN}
        top = sheet.tops[index]
        if top >= 0 and "funding" in sheet.words[top] and "assignments" not in sheet.words[top]:
            mask[INDEX["unit"]] = FORBIDDEN
        if index < first and is_citation(line.text):
            mask |= {number: FORBIDDEN for number, state in enumerate(STATES) if state.role != "legal_basis"}
        if line.place in fixed:
            role = fixed[line.place]
            mask = {number: 100 * FORBIDDEN for number, state in enumerate(STATES) if state.role != role}
        masks.append(mask)
    return masks


def begins_with_label(line: Line) -> bool:
    """Return whether a line says who leads a task, who helps or until when: «Đơn vị chủ trì: …».

    Only without a mark also what comes of it: «3. Kết quả: …» may be a task.
    """
    label = LABEL.match(line.text) if line.cells is None else None
    return label is not None and label.lastgroup in (
        ("lead", "support", "due") if line.mark is not None else ("lead", "support", "due", "product")
    )


def is_numbered(line: Line) -> bool:
    """Return whether a line has a mark that counts: no dash or dot."""
    return line.mark is not None and not line.mark.is_bullet


def lines_inside_lists(sheet: Sheet) -> list[bool]:
    """Return for each plain line whether a numbered list that began above it goes on below it."""
    inside = [False] * len(sheet.lines)
    following: int | None = None
    for index in range(len(sheet.lines) - 1, -1, -1):
        if is_numbered(sheet.lines[index]):
            following = index
        elif sheet.levels[index].kind == "capitals" and "starts signing" not in sheet.sets[index]:
            following = None
        elif following is not None:
            inside[index] = _goes_on(sheet, index, following)
    return inside


def _goes_on(sheet: Sheet, index: int, following: int) -> bool:
    """Return whether the marked line `following` belongs to a list that stands open at line `index`."""
    level = sheet.levels[following]
    return 0 <= level.sibling < index or (
        level.parent >= 0 and level.parent < index and sheet.lines[level.parent].mark is not None
    )
