"""Where everything stands in the drawing of a workflow.

The states on the board stand in a row of boxes on top, the others in a row below, shifted by half a column.
A thin lifeline leads from each box into the field between the rows. There each transition that moves an item
has a row of its own, in which an arrow leads from the lifeline of the state it leaves to that of the state it
enters. So no arrow hides another, however many there are.
"""

import msgspec

from cchc_flow.diagrams.edges import edges_of
from cchc_flow.workflow.definition import State, Workflow

LEFT, TOP = 40, 64
COLUMN_WIDTH = 128
BOX_WIDTH, BOX_HEIGHT = 112, 54
ROW_HEIGHT, LOOP_HEIGHT = 36, 11
GAP = 38
"""Between a row of boxes and the rows of the transitions."""
MARKER_HEIGHT = 30
"""Room above or below a box for the marker of the current state."""


class StateBox(msgspec.Struct, frozen=True):
    """The box of a state: its horizontal middle, its top, and the upper and lower end of its lifeline."""

    state: State
    x: int
    y: int
    lifeline: tuple[int, int]
    is_on_board: bool


class Layout(msgspec.Struct, frozen=True):
    """The boxes by state name, the heights of the rows by transition name, and the size of the drawing."""

    boxes: dict[str, StateBox]
    rows: dict[str, int]
    width: int
    height: int


def layout(workflow: Workflow) -> Layout:
    """Return where the states and transitions of a workflow stand, in pixels."""
    rows = _row_heights(workflow)
    field_end = max(rows.values(), default=TOP + BOX_HEIGHT)
    on_board = [state for state in workflow.states if is_on_board(state)]
    off_board = [state for state in workflow.states if not is_on_board(state)]
    columns = _column_middles(on_board, off_board)
    arrow_heights = _arrow_heights(workflow, rows)
    boxes = {
        state.name: _state_box(state, columns[state.name], arrow_heights.get(state.name, []), field_end)
        for state in workflow.states
    }
    bottom = field_end + (GAP + BOX_HEIGHT + MARKER_HEIGHT if off_board else GAP)
    return Layout(boxes, rows, max(columns.values()) + BOX_WIDTH // 2 + 20, bottom)


def is_on_board(state: State) -> bool:
    """Tell whether a state is a column of the board; in the drawing the others stand below."""
    return state.lane == state.name


def _row_heights(workflow: Workflow) -> dict[str, int]:
    """Return the height of the row of each transition that moves an item; a loop needs a higher row."""
    heights: dict[str, int] = {}
    y = TOP + BOX_HEIGHT + GAP
    for transition in workflow.transitions:
        if ends := workflow.ends(transition):
            heights[transition.name] = y
            y += ROW_HEIGHT + (LOOP_HEIGHT if set(ends) & set(transition.from_) else 0)
    return heights


def _column_middles(on_board: list[State], off_board: list[State]) -> dict[str, int]:
    """Return the middle of each state's box; those off the board stand between the columns of the others."""
    begin = LEFT + BOX_WIDTH // 2
    first = max(0, (len(on_board) - 1 - len(off_board)) // 2)
    middles = {state.name: begin + COLUMN_WIDTH * number for number, state in enumerate(on_board)}
    between = begin + COLUMN_WIDTH * first + COLUMN_WIDTH // 2
    return middles | {state.name: between + COLUMN_WIDTH * number for number, state in enumerate(off_board)}


def _arrow_heights(workflow: Workflow, rows: dict[str, int]) -> dict[str, list[int]]:
    """Return for each state the heights at which arrows start or end on its lifeline."""
    heights: dict[str, list[int]] = {}
    for edge in edges_of(workflow):
        if edge.to is not None:
            row = rows[edge.transition.name]
            heights.setdefault(edge.from_, []).append(row + (LOOP_HEIGHT if edge.from_ == edge.to else 0))
            heights.setdefault(edge.to, []).append(row)
    return heights


def _state_box(state: State, x: int, arrow_heights: list[int], field_end: int) -> StateBox:
    if is_on_board(state):
        under = TOP + BOX_HEIGHT
        return StateBox(state, x, TOP, (under, max(arrow_heights, default=under)), True)
    y = field_end + GAP
    return StateBox(state, x, y, (min(arrow_heights, default=y), y), False)
