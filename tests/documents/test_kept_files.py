"""Files that were made are kept in memory, as long as there is room, and are not made again."""

from pathlib import Path

import msgspec
import pytest
from support.documents import LETTER

from cchc_flow.documents import pdf
from cchc_flow.documents.files import FORMATS
from cchc_flow.documents.kept_files import KeptFiles


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_document_is_written_once_and_another_anew(ending: str) -> None:
    write = FORMATS[ending].write
    document = msgspec.structs.replace(LETTER, blocks=())
    first = write(document, None)
    assert write(msgspec.structs.replace(document), None) is first
    assert write(msgspec.structs.replace(document, number=6), None) is not first


def test_a_document_that_is_kept_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    content = FORMATS["pdf"].write(LETTER, None)
    monkeypatch.setattr(pdf.PRESS, "ask", None)
    assert FORMATS["pdf"].write(LETTER, None) is content


def test_a_changed_template_of_the_commune_makes_the_document_anew(tmp_path: Path) -> None:
    write = FORMATS["pdf"].write
    first = write(LETTER, tmp_path)
    (tmp_path / "official.css").write_text("p { color: #111 }")
    assert write(LETTER, tmp_path) is not first


def test_files_of_two_kinds_are_told_apart() -> None:
    kept = KeptFiles()
    assert kept.find_or_make("pdf", b"1", lambda: b"pdf") == b"pdf"
    assert kept.find_or_make("docx", b"1", lambda: b"docx") == b"docx"


def test_the_file_longest_unused_goes_when_there_is_no_room() -> None:
    kept = KeptFiles(most_bytes=20)
    made: list[bytes] = []

    def ask(source: bytes) -> None:
        kept.find_or_make("pdf", source, lambda: made.append(source) or bytes(10))

    for source in (b"1", b"2", b"1", b"3", b"1", b"2"):
        ask(source)
    assert made == [b"1", b"2", b"3", b"2"]


def test_a_file_larger_than_all_room_is_given_and_not_kept() -> None:
    kept = KeptFiles(most_bytes=5)
    assert kept.find_or_make("pdf", b"1", lambda: bytes(10)) == bytes(10)
    assert kept.find_or_make("pdf", b"1", lambda: b"new") == b"new"


def test_a_document_that_cannot_be_made_is_tried_again() -> None:
    kept = KeptFiles()
    with pytest.raises(ZeroDivisionError):
        kept.find_or_make("pdf", b"1", lambda: bytes(1 // 0))
    assert kept.find_or_make("pdf", b"1", lambda: b"now") == b"now"
