"""A workflow as a self-contained SVG: it needs no style sheet, no font file and no script."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.captions import caption_lines, description
from cchc_flow.diagrams.edges import Edge, edges_of, performers
from cchc_flow.diagrams.layout import BOX_HEIGHT, BOX_WIDTH, LEFT, LOOP_HEIGHT, Layout, StateBox, layout
from cchc_flow.diagrams.markup import INK, element, escape_text, text_element
from cchc_flow.diagrams.path import PathStep
from cchc_flow.diagrams.words import wrap_text
from cchc_flow.workflow.definition import Transition, Workflow

FONT = "Liberation Sans, Noto Sans, Arial, sans-serif"
MUTED, LINE, HIGHLIGHT, HIGHLIGHT_SOFT = "#5f5851", "#8d857b", "#14508f", "#e8f0fa"
LETTER_WIDTH = 6.4
"""The width of a letter of 12 pixels, rather too wide than too narrow."""
CAPTION_HEIGHT = 19
EdgeKey = tuple[str, str, str]
PathNumbers = dict[EdgeKey, list[int]]
"""For each edge that was taken, its places in the path, counted from 1."""


def draw_svg(workflow: Workflow, current: str | None = None, path: Sequence[PathStep] = ()) -> str:
    """Return the drawing as SVG; the `current` state is marked and the arrows of the `path` are numbered."""
    plan = layout(workflow)
    is_below = current in plan.boxes and not plan.boxes[current].is_on_board
    first = plan.height + (CAPTION_HEIGHT if is_below else 0)
    lines = caption_lines(workflow, int((plan.width - LEFT) / LETTER_WIDTH), has_path=bool(path))
    captions = [
        text_element(line, LEFT, first + CAPTION_HEIGHT * row, fill=MUTED) for row, line in enumerate(lines)
    ]
    height = first + CAPTION_HEIGHT * len(captions) + 8
    return element(
        "svg",
        element("title", escape_text(f"{workflow.title}, phiên bản {workflow.version}"), id="flow-title"),
        element("desc", escape_text(description(workflow, current, path)), id="flow-desc"),
        element("rect", width=plan.width, height=height, fill="#fff"),
        *_layers(workflow, plan, current, _path_numbers(path)),
        *captions,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby="flow-title flow-desc",
        viewBox=f"0 0 {plan.width} {height}",
        width=plan.width,
        height=height,
        font_family=FONT,
        font_size=12,
    )


def _layers(workflow: Workflow, plan: Layout, current: str | None, numbers: PathNumbers) -> Iterator[str]:
    """Yield the parts of the drawing, from the background to the foreground."""
    yield text_element(_heading(workflow, plan), LEFT, 22, font_size=14, font_weight=700)
    yield from (_lifeline(box) for box in plan.boxes.values())
    yield from _arrows(workflow, plan, numbers)
    yield from _transition_titles(workflow, plan, numbers)
    yield _start_arrow(plan.boxes[workflow.initial])
    yield from (_state(box, is_current=name == current) for name, box in plan.boxes.items())


def _heading(workflow: Workflow, plan: Layout) -> str:
    (title,) = wrap_text(workflow.title, plan.width // 10, 1)
    return f"{title} (phiên bản {workflow.version})"


def _path_numbers(path: Sequence[PathStep]) -> PathNumbers:
    """Return for each edge at which places of the path it was taken; steps that stayed are not counted."""
    numbers: PathNumbers = {}
    for number, step in enumerate((step for step in path if step.to is not None), 1):
        numbers.setdefault((step.transition, step.from_, str(step.to)), []).append(number)
    return numbers


def _lifeline(box: StateBox) -> str:
    y1, y2 = box.lifeline
    return element("line", x1=box.x, x2=box.x, y1=y1, y2=y2, stroke="#c9c2b8", stroke_dasharray="3 4")


def _arrows(workflow: Workflow, plan: Layout, numbers: PathNumbers) -> list[str]:
    """Return an arrow for each edge to a state; those of the path come last, and so lie on top."""
    moving = [edge for edge in edges_of(workflow) if edge.to is not None]
    moving.sort(key=lambda edge: _edge_key(edge) in numbers)
    return [_arrow(edge, plan, numbers.get(_edge_key(edge), [])) for edge in moving]


def _arrow(edge: Edge, plan: Layout, numbers: list[int]) -> str:
    transition = edge.transition
    start, end, y = plan.boxes[edge.from_], plan.boxes[str(edge.to)], plan.rows[transition.name]
    stroke = {"stroke": HIGHLIGHT, "stroke_width": 3} if numbers else {"stroke": LINE, "stroke_width": 1.5}
    move = f"{start.state.title} → {end.state.title}"
    title = f"{transition.title}: {move} ({performers(transition)})"
    is_loop = start is end
    parts = [
        element("title", escape_text(title)),
        element("path", d=_arrow_path(start.x, end.x, y), fill="none", **stroke),
        element("circle", cx=start.x, cy=y + (LOOP_HEIGHT if is_loop else 0), r=3.5, fill=stroke["stroke"]),
    ]
    if numbers:
        middle = _badge_middle(edge, start.x, end.x)
        parts.append(_badge(_badge_text(numbers), middle, y + (5 if is_loop else 0)))
    names = {"data_step": transition.name, "data_from": edge.from_, "data_to": str(edge.to)}
    return element("g", *parts, class_="move taken" if numbers else "move", **names)


def _arrow_path(start: int, end: int, y: int) -> str:
    if start == end:
        return f"M{start} {y + LOOP_HEIGHT}h26v-{LOOP_HEIGHT}h-26m7 -4l-7 4l7 4"
    back = -7 if end > start else 7
    return f"M{start} {y}H{end}m{back} -4l{-back} 4l{back} 4"


def _badge_middle(edge: Edge, start: int, end: int) -> int:
    """Return where an arrow's number stands: near the end that it shares with no other arrow of its row."""
    if start == end:
        return start + 34
    direction = 1 if end > start else -1
    return start + 26 * direction if len(edge.transition.from_) > 1 else end - 30 * direction


