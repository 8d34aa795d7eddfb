"""The layout of the drawing of a workflow.

The states on the way stand in a row on top, those off the board in a row below, half a place further on; a
thin line leads from each into the field between. There each step that moves has a row of its own, in which
an arrow leads from the line of the state that it leaves to the line of the one that it comes to. So no
arrow is hidden by another, however many there are.
"""

import msgspec

from cchc_flow.diagrams.words import passages
from cchc_flow.workflow.definition import State, Workflow

LEFT, TOP = 40, 64
PITCH = 128
BOX_WIDTH, BOX_HEIGHT = 112, 54
ROW, LOOP = 36, 11
GAP = 38
"""Between a row of boxes and the rows of the steps."""
MARK = 30
"""Room above or below a box for the sign that the item is there."""


class Place(msgspec.Struct, frozen=True):
    """A state: the middle of its box, the box's top, and the ends of its line."""

    state: State
    x: int
    y: int
    line: tuple[int, int]
    is_on_the_way: bool


class Layout(msgspec.Struct, frozen=True):
    """The places of the states by name, the heights of the rows by step, and the size of the drawing."""

    places: dict[str, Place]
    rows: dict[str, int]
    width: int
    height: int


def lay_out(workflow: Workflow) -> Layout:
    """Return the places of the states and steps of a workflow in the drawing."""
    rows = _row_heights(workflow)
    field_end = max(rows.values(), default=TOP + BOX_HEIGHT)
    on_the_way = [state for state in workflow.states if is_on_the_way(state)]
    aside = [state for state in workflow.states if not is_on_the_way(state)]
    columns = _column_middles(on_the_way, aside)
    arrow_heights = _arrow_heights(workflow, rows)
    places = {
        state.name: _place(state, columns[state.name], arrow_heights.get(state.name, []), field_end)
        for state in workflow.states
    }
    bottom = field_end + (GAP + BOX_HEIGHT + MARK if aside else GAP)
    return Layout(places, rows, max(columns.values()) + BOX_WIDTH // 2 + 20, bottom)


def is_on_the_way(state: State) -> bool:
    """Tell whether a state is a column of the board; the others stand beside the way."""
    return state.lane == state.name


def _row_heights(workflow: Workflow) -> dict[str, int]:
    """Return the height of each step's row; steps that may lead back to the same state need more room."""
    heights: dict[str, int] = {}
    y = TOP + BOX_HEIGHT + GAP
    for step in workflow.transitions:
        if ends := workflow.ends(step):
            heights[step.name] = y
            y += ROW + (LOOP if set(ends) & set(step.from_) else 0)
    return heights


def _column_middles(on_the_way: list[State], aside: list[State]) -> dict[str, int]:
    """Return the x of the middle of each state's box; those beside the way stand between those on it."""
    begin = LEFT + BOX_WIDTH // 2
    first = max(0, (len(on_the_way) - 1 - len(aside)) // 2)
    middles = {state.name: begin + PITCH * number for number, state in enumerate(on_the_way)}
    between = begin + PITCH * first + PITCH // 2
    return middles | {state.name: between + PITCH * number for number, state in enumerate(aside)}


def _arrow_heights(workflow: Workflow, rows: dict[str, int]) -> dict[str, list[int]]:
    """Return, by state, the heights at which arrows begin or end."""
    heights: dict[str, list[int]] = {}
    for passage in passages(workflow):
        if passage.to is not None:
            row = rows[passage.step.name]
            heights.setdefault(passage.from_, []).append(row + (LOOP if passage.from_ == passage.to else 0))
            heights.setdefault(passage.to, []).append(row)
    return heights


def _place(state: State, x: int, heights: list[int], field_end: int) -> Place:
    if is_on_the_way(state):
        under = TOP + BOX_HEIGHT
        return Place(state, x, TOP, (under, max(heights, default=under)), True)
    y = field_end + GAP
    return Place(state, x, y, (min(heights, default=y), y), False)
