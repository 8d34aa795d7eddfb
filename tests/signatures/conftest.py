"""A report to be signed, and the same signed by the officer and over it by the agency."""

import pytest
from support.documents import REPORT
from support.signing import sign_twice

from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf


@pytest.fixture(scope="session")
def report() -> bytes:
    return make_pdf(draw_page(REPORT))


@pytest.fixture(scope="session")
def signed(report: bytes) -> bytes:
    return sign_twice(report)