def _badge_text(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:2])) + (", …" if len(numbers) > 2 else "")


def _badge(label: str, x: int, y: int) -> str:
    width = 8 + 7 * len(label)
    background = element("rect", x=x - width / 2, y=y - 8, width=width, height=16, rx=8, fill=HIGHLIGHT)
    look = {"fill": "#fff", "font_size": 11, "font_weight": 700, "text_anchor": "middle"}
    return background + text_element(label, x, y + 4, **look)


def _transition_titles(workflow: Workflow, plan: Layout, numbers: PathNumbers) -> Iterator[str]:
    """Yield the title of each transition with a row, over a background that hides the lines behind it."""
    taken = {name for name, *_ in numbers}
    for transition in workflow.transitions:
        if workflow.ends(transition):
            (title,) = wrap_text(transition.title, 40, 1)
            half = LETTER_WIDTH * len(title) / 2 + 3
            x = min(max(_row_middle(workflow, transition, plan), half + 2), plan.width - half - 2)
            y = plan.rows[transition.name]
            yield element("rect", x=round(x - half), y=y - 24, width=round(2 * half), height=15, fill="#fff")
            weight = 700 if transition.name in taken else 400
            look = {"text_anchor": "middle", "font_weight": weight, "class_": "step"}
            yield text_element(title, round(x), y - 12, **look)


def _row_middle(workflow: Workflow, transition: Transition, plan: Layout) -> float:
    ends = [plan.boxes[name].x for name in (*transition.from_, *workflow.ends(transition))]
    if min(ends) == max(ends):
        return ends[0] + 13
    return (min(ends) + max(ends)) / 2


def _start_arrow(box: StateBox) -> str:
    """Return the dot and arrow that lead into the initial state."""
    y, side = box.y + BOX_HEIGHT // 2, box.x - BOX_WIDTH // 2
    dot = element("circle", cx=side - 26, cy=y, r=6, fill=INK)
    arrow = element("path", d=f"M{side - 20} {y}H{side}m-6 -4l6 4l-6 4", fill="none", stroke=INK)
    return element("g", element("title", "Bắt đầu"), dot, arrow)


def _state(box: StateBox, *, is_current: bool) -> str:
    background = HIGHLIGHT_SOFT if is_current else "#fff" if box.is_on_board else "#f5f3ef"
    stroke = {"stroke": HIGHLIGHT, "stroke_width": 3} if is_current else {"stroke": INK, "stroke_width": 1.5}
    outer = _frame(box, 0, rx=10, fill=background, **stroke)
    inner = _frame(box, 5, rx=6, fill="none", stroke=INK) if box.state.final else ""
    marker = _current_marker(box) if is_current else ""
    title = _state_title(box, font_weight=700 if is_current else 400)
    class_ = "state here" if is_current else "state"
    return element("g", outer, inner, title, marker, class_=class_, data_state=box.state.name)


def _frame(box: StateBox, inset: int, **look: object) -> str:
    x, y = box.x - BOX_WIDTH // 2 + inset, box.y + inset
    return element("rect", x=x, y=y, width=BOX_WIDTH - 2 * inset, height=BOX_HEIGHT - 2 * inset, **look)


def _state_title(box: StateBox, **look: object) -> str:
    lines = wrap_text(box.state.title, 16, 3)
    first = box.y + BOX_HEIGHT // 2 + 4 - 7 * (len(lines) - 1)
    return "".join(
        text_element(line, box.x, first + 14 * row, text_anchor="middle", **look)
        for row, line in enumerate(lines)
    )


def _current_marker(box: StateBox) -> str:
    """Return the marker of the current state: a text and a pointer, since not everybody sees colours."""
    tip = box.y - 4 if box.is_on_board else box.y + BOX_HEIGHT + 4
    direction = -1 if box.is_on_board else 1
    pointer = element("path", d=f"M{box.x} {tip}l-5 {7 * direction}h10z", fill=HIGHLIGHT)
    y = tip - 10 if box.is_on_board else tip + 19
    look = {"fill": HIGHLIGHT, "font_weight": 700, "text_anchor": "middle"}
    return pointer + text_element("Đang ở đây", box.x, y, **look)


def _edge_key(edge: Edge) -> EdgeKey:
    return edge.transition.name, edge.from_, str(edge.to)
