"""Signing adds to a file and changes nothing of it; what is seen stands where the decree has it."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageFile
from support.documents import REPORT
from support.pdf_pages import MM, Pages
from support.signing import (
    ORGANISATION,
    PASSWORD,
    SIGNED_AT,
    handwriting,
    officer,
    seal,
    sign,
    stranger,
)

from cchc_flow.errors import BadInput
from cchc_flow.signatures.keys import pkcs12_signer
from cchc_flow.signatures.signing import Appearance, sign_pdf

Box = tuple[float, float, float, float]


def boxes(content: bytes) -> list[tuple[int, Box]]:
    """Return the page (from 0) of each signature, and its box in millimetres from the page's top left."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        found = []
        for number in range(len(document)):
            page = document[number]
            height = page.get_size()[1]
            for place in range(pypdfium2.raw.FPDFPage_GetAnnotCount(page)):
                mark, box = pypdfium2.raw.FPDFPage_GetAnnot(page, place), pypdfium2.raw.FS_RECTF()
                if pypdfium2.raw.FPDFAnnot_GetSubtype(mark) == pypdfium2.raw.FPDF_ANNOT_WIDGET:
                    pypdfium2.raw.FPDFAnnot_GetRect(mark, box)
                    sides = (box.left, height - box.top, box.right, height - box.bottom)
                    found.append((number, tuple(side / MM for side in sides)))
                pypdfium2.raw.FPDFPage_CloseAnnot(mark)
        return found  # type: ignore[return-value]


def edges(pages: Pages, number: int, words: str) -> Box:
    """Return the box of some words on a page, where they stand last."""
    letters = pages.letters(number)
    signs, wanted = "".join(letter.sign for letter in letters), "".join(words.split())
    begin = signs.rindex(wanted)
    word = letters[begin : begin + len(wanted)]
    return (
        min(letter.left for letter in word),
        min(letter.top for letter in word),
        max(letter.right for letter in word),
        max(letter.bottom for letter in word),
    )


def test_what_was_issued_is_the_beginning_of_what_was_signed(report, signed):
    assert signed.startswith(report) and len(signed) > len(report)


def test_the_signature_stands_between_title_and_name_and_the_seal_covers_a_third_of_it_on_the_left(signed):
    (page, signature), (page_of_seal, stamp) = boxes(signed)
    assert page == page_of_seal
    pages = Pages(signed)
    title, name = edges(pages, page, REPORT.signature.lines[-1].upper()), edges(pages, page, "Y Thắng Niê")
    assert title[3] < signature[1] < signature[3] < name[1]
    assert (signature[0] + signature[2]) / 2 == pytest.approx((name[0] + name[2]) / 2, abs=1)
    width = signature[2] - signature[0]
    assert (signature[2] - signature[0]) / (signature[3] - signature[1]) == pytest.approx(400 / 160, rel=0.05)
    assert stamp[2] - stamp[0] == pytest.approx(36, abs=0.4) == stamp[3] - stamp[1]
    assert stamp[0] < signature[0] and stamp[2] - signature[0] == pytest.approx(width / 3, abs=0.4)
    assert (stamp[1] + stamp[3]) / 2 == pytest.approx((signature[1] + signature[3]) / 2, abs=0.4)


def test_without_a_picture_the_words_of_the_signature_are_readable_vietnamese(report):
    text = pdftotext(sign(report, officer()))
    assert f"Người ký: Y Thắng Niê\nCơ quan: {ORGANISATION}\nThời gian ký: 2026-03-05T10:04:05+07:00" in text


def test_an_appendix_has_its_number_and_the_time_at_its_top_right_in_black(report):
    file = sign(report, officer(), "appendix", number="05/BC-UBND")
    ((page, line),) = boxes(file)
    assert page == 0 and line[3] < 20 and line[2] == pytest.approx(195, abs=1)
    assert "05/BC-UBND; 2026-03-05T10:04:05+07:00" in pdftotext(file)


def test_another_reader_finds_both_signatures_valid(signed, tmp_path):
    said = pdfsig(signed, tmp_path)
    assert said.count("Signature is Valid") == 2
    assert said.count("Total document signed") == 1  # the second one; the first covers what was there then
    assert "Y Thắng Niê" in said and "ETSI.CAdES.detached" in said


def test_the_file_says_of_itself_what_it_said_when_it_was_issued(report, signed, tmp_path):
    assert pdfinfo(signed, tmp_path) == pdfinfo(report, tmp_path)


def test_the_agency_signs_over_the_signature_of_a_person_never_before(report):
    with pytest.raises(BadInput, match="chưa có chữ ký của người có thẩm quyền"):
        sign(report, officer(ORGANISATION), "agency", picture=seal(), width_mm=36)


def test_nobody_signs_twice_in_one_capacity(signed):
    with pytest.raises(BadInput, match="đã có chữ ký"):
        sign(signed, officer(), picture=handwriting())


def test_a_name_that_is_not_printed_under_an_empty_place_is_refused(report):
    for name in ("Nguyễn Văn Không", "Rà soát"):
        with pytest.raises(BadInput, match="Không tìm thấy chỗ ký"):
            sign(report, officer(), name=name)


@pytest.mark.parametrize("is_lenient", [False, True])
@pytest.mark.parametrize("picture", [b"", b"GIF89a", handwriting()[:200]])
def test_what_is_no_picture_is_refused(report, picture, is_lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)  # as WeasyPrint 70 sets it for all
    with pytest.raises(BadInput, match="hình chữ ký"):
        sign(report, officer(), picture=picture)


def test_the_real_size_of_a_seal_is_not_guessed(report):
    one = sign(report, officer(), picture=handwriting())
    with pytest.raises(BadInput, match="chiều rộng thật"):
        sign(one, officer(ORGANISATION), "agency", picture=seal())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 forty", b"GIF89a"])
def test_what_is_no_pdf_is_not_signed(content):
    with pytest.raises(BadInput):
        sign(content, officer())


def test_a_certificate_signs_only_while_it_is_in_force(report):
    signer = pkcs12_signer(officer().p12(), PASSWORD)
    for moment in (SIGNED_AT - timedelta(days=365), SIGNED_AT + timedelta(days=3650)):
        with pytest.raises(BadInput, match="chỉ có hiệu lực từ 01/01/2026 đến 01/01/2028"):
            sign_pdf(report, signer, Appearance(capacity="person", name="Y Thắng Niê"), moment)


def test_a_wrong_password_and_another_file_are_refused_in_one_sentence():
    for content, password in ((stranger().p12(), "sai"), (b"no key", PASSWORD), (b"", "")):
        with pytest.raises(BadInput, match="Không mở được tệp khóa"):
            pkcs12_signer(content, password)


def pdftotext(content: bytes) -> str:
    return run("pdftotext", "-", "-", content=content)


def pdfsig(content: bytes, folder: Path) -> str:
    file = folder / "signed.pdf"
    file.write_bytes(content)
    return run("pdfsig", "-nocert", str(file))


def pdfinfo(content: bytes, folder: Path) -> list[str]:
    file = folder / "file.pdf"
    file.write_bytes(content)
    different = ("Form", "File size")
    return [line for line in run("pdfinfo", str(file)).splitlines() if not line.startswith(different)]


def run(*command: str, content: bytes = b"") -> str:
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
