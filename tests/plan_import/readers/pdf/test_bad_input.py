"""A PDF that cannot be read is refused in one sentence, in bounded memory, by a process of its own."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from support.pdfs import drawn_pdf, raw_pdf, written
from support.terminal import open_terminal

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.pdf import read_pdf
from cchc_flow.sandbox import READING_PLANS

PLAIN = drawn_pdf(written(72, 700, "KE HOACH cai cach hanh chinh"))


def locked() -> bytes:
    writer, file = PdfWriter(clone_from=io.BytesIO(PLAIN)), io.BytesIO()
    writer.encrypt("mat khau")
    writer.write(file)
    return file.getvalue()


def scanned() -> bytes:
    file = io.BytesIO()
    sheet = Image.new("L", (827, 1169), 250)
    sheet.save(file, "PDF", resolution=100, save_all=True, append_images=[sheet])
    return file.getvalue()


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    tree = b"<</Type/Pages/Kids[%b]/Count 10000>>" % kids
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * 10_000)


def deep_tree() -> bytes:
    branches = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 2_000)]
    leaf = b"<</Type/Page/Parent 1999 0 R/MediaBox[0 0 595 842]>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", *branches, leaf)


BAD = {
    "locked": (locked(), "mật khẩu"),
    "cut short": (PLAIN[: len(PLAIN) // 2], "bị hỏng"),
    "broken table": (PLAIN.replace(b"0000000009 00000 n", b"0000000011 00000 n"), "bảng tham chiếu sai"),
    "broken end": (PLAIN[: PLAIN.rindex(b"startxref")] + b"startxref\n12\n%%EOF\n", "bảng tham chiếu sai"),
    "no PDF": (b"%PDF-1.7\n" + b"\x00\xff" * 1_000, "bị hỏng"),
    "ten thousand pages": (many_pages(), "10000 trang"),
    "a page of five metres": (drawn_pdf(written(72, 700, "KE HOACH"), size="595 14173"), "dài 5 m"),
    "pages below pages": (deep_tree(), "bị hỏng"),
    "a page of letters": (
        drawn_pdf("".join(written(9, y, "x" * 1_000, 1) for y in range(9, 129))),
        "quá nhiều chữ",
    ),
    "a scan": (scanned(), "bản quét"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_words(kind: str) -> None:
    content, words = BAD[kind]
    with pytest.raises(BadInput) as refused:
        read_pdf(content)
    assert words in refused.value.why
    assert refused.value.now


def test_what_leaves_the_process_is_paragraphs_with_their_pages() -> None:
    two = drawn_pdf(written(72, 700, "KE HOACH"), written(72, 700, "Trang sau"))
    assert read_pdf(two) == [Paragraph("KE HOACH", page=1), Paragraph("Trang sau", page=2)]


def test_the_process_may_take_no_more_than_300_megabytes() -> None:
    assert READING_PLANS.memory <= 300 * 1024**2


def test_a_process_that_dies_is_told_as_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc_flow.plan_import.readers.pdf.ask_process", lambda *_, **__: b"")
    with pytest.raises(BadInput, match="bị hỏng, hoặc quá lớn"):
        read_pdf(PLAIN)


def test_the_command_ends_with_2_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(BAD["locked"][0])
    said = open_terminal(tmp_path, capsys)("plan", "read", tmp_path / "a.pdf")
    assert (said.code, said.out) == (2, "")
    assert "mật khẩu" in said.err and len(said.err.strip().splitlines()) == 1
