"""`log`: an item's life in sentences, and the bodies that are stored."""

import json
from pathlib import Path

import pytest
from support.terminal import Said, Terminal
from support.world import DOCUMENT, PLAN, TASK, TASKS, World

from cchc_flow import commands
from cchc_flow.cli import run
from cchc_flow.commands import Adoption


@pytest.fixture
def log(world: World, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run `cchc-flow log` over the commune."""
    return lambda *words: said_by(world.data, capsys, *words)


def said_by(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    capsys.readouterr()
    code = run(["--data", str(data), "log", *words])
    printed = capsys.readouterr()
    return Said(code, printed.out, printed.err)


def test_the_life_of_an_item_is_told_from_its_beginning_with_what_was_typed_and_handed_in(log, world):
    world.submitted()
    result = log(TASK)
    assert (result.code, result.err) == (0, "")
    first, *told = result.out.splitlines()
    assert first == f"{TASK}  Rà soát thủ tục"
    events = commands.load_item(world.ws, TASK).events
    moments = [f"{event.position:>5}  8 giờ 00 ngày 02/03/2026" for event in events]
    assert [line for line in told if not line.startswith("       ")] == moments
    assert "       Trần Thị Lan (Phòng Kinh tế) đã nộp kết quả" in result.out
    assert told[-2:] == ["       Kết quả: Đã rà soát 40 thủ tục.", "       Tệp: báo cáo.pdf (14 byte)"]


def test_an_item_is_found_by_its_reference_in_the_plan(log):
    assert log("iii.2.3.1").out == log(TASK).out != ""


def test_an_item_that_is_not_there_is_refused_in_one_sentence(log):
    result = log("III.9.9")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "Không có công việc «III.9.9», hoặc bạn không được xem." in result.err


def test_of_two_items_with_one_reference_the_id_is_asked_for(log, world):
    plan = dict(PLAN) | {"closing_day": "2027-12-31"}
    commands.adopt_plan(world.ws, Adoption(2027, plan, DOCUMENT, TASKS, ()), world.order())
    result = log("III.1.1")
    assert (result.code, result.out) == (2, "")
    assert "2026-III.1.1, 2027-III.1.1" in result.err
    assert log("2027-III.1.1").code == 0


def test_a_reference_means_the_whole_and_an_id_its_part(log, world):
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="monthly")
    assert log("III.2.3.1").out.startswith(f"{TASK}  ")
    assert log(f"{TASK}:tram-y-te:2026-03").out.startswith(f"{TASK}:tram-y-te:2026-03  ")


def test_json_holds_the_bodies_byte_for_byte_with_their_positions(log, world):
    world.submitted()
    result = log(TASK, "--json")
    events = commands.load_item(world.ws, TASK).events
    assert [row["position"] for row in json.loads(result.out)] == [event.position for event in events]
    for event in events:
        body = world.ws.log.body(event.position).decode()
        assert f'{{"position":{event.position},"body":{body}}}' in result.out


def test_what_somebody_typed_gives_the_terminal_no_orders(log, world):
    world.take("hoa", "comment", text="xong\x1b[2Jrồi\r\nhết")
    assert "\x1b" not in log(TASK).out
    assert "       hết" in log(TASK).out.splitlines()
