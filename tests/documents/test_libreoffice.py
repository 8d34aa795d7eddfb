"""The .docx and the .xlsx as LibreOffice lays them out, beside the PDF; it is started once for all."""

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from support.documents import ACROSS, LETTER, REPORT
from support.pdf_pages import Pages

from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.equipment import FONTS
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.xlsx import write_xlsx

LIBREOFFICE = shutil.which("soffice")
DOCUMENTS = {"report": REPORT, "letter": LETTER, "across": ACROSS}
TOLERANCE = 90
"""How many letters may stand on the page before or after: a line, where both break at another fraction."""

pytestmark = pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice (soffice) is not on this machine")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pages]:
    """The pages that LibreOffice makes of each file."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, document in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(write_docx(document))
    (folder / "tables.xlsx").write_bytes(write_xlsx(REPORT))
    files = sorted(map(str, [*folder.glob("*.docx"), *folder.glob("*.xlsx")]))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(LIBREOFFICE),
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *files,
    ]
    # a machine without the face would break lines elsewhere: LibreOffice sets Times New Roman in ours
    fonts = os.environ | {"FONTCONFIG_FILE": str(FONTS / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=fonts)
    return {Path(file).stem: Pages((folder / f"{Path(file).stem}.pdf").read_bytes()) for file in files}


def text(pages: Pages, number: int) -> Counter[str]:
    """Return the letters of a page below its upper margin; readers differ in where they see spaces."""
    return Counter(letter.sign for letter in pages.letters(number) if letter.bottom >= 20)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_docx_has_the_pages_of_the_pdf_and_on_each_the_same_text(
    opened: dict[str, Pages], name: str
) -> None:
    document, ours = opened[name], Pages(make_pdf(draw_page(DOCUMENTS[name])))
    assert [document.size(n) for n in range(len(document))] == [ours.size(n) for n in range(len(ours))]
    for number in range(len(ours)):
        assert (text(ours, number) - text(document, number)).total() <= TOLERANCE
    whole = [sum((text(one, number) for number in range(len(ours))), Counter()) for one in (document, ours)]
    assert whole[0] == whole[1]


def test_the_docx_shows_page_numbers_where_the_pdf_does(opened: dict[str, Pages]) -> None:
    ours = Pages(make_pdf(draw_page(REPORT)))
    for number in range(len(ours)):
        margins = [
            "".join(letter.sign for letter in pages.letters(number) if letter.bottom < 20)
            for pages in (opened["report"], ours)
        ]
        assert margins[0] == margins[1]


def test_the_docx_has_its_checkpoint_below_the_text_of_the_last_page(opened: dict[str, Pages]) -> None:
    pages = opened["report"]
    last = len(pages) - 1
    assert all(letter.top > 190 for letter in pages.words(last, "Dấu niêm phong 1204"))


def test_a_spreadsheet_shows_numbers_and_days_and_repeats_the_head(opened: dict[str, Pages]) -> None:
    pages = opened["tables"]
    texts = [" ".join(pages.text(number).split()) for number in range(len(pages))]
    assert all("TT Công việc Số lượng Hạn" in text for text in texts)
    assert re.search(r"1 ?Rà soát văn bản đợt 1 1[.,]250[.,]5 05/06/2026", texts[0])
    assert not any("###" in text or "Err:" in text for text in texts)
