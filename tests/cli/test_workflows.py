"""Drawing, exporting and changing the version of a workflow from the command line."""

from pathlib import Path

import pytest
from lxml import etree
from support.terminal import Said, Terminal
from support.workflows import NEXT, NOW, next_version
from support.world import ASSIGN, TASK, World

from cchc_flow.cli import run
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.diagrams import bpmn, svg
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK as FLOW


@pytest.fixture
def told(world: World, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the commune, whose tasks have a next version of their workflow."""
    run(["--data", str(world.data), "items"])  # the first command notes the plugins that it came with
    publish(world.ws, next_version(without="suspended"))

    def type_in(*words: str | Path) -> Said:
        capsys.readouterr()
        code = run(["--data", str(world.data), *map(str, words)])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return type_in


@pytest.mark.parametrize(("command", "made"), [("draw", svg.draw_svg), ("export", bpmn.export_bpmn)])
def test_a_definition_is_written_to_a_file_and_written_over(told, tmp_path, command, made):
    out = tmp_path / "quy-trinh"
    out.write_text("cũ")
    said = told("workflow", command, "report", out)
    assert (said.code, said.out) == (0, "")
    assert said.err == f"Đã ghi quy trình «Báo cáo định kỳ của đơn vị» phiên bản 1 vào {out}.\n"
    assert out.read_text() == made(REPORT)


@pytest.mark.parametrize("command", ["draw", "export"])
def test_a_dash_prints_the_document_alone(told, command):
    said = told("workflow", command, "task", "-")
    assert (said.code, said.err) == (0, "")
    assert etree.fromstring(said.out.encode()) is not None


def test_the_newest_version_is_drawn_unless_another_is_named(told, tmp_path):
    told("workflow", "draw", "task", tmp_path / "next.svg")
    told("workflow", "draw", "task", tmp_path / "now.svg", "--version", str(NOW))
    assert "Kiểm tra hồ sơ" in (tmp_path / "next.svg").read_text()
    assert (tmp_path / "now.svg").read_text() == svg.draw_svg(FLOW)


def test_what_comes_with_the_program_is_drawn_without_any_workspace(terminal, tmp_path):
    assert terminal("workflow", "draw", "task", tmp_path / "task.svg").code == 0
    assert (tmp_path / "task.svg").read_text() == svg.draw_svg(FLOW)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words", [("draw", "viec", "-"), ("export", "viec", "-"), ("migrate", "viec", "--to", "2")]
)
def test_a_kind_that_is_not_there_is_one_line_that_names_those_that_are(told, words):
    said = told("workflow", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Không có quy trình «viec». Hãy chọn: task, ") and said.err.count("\n") == 1
    assert "report" in said.err and "legal_document" in said.err


def test_a_version_that_was_not_published_is_one_line(told):
    for words in (("draw", "task", "-", "--version", "99"), ("migrate", "task", "--to", "99", "--dry-run")):
        said = told("workflow", *words)
        assert (said.code, said.out) == (1, "")
        assert said.err == "Quy trình «task» phiên bản 99 chưa được công bố trong nhật ký.\n"


def test_a_folder_that_cannot_be_written_to_is_one_line(told, tmp_path):
    said = told("workflow", "draw", "task", tmp_path / "none" / "out.svg")
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_migration_needs_a_person(told, world):
    size = world.ws.log.size()
    said = told("workflow", "migrate", "task", "--to", str(NEXT))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "cần một người chịu trách nhiệm. Hãy thêm «--as" in said.err
    assert world.ws.log.size() == size


def test_a_dry_run_tells_what_would_move_and_writes_nothing(told, world):
    world.take("hoa", "assign", **ASSIGN)
    size = world.ws.log.size()
    said = told("workflow", "migrate", "task", "--to", str(NEXT), "--dry-run")
    assert (said.code, said.err, world.ws.log.size()) == (0, "", size)
    assert said.out.splitlines() == [
        "Sẽ chuyển: 2026-III.1.1 Ban hành văn bản",
        "Sẽ chuyển: 2026-III.2.3.1 Rà soát thủ tục",
        "Sẽ chuyển: 2026-III.2.10 Công khai thủ tục",
        f"Sẽ chuyển 3 công việc sang phiên bản {NEXT}; 0 việc đã theo phiên bản này; "
        "0 việc đã kết thúc giữ nguyên phiên bản.",
    ]


def test_what_does_not_fit_is_said_line_by_line_and_ends_with_an_error(told, world):
    world.take("hoa", "suspend", reason="Chờ hướng dẫn")
    said = told("--as", "hoa", "workflow", "migrate", "task", "--to", str(NEXT))
    assert (said.code, said.err) == (1, f"1 công việc không chuyển được sang phiên bản {NEXT}.\n")
    kept = (
        "Giữ nguyên: 2026-III.2.3.1 Rà soát thủ tục: đang ở «Tạm dừng», "
        f"phiên bản {NEXT} không có trạng thái này"
    )
    assert kept in said.out.splitlines()
    assert f"Đã chuyển 2 công việc sang phiên bản {NEXT}; 0 việc đã theo" in said.out


def test_a_second_migration_says_that_all_are_there(told, world):
    command = ("--as", "hoa", "workflow", "migrate", "task", "--to", str(NEXT))
    assert told(*command, "--item", TASK).out.startswith(f"Đã chuyển: {TASK} Rà soát thủ tục\n")
    size = world.ws.log.size()
    assert told(*command, "--item", TASK).out == (
        f"Đã chuyển 0 công việc sang phiên bản {NEXT}; 1 việc đã theo phiên bản này; "
        "0 việc đã kết thúc giữ nguyên phiên bản.\n"
    )
    assert world.ws.log.size() == size
