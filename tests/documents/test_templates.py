"""A commune's own templates: what they change, and what is said of one with a fault."""

from pathlib import Path

import pytest
from support.documents import REPORT
from support.pdf_pages import Pages

from cchc_flow.documents import templates
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.template_check import check_templates
from cchc_flow.errors import BadInput

BLOCK = '{%% extends "program/official.html" %%}{%% block end %%}%s{%% endblock %%}'


def refusal(folder: Path) -> str:
    """Return in what words a document is refused by the templates of a folder."""
    with pytest.raises(BadInput) as refused:
        draw_page(REPORT, folder=folder)
    assert "thư mục «templates»" in refused.value.now
    return refused.value.why


def test_without_templates_of_its_own_a_commune_has_those_of_the_program(tmp_path: Path) -> None:
    assert (
        draw_page(REPORT, folder=tmp_path) == draw_page(REPORT, folder=tmp_path / "none") == draw_page(REPORT)
    )
    assert templates.own_names(tmp_path) == []


def test_a_style_sheet_of_its_own_goes_after_that_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "official.css").write_text("@page { margin-left: 35mm }")
    pages = Pages(make_pdf(draw_page(REPORT, folder=tmp_path)))
    assert 35 <= min(letter.left for letter in pages.letters(3) if letter.top > 20) <= 36.5
    assert {letter.size for letter in pages.words(0, "BÁO CÁO")} == {14}


def test_a_template_of_its_own_can_change_one_part_and_leave_the_rest(tmp_path: Path) -> None:
    usual = draw_page(REPORT)
    (tmp_path / "official.html").write_text(BLOCK % "<p>Nơi ký: {{ document.issuer }}</p>")
    own = draw_page(REPORT, folder=tmp_path)
    assert "Nơi ký: Ủy ban nhân dân xã Mẫu" in own and "Y Thắng Niê" not in own
    assert own.partition("<main>")[0] == usual.partition("<main>")[0]


def test_a_template_that_is_changed_counts_at_once(tmp_path: Path) -> None:
    for words in ("một", "hai"):
        (tmp_path / "official.html").write_text(BLOCK % words)
        assert f"</main>\n{words}" in draw_page(REPORT, folder=tmp_path)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("\n{% if %}", "dòng 2 của official.html"),
        ("{{ documnt.title }}", "'documnt' is undefined"),
        ("{{ document.blocks[99].words }}", "has no element 99"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% include '../../secret' %}", "secret"),
    ],
)
def test_a_template_with_a_fault_is_told_in_one_sentence(tmp_path: Path, fault: str, words: str) -> None:
    (tmp_path / "official.html").write_text(BLOCK % fault)
    why = refusal(tmp_path)
    assert why.startswith("Mẫu văn bản riêng của xã (official.html) có lỗi") and words in why


def test_a_template_that_does_not_come_to_an_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "SECONDS", 2)
    loop = "{% for one in range(90000) %}{% for two in range(90000) %}{% endfor %}{% endfor %}"
    (tmp_path / "official.html").write_text(BLOCK % loop)
    assert "chạy quá lâu, hoặc cần quá nhiều bộ nhớ" in refusal(tmp_path)


def test_a_template_that_needs_too_much_memory_is_told(tmp_path: Path) -> None:
    (tmp_path / "official.html").write_text(BLOCK % "{{ 'x' * 4000000000 }}")
    assert "cần quá nhiều bộ nhớ" in refusal(tmp_path)
    (tmp_path / "official.html").write_text(BLOCK % "{{ 'x' * 40000000 }}")
    assert "làm ra văn bản quá dài" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe", "không phải chữ mã UTF-8"), (b" " * (templates.MOST_BYTES + 1), "dài quá 256 kB")],
)
@pytest.mark.parametrize("name", ["official.css", "official.html"])
def test_a_file_that_is_no_template_is_told(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert f"({name}) có lỗi: {words}" in refusal(tmp_path)


def test_the_sample_finds_what_only_shows_when_a_document_is_made(tmp_path: Path) -> None:
    check_templates(tmp_path)
    (tmp_path / "official.html").write_text(BLOCK % "")
    with pytest.raises(BadInput, match="bỏ sót một phần của văn bản"):
        check_templates(tmp_path)
    (tmp_path / "official.html").unlink()
    (tmp_path / "official.css").write_text("body { background: url(https://example.org/nen.png) }")
    with pytest.raises(BadInput, match="gọi đến tệp hoặc địa chỉ bên ngoài"):
        check_templates(tmp_path)


def test_a_misspelt_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "offical.css").touch()
    (tmp_path / "official.css").touch()
    assert templates.unknown_names(tmp_path) == ["offical.css"]
