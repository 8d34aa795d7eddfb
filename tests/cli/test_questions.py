"""`ask`: the questions that are ready, and the answer to one."""

import json
import re

import pytest
from support.terminal import Terminal, open_terminal
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.audit.questions.answering import load_all_hits, load_answer

OTHER = "2026-III.1.1"


@pytest.fixture
def ask(world: World, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run commands over a commune in which a result was approved two seconds after it came."""
    world.submitted()
    world.wait(seconds=2)
    world.take("hoa", "approve", quality="met")
    terminal = open_terminal(world.data, capsys)
    return lambda *words: terminal("ask", *words)


def test_without_a_name_every_question_is_listed_with_its_parameters(ask: Terminal) -> None:
    said = ask()
    assert said.code == 0
    assert "  approved-too-soon: Duyệt quá nhanh" in said.out
    assert "      seconds=300  Chậm nhất sau: 1 đến 86400 giây" in said.out
    assert "      since=submission  Tính từ khi: submission, opening" in said.out


def test_an_answer_has_the_rule_the_hits_and_the_events_behind_them(ask: Terminal, world: World) -> None:
    said = ask("approved-too-soon", "--param", "seconds=2")
    last = world.ws.log.size()
    assert said.code == 0
    assert "Quy tắc: Kết quả được duyệt chậm nhất 2 giây sau khi nộp." in said.out
    assert "1 trường hợp." in said.out and "Duyệt sau khi nộp 2 giây; người nộp: Trần Thị Lan." in said.out
    assert f"sự kiện: {last - 1}, {last}" in said.out
    assert "0 trường hợp." in ask("approved-too-soon", "--param", "seconds=1").out
    (hit,) = json.loads(ask("approved-too-soon", "--json").out)
    assert (hit["items"], hit["who"], hit["events"]) == ([TASK], "Lê Thị Hoa", [last - 1, last])


def test_all_hits_are_printed_as_json_and_the_text_tells_how_to_get_the_rest(
    ask: Terminal, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take("hoa", "assign", OTHER, **ASSIGN)
    world.take("lan", "start", OTHER)
    world.take("lan", "submit", OTHER, **RESULT)
    world.take("hoa", "approve", OTHER, quality="met")
    monkeypatch.setattr(load_answer, "__defaults__", (1,))
    monkeypatch.setattr(load_all_hits, "__defaults__", (1,))
    positions = [hit["position"] for hit in json.loads(ask("approved-too-soon", "--json").out)]
    assert len(positions) == len(set(positions)) == 2
    shown = ask("approved-too-soon").out
    assert "2 trường hợp." in shown and "hoặc thêm --json để in tất cả." in shown
    further = re.search(r"--param (after=\S+) để xem tiếp", shown)
    assert further and "Còn nữa" not in ask("approved-too-soon", "--param", further[1]).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("too-soon",), "Không có câu hỏi «too-soon»"),
        (("approved-too-soon", "--param", "second=2"), "không có tham số «second»"),
        (("approved-too-soon", "--param", "seconds"), "Tham số «seconds» thiếu giá trị."),
        (("approved-too-soon", "--param", "seconds=0"), "phải là số nguyên từ 1 đến 86.400"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(
    ask: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    said = ask(*words)
    assert said.code in (1, 2) and sentence in said.err and said.err.count("\n") == 1
    assert said.out == ""
