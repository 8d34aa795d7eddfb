"""`cchc-flow export`: a new file, or a sentence that says why there is none, and then nothing is recorded."""

import os
from pathlib import Path

import pytest
from support.terminal import Terminal
from support.world import TASK, World

from cchc_flow.audit.exports.formats import FORMATS

pytestmark = pytest.mark.usefixtures("world_clock")


def exported(world: World) -> list[dict[str, object]]:
    return [event.data for event in world.ws.log.read_events() if event.type == "log.exported/1"]


def test_a_view_is_written_to_a_new_file_and_recorded(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    said = terminal("export", "jsonl", tmp_path / "out.jsonl", "--item", TASK, "--from", "02/03/2026")
    assert (said.code, said.out) == (0, "")
    (record,) = exported(world)
    assert said.err == (f"Đã ghi 1 sự kiện vào «{tmp_path / 'out.jsonl'}», SHA-256 {record['digest']}.\n")
    assert record["view"] == {"item": TASK, "from": "2026-03-02"}
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 1
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_overwritten(world: World, terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    said = terminal("export", "csv", tmp_path / "out.csv")
    assert said.code == 1
    assert "đã có tệp cùng tên. Hãy chọn tên khác." in said.err
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert exported(world) == []


@pytest.mark.parametrize("name", ["csv", "xlsx", "ocel-sqlite", "xes"])
def test_a_place_that_cannot_be_written_is_told_and_nothing_is_recorded(
    world: World, terminal: Terminal, tmp_path: Path, name: str
) -> None:
    said = terminal("export", name, tmp_path / "nowhere" / "out")
    assert (said.code, said.out) == (1, "")
    assert "không có tệp hoặc thư mục này. Hãy chọn nơi khác." in said.err
    assert exported(world) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what xlsxwriter leaves open
@pytest.mark.parametrize("name", FORMATS)
def test_of_a_disk_that_fills_up_no_half_file_stays(
    world: World, terminal: Terminal, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "with_name", lambda path, _: path.parent / "full.part")
    (tmp_path / "full.part").symlink_to("/dev/full")
    said = terminal("export", name, tmp_path / "out")
    assert said.code == 1
    assert "Không ghi được tệp" in said.err
    assert exported(world) == []
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == []


def test_an_unknown_format_and_a_wrong_filter_are_told_in_one_line(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    said = terminal("export", "pdf", tmp_path / "out")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "Không có định dạng «pdf»" in said.err
    said = terminal("export", "csv", tmp_path / "out", "--person", "khong.co")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "không có «khong.co» để lọc" in said.err
    many = ("--person", "a", "--unit", "b", "--from", "hôm qua", "--to", "32/01/2026")
    said = terminal("export", "csv", tmp_path / "out", *many)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "«hôm qua» không phải là một ngày" in said.err and "không có «b» để lọc" in said.err
    assert not os.path.lexists(tmp_path / "out")
    assert exported(world) == []


def test_who_may_not_read_the_whole_log_gets_no_file(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    said = terminal("--as", "lan", "export", "csv", tmp_path / "out")
    assert said.code == 1
    assert "Chỉ các vai trò sau được tải nhật ký về" in said.err
    assert not (tmp_path / "out").exists()
