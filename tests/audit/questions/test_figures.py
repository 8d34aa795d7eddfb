"""Figures and files: each question with a planted hit and a near miss."""

import hashlib
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils.utils import sqlite3
from support.asking import ask, words_of
from support.issuing import ISSUE, say_numbering
from support.targets import accept_report, record, set_owner, targets_world
from support.world import RESULT, TASK, World

from cchc_flow.audit.questions.file_marks import forget_file
from cchc_flow.commands import measures
from cchc_flow.commands.commune_reports import issue_report
from cchc_flow.workflow.commands import Upload

FIRST, SECOND, THIRD = "2026-III.1.1", TASK, "2026-III.2.10"


@pytest.fixture
def world_of_targets(tmp_path: Path) -> World:
    return targets_world(tmp_path)


def correct(world: World, period: str, value: str, target: str = "II.2") -> None:
    data = {"value": value, "reason": "Cộng nhầm."}
    measures.correct_reading(world.ws, ("2026", target, 1), period, data, world.order("hoa"))


def hand_in(world: World, item: str, content: bytes, name: str = "báo cáo.pdf") -> None:
    world.take("hoa", "assign", item, lead="phong-kinh-te", support=[], due=None)
    world.take("lan", "start", item)
    evidence = [Upload(name, content, "application/pdf")]
    world.take("lan", "submit", item, **RESULT | {"evidence": evidence})


def test_a_figure_that_doubles_is_a_jump_and_one_that_grows_by_a_little_less_is_not(world_of_targets) -> None:
    world = world_of_targets
    world.wait(days=100)
    set_owner(world, "II.2")
    for period, value in (("2026-01", "40"), ("2026-02", "59.9"), ("2026-03", "90")):
        record(world, "lan", period, value, "II.2")
    assert words_of(ask(world.ws, "jumping-readings")) == [
        "Chỉ tiêu II.2 (tỷ lệ giải ngân vốn đầu tư công), kỳ tháng 3/2026: 90, kỳ liền trước: 59,9"
        " (lệch 50 %)."
    ]
    assert ask(world.ws, "jumping-readings", percent=40).total == 2


def test_a_figure_that_accumulates_is_held_against_even_growth_and_must_not_fall(world_of_targets) -> None:
    world = world_of_targets
    world.wait(days=130)
    set_owner(world, "II.2", accumulates=True)
    for period, value in (("2026-01", "10"), ("2026-02", "20"), ("2026-03", "60"), ("2026-04", "59")):
        record(world, "lan", period, value, "II.2")
    assert [words.partition(": ")[2] for words in words_of(ask(world.ws, "jumping-readings"))] == [
        "59, kỳ liền trước: 60 (số lũy kế mà lại giảm).",
        "60, kỳ liền trước: 20 (theo đà thì khoảng 30, lệch 100 %).",
    ]


def test_a_figure_corrected_after_the_units_report_is_found_and_one_typed_by_hand_is_not(
    world_of_targets,
) -> None:
    world = world_of_targets
    world.wait(days=40)
    for target in ("II.1", "II.2"):
        set_owner(world, target)
    accept_report(world, "2026-01", ("II.2", 1, "40"))
    record(world, "lan", "2026-01", "3", "II.1")
    correct(world, "2026-01", "4", "II.1")
    assert ask(world.ws, "changed-after-reporting").total == 0
    correct(world, "2026-01", "41")
    assert words_of(ask(world.ws, "changed-after-reporting")) == [
        "Chỉ tiêu II.2 (tỷ lệ giải ngân vốn đầu tư công), kỳ tháng 1/2026: sửa từ 40 thành 41, sau khi báo"
        " cáo của đơn vị có số liệu đó đã được chấp nhận."
    ]
    assert ask(world.ws, "changed-after-reporting", which="issued").total == 0


