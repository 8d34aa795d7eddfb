"""The document with everything in it, set once for all tests of this folder."""

import pytest
from support.documents import REPORT
from support.pdf_pages import Pages

from cchc_flow.documents.kept_files import KEPT
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Forget the files of other tests, so that each is really made."""
    KEPT.forget()


@pytest.fixture(scope="session")
def content() -> bytes:
    return make_pdf(draw_page(REPORT))


@pytest.fixture(scope="session")
def pages(content: bytes) -> Pages:
    return Pages(content)
