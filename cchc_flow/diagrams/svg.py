"""A workflow as an SVG that needs nothing beside itself: no style sheet, no font, no script."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.description import alternative_text, note_lines
from cchc_flow.diagrams.layout import BOX_HEIGHT, BOX_WIDTH, LEFT, LOOP, Layout, Place, lay_out
from cchc_flow.diagrams.markup import INK, element, escape_words, text_element
from cchc_flow.diagrams.path import PastStep
from cchc_flow.diagrams.words import Passage, actor_words, passages, wrap_words
from cchc_flow.workflow.definition import Transition, Workflow

FONT = "Liberation Sans, Noto Sans, Arial, sans-serif"
MUTED, LINE, MARKED, MARKED_SOFT = "#5f5851", "#8d857b", "#14508f", "#e8f0fa"
LETTER = 6.4
"""How wide a letter of 12 pixels is, on the broad side."""
NOTE = 19
Numbers = dict[tuple[str, str, str], list[int]]


def draw_svg(workflow: Workflow, here: str | None = None, way: Sequence[PastStep] = ()) -> str:
    """Return the drawing as SVG, the state `here` marked, and the moves among the steps `way` numbered."""
    layout = lay_out(workflow)
    is_below = here in layout.places and not layout.places[here].is_on_the_way
    first = layout.height + (NOTE if is_below else 0)
    below = [
        text_element(line, LEFT, first + NOTE * row, fill=MUTED)
        for row, line in enumerate(
            note_lines(workflow, int((layout.width - LEFT) / LETTER), has_way=bool(way))
        )
    ]
    height = first + NOTE * len(below) + 8
    return element(
        "svg",
        element("title", escape_words(f"{workflow.title}, phiên bản {workflow.version}"), id="flow-title"),
        element("desc", escape_words(alternative_text(workflow, here, way)), id="flow-desc"),
        element("rect", width=layout.width, height=height, fill="#fff"),
        *_picture_elements(workflow, layout, here, _move_numbers(way)),
        *below,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby="flow-title flow-desc",
        viewBox=f"0 0 {layout.width} {height}",
        width=layout.width,
        height=height,
        font_family=FONT,
        font_size=12,
    )


def _picture_elements(
    workflow: Workflow, layout: Layout, here: str | None, numbers: Numbers
) -> Iterator[str]:
    """Yield the elements of the picture, those at the back first."""
    yield text_element(_heading(workflow, layout), LEFT, 22, font_size=14, font_weight=700)
    yield from (_lifeline(place) for place in layout.places.values())
    yield from _move_arrows(workflow, layout, numbers)
    yield from _step_labels(workflow, layout, numbers)
    yield _start_dot(layout.places[workflow.initial])
    yield from (_state_box(place, is_here=name == here) for name, place in layout.places.items())


def _heading(workflow: Workflow, layout: Layout) -> str:
    (title,) = wrap_words(workflow.title, layout.width // 10, 1)
    return f"{title} (phiên bản {workflow.version})"


def _move_numbers(way: Sequence[PastStep]) -> Numbers:
    """Return, for each passage that was taken, its numbers among the moves of the item."""
    numbers: Numbers = {}
    moves = [step for step in way if step.to is not None]
    for number, move in enumerate(moves, 1):
        numbers.setdefault((move.step, move.from_, str(move.to)), []).append(number)
    return numbers


def _lifeline(place: Place) -> str:
    y1, y2 = place.line
    return element("line", x1=place.x, x2=place.x, y1=y1, y2=y2, stroke="#c9c2b8", stroke_dasharray="3 4")


def _move_arrows(workflow: Workflow, layout: Layout, numbers: Numbers) -> list[str]:
    """Return an arrow for each passage that moves an item, those that were taken on top."""
    moving = [passage for passage in passages(workflow) if passage.to is not None]
    moving.sort(key=lambda passage: _passage_key(passage) in numbers)
    return [_move_arrow(passage, layout, numbers.get(_passage_key(passage), [])) for passage in moving]


def _move_arrow(passage: Passage, layout: Layout, numbers: list[int]) -> str:
    start, end, y = (
        layout.places[passage.from_],
        layout.places[str(passage.to)],
        layout.rows[passage.step.name],
    )
    stroke = {"stroke": MARKED, "stroke_width": 3} if numbers else {"stroke": LINE, "stroke_width": 1.5}
    words = f"{passage.step.title}: {start.state.title} → {end.state.title} ({actor_words(passage.step)})"
    parts = [
        element("title", escape_words(words)),
        element("path", d=_arrow_path(start.x, end.x, y), fill="none", **stroke),
        element("circle", cx=start.x, cy=y + (LOOP if start is end else 0), r=3.5, fill=stroke["stroke"]),
    ]
    if numbers:
        parts.append(
            _number_badge(
                _number_words(numbers), _badge_middle(passage, start.x, end.x), y + (5 if start is end else 0)
            )
        )
    names = {"data_step": passage.step.name, "data_from": passage.from_, "data_to": str(passage.to)}
    return element("g", *parts, class_="move taken" if numbers else "move", **names)


def _arrow_path(start: int, end: int, y: int) -> str:
    if start == end:
        return f"M{start} {y + LOOP}h26v-{LOOP}h-26m7 -4l-7 4l7 4"
    back = -7 if end > start else 7
    return f"M{start} {y}H{end}m{back} -4l{-back} 4l{back} 4"


def _badge_middle(passage: Passage, start: int, end: int) -> int:
    """Return the x of a badge's middle: near the end of the arrow that no other arrow in its row shares."""
    if start == end:
        return start + 34
    ahead = 1 if end > start else -1
    return start + 26 * ahead if len(passage.step.from_) > 1 else end - 30 * ahead


