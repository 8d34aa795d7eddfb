"""A workflow as an SVG that needs nothing beside itself: no style sheet, no font, no script."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.layout import BOX_HEIGHT, BOX_WIDTH, LEFT, LOOP, Layout, Place, layout
from cchc_flow.diagrams.markup import INK, element, said, text
from cchc_flow.diagrams.path import Taken
from cchc_flow.diagrams.telling import description, notes
from cchc_flow.diagrams.words import Passage, lines, passages, who_takes
from cchc_flow.workflow.definition import Transition, Workflow

FONT = "Liberation Sans, Noto Sans, Arial, sans-serif"
MUTED, LINE, MARKED, MARKED_SOFT = "#5f5851", "#8d857b", "#14508f", "#e8f0fa"
LETTER = 6.4
"""How wide a letter of 12 pixels is, on the broad side."""
NOTE = 19
Numbers = dict[tuple[str, str, str], list[int]]


def draw(workflow: Workflow, here: str | None = None, way: Sequence[Taken] = ()) -> str:
    """Return the drawing; the state `here` is marked, and the moves of the `way` are numbered."""
    where = layout(workflow)
    is_below = here in where.places and not where.places[here].is_on_the_way
    first = where.height + (NOTE if is_below else 0)
    below = [
        text(line, LEFT, first + NOTE * row, fill=MUTED)
        for row, line in enumerate(notes(workflow, int((where.width - LEFT) / LETTER), has_way=bool(way)))
    ]
    height = first + NOTE * len(below) + 8
    return element(
        "svg",
        element("title", said(f"{workflow.title}, phiên bản {workflow.version}"), id="flow-title"),
        element("desc", said(description(workflow, here, way)), id="flow-desc"),
        element("rect", width=where.width, height=height, fill="#fff"),
        *_picture(workflow, where, here, _numbers(way)),
        *below,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby="flow-title flow-desc",
        viewBox=f"0 0 {where.width} {height}",
        width=where.width,
        height=height,
        font_family=FONT,
        font_size=12,
    )


def _picture(workflow: Workflow, where: Layout, here: str | None, numbers: Numbers) -> Iterator[str]:
    """Yield what is seen, from the ground up."""
    yield text(_heading(workflow, where), LEFT, 22, font_size=14, font_weight=700)
    yield from (_lifeline(place) for place in where.places.values())
    yield from _moves(workflow, where, numbers)
    yield from _labels(workflow, where, numbers)
    yield _beginning(where.places[workflow.initial])
    yield from (_state(place, is_here=name == here) for name, place in where.places.items())


def _heading(workflow: Workflow, where: Layout) -> str:
    (title,) = lines(workflow.title, where.width // 10, 1)
    return f"{title} (phiên bản {workflow.version})"


def _numbers(way: Sequence[Taken]) -> Numbers:
    """Return for each way through a step at which places of the path it was taken."""
    found: Numbers = {}
    for number, one in enumerate((one for one in way if one.to is not None), 1):
        found.setdefault((one.step, one.from_, str(one.to)), []).append(number)
    return found


def _lifeline(place: Place) -> str:
    y1, y2 = place.line
    return element("line", x1=place.x, x2=place.x, y1=y1, y2=y2, stroke="#c9c2b8", stroke_dasharray="3 4")


def _moves(workflow: Workflow, where: Layout, numbers: Numbers) -> list[str]:
    """Return an arrow for each way through a step that moves, those that were taken on top."""
    moving = [one for one in passages(workflow) if one.to is not None]
    moving.sort(key=lambda one: _key(one) in numbers)
    return [_move(one, where, numbers.get(_key(one), [])) for one in moving]


def _move(one: Passage, where: Layout, numbers: list[int]) -> str:
    start, end, y = where.places[one.from_], where.places[str(one.to)], where.rows[one.step.name]
    stroke = {"stroke": MARKED, "stroke_width": 3} if numbers else {"stroke": LINE, "stroke_width": 1.5}
    told = f"{one.step.title}: {start.state.title} → {end.state.title} ({who_takes(one.step)})"
    parts = [
        element("title", said(told)),
        element("path", d=_arrow(start.x, end.x, y), fill="none", **stroke),
        element("circle", cx=start.x, cy=y + (LOOP if start is end else 0), r=3.5, fill=stroke["stroke"]),
    ]
    if numbers:
        parts.append(_badge(_shown(numbers), _badge_at(one, start.x, end.x), y + (5 if start is end else 0)))
    names = {"data_step": one.step.name, "data_from": one.from_, "data_to": str(one.to)}
    return element("g", *parts, class_="move taken" if numbers else "move", **names)


def _arrow(start: int, end: int, y: int) -> str:
    if start == end:
        return f"M{start} {y + LOOP}h26v-{LOOP}h-26m7 -4l-7 4l7 4"
    back = -7 if end > start else 7
    return f"M{start} {y}H{end}m{back} -4l{-back} 4l{back} 4"


def _badge_at(one: Passage, start: int, end: int) -> int:
    """Return the middle of a number: near the end of the arrow that no other arrow of its row shares."""
    if start == end:
        return start + 34
    ahead = 1 if end > start else -1
    return start + 26 * ahead if len(one.step.from_) > 1 else end - 30 * ahead


def _shown(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:2])) + (", …" if len(numbers) > 2 else "")


def _badge(words: str, x: int, y: int) -> str:
    width = 8 + 7 * len(words)
    box = element("rect", x=x - width / 2, y=y - 8, width=width, height=16, rx=8, fill=MARKED)
    return box + text(words, x, y + 4, fill="#fff", font_size=11, font_weight=700, text_anchor="middle")


def _labels(workflow: Workflow, where: Layout, numbers: Numbers) -> Iterator[str]:
    """Yield the title of each step that moves, on its row, over a ground that hides what it crosses."""
    is_taken = {step for step, *_ in numbers}
    for step in workflow.transitions:
        if workflow.ends(step):
            (words,) = lines(step.title, 40, 1)
            half = LETTER * len(words) / 2 + 3
            x = min(max(_middle(workflow, step, where), half + 2), where.width - half - 2)
            y = where.rows[step.name]
            yield element("rect", x=round(x - half), y=y - 24, width=round(2 * half), height=15, fill="#fff")
            weight = 700 if step.name in is_taken else 400
            yield text(words, round(x), y - 12, text_anchor="middle", font_weight=weight, class_="step")


def _middle(workflow: Workflow, step: Transition, where: Layout) -> float:
    ends = [where.places[name].x for name in (*step.from_, *workflow.ends(step))]
    if min(ends) == max(ends):
        return ends[0] + 13
    return (min(ends) + max(ends)) / 2


def _beginning(place: Place) -> str:
    """Return the dot from which an item comes into its first state."""
    y, edge = place.y + BOX_HEIGHT // 2, place.x - BOX_WIDTH // 2
    dot = element("circle", cx=edge - 26, cy=y, r=6, fill=INK)
    arrow = element("path", d=f"M{edge - 20} {y}H{edge}m-6 -4l6 4l-6 4", fill="none", stroke=INK)
    return element("g", element("title", "Bắt đầu"), dot, arrow)


def _state(place: Place, *, is_here: bool) -> str:
    ground = MARKED_SOFT if is_here else "#fff" if place.is_on_the_way else "#f5f3ef"
    look = {"stroke": MARKED, "stroke_width": 3} if is_here else {"stroke": INK, "stroke_width": 1.5}
    box = _box(place, 0, rx=10, fill=ground, **look)
    inner = _box(place, 5, rx=6, fill="none", stroke=INK) if place.state.final else ""
    sign = _here(place) if is_here else ""
    name = _name(place, font_weight=700 if is_here else 400)
    class_ = "state here" if is_here else "state"
    return element("g", box, inner, name, sign, class_=class_, data_state=place.state.name)


def _box(place: Place, inset: int, **look: object) -> str:
    x, y = place.x - BOX_WIDTH // 2 + inset, place.y + inset
    return element("rect", x=x, y=y, width=BOX_WIDTH - 2 * inset, height=BOX_HEIGHT - 2 * inset, **look)


def _name(place: Place, **look: object) -> str:
    words = lines(place.state.title, 16, 3)
    first = place.y + BOX_HEIGHT // 2 + 4 - 7 * (len(words) - 1)
    return "".join(
        text(line, place.x, first + 14 * row, text_anchor="middle", **look) for row, line in enumerate(words)
    )


def _here(place: Place) -> str:
    """Return the sign that the item is in this state: words and a pointer, so that no colour is needed."""
    tip = place.y - 4 if place.is_on_the_way else place.y + BOX_HEIGHT + 4
    away = -1 if place.is_on_the_way else 1
    pointer = element("path", d=f"M{place.x} {tip}l-5 {7 * away}h10z", fill=MARKED)
    y = tip - 10 if place.is_on_the_way else tip + 19
    return pointer + text("Đang ở đây", place.x, y, fill=MARKED, font_weight=700, text_anchor="middle")


def _key(one: Passage) -> tuple[str, str, str]:
    return one.step.name, one.from_, str(one.to)
