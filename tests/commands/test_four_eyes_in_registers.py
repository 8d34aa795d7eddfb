"""Nobody judges in a register what he wrote or handed on himself, whatever his roles."""

from pathlib import Path

import pytest
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import FourEyes, NotAllowed
from cchc_flow.hookspecs import hookimpl
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import Field, State, Transition, Workflow

DOERS = ("coordinator", "lead_unit")


def step(
    name: str, from_: str, to: str | None, *, by: tuple[str, ...] = DOERS, four_eyes: str | None = None
) -> Transition:
    return Transition(
        name=name, title=name, fact=f"{name}s", event="item.advanced/1", from_=(from_,), to=to, by=by,
        four_eyes=four_eyes, fields=(Field("words", "line", "Ghi chú"),),
    )  # fmt: skip


REGISTER = Workflow(
    "proposal",
    1,
    "Đề xuất",
    "written",
    (
        State("written", "Mới ghi"),
        State("review", "Chờ duyệt"),
        State("approved", "Đã duyệt"),
        State("done", "Xong", final=True),
    ),
    (
        step("hand", "written", "review"),
        step("note", "review", None),
        step("recall", "review", "written", by=("submitter",)),
        step("approve", "review", "approved", four_eyes="submitter"),
        step("skip", "written", "done", four_eyes="submitter"),
        step("finish", "approved", "done"),
    ),
    openers=("coordinator",),
)


class Proposals:
    """Đề xuất"""

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [REGISTER]


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "data", plugins=plugged(proposals=Proposals())).settle()
    commands.grant_role(world.ws, "lan", "coordinator", world.order())
    return world


@pytest.fixture
def entry(world: World) -> str:
    """An entry that `hoa` wrote."""
    given = {"title": "Đề xuất 1", "lead": "phong-kinh-te"}
    return commands.open_entry(world.ws, "proposal", given, world.order("hoa")).item.id


def state(world: World, entry: str) -> str:
    return items.item(world.ws.read(), entry).state


def test_who_handed_an_entry_on_does_not_approve_it_and_another_does(world: World, entry: str) -> None:
    world.take("lan", "hand", entry)
    with pytest.raises(FourEyes, match="Không ai được «approve» mục do chính mình ghi hoặc chuyển đến đây"):
        world.take("lan", "approve", entry)
    world.take("hoa", "approve", entry)
    assert state(world, entry) == "approved"


def test_who_wrote_an_entry_does_not_judge_it_before_anybody_moved_it(world: World, entry: str) -> None:
    with pytest.raises(FourEyes):
        world.take("hoa", "skip", entry)
    world.take("lan", "skip", entry)
    assert state(world, entry) == "done"


def test_a_step_that_leaves_an_entry_where_it_is_hands_nothing_on(world: World, entry: str) -> None:
    world.take("lan", "hand", entry)
    world.take("hoa", "note", entry, words="Đã xem")
    with pytest.raises(FourEyes):
        world.take("lan", "approve", entry)
    world.take("hoa", "approve", entry)


def test_an_undone_approval_does_not_make_the_approver_the_one_who_handed_it_on(
    world: World, entry: str
) -> None:
    world.take("lan", "hand", entry)
    world.take("hoa", "approve", entry)
    commands.undo_step(world.ws, entry, world.order("hoa"))
    with pytest.raises(FourEyes):
        world.take("lan", "approve", entry)
    world.take("hoa", "approve", entry)


def test_who_handed_an_entry_on_may_recall_it_and_nobody_else(world: World, entry: str) -> None:
    world.take("lan", "hand", entry)
    with pytest.raises(NotAllowed):
        world.take("binh", "recall", entry)
    world.take("lan", "recall", entry)
    assert state(world, entry) == "written"