def _number_words(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:2])) + (", …" if len(numbers) > 2 else "")


def _number_badge(words: str, x: int, y: int) -> str:
    width = 8 + 7 * len(words)
    box = element("rect", x=x - width / 2, y=y - 8, width=width, height=16, rx=8, fill=MARKED)
    return box + text_element(
        words, x, y + 4, fill="#fff", font_size=11, font_weight=700, text_anchor="middle"
    )


def _step_labels(workflow: Workflow, layout: Layout, numbers: Numbers) -> Iterator[str]:
    """Yield the title of each step in its row, on a white ground that hides the lines behind it."""
    is_taken = {step for step, *_ in numbers}
    for step in workflow.transitions:
        if workflow.ends(step):
            (words,) = wrap_words(step.title, 40, 1)
            half = LETTER * len(words) / 2 + 3
            x = min(max(_label_middle(workflow, step, layout), half + 2), layout.width - half - 2)
            y = layout.rows[step.name]
            yield element("rect", x=round(x - half), y=y - 24, width=round(2 * half), height=15, fill="#fff")
            weight = 700 if step.name in is_taken else 400
            yield text_element(
                words, round(x), y - 12, text_anchor="middle", font_weight=weight, class_="step"
            )


def _label_middle(workflow: Workflow, step: Transition, layout: Layout) -> float:
    ends = [layout.places[name].x for name in (*step.from_, *workflow.ends(step))]
    if min(ends) == max(ends):
        return ends[0] + 13
    return (min(ends) + max(ends)) / 2


def _start_dot(place: Place) -> str:
    """Return the dot and the arrow that lead into the initial state."""
    y, edge = place.y + BOX_HEIGHT // 2, place.x - BOX_WIDTH // 2
    dot = element("circle", cx=edge - 26, cy=y, r=6, fill=INK)
    arrow = element("path", d=f"M{edge - 20} {y}H{edge}m-6 -4l6 4l-6 4", fill="none", stroke=INK)
    return element("g", element("title", "Bắt đầu"), dot, arrow)


def _state_box(place: Place, *, is_here: bool) -> str:
    ground = MARKED_SOFT if is_here else "#fff" if place.is_on_the_way else "#f5f3ef"
    look = {"stroke": MARKED, "stroke_width": 3} if is_here else {"stroke": INK, "stroke_width": 1.5}
    box = _rectangle(place, 0, rx=10, fill=ground, **look)
    inner = _rectangle(place, 5, rx=6, fill="none", stroke=INK) if place.state.final else ""
    sign = _here_sign(place) if is_here else ""
    name = _state_title(place, font_weight=700 if is_here else 400)
    class_ = "state here" if is_here else "state"
    return element("g", box, inner, name, sign, class_=class_, data_state=place.state.name)


def _rectangle(place: Place, inset: int, **look: object) -> str:
    x, y = place.x - BOX_WIDTH // 2 + inset, place.y + inset
    return element("rect", x=x, y=y, width=BOX_WIDTH - 2 * inset, height=BOX_HEIGHT - 2 * inset, **look)


def _state_title(place: Place, **look: object) -> str:
    words = wrap_words(place.state.title, 16, 3)
    first = place.y + BOX_HEIGHT // 2 + 4 - 7 * (len(words) - 1)
    return "".join(
        text_element(line, place.x, first + 14 * row, text_anchor="middle", **look)
        for row, line in enumerate(words)
    )


def _here_sign(place: Place) -> str:
    """Return the sign that the item is in this state, which does not rely on colour: words and a pointer."""
    tip = place.y - 4 if place.is_on_the_way else place.y + BOX_HEIGHT + 4
    away = -1 if place.is_on_the_way else 1
    pointer = element("path", d=f"M{place.x} {tip}l-5 {7 * away}h10z", fill=MARKED)
    y = tip - 10 if place.is_on_the_way else tip + 19
    return pointer + text_element(
        "Đang ở đây", place.x, y, fill=MARKED, font_weight=700, text_anchor="middle"
    )


def _passage_key(passage: Passage) -> tuple[str, str, str]:
    return passage.step.name, passage.from_, str(passage.to)
