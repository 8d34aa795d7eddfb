"""Drawing, exporting and changing the version of a workflow from the command line."""

import pytest
from lxml import etree
from support.terminal import Terminal, open_terminal
from support.workflows import NEXT, NOW, next_version
from support.world import ASSIGN, TASK, World

from cchc_flow.cli import run
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.diagrams import bpmn, svg
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK as FLOW


@pytest.fixture
def migrating_terminal(world: World, world_clock: None, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the commune, whose tasks have a next version of their workflow."""
    run(["--data", str(world.data), "items"])  # the first command notes the plugins that it came with
    publish(world.ws, next_version(without="suspended"))
    return open_terminal(world.data, capsys)


@pytest.mark.parametrize(("command", "made"), [("draw", svg.draw_svg), ("export", bpmn.export_bpmn)])
def test_a_definition_is_written_to_a_file_and_written_over(migrating_terminal, tmp_path, command, made):
    out = tmp_path / "quy-trinh"
    out.write_text("cũ")
    result = migrating_terminal("workflow", command, "report", out)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Đã ghi quy trình «Báo cáo định kỳ của đơn vị» phiên bản 3 vào {out}.\n"
    assert out.read_text() == made(REPORT)


@pytest.mark.parametrize("command", ["draw", "export"])
def test_a_dash_prints_the_document_alone(migrating_terminal, command):
    result = migrating_terminal("workflow", command, "task", "-")
    assert (result.code, result.err) == (0, "")
    assert etree.fromstring(result.out.encode()) is not None


def test_the_newest_version_is_drawn_unless_another_is_named(migrating_terminal, tmp_path):
    migrating_terminal("workflow", "draw", "task", tmp_path / "next.svg")
    migrating_terminal("workflow", "draw", "task", tmp_path / "now.svg", "--version", str(NOW))
    assert "Kiểm tra hồ sơ" in (tmp_path / "next.svg").read_text()
    assert (tmp_path / "now.svg").read_text() == svg.draw_svg(FLOW)


def test_what_comes_with_the_program_is_drawn_without_any_workspace(terminal, tmp_path):
    assert terminal("workflow", "draw", "task", tmp_path / "task.svg").code == 0
    assert (tmp_path / "task.svg").read_text() == svg.draw_svg(FLOW)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words", [("draw", "viec", "-"), ("export", "viec", "-"), ("migrate", "viec", "--to", "2")]
)
def test_a_kind_that_is_not_there_is_one_line_that_names_those_that_are(migrating_terminal, words):
    result = migrating_terminal("workflow", *words)
    assert (result.code, result.out) == (2, "")
    assert (
        result.err.startswith("Không có quy trình «viec». Hãy chọn: task, ") and result.err.count("\n") == 1
    )
    assert "report" in result.err and "legal_document" in result.err


def test_a_version_that_was_not_published_is_one_line(migrating_terminal):
    for words in (("draw", "task", "-", "--version", "99"), ("migrate", "task", "--to", "99", "--dry-run")):
        result = migrating_terminal("workflow", *words)
        assert (result.code, result.out) == (1, "")
        assert result.err == "Quy trình «task» phiên bản 99 chưa được công bố trong nhật ký.\n"


def test_a_folder_that_cannot_be_written_to_is_one_line(migrating_terminal, tmp_path):
    result = migrating_terminal("workflow", "draw", "task", tmp_path / "none" / "out.svg")
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_a_migration_needs_a_person(migrating_terminal, world):
    size = world.ws.log.size()
    result = migrating_terminal("workflow", "migrate", "task", "--to", str(NEXT))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "cần một người chịu trách nhiệm. Hãy thêm «--as" in result.err
    assert world.ws.log.size() == size


def test_a_dry_run_tells_what_would_move_and_writes_nothing(migrating_terminal, world):
    world.take("hoa", "assign", **ASSIGN)
    size = world.ws.log.size()
    result = migrating_terminal("workflow", "migrate", "task", "--to", str(NEXT), "--dry-run")
    assert (result.code, result.err, world.ws.log.size()) == (0, "", size)
    assert result.out.splitlines() == [
        "Sẽ chuyển: 2026-III.1.1 Ban hành văn bản",
        "Sẽ chuyển: 2026-III.2.3.1 Rà soát thủ tục",
        "Sẽ chuyển: 2026-III.2.10 Công khai thủ tục",
        f"Sẽ chuyển 3 công việc sang phiên bản {NEXT}; 0 việc đã theo phiên bản này; "
        "0 việc đã kết thúc giữ nguyên phiên bản.",
    ]


def test_what_does_not_fit_is_said_line_by_line_and_ends_with_an_error(migrating_terminal, world):
    world.take("hoa", "suspend", reason="Chờ hướng dẫn")
    result = migrating_terminal("--as", "hoa", "workflow", "migrate", "task", "--to", str(NEXT))
    assert (result.code, result.err) == (1, f"1 công việc không chuyển được sang phiên bản {NEXT}.\n")
    kept = (
        "Giữ nguyên: 2026-III.2.3.1 Rà soát thủ tục: đang ở «Tạm dừng», "
        f"phiên bản {NEXT} không có trạng thái này"
    )
    assert kept in result.out.splitlines()
    assert f"Đã chuyển 2 công việc sang phiên bản {NEXT}; 0 việc đã theo" in result.out


def test_a_second_migration_says_that_all_are_there(migrating_terminal, world):
    command = ("--as", "hoa", "workflow", "migrate", "task", "--to", str(NEXT))
    assert migrating_terminal(*command, "--item", TASK).out.startswith(f"Đã chuyển: {TASK} Rà soát thủ tục\n")
    size = world.ws.log.size()
    assert migrating_terminal(*command, "--item", TASK).out == (
        f"Đã chuyển 0 công việc sang phiên bản {NEXT}; 1 việc đã theo phiên bản này; "
        "0 việc đã kết thúc giữ nguyên phiên bản.\n"
    )
    assert world.ws.log.size() == size
