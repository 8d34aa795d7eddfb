"""The commands that keep a workspace safe, as they are typed."""

import shutil
import subprocess
from pathlib import Path

from support.terminal import Terminal

from cchc_flow.samples import SAMPLE_PLAN

OLD = Path(__file__).parents[1] / "fixtures" / "data_2ee1401" / "data"


def test_a_workspace_is_backed_up_by_one_command_that_says_what_the_file_holds(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    said = terminal("backup", tmp_path / "b.tar")
    assert said.code == 0 and "đã đọc lại và khớp" in said.out and "sự kiện" in said.out
    assert "Khóa niêm phong không nằm trong tệp" in said.err and "cất kín" in said.err
    assert "keys/" not in subprocess.check_output(["tar", "-tf", tmp_path / "b.tar"], text=True)


def test_a_backup_with_the_key_says_what_that_means(terminal: Terminal, tmp_path: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    assert "viết lại được nhật ký" in terminal("backup", "--with-key", tmp_path / "b.tar").err
    assert "viết lại được nhật ký" in " ".join(terminal("backup", "--help").out.split())


def test_a_lost_content_is_told_with_exit_code_1(terminal: Terminal, data: Path, tmp_path: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    lost = next((data / "default/vault").glob("??/*"))
    lost.unlink()
    said = terminal("backup", tmp_path / "b.tar")
    assert said.code == 1 and lost.name in said.err and (tmp_path / "b.tar").is_file()


def test_a_folder_that_is_not_there_is_told_in_words(terminal: Terminal, tmp_path: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    said = terminal("backup", tmp_path / "nowhere" / "b.tar")
    assert said.code == 1 and "không có tệp hoặc thư mục này" in said.err


def test_a_workspace_is_restored_into_a_new_folder_and_goes_on(terminal: Terminal, tmp_path: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("backup", tmp_path / "b.tar")
    said = terminal("restore", tmp_path / "b.tar", "--to", tmp_path / "new")
    assert said.code == 0 and "Đã khôi phục vào" in said.out and "Khóa niêm phong mới" in said.err
    assert terminal("--data", tmp_path / "new", "verify").code == 0
    added = ("user", "add", "lan", "--name", "Lan", "--role", "officer")
    assert terminal("--data", tmp_path / "new", *added).code == 0


def test_over_what_is_there_an_older_state_is_told_and_every_command_goes_on(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("backup", tmp_path / "b.tar")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    said = terminal("restore", tmp_path / "b.tar")
    assert said.code == 0 and "máy này đã thấy" in said.err and "được giữ ở" in said.err
    assert terminal("items").code == 0
    assert terminal("verify", "--all").code == 0
    assert "Không có người dùng «lan»" in terminal("--as", "lan", "items").err


def test_a_check_says_what_a_backup_holds_and_changes_nothing(
    terminal: Terminal, data: Path, tmp_path: Path
) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("backup", tmp_path / "b.tar")
    before = sorted(data.rglob("*"))
    assert "Bản sao lưu nguyên vẹn" in terminal("restore", "--check", tmp_path / "b.tar").out
    assert sorted(data.rglob("*")) == before
    (tmp_path / "b.tar").write_bytes(b"no backup")
    said = terminal("restore", "--check", tmp_path / "b.tar")
    assert said.code == 2 and said.err.count("\n") == 1 and "không phải bản sao lưu" in said.err


def test_a_folder_of_an_older_program_is_upgraded_and_brought_back_by_commands(
    terminal: Terminal, tmp_path: Path
) -> None:
    data = shutil.copytree(OLD, tmp_path / "old")
    said = terminal("--data", data, "upgrade")
    assert said.code == 0 and "từ định dạng 0 lên 1" in said.out and "upgrade --undo" in said.err
    assert "không có gì phải nâng cấp" in terminal("--data", data, "upgrade").out
    assert "trở lại như trước" in terminal("--data", data, "upgrade", "--undo").out
    assert terminal("--data", data, "verify").code == 0


def test_every_command_of_an_older_program_refuses_the_folder_of_a_later_one(
    terminal: Terminal, data: Path
) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    (data / "default/format.txt").write_text("format 2\nprogram 9.0.0\n")
    for command in (("items",), ("remind",), ("user", "add", "x", "--name", "X"), ("upgrade",)):
        said = terminal(*command)
        assert said.code == 1 and said.err.count("\n") == 1 and "bản 9.0.0 của chương trình" in said.err
    assert "bản 9.0.0" in terminal("doctor").out
