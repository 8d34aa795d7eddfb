"""Building a report from the command line: the file, what is missing, and input that cannot be used."""

from pathlib import Path

import docx
import pytest
from support.terminal import Terminal, open_terminal
from support.world import World


@pytest.fixture
def report_terminal(world: World, world_clock: None, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the commune."""
    return open_terminal(world.data, capsys)


def test_a_draft_is_written_and_what_is_missing_is_listed(report_terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "bao-cao.docx"
    said = report_terminal("report", "build", out, "--period", "quý I/2026")
    assert (said.code, said.out) == (0, "")
    assert "Lưu ý: Kỳ số liệu đến hết ngày 14/03/2026 chưa kết thúc: số liệu là ước thực hiện." in said.err
    assert said.err.endswith(
        f"Đã ghi dự thảo «Báo cáo Kết quả thực hiện công tác cải cách hành chính quý I năm 2026» vào {out}.\n"
    )
    lines = [line.text for line in docx.Document(str(out)).paragraphs]
    assert any("đã hoàn thành 0/3 nhiệm vụ" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("bao-cao.odt", "--period", "2026-02"), "Không rõ định dạng"),
        (("bao-cao.docx", "--period", "tháng 13"), "không phải một kỳ"),
        (("bao-cao.docx", "--period", "2027-01"), "Chưa có kế hoạch cải cách hành chính năm 2027"),
        (("bao-cao.docx", "--period", "2026-02", "--day", "32/01/2026"), "không phải một ngày"),
        (("bao-cao.docx", "--period", "2026-02", "--day", "24/12/2026"), "chưa đến"),
    ],
)
def test_what_cannot_be_built_is_refused_in_one_sentence(
    report_terminal: Terminal, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    file, *options = words
    said = report_terminal("report", "build", tmp_path / file, *options)
    assert said.code == 2
    assert why in said.err and said.err.count("\n") == 1
    assert not list(tmp_path.glob("bao-cao.*"))
