"""`doctor` fails, in words, whenever pages would fail; and tells who else can read a workspace."""

import os
import stat
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.terminal import Terminal

from cchc_flow import data_folder

NOBODY = 65_534
AS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="only root gives files to others")


@pytest.fixture
def xa(terminal: Terminal, data: Path) -> Path:
    """The folder of a workspace with which nothing is wrong."""
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan")
    assert terminal("doctor").code == 0
    return data / "xa"


def test_a_disk_without_room_is_told(
    terminal: Terminal, xa: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_folder, "LEAST_ROOM", 1 << 60)
    told = terminal("doctor")
    assert told.code == 1
    assert f"«{data}»: ổ đĩa sắp đầy, chỉ còn" in told.out and "Hãy dọn ổ đĩa" in told.out


@AS_ROOT
@pytest.mark.parametrize(
    "path",
    ["xa", "xa/events.db", "xa/projections-1.db", "xa/vault", "private", "private/xa", "private/web.key",
     "private/xa/accounts.db", "private/xa/keys"],
)  # fmt: skip
def test_what_belongs_to_another_user_is_told(terminal: Terminal, xa: Path, data: Path, path: str) -> None:
    (xa / "vault").mkdir(mode=0o700, exist_ok=True)
    os.chown(data / path, NOBODY, NOBODY)
    told = terminal("doctor")
    assert told.code == 1
    assert f"«{data / path}»: thuộc người dùng «nobody»" in told.out
    assert "Hãy giao lại cho người dùng «root» (lệnh chown)." in told.out


@pytest.mark.parametrize("path", ["xa/events.db", "xa/projections-1.db", "private/xa/accounts.db", "xa"])
def test_what_cannot_be_written_is_told(terminal: Terminal, xa: Path, data: Path, path: str) -> None:
    (data / path).chmod(stat.S_IRUSR | stat.S_IXUSR)
    told = terminal("doctor")
    (data / path).chmod(stat.S_IRWXU)
    assert told.code == 1
    assert f"«{data / path}»: không đọc hoặc không ghi được" in told.out


@pytest.mark.parametrize("path", ["xa/projections-1.db", "private/xa/accounts.db", "xa/events.db"])
def test_a_database_that_is_none_is_told(terminal: Terminal, xa: Path, data: Path, path: str) -> None:
    for file in data.glob(f"{path}*"):
        file.unlink()
    (data / path).write_bytes(b"not a database" * 100)
    told = terminal("doctor")
    healed = "projections" in path  # what is no database is built anew, for pages too
    assert (told.code == 0) is healed
    assert ("«xa»: không mở được" in told.out) is not healed


def test_a_lost_key_is_told(terminal: Terminal, xa: Path, data: Path) -> None:
    for key in (data / "private" / "xa" / "keys").iterdir():
        key.unlink()
    told = terminal("doctor")
    assert told.code == 1 and "«xa»: không mở được (Không có tệp khóa niêm phong" in told.out


def test_a_log_that_takes_no_writer_is_told(
    terminal: Terminal, xa: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.eventlog.locking.BUSY_MS", 10)
    with sqlite3.connect(xa / "events.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert terminal("doctor").code == 1
        other.execute("ROLLBACK")
    assert terminal("doctor").code == 0


def test_what_others_could_read_is_told_and_closed(terminal: Terminal, xa: Path) -> None:
    (xa / "events.db").chmod(0o644)
    told = terminal("doctor")
    assert told.code == 0
    assert f"người dùng khác của máy đọc được 1 tệp, như «{xa / 'events.db'}»" in told.out
    assert "đã đóng lại" in told.out
    assert "người dùng khác" not in terminal("doctor").out
    assert stat.S_IMODE((xa / "events.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("path", ["xa", "private/xa", "private"])
def test_a_folder_that_cannot_be_looked_into_is_told(
    terminal: Terminal, xa: Path, data: Path, path: str
) -> None:
    (data / path).chmod(0)
    told = terminal("doctor")
    (data / path).chmod(stat.S_IRWXU)
    assert told.code == 1
    assert f"«{data / path}»: không đọc hoặc không ghi được" in told.out


def test_whether_documents_can_be_set_as_pdf_is_told_and_is_no_fault_of_the_pages(
    terminal: Terminal, xa: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Tệp PDF: dựng được" in terminal("doctor").out
    monkeypatch.setattr("cchc_flow.documents.equipment.LIBRARY", "libpangoft2-of-no-machine.so.0")
    told = terminal("doctor")
    assert told.code == 0 and "Tệp PDF: không dựng được (Máy chủ thiếu thư viện" in told.out


def test_whether_files_can_be_signed_and_who_is_trusted_is_told_and_is_no_fault_of_the_pages(
    terminal: Terminal, xa: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Chữ ký số: ký và kiểm tra được; 0 chứng thư tin cậy" in terminal("doctor").out
    (tmp_path / "bad.crt").write_text("nothing")
    monkeypatch.setenv("CCHC_FLOW_TRUSTED_CERTIFICATES", str(tmp_path))
    told = terminal("doctor")
    assert told.code == 0 and f"Chữ ký số: Tệp «{tmp_path / 'bad.crt'}» không phải chứng thư" in told.out
    monkeypatch.setattr("cchc_flow.cli.doctor.is_installed", lambda: False)
    assert "Chữ ký số: chưa cài" in terminal("doctor").out


def test_templates_of_a_communes_own_are_tried_and_are_no_fault_of_the_pages(
    terminal: Terminal, xa: Path
) -> None:
    folder = xa / "templates"
    folder.mkdir()
    (folder / "official.css").write_text("h2 { color: black }")
    (folder / "oficial.html").touch()
    told = terminal("doctor")
    assert "mẫu văn bản riêng dùng được (official.css)" in told.out
    assert "không dùng «oficial.html» làm mẫu văn bản; các tên được dùng: official.html" in told.out
    (folder / "official.html").write_text("{% if %}")
    told = terminal("doctor")
    assert told.code == 0 and "Mẫu văn bản riêng của xã (official.html) có lỗi: dòng 1" in told.out
