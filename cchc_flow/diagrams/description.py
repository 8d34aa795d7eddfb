"""The notes below the drawing of a workflow, and its text for those who cannot see it."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.path import PastStep
from cchc_flow.diagrams.words import wrap_words
from cchc_flow.workflow.definition import Transition, Workflow

HOW_TO_READ = "Viền kép: trạng thái kết thúc. Chấm tròn: bước đi từ trạng thái đó."
THE_WAY = "Mũi tên đậm có số: các bước đã qua, theo thứ tự; bước đã hoàn tác không tính."


def note_lines(workflow: Workflow, width: int, *, has_way: bool) -> Iterator[str]:
    """Yield lines of `width` letters: how to read the drawing, and the steps that do not move an item."""
    yield from wrap_words(HOW_TO_READ, width, 4)
    if has_way:
        yield from wrap_words(THE_WAY, width, 4)
    staying = [step for step in workflow.transitions if not workflow.ends(step)]
    for starts in dict.fromkeys(_start_words(workflow, step) for step in staying):
        titles = ", ".join(step.title for step in staying if _start_words(workflow, step) == starts)
        yield from wrap_words(f"Không đổi trạng thái, {starts}: {titles}.", width, 6)


def alternative_text(workflow: Workflow, here: str | None, way: Sequence[PastStep]) -> str:
    """Return the drawing in words: where the item is, its moves, and all steps of the workflow."""
    sentences = [f"Đang ở «{workflow.state(here).title}»."] if here else []
    titles = {step.name: step.title for step in workflow.transitions}
    moves = [titles.get(step.step, "bước của phiên bản khác") for step in way if step.to is not None]
    sentences += [f"Các bước đã qua: {', '.join(moves)}."] if moves else []
    return " ".join(sentences + [_step_sentence(workflow, step) for step in workflow.transitions])


def _step_sentence(workflow: Workflow, step: Transition) -> str:
    ends = ", ".join(workflow.state(name).title for name in workflow.ends(step))
    return (
        f"{step.title}: {_start_words(workflow, step)}{f' đến {ends}' if ends else ', không đổi trạng thái'}."
    )


def _start_words(workflow: Workflow, step: Transition) -> str:
    if len(step.from_) == len(workflow.states):
        return "ở mọi trạng thái"
    return "ở " + ", ".join(workflow.state(name).title for name in step.from_)
