"""Reads documents of old Word (.doc), which LibreOffice makes .docx where it is installed."""

import shutil
import tempfile
from pathlib import Path

from cchc_flow.documents.kept_files import KEPT
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.readers.doc.profile import MADE, make_profile, socket_of
from cchc_flow.plan_import.readers.docx import OLD_WORD, read_docx
from cchc_flow.sandbox import ask_process

SECONDS = 60
"""How long LibreOffice may take; it needs some three seconds, most of them for its start."""
RUNS = 2
"""It ends its first run with a new profile at once, to be started again with what it has set up."""
LARGEST_MADE = 64 * 1024**2
PROGRAM = "soffice.bin"


def read_doc(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a .doc; raise BadInput where it, or LibreOffice, is missing."""
    if not content.startswith(OLD_WORD):
        raise BadInput(
            "Tệp mang đuôi .doc nhưng bên trong không phải tệp Word đời cũ.",
            "Hãy mở bằng Word và lưu thành .docx rồi đưa lên lại.",
        )
    program = find_libreoffice()
    if program is None:
        raise BadInput(
            "Máy chủ này chưa có LibreOffice nên chưa đọc được tệp .doc.",
            "Hãy mở bằng Word và lưu thành .docx rồi đưa lên lại.",
        )
    return read_docx(KEPT.find_or_make("doc", content, lambda: convert(content, program)))


def convert(content: bytes, program: Path) -> bytes:
    """Return the .docx that LibreOffice makes of a .doc; raise BadInput if it makes none."""
    with tempfile.TemporaryDirectory(prefix="cchc-flow-doc-") as name:
        folder = Path(name)
        make_profile(folder)
        for _ in range(RUNS):
            ask_process(
                "cchc_flow.plan_import.readers.doc.child", content, name, str(program), seconds=SECONDS
            )
            socket_of(folder).unlink(missing_ok=True)
            if (folder / MADE).is_file():
                break
        return read_made(folder / MADE)


def find_libreoffice() -> Path | None:
    """Return the program of LibreOffice, None if it is not on this machine."""
    started = shutil.which("soffice") or shutil.which("libreoffice")
    if started is None:
        return None
    program = Path(started).resolve().with_name(PROGRAM)
    return program if program.is_file() else None


def read_made(path: Path) -> bytes:
    """Return the document that LibreOffice made; raise BadInput if it made none."""
    if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST_MADE:
        raise BadInput(
            "Tệp .doc bị hỏng hoặc có mật khẩu nên không đọc được.",
            "Hãy mở bằng Word và lưu thành .docx không có mật khẩu rồi đưa lên lại.",
        )
    return path.read_bytes()
