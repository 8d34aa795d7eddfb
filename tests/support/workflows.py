"""Definitions for tests: any that can be thought of, and a next version of the built-in one."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.workflow.definition import BACK, Field, State, Transition, Workflow
from cchc_flow.workflow.policy import RELATIONS
from cchc_flow.workflow.task import TASK

NOW, NEXT = TASK.version, TASK.version + 1
"""The newest version of a task's workflow that comes with the program, and the one that tests publish."""

# Every character that Python has: halves of surrogate pairs, control characters, markup.
titles = st.one_of(
    st.text(st.characters(), max_size=30),
    st.sampled_from(["<b>Giao & nhận</b>", "\"Duyệt\" 'x'", "]]>", "<!-- -->", "a" * 300, "Đã giao", "\x00"]),
)


@st.composite
def definitions(draw: Any) -> Workflow:
    """Return a workflow of up to six states and eight steps under any titles."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    states = [
        State(name, draw(titles), draw(st.sampled_from([None, None, "", names[0]])), draw(st.booleans()))
        for name in names
    ]
    some = st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)
    steps = [
        Transition(
            name=f"t{number}",
            title=draw(titles),
            fact=f"facts-{number}",
            event="item.started/1",
            from_=draw(some),
            to=draw(st.sampled_from([None, BACK, *names])),
            by=draw(st.lists(st.sampled_from(sorted(RELATIONS)), max_size=2, unique=True).map(tuple)),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    version = draw(st.integers(1, 99))
    return Workflow("thing", version, draw(titles), draw(st.sampled_from(names)), tuple(states), tuple(steps))


def next_version(without: str = "") -> Workflow:
    """Return a task's workflow with one step more; `without` names a state that it lacks."""
    states = tuple(state for state in TASK.states if state.name != without)
    check = Transition(
        name="check",
        title="Kiểm tra hồ sơ",
        fact="checks",
        event="item.commented/1",
        from_=("in_progress",),
        to=None,
        by=("lead_unit",),
        fields=(Field("text", "text", "Ghi chú", required=True),),
    )
    steps = [_without(step, without) for step in TASK.transitions if step.to != without]
    kept = tuple(step for step in steps if step.from_)
    return replace(TASK, version=NEXT, states=states, transitions=(*kept, check))


def _without(step: Transition, state: str) -> Transition:
    return replace(step, from_=tuple(name for name in step.from_ if name != state))


def follow_a_version_that_hands_less_over(world: World, *items: str) -> None:
    """Let items follow a version in which only work that was given out, and not begun, is handed over."""
    steps = tuple(
        replace(step, from_=("assigned",)) if step.name == "hand_over" else step for step in TASK.transitions
    )
    publish(world.ws, replace(TASK, version=NEXT, transitions=steps))
    commands.migrate(world.ws, TASK.kind, NEXT, items, world.order("hoa"))
