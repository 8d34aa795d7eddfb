"""A plugin whose reactions fail is asked again, after pauses that grow, and the people are told."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.misbehaving import read, site_of
from support.plugging import plugged
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.commands.reaction_retries import FILE, LONGEST_PAUSE, RetryQueue, has_due_retries, pause_after
from cchc_flow.hookspecs import Opening, Taking, hookimpl
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections.cards import items
from cchc_flow.web.daily import DailyRound
from cchc_flow.workflow.definition import State, Transition, Workflow
from cchc_flow.workflow.item import Item

NOTE = Workflow(
    "reminder_note",
    1,
    "Phiếu nhắc",
    "drafted",
    (State("drafted", "Chưa gửi"), State("sent", "Đã gửi", final=True)),
    (
        Transition(
            name="send", title="Gửi", fact="sendings", event="item.advanced/1", from_=("drafted",), to="sent",
            by=("lead_unit",),
        ),
    ),
    openers=("coordinator",),
)  # fmt: skip


class Noting:
    """Phiếu nhắc"""

    def __init__(self) -> None:
        self.is_broken = True
        self.asked: list[str] = []

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [NOTE]

    @hookimpl
    def react(self, event: str, item: Item) -> list[Opening | Taking]:
        if item.kind != "task" or event.startswith("item.opened"):
            return []
        self.asked.append(event)
        if self.is_broken:
            raise RuntimeError("máy in hỏng")
        return [Opening(key="note", kind="reminder_note", title=f"Nhắc {event}", lead="phong-kinh-te")]


@pytest.fixture
def noting() -> Noting:
    return Noting()


@pytest.fixture
def known(noting: Noting) -> Plugins:
    return plugged(noting=noting)


@pytest.fixture
def world(tmp_path: Path, known: Plugins) -> World:
    return World(tmp_path / "data", plugins=known).settle()


def note_count(world: World) -> int:
    return len(items.items_of_kind(world.ws.read(), "reminder_note", None, {}))


def retry_after(world: World, pause: timedelta) -> int:
    """Let a pause pass, and ask how many reactions were made up for."""
    world.time += pause
    return commands.retry_reactions(world.ws)


def test_a_reaction_that_failed_is_tried_again_after_a_minute_and_not_before(
    world: World, noting: Noting
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    noting.is_broken = False
    assert (retry_after(world, timedelta(seconds=59)), note_count(world)) == (0, 0)
    assert (retry_after(world, timedelta(seconds=1)), note_count(world)) == (1, 1)
    assert RetryQueue(world.ws.private).retries() == []
    assert noting.asked == ["item.assigned/1"] * 2


def test_the_pauses_grow_up_to_a_day(world: World, noting: Noting) -> None:
    world.take("hoa", "assign", **ASSIGN)
    noting.asked.clear()
    for attempts in range(1, 14):
        assert retry_after(world, pause_after(attempts) - timedelta(seconds=1)) == 0
        assert len(noting.asked) == attempts - 1
        assert retry_after(world, timedelta(seconds=1)) == 0
        assert len(noting.asked) == attempts
    assert [pause_after(number).total_seconds() / 60 for number in (1, 2, 3, 11)] == [1, 2, 4, 1024]
    assert pause_after(12) == pause_after(1_000_000) == LONGEST_PAUSE


def test_a_plugin_that_fails_again_and_again_is_not_asked_about_every_new_event(
    world: World, noting: Noting
) -> None:
    world.submitted()
    assert len(noting.asked) == 3
    world.take("hoa", "return", reason="Thiếu phụ lục.", defects="1")
    assert len(noting.asked) == 3
    assert len(RetryQueue(world.ws.private).retries()) == 4
    noting.is_broken = False
    assert (retry_after(world, timedelta(minutes=1)), note_count(world)) == (4, 4)


def test_one_that_fails_three_times_in_a_row_is_left_alone_for_all_its_events(
    world: World, noting: Noting
) -> None:
    world.submitted()
    world.take("hoa", "return", reason="Thiếu phụ lục.", defects="1")
    world.take("lan", "submit", **RESULT)
    noting.asked.clear()
    assert retry_after(world, timedelta(minutes=1)) == 0
    assert len(noting.asked) == 3
    assert retry_after(world, timedelta(seconds=119)) == 0
    assert len(noting.asked) == 3
    noting.is_broken = False
    assert (retry_after(world, timedelta(seconds=1)), note_count(world)) == (5, 5)


def test_catching_up_waits_for_no_pause_and_makes_nothing_twice(world: World, noting: Noting) -> None:
    world.take("hoa", "assign", **ASSIGN)
    noting.is_broken = False
    catch_up_reactions(world.ws)
    catch_up_reactions(world.ws)
    assert (note_count(world), retry_after(world, timedelta(days=1))) == (1, 0)


def test_what_a_plugin_that_is_switched_off_had_to_do_is_dropped(world: World, noting: Noting) -> None:
    world.take("hoa", "assign", **ASSIGN)
    commands.switch_plugin(world.ws, "noting", False, world.order("hoa"), reason="Máy in hỏng.")
    noting.is_broken = False
    retry_after(world, timedelta(minutes=1))
    assert (note_count(world), RetryQueue(world.ws.private).retries()) == (0, [])


def test_what_a_missing_plugin_has_to_do_waits_until_it_is_back(
    world: World, noting: Noting, known: Plugins
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    noting.is_broken = False
    world.ws.plugins = plugged()
    retry_after(world, timedelta(minutes=1))
    assert len(RetryQueue(world.ws.private).retries()) == 1
    world.ws.plugins = known
    assert (retry_after(world, timedelta(0)), note_count(world)) == (1, 1)


def test_a_retry_of_an_event_that_the_log_does_not_have_any_more_is_dropped(
    world: World, noting: Noting
) -> None:
    other = World(world.data, "xa-hai", world.ws.plugins).settle()
    for commune in (world, other):
        commune.take("hoa", "assign", **ASSIGN)
    (world.ws.private / FILE).write_bytes((other.ws.private / FILE).read_bytes())
    asked = len(noting.asked)
    retry_after(world, timedelta(minutes=1))
    assert (len(noting.asked), RetryQueue(world.ws.private).retries()) == (asked, [])


def test_the_page_of_the_area_and_the_check_of_the_machine_say_what_fails_and_what_comes_next(
    world: World, known: Plugins
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    sentence = (
        "Lĩnh vực «Phiếu nhắc» chưa làm được việc tự động theo 1 sự kiện, kể từ 8 giờ 00 ngày 02/03/2026:"
        " RuntimeError: máy in hỏng. Việc này được tự động thử lại, lần tới lúc 8 giờ 01 ngày 02/03/2026."
    )
    assert [fault.words for fault in commands.workspace_faults(world.ws)] == [sentence]
    assert sentence in read(site_of(world, known), "areas/noting")


def test_a_server_tries_again_between_its_daily_rounds(world: World, noting: Noting, known: Plugins) -> None:
    daily = DailyRound(world.data, world.ws.now, plugins=known)
    daily.run_due_rounds()
    world.take("hoa", "assign", **ASSIGN)
    noting.is_broken = False
    daily.run_due_rounds()
    assert note_count(world) == 0
    world.wait(minutes=1)
    assert has_due_retries(world.ws.private, world.ws.now())
    daily.run_due_rounds()
    assert note_count(world) == 1


@pytest.mark.parametrize(
    "spoil",
    [lambda file: file.write_bytes(b"hong" * 999), lambda file: file.unlink(missing_ok=True)],
    ids=["spoilt", "deleted"],
)
def test_without_its_file_of_retries_a_step_is_taken_and_the_next_round_makes_up(
    world: World, noting: Noting, spoil: Callable[[Path], None]
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    spoil(world.ws.private / FILE)
    noting.is_broken = False
    world.take("lan", "start", TASK)
    assert note_count(world) == 1
    catch_up_reactions(world.ws)
    assert note_count(world) == 2


def test_a_failure_that_cannot_be_noted_leaves_the_step_taken_and_the_event_to_the_next_round(
    world: World, noting: Noting
) -> None:
    (world.ws.private / FILE).mkdir()
    world.take("hoa", "assign", **ASSIGN)
    assert items.item(world.ws.read(), TASK).state == "assigned"
    (world.ws.private / FILE).rmdir()
    noting.is_broken = False
    catch_up_reactions(world.ws)
    assert note_count(world) == 1


def test_the_file_is_for_the_program_alone(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert (world.ws.private / FILE).stat().st_mode & 0o777 == 0o600
