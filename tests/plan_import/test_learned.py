"""What people corrected in one plan is right in the next; what was learned is never trusted blindly."""

import logging

import pytest
from msgspec.structs import replace
from support.corrected_plans import AREAS, FIRST, HABIT, SECOND, corrections_of, lines_of, roles_of
from support.world import World, adoption

from cchc_flow import commands
from cchc_flow.commands.plan_learning import discard_learning
from cchc_flow.plan_import import learned
from cchc_flow.plan_import.learned import FILE, find_learning, keep_learned, learn, learned_weights
from cchc_flow.plan_import.roles.weights import format_weights, shipped_weights
from cchc_flow.plan_import.training.labels import read_lines
from cchc_flow.plan_import.training.local import learn_locally
from cchc_flow.workflow.commands import Upload


@pytest.fixture
def world(new_world: World) -> World:
    """A commune whose plan was adopted with corrections."""
    document = Upload("ke-hoach.txt", FIRST.encode(), "text/plain")
    plan = replace(adoption(document), corrections=corrections_of(FIRST))
    commands.adopt_plan(new_world.ws, plan, new_world.order())
    return new_world.add_people()


def test_what_was_corrected_in_one_plan_is_right_in_the_next_and_nothing_else_changes(world: World) -> None:
    assert set(roles_of(SECOND, None).values()) == {"task"}
    learn(world.ws, AREAS)
    weights = learned_weights(world.ws)
    assert set(roles_of(SECOND, weights).values()) == {"other"}
    usual = "\n".join(line for line in SECOND.splitlines() if not line.startswith(HABIT))
    assert lines_of(usual, weights) == lines_of(usual, None)


def test_the_same_corrections_give_the_same_weights() -> None:
    documents = [(read_lines("ke-hoach.txt", FIRST.encode()), {15: "other"})]
    first, second = (learn_locally(shipped_weights(), documents, AREAS, seconds=60) for _ in range(2))
    assert format_weights(first) == format_weights(second) != format_weights(shipped_weights())


def test_learning_ends_in_time_with_what_it_has(world: World) -> None:
    assert learn(world.ws, AREAS, seconds=0.0).is_used
    assert learned_weights(world.ws) == shipped_weights()


def test_nothing_is_learned_without_corrections(new_world: World) -> None:
    new_world.settle()
    assert not learn(new_world.ws, AREAS).is_used
    assert not (new_world.ws.folder / FILE).exists()


@pytest.mark.parametrize("damage", [b"", b"{}", b"x", b"cut"])
def test_a_damaged_file_is_not_used_and_made_again(world: World, damage: bytes) -> None:
    learn(world.ws, AREAS, seconds=0.0)
    path = world.ws.folder / FILE
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage == b"cut" else damage)
    assert learned_weights(world.ws) is None
    keep_learned(world.ws, AREAS, seconds=0.0)
    assert learned_weights(world.ws) is not None


def test_an_edited_weight_is_not_used(world: World) -> None:
    learn(world.ws, AREAS, seconds=0.0)
    path = world.ws.folder / FILE
    path.write_bytes(path.read_bytes().replace(b'"calibration": [[', b'"calibration": [[1,1],[', 1))
    assert learned_weights(world.ws) is None


def test_what_another_version_of_the_program_learned_is_not_used(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(world.ws, AREAS, seconds=0.0)
    monkeypatch.setattr(learned, "_shipped_digest", lambda: "0" * 64)
    assert learned_weights(world.ws) is None


def test_discarding_brings_back_the_reading_of_the_program_as_it_came(world: World) -> None:
    learn(world.ws, AREAS, seconds=0.0)
    discard_learning(world.ws, world.order("hoa"))
    assert learned_weights(world.ws) is None
    assert find_learning(world.ws).lines == 0
    learn(world.ws, AREAS)
    assert not (world.ws.folder / FILE).exists()


def test_a_document_that_is_lost_is_learned_nothing_from(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for path in (world.ws.folder / "vault").rglob("*"):
        if path.is_file():
            path.unlink()
    with caplog.at_level(logging.WARNING):
        assert not learn(world.ws, AREAS).is_used
    assert "cannot be read again" in caplog.text


def test_a_line_whose_text_is_another_one_teaches_nothing(new_world: World) -> None:
    document = Upload("ke-hoach.txt", FIRST.encode(), "text/plain")
    wrong = tuple(replace(one, fingerprint="0" * 16) for one in corrections_of(FIRST))
    commands.adopt_plan(new_world.ws, replace(adoption(document), corrections=wrong), new_world.order())
    assert not learn(new_world.ws, AREAS).is_used


def test_learning_stops_when_its_time_is_over() -> None:
    times = iter([0.0, 0.0, *[100.0] * 1000])
    weights = learn_locally(shipped_weights(), [], AREAS, seconds=10, clock=lambda: next(times))
    assert weights == shipped_weights()
