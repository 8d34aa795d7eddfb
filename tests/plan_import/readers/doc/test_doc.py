"""A document of old Word is made .docx by LibreOffice, which may do nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from cchc_flow.documents.kept_files import KEPT
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers import doc
from cchc_flow.plan_import.readers.doc import OLD_WORD, find_libreoffice, read_doc
from cchc_flow.plan_import.readers.doc.profile import make_profile, socket_of
from cchc_flow.plan_import.readers.docx import read_docx

SAMPLE = Path(doc.__file__).parents[3] / "samples" / "ke-hoach-mau-2026.docx"
GIVES_UP = """
import socket, sys
from pathlib import Path
from cchc_flow.sandbox import CONVERTING, give_up_rights
here, outside = Path(sys.argv[1]), Path(sys.argv[2])
give_up_rights(CONVERTING, programs=(Path("/usr"),), writable=here)
(here / "inside").write_text("x")
(here / "inside").unlink()
for act in (lambda: (outside / "a").write_text("x"), lambda: (outside / "kept").read_text(),
            lambda: (outside / "kept").unlink(), lambda: socket.create_connection(("127.0.0.1", 9), 1)):
    try:
        act()
    except PermissionError:
        print("refused")
"""


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    KEPT.forget()


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice (soffice) is not on this machine")
def test_a_doc_is_read_as_the_docx_that_it_was_made_of(tmp_path: Path) -> None:
    make_profile(tmp_path)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*command, "--convert-to", "doc", "--outdir", tmp_path, SAMPLE], check=True, capture_output=True
    )
    read = read_doc((tmp_path / f"{SAMPLE.stem}.doc").read_bytes())
    sample = read_docx(SAMPLE.read_bytes())
    assert [one.text for one in read if isinstance(one, Paragraph)] == [
        one.text for one in sample if isinstance(one, Paragraph)
    ]


def test_without_libreoffice_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "find_libreoffice", lambda: None)
    with pytest.raises(BadInput, match=r"chưa có LibreOffice.*lưu thành \.docx"):
        read_doc(OLD_WORD + bytes(600))


def test_a_doc_of_which_nothing_is_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doc, "find_libreoffice", lambda: tmp_path / "soffice.bin")
    monkeypatch.setattr(doc, "ask_process", lambda *_, **__: b"")
    with pytest.raises(BadInput, match="bị hỏng hoặc có mật khẩu"):
        read_doc(OLD_WORD + bytes(600))


def test_what_is_only_called_doc_is_not_given_to_libreoffice() -> None:
    with pytest.raises(BadInput, match="không phải tệp Word đời cũ"):
        read_doc(b"{\\rtf1 KE HOACH}")


def test_the_name_of_the_socket_is_the_one_that_libreoffice_gives_it() -> None:
    name = socket_of(Path("/dev/shm/dd")).name  # noqa: S108  # seen once with this very profile
    assert name.endswith("_SingleOfficeIPC_91e0ebe028901e86172f4628196b43cd")


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is of Linux")
def test_a_program_that_is_run_writes_in_its_folder_only_and_reaches_nobody(tmp_path: Path) -> None:
    here, outside = tmp_path / "here", tmp_path / "outside"
    here.mkdir(), outside.mkdir()
    (outside / "kept").write_text("x")
    command = [sys.executable, "-I", "-B", "-c", GIVES_UP, str(here), str(outside)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 4
