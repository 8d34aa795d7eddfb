"""What stands below the drawing of a workflow, and the drawing in words for who does not see it."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.path import Taken
from cchc_flow.diagrams.words import lines
from cchc_flow.workflow.definition import Transition, Workflow

HOW_TO_READ = "Viền kép: trạng thái kết thúc. Chấm tròn: bước đi từ trạng thái đó."
THE_WAY = "Mũi tên đậm có số: các bước đã qua, theo thứ tự; bước đã hoàn tác không tính."


def notes(workflow: Workflow, width: int, *, has_way: bool) -> Iterator[str]:
    """Yield lines of so many letters: how to read the drawing, and the steps that do not move the item."""
    yield from lines(HOW_TO_READ, width, 4)
    if has_way:
        yield from lines(THE_WAY, width, 4)
    staying = [step for step in workflow.transitions if not workflow.ends(step)]
    for starts in dict.fromkeys(_starts(workflow, step) for step in staying):
        titles = ", ".join(step.title for step in staying if _starts(workflow, step) == starts)
        yield from lines(f"Không đổi trạng thái, {starts}: {titles}.", width, 6)


def description(workflow: Workflow, here: str | None, way: Sequence[Taken]) -> str:
    """Return where the item is, which steps it took, and every step that there is."""
    told = [f"Đang ở «{workflow.state(here).title}»."] if here else []
    titles = {step.name: step.title for step in workflow.transitions}
    passed = [titles.get(one.step, "bước của phiên bản khác") for one in way if one.to is not None]
    told += [f"Các bước đã qua: {', '.join(passed)}."] if passed else []
    return " ".join(told + [_sentence(workflow, step) for step in workflow.transitions])


def _sentence(workflow: Workflow, step: Transition) -> str:
    ends = ", ".join(workflow.state(name).title for name in workflow.ends(step))
    return f"{step.title}: {_starts(workflow, step)}{f' đến {ends}' if ends else ', không đổi trạng thái'}."


def _starts(workflow: Workflow, step: Transition) -> str:
    if len(step.from_) == len(workflow.states):
        return "ở mọi trạng thái"
    return "ở " + ", ".join(workflow.state(name).title for name in step.from_)
