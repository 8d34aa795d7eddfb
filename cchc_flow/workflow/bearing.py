"""Which events the steps of a kind can bear: those that its items can go through, with the data they need."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

from cchc_flow.workflow import upcast
from cchc_flow.workflow.completion import ADDED, WITH_DEFAULT
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import (
    CLASSES,
    Content,
    Data,
    Evidence,
    ItemAdvanced,
    ItemDistributed,
    ItemExcused,
    ItemFollowed,
    ItemOpened,
    ItemOverruled,
    ItemRemarked,
    ItemReported,
    ItemUndone,
    ItemWorkflowChanged,
    Move,
)
from cchc_flow.workflow.hands import CORE_KINDS
from cchc_flow.workflow.unit_report import OF_REPORTS, of_reports

MADE_BY_THE_CORE = (
    ItemOpened,
    ItemUndone,
    ItemOverruled,
    ItemWorkflowChanged,
    ItemReported,
    ItemRemarked,
)
"""What follows from an opening, an undoing, an overridden warning and a migration, or precedes a step of a
report, and is made by no step."""
OF_PARTS = (ItemDistributed, ItemFollowed, ItemExcused)
"""What only tasks and reports go through, which alone are done in parts."""
ENDS = ("from_", "to")
_MADE_OF: dict[str, Any] = {
    "text": Content,
    "files": tuple[Evidence, ...],
    "units": tuple[str, ...],
    "percent": int,
    "count": int,
}
"""What an event holds of a field, by its kind; of all others a string."""


def event_problems(workflow: Workflow) -> list[str]:
    """Return what is wrong with the events that the steps of a definition make, a line each, by step."""
    return [
        f"bước {step.name}: {words}" for step in workflow.transitions for words in _problems(workflow, step)
    ]


def _problems(workflow: Workflow, step: Transition) -> Iterator[str]:
    if upcast.newest_name(step.event) not in CLASSES:  # `definition.problems` tells it
        return
    cls = step.event_class
    is_register = workflow.kind not in CORE_KINDS
    if not step.event.startswith("item.") or issubclass(cls, MADE_BY_THE_CORE):
        yield f"không bước nào được tạo sự kiện {step.event}"
    elif is_register and issubclass(cls, OF_PARTS):
        yield f"sổ theo dõi không có phần việc, nên không có sự kiện {step.event}"
    elif not issubclass(cls, ItemAdvanced):
        yield from _field_problems(cls, step)
    if is_register and any(field.kind in OF_REPORTS for field in step.fields):
        yield "chỉ báo cáo của đơn vị mới hỏi nội dung báo cáo"
    if step.to is not None and not issubclass(cls, Move):
        yield f"sự kiện {step.event} không chuyển trạng thái, nên bước không thể đến «{step.to}»"


def _field_problems(cls: type[Data], step: Transition) -> Iterator[str]:
    """Yield what a step asks for and its event does not hold, or the other way round."""
    types, added = get_type_hints(cls), ADDED.get(cls, frozenset())
    needed = [name for name in cls.__struct_fields__ if name not in ENDS]
    asked = {field.name for field in step.fields} | WITH_DEFAULT.get(cls, frozenset())
    yield from (f"sự kiện {step.event} cần ô «{name}»" for name in needed if name not in asked | added)
    for field in step.fields:
        if field.kind in OF_REPORTS:
            continue
        if field.name not in needed:
            yield f"sự kiện {step.event} không giữ ô «{field.name}»"
        elif field.name not in added and not (of_reports(step) and field.name == "result"):
            yield from _value_problems(field, types[field.name])


def _value_problems(field: Field, held: Any) -> Iterator[str]:
    """Yield why what is typed into a field cannot stand in the place that an event has for it."""
    options = (held,) if get_origin(held) in (None, tuple, dict) else get_args(held)
    made = _MADE_OF.get(field.kind, str)
    if made not in options:
        yield f"ô «{field.name}» không thể thuộc loại {field.kind}"
    elif type(None) not in options and get_origin(made) is not tuple and not field.required:
        yield f"ô «{field.name}» phải bắt buộc"
