"""The text that goes with the drawing of a workflow: its captions, and a description for screen readers."""

from collections.abc import Iterator, Sequence

from cchc_flow.diagrams.path import PathStep
from cchc_flow.diagrams.words import wrap_text
from cchc_flow.workflow.definition import Transition, Workflow

LEGEND = "Viền kép: trạng thái kết thúc. Chấm tròn: bước đi từ trạng thái đó."
PATH_LEGEND = "Mũi tên đậm có số: các bước đã qua, theo thứ tự; bước đã hoàn tác không tính."


def caption_lines(workflow: Workflow, width: int, *, has_path: bool) -> Iterator[str]:
    """Yield the lines below the drawing, each of at most `width` characters.

    They explain the signs and list the transitions that have no arrow because they do not move the item.
    """
    yield from wrap_text(LEGEND, width, 4)
    if has_path:
        yield from wrap_text(PATH_LEGEND, width, 4)
    staying = [transition for transition in workflow.transitions if not workflow.ends(transition)]
    for starts in dict.fromkeys(_starts(workflow, transition) for transition in staying):
        titles = ", ".join(t.title for t in staying if _starts(workflow, t) == starts)
        yield from wrap_text(f"Không đổi trạng thái, {starts}: {titles}.", width, 6)


def description(workflow: Workflow, current: str | None, path: Sequence[PathStep]) -> str:
    """Return the drawing as sentences: where the item is, the path it took, and every transition there is."""
    sentences = [f"Đang ở «{workflow.state(current).title}»."] if current else []
    titles = {transition.name: transition.title for transition in workflow.transitions}
    path_titles = [
        titles.get(step.transition, "bước của phiên bản khác") for step in path if step.to is not None
    ]
    sentences += [f"Các bước đã qua: {', '.join(path_titles)}."] if path_titles else []
    return " ".join(sentences + [_sentence(workflow, transition) for transition in workflow.transitions])


def _sentence(workflow: Workflow, transition: Transition) -> str:
    ends = ", ".join(workflow.state(name).title for name in workflow.ends(transition))
    movement = f" đến {ends}" if ends else ", không đổi trạng thái"
    return f"{transition.title}: {_starts(workflow, transition)}{movement}."


def _starts(workflow: Workflow, transition: Transition) -> str:
    if len(transition.from_) == len(workflow.states):
        return "ở mọi trạng thái"
    return "ở " + ", ".join(workflow.state(name).title for name in transition.from_)
