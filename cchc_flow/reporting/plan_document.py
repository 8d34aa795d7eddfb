"""An adopted plan as a document of our own, set from what was taken over of its text."""

import re
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from cchc_flow.documents.blocks import Block, Document, Heading, Listing, Paragraph
from cchc_flow.documents.form import letter_marks
from cchc_flow.errors import NotFound
from cchc_flow.projections import plans, settings
from cchc_flow.reporting import official
from cchc_flow.reporting.plan_targets import target_blocks
from cchc_flow.workflow.adopted_plan import adopted_areas, adopted_plan
from cchc_flow.workflow.events import AdoptedArea, AdoptedTask, Deadline, PlanAdopted, UnitAssignments
from cchc_flow.workflow.typed_text import lower_first
from cchc_flow.workspace import Workspace

NUMBER = re.compile(r"\s*0*(\d{1,5})\s*/\s*(\S.*)")
OWN_WORD = re.compile(r"(?:Căn cứ|Thực hiện|Tiếp tục|Theo|Xét|Trên cơ sở)\b", re.IGNORECASE)
SYMBOL = "KH-UBND"
EVERYONE = "Các cơ quan, đơn vị"
SUBMARKS = "+*"
"""What stands before the parts of a task, and before their parts."""


def plan_document(ws: Workspace, db: Database, plan_id: str) -> Document:
    """Return a plan as a document; raise NotFound when there is no such plan.

    Parts that the import leaves out (money, say) are not in it, so its parts are numbered anew.
    """
    plan = plans.find_plan(db, plan_id)
    if plan is None:
        raise NotFound("Không có kế hoạch này.", "Hãy mở lại trang Kế hoạch.")
    events = [(event.type, event.data) for event in ws.log.stream(f"plan-{plan.id}")]
    data = next(found for event in events if (found := adopted_plan(*event)))
    number, symbol = _number_and_symbol(data.number)
    return Document(
        **official.letterhead(ws),
        superior=settings.effective_settings(db).documents.superior,
        symbol=symbol,
        number=number,
        kind="KẾ HOẠCH",
        subject=data.title,
        bases=tuple(map(_basis_line, data.legal_bases)),
        blocks=tuple(_blocks(ws, data, adopted_areas(events))),
        signature=official.signature(db),
        recipients=("Các cơ quan, đơn vị thuộc xã", "Lưu: VT, VHXH"),
    )


def _basis_line(basis: str) -> str:
    """Return a legal basis as it is printed: behind «Căn cứ», which the import takes off, or its own word."""
    return basis if OWN_WORD.match(basis) else f"Căn cứ {basis}"


def _number_and_symbol(number: str | None) -> tuple[int | None, str]:
    """Return the number of a plan and its symbol, as in 12/KH-UBND; None and the usual one without."""
    match = NUMBER.fullmatch(number or "")
    return (int(match[1]), match[2]) if match else (None, SYMBOL)


def _blocks(ws: Workspace, plan: PlanAdopted, areas: Sequence[AdoptedArea]) -> list[Block]:
    opening = f"{official.issuer(ws)} ban hành Kế hoạch {lower_first(plan.title)} như sau:"
    blocks: list[Block] = [Paragraph((opening,))]
    parts = (
        ("Mục tiêu, yêu cầu", _aims(plan)),
        ("Các chỉ tiêu chủ yếu", target_blocks(plan.targets, plan.year)),
        ("Nhiệm vụ cải cách hành chính", _areas(areas)),
        ("Tổ chức thực hiện", _assignments(plan)),
        ("Chế độ báo cáo", _reporting_rules(plan)),
    )
    marks = iter(("I.", "II.", "III.", "IV.", "V."))
    for title, part in parts:
        if part:
            blocks += [Heading(1, next(marks), title), *part]
    return blocks


def _aims(plan: PlanAdopted) -> list[Block]:
    named = (
        ("Mục tiêu", [aim.text for aim in plan.objectives]),
        ("Yêu cầu", [clause.text for clause in plan.requirements]),
    )
    found = [(title, texts) for title, texts in named if texts]
    return [
        block
        for place, (title, texts) in enumerate(found, 1)
        for block in (Heading(2, f"{place}.", title), _dash_list(texts))
    ]


def _dash_list(texts: Sequence[str]) -> Block:
    return Listing(tuple((text,) for text in texts))


def _areas(areas: Sequence[AdoptedArea]) -> list[Block]:
    """Return the areas with their tasks: «-» before each, and «+» before what belongs to one."""
    blocks: list[Block] = []
    for area in areas:
        blocks.append(Heading(2, f"{area.code}.", area.title))
        for task in area.tasks:
            blocks += [_dash_list([task.text]), *_lines_below(task, None)]
            blocks += [block for child in task.children for block in _part(child, task, SUBMARKS)]
    return blocks


def _part(task: AdoptedTask, above: AdoptedTask, marks: str) -> Iterator[Block]:
    """Yield what belongs to a task: behind the first of the marks, and its own parts behind the next."""
    yield Paragraph((f"{marks[0]} {task.text}",))
    yield from _lines_below(task, above)
    for child in task.children:
        yield from _part(child, task, marks[1:] or marks)


def _lines_below(task: AdoptedTask, above: AdoptedTask | None) -> Iterator[Block]:
    """Yield the lines that name who leads, who supports, what comes of a task and when it is due.

    What holds for the task above as well is said there.
    """
    same = (above.lead, above.support, above.due_text) if above else (None, (), None)
    lines = (
        ("Đơn vị chủ trì", task.lead if task.lead != same[0] else None),
        ("Đơn vị phối hợp", "; ".join(task.support) if task.support != same[1] else None),
        ("Sản phẩm", task.product),
        ("Thời gian thực hiện", task.due_text if task.due_text != same[2] else None),
    )
    yield from (Paragraph((f"{label}: {words}.",)) for label, words in lines if words)


def _assignments(plan: PlanAdopted) -> list[Block]:
    blocks: list[Block] = []
    if plan.general_assignments:
        texts = tuple((clause.text,) for clause in plan.general_assignments)
        blocks += [Heading(2, "1.", EVERYONE), Listing(texts, "letters")]
    if plan.units:
        place = 2 if blocks else 1
        blocks.append(Heading(2, f"{place}.", "Phân công cụ thể"))
        for mark, unit in zip(letter_marks(), plan.units, strict=False):
            blocks += _unit(mark, unit)
    return blocks


def _reporting_rules(plan: PlanAdopted) -> list[Block]:
    """Return the statements of deadlines that no assignment holds: they stood in a section of their own."""
    clauses = (*plan.general_assignments, *(clause for unit in plan.units for clause in unit.assignments))
    texts = {clause.text for clause in clauses}
    rules = dict.fromkeys(
        _rule(deadline) for deadline in plan.deadlines if not any(deadline.text in text for text in texts)
    )
    return [_dash_list(list(rules))] if rules else []


def _rule(deadline: Deadline) -> str:
    """Return a deadline's statement, behind who reports where that stood in another cell of its table."""
    is_named = not deadline.who or deadline.who == EVERYONE or deadline.who in deadline.text
    return deadline.text if is_named else f"{deadline.who}: {lower_first(deadline.text)}"


def _unit(mark: str, unit: UnitAssignments) -> list[Block]:
    title = Heading(3, mark, unit.name)
    return [title, _dash_list([clause.text for clause in unit.assignments])] if unit.assignments else [title]
