"""Which events the steps of a kind may make: a definition that names another is told before it is used."""

from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from cchc_flow.hookspecs import hookimpl
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import Plugins, load_plugins, plugins_from
from cchc_flow.workflow.bearing import event_problems
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

REASON = Field("reason", "text", "Lý do", required=True)
CODE = """
from cchc_flow.workflow.definition import State, Transition, Workflow

REGISTER = Workflow(
    "claim", 1, "Sổ", "a", (State("a", "A"), State("b", "B", final=True)),
    (
        Transition(name="pass", title="Qua", fact="passes", event="item.advanced/1",
                   from_=("a",), to="b", by=("anyone",)),
        Transition(name="share", title="Chia", fact="shares", event="item.distributed/1",
                   from_=("a",), to="b", by=("anyone",)),
    ),
    openers=("coordinator",),
)
"""


def register(event: str, *fields: Field, to: str | None = "b", four_eyes: str | None = None) -> Workflow:
    """Return a register one of whose steps makes this event with these fields."""
    steps = (
        Transition(name="go", title="Đi", fact="goes", event="item.advanced/1", from_=("a",), to="b",
                   by=("anyone",)),
        Transition(name="odd", title="Lạ", fact="odds", event=event, from_=("a",), to=to, by=("anyone",),
                   fields=fields, four_eyes=four_eyes),
    )  # fmt: skip
    states = (State("a", "A"), State("b", "B", final=True))
    return Workflow("claim", 1, "Sổ", "a", states, steps, openers=("coordinator",))


def faults(register: Workflow) -> list[str]:
    class Claims:
        """Sổ"""

        @hookimpl
        def workflows(self) -> list[Workflow]:
            return [register]

    return [fault.words for fault in contributions.faults(plugins_from(claims=Claims()))]


@pytest.mark.parametrize("flow", [TASK, REPORT])
def test_the_built_in_workflows_make_what_they_can_bear(flow: Workflow) -> None:
    assert event_problems(flow) == []


def test_the_shipped_registers_make_what_they_can_bear() -> None:
    registers = contributions.collect(load_plugins()).registers
    assert registers and [event_problems(one) for _, one in registers if event_problems(one)] == []


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (register("item.opened/1"), "không bước nào được tạo sự kiện item.opened/1"),
        (register("item.undone/1"), "không bước nào được tạo sự kiện item.undone/1"),
        (register("plan.adopted/1"), "không bước nào được tạo sự kiện plan.adopted/1"),
        (register("item.followed/1"), "sổ theo dõi không có phần việc, nên không có sự kiện item.followed/1"),
        (register("item.excused/1", REASON), "sổ theo dõi không có phần việc"),
        (register("item.cancelled/1", REASON), "sự kiện item.cancelled/1 cần ô «decision»"),
        (register("item.reopened/1", REASON, Field("day", "day", "Ngày")), "không giữ ô «day»"),
        (
            register("item.reopened/1", Field("reason", "line", "Lý do")),
            "ô «reason» không thể thuộc loại line",
        ),
        (register("item.reopened/1", Field("reason", "text", "Lý do")), "ô «reason» phải bắt buộc"),
        (
            register("item.commented/1", Field("text", "text", "Lời", required=True)),
            "sự kiện item.commented/1 không chuyển trạng thái, nên bước không thể đến «b»",
        ),
        (register("item.advanced/1", four_eyes="neighbour"), "không biết «neighbour» là ai"),
    ],
)
def test_an_event_that_a_register_cannot_bear_is_told_with_its_step(flow: Workflow, words: str) -> None:
    assert [f"bước odd: {words}" in one or words in one for one in faults(flow)] == [True]


@pytest.mark.parametrize(
    "flow",
    [
        register("item.reopened/1", REASON),
        register("item.commented/1", Field("text", "text", "Lời", required=True), to=None),
        register("item.advanced/1", REASON, Field("more", "files", "Tệp"), four_eyes="submitter"),
    ],
)
def test_an_event_that_holds_what_its_step_asks_for_is_borne(flow: Workflow) -> None:
    assert faults(flow) == []


@pytest.fixture
def claims(tmp_path: Path) -> Plugins:
    """A plugin whose register stands in a file of its own."""
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "registers.py").write_text(CODE)
    exec(CODE, made := {})  # noqa: S102
    module = ModuleType("claims", "Sổ")
    module.__path__ = [str(folder)]
    module.workflows = hookimpl(lambda: [made["REGISTER"]])  # type: ignore[attr-defined]
    return plugins_from(claims=module)


def test_a_step_that_its_register_cannot_bear_is_told_with_file_and_line(claims: Plugins) -> None:
    line = next(number for number, text in enumerate(CODE.splitlines(), 1) if '"share"' in text)
    assert [fault.words for fault in contributions.faults(claims)] == [
        "Sổ theo dõi «claim» của trình cắm «claims»: bước share: sổ theo dõi không có phần việc,"
        f" nên không có sự kiện item.distributed/1; xem registers.py, dòng {line}."
    ]
    assert contributions.collect(claims).registers == ()


def test_where_no_code_names_the_step_the_hook_s_place_is_told() -> None:
    words = faults(msgspec.structs.replace(register("item.undone/1"), title="Sổ khác"))
    assert "xem test_bearing.py, dòng " in words[0]


def test_a_register_that_is_larger_than_an_event_of_the_log_is_told_and_not_used() -> None:
    long = Field("note", "text", "Ghi chú", hint="Rất dài. " * 8000)
    [words] = faults(register("item.commented/2", long))
    assert "sổ dài" in words and "nhiều nhất 60000" in words
