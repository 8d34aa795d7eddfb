"""The warm process that sets documents: what it does when one of them, or it itself, ends badly."""

import os
import signal
import subprocess
import sys

import msgspec
import pytest

from cchc_flow.documents import pdf
from cchc_flow.documents.equipment import FONTS
from cchc_flow.documents.jobs import Answer, Job
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.press import PRESS
from cchc_flow.errors import BadInput

PAGE = "<p>Văn bản"


def warm_process() -> int:
    """Return the id of the process that set the last document."""
    make_pdf(PAGE)
    assert PRESS._process
    return PRESS._process.pid


def test_one_process_sets_one_document_after_another() -> None:
    assert warm_process() == warm_process()


def test_a_document_that_is_stopped_disturbs_no_other() -> None:
    before = warm_process()
    with pytest.raises(TimeoutError):
        PRESS.ask(msgspec.msgpack.encode(Job(PAGE * 9_000, (), 20)), 0.2)
    assert warm_process() == before


def test_a_document_whose_own_process_dies_is_told_in_words(caplog: pytest.LogCaptureFixture) -> None:
    before = warm_process()
    answer, _ = PRESS.ask(msgspec.msgpack.encode(Job(PAGE * 9_000, (), 0.2)), 30)
    assert not answer
    with pytest.raises(BadInput, match="vượt giới hạn về thời gian hoặc bộ nhớ"):
        pdf._pdf_of(pdf._decode(b""), pdf.CACHE_COMPLAINT)
    assert "it was stopped" in caplog.text and warm_process() == before


def test_what_the_process_complains_of_comes_back_to_be_logged(caplog: pytest.LogCaptureFixture) -> None:
    answer, complaints = PRESS.ask(b"no order", 30)
    assert not answer and "ValidationError" in complaints
    with pytest.raises(BadInput, match="Chưa dựng được tệp PDF"):
        pdf._pdf_of(None, complaints)
    assert "ValidationError" in caplog.text


def test_a_process_that_was_killed_is_replaced_for_the_next_document() -> None:
    before = warm_process()
    os.kill(before, signal.SIGKILL)
    assert warm_process() != before


def test_a_document_with_too_little_memory_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="quá lớn"):
        pdf._pdf_of(Answer(is_too_large=True), "")


AS_NOBODY = """
import os, sys
from pathlib import Path
import weasyprint
from cchc_flow.documents.child import make_pdf
from cchc_flow.documents.equipment import FONTS
from cchc_flow.sandbox import PRINTING, give_up_rights
make_pdf("<p>Văn bản")
os.setgid(65534), os.setuid(65534)
if not os.access(FONTS / "fonts.conf", os.R_OK):
    sys.exit(77)
give_up_rights(PRINTING, FONTS, Path(weasyprint.__file__).parent)
sys.stdout.buffer.write(make_pdf("<p>Văn bản <b>đậm"))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user; the other tests show it")
def test_a_user_who_is_not_root_can_set_documents() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        capture_output=True,
        check=False,
        env={"FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
    )
    if done.returncode == 77:
        pytest.skip("this checkout lies where no other user reads")
    assert done.stdout.startswith(b"%PDF"), done.stderr.decode()
