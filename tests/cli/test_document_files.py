"""`verify FILE`, `sign` and `report add-signed`: what they print, and how they end."""

from pathlib import Path

import pytest
from support.issuing import forge, issue_february
from support.signing import ORGANISATION, PASSWORD, handwriting, officer, seal
from support.terminal import Terminal
from support.world import BEGIN

from cchc_flow.cli import run


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    """The data folder of a commune that issued a report, its PDF, and the verifier key of its log."""
    folder = tmp_path_factory.mktemp("issued")
    world, pdf = issue_february(folder / "data")
    key = world.ws.log.verifier_key()
    world.ws.close()
    return folder / "data", pdf, key


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands go by the clock of the commune."""
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: lambda: BEGIN)


@pytest.fixture
def data(issued: tuple[Path, bytes, str]) -> Path:
    return issued[0]


@pytest.fixture
def file(issued: tuple[Path, bytes, str], tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(issued[1])
    return path


def test_verify_says_that_an_issued_file_is_one_and_what_was_checked(terminal: Terminal, file: Path) -> None:
    said = terminal("verify", file)
    assert said.code == 0 and said.err == ""
    assert all(line.startswith("Đúng: ") for line in said.out.splitlines())
    assert "tệp đã ban hành của Báo cáo số 01/BC-UBND" in said.out


def test_verify_names_a_figure_that_was_changed_and_ends_with_1(
    terminal: Terminal, issued: tuple[Path, bytes, str], file: Path
) -> None:
    file.write_bytes(forge(issued[1], lambda data: data["figures"][0].update(value="99")))
    said = terminal("verify", file)
    assert said.code == 1
    assert "trong tệp 99, tính lại" in said.err and "SAI: Đây không phải tệp đã ban hành" in said.err


def test_verify_without_the_log_rests_on_the_key_alone(
    issued: tuple[Path, bytes, str], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["--data", str(tmp_path / "none"), "verify", str(file), "--key", issued[2]])
    said = capsys.readouterr()
    assert code == 3 and "có chữ ký đúng của khóa kiểm tra được đưa vào" in said.out
    assert "Không có nhật ký ở đây" in said.out


def test_verify_of_a_file_that_is_not_there_is_one_line(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal("verify", tmp_path / "none.pdf")
    assert said.code == 2 and "Không đọc được tệp" in said.err and said.err.count("\n") == 1


def test_a_report_is_signed_by_its_signer_and_by_the_agency_and_both_files_are_kept(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    password, p12, office = tmp_path / "password", tmp_path / "nam.p12", tmp_path / "office.p12"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    p12.write_bytes(officer("Phạm Nam").p12())
    office.write_bytes(officer(ORGANISATION).p12())
    (tmp_path / "hand.png").write_bytes(handwriting())
    (tmp_path / "seal.png").write_bytes(seal())
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    common = ("--password-file", password)
    signed = terminal(
        "sign", file, one, "--p12", p12, "--name", "Phạm Nam", "--picture", tmp_path / "hand.png", *common
    )
    assert signed.code == 0, signed.err
    assert terminal("--as", "hoa", "report", "add-signed", one).code == 0
    sealed = ("--capacity", "co-quan", "--picture", tmp_path / "seal.png", "--width-mm", "36")
    assert terminal("sign", one, two, "--p12", office, *sealed, *common).code == 0
    assert terminal("--as", "hoa", "report", "add-signed", two).code == 0
    said = terminal("verify", two)
    assert said.code == 0, said.err
    assert "bản đã ký của Báo cáo số 01/BC-UBND" in said.out and "Chữ ký mang tên Phạm Nam" in said.out
    assert "bị thu hồi hay không" in said.out
    assert terminal("verify").code == 0
    again = terminal("--as", "hoa", "report", "add-signed", two)
    assert again.code == 1 and "đã được ghi nhận" in again.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Chưa rõ ký bằng khóa nào"),
        (("--p12", "KEY"), "Không hỏi được mật khẩu"),
        (("--pkcs11", "KEY"), "Thiếu tên thiết bị hoặc nhãn khóa"),
        (("--p12", "KEY", "--password-file", "KEY"), "Không mở được tệp khóa"),
    ],
)
def test_a_key_that_cannot_be_used_is_told_in_one_line(
    terminal: Terminal, file: Path, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    key = tmp_path / "key"
    key.write_text("không phải khóa", encoding="utf-8")
    words = [str(key) if word == "KEY" else word for word in options]
    said = terminal("sign", file, tmp_path / "out.pdf", "--name", "Phạm Nam", *words)
    assert said.code == 2 and sentence in said.err and not (tmp_path / "out.pdf").exists()


def test_a_signed_file_never_takes_the_place_of_another(terminal: Terminal, file: Path) -> None:
    before = file.read_bytes()
    said = terminal("sign", file, file)
    assert said.code == 2 and "Đã có tệp" in said.err and file.read_bytes() == before


@pytest.mark.parametrize("command", [("verify",), ("report", "add-signed")])
def test_no_file_is_read_beyond_what_a_report_can_have(
    terminal: Terminal, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.truncate(8 * 1024**4)  # of holes: it takes no room on the disk
    said = terminal(*command, path)
    assert said.code == 2
    assert "lớn quá 40 MB. Hãy chọn đúng tệp." in said.err


def test_a_password_file_that_is_no_text_is_told(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    password, key = tmp_path / "mat-khau", tmp_path / "khoa.p12"
    password.write_bytes("mật khẩu".encode("utf-16"))
    key.write_bytes(b"")
    said = terminal("sign", file, tmp_path / "ky.pdf", "--p12", key, "--password-file", password)
    assert said.code == 2
    assert "không phải chữ mã UTF-8" in said.err