def test_a_figure_corrected_after_the_commune_issued_its_report_is_found_and_one_before_is_not(
    world_of_targets: World,
) -> None:
    world = world_of_targets
    world.wait(days=40)
    set_owner(world, "II.2")
    record(world, "lan", "2026-02", "40", "II.2")
    correct(world, "2026-02", "41")
    issue = replace(ISSUE, day="11/04/2026")
    issue_report(world.ws, "2026-02", issue, world.order("hoa"), say_numbering)
    assert ask(world.ws, "changed-after-reporting").total == 0
    world.wait(days=1)
    correct(world, "2026-02", "44")
    (hit,) = ask(world.ws, "changed-after-reporting", which="issued").hits
    assert hit.words.startswith("Chỉ tiêu II.2 (tỷ lệ giải ngân vốn đầu tư công), kỳ tháng 2/2026: sửa từ 41")
    assert "thành 44, sau khi báo cáo của xã có số liệu đó đã ban hành (số 1/" in hit.words
    assert [link.title for link in hit.links] == [
        "Sửa số liệu chỉ tiêu",
        "Ban hành báo cáo của xã",
        "Sửa số liệu chỉ tiêu",
    ]


def test_the_same_bytes_for_two_tasks_are_found_and_a_byte_more_is_not(world: World) -> None:
    hand_in(world, FIRST, b"%PDF-1.7 forty")
    hand_in(world, SECOND, b"%PDF-1.7 forty ")
    assert ask(world.ws, "same-file").total == 0
    hand_in(world, THIRD, b"%PDF-1.7 forty", name="tên khác.pdf")
    (hit,) = ask(world.ws, "same-file").hits
    assert [card.id for card in hit.cards] == [THIRD, FIRST]
    assert hit.words == "Tệp thứ 1 của lần nộp này đã nộp cho 2 công việc."
    assert len(hit.links) == 2
    assert ask(world.ws, "same-file", tasks=3).total == 0


def test_the_same_file_twice_for_one_task_and_an_empty_file_are_no_hit(world: World) -> None:
    hand_in(world, FIRST, b"%PDF-1.7 forty")
    world.take("hoa", "return", FIRST, reason="Thiếu.", defects="0")
    world.take("lan", "submit", FIRST, **RESULT | {"evidence": [Upload("b.pdf", b"%PDF-1.7 forty", "a/b")]})
    assert ask(world.ws, "same-file").total == 0


def test_a_mark_goes_with_the_file_and_does_not_come_back(world: World) -> None:
    for item in (FIRST, SECOND):
        hand_in(world, item, b"%PDF-1.7 forty")
    assert ask(world.ws, "same-file").total == 1
    digest = world.ws.log.stream(f"item-{FIRST}")[-1].data["evidence"][0]["content"]["digest"]
    world.ws.vault.erase(digest)
    forget_file(world.ws, digest)
    marks = (world.ws.private / "file_marks.db").read_bytes()
    assert digest.encode() not in marks
    assert ask(world.ws, "same-file").total == 0
    (world.ws.private / "file_marks.db").unlink()
    assert ask(world.ws, "same-file").total == 0


def test_the_marks_are_keyed_and_lie_among_the_private_files(world: World) -> None:
    for item in (FIRST, SECOND):
        hand_in(world, item, b"%PDF-1.7 forty")
    assert ask(world.ws, "same-file").total == 1
    marks = (world.ws.private / "file_marks.db").read_bytes()
    assert hashlib.sha256(b"%PDF-1.7 forty").hexdigest().encode() not in marks
    assert (world.ws.private / "file_marks.db").stat().st_mode & 0o077 == 0
    assert (world.ws.private / "file_marks.key").stat().st_mode & 0o077 == 0


def test_a_spoilt_store_is_made_anew(world: World) -> None:
    for item in (FIRST, SECOND):
        hand_in(world, item, b"%PDF-1.7 forty")
    (world.ws.private / "file_marks.db").write_bytes(b"no database" * 500)
    assert ask(world.ws, "same-file").total == 1


def test_a_hit_that_was_taken_out_of_a_store_comes_back_when_the_store_is_deleted(world: World) -> None:
    for item in (FIRST, SECOND):
        hand_in(world, item, b"%PDF-1.7 forty")
    assert ask(world.ws, "same-file").total == 1
    path = world.ws.private / "file_marks.db"
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("DELETE FROM signs")
    assert ask(world.ws, "same-file").total == 0
    path.unlink()
    assert ask(world.ws, "same-file").total == 1
