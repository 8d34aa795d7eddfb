"""A witness on another machine or on a stick, and the commands of the log that it watches."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from support.terminal import Terminal, open_terminal
from support.world import World
from waitress.server import create_server

from cchc_flow import commands
from cchc_flow.audit.witnessing import load_witnessing
from cchc_flow.eventlog.witnesses.cosignature import Cosigner
from cchc_flow.eventlog.witnesses.witness import Witness
from cchc_flow.web.witness_server import create_witness_app

NAME = "thanh-tra.example"


@pytest.fixture
def said(world: World, world_clock: None, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the commune."""
    return open_terminal(world.data, capsys)


@pytest.fixture
def stick(said: Terminal, tmp_path: Path, world: World) -> Path:
    """The folder of an inspector's witness, which the commune has named."""
    folder = tmp_path / "stick"
    key = said("witness", "init", folder, "--name", NAME).out.strip()
    assert said("witness", "watch", folder, world.ws.log.verifier_key()).code == 0
    name_witness(world, key)
    return folder


def name_witness(world: World, key: str, address: str = "") -> None:
    row = {"key": key, "address": address}
    commands.change_setting(world.ws, "witnesses", {"witnesses": [row]}, "QĐ 3", world.order("hoa"))


def test_a_stick_is_carried_to_and_fro_and_the_log_knows_who_has_seen_it(
    said: Terminal, stick: Path, tmp_path: Path, world: World
) -> None:
    assert said("witness", "status")[:2] == (1, f"{NAME}: chưa chứng kiến\n")
    asked, signed = tmp_path / "asked.txt", tmp_path / "signed.txt"
    said("witness", "request", asked)
    assert said("witness", "cosign", stick, asked, signed).code == 0
    assert "Đã nhận chữ ký" in said("witness", "take", signed).err
    answer = said("witness", "status")
    assert answer.code == 0 and f"{NAME}: {world.ws.log.size()} sự kiện, 8 giờ 00" in answer.out
    assert said("verify", "--checkpoint", signed, "--key", world.ws.log.verifier_key()).code == 0


def test_a_request_to_which_mail_added_its_marks_is_cosigned(
    said: Terminal, stick: Path, tmp_path: Path
) -> None:
    asked, signed = tmp_path / "asked.txt", tmp_path / "signed.txt"
    said("witness", "request", asked)
    asked.write_bytes(b"\xef\xbb\xbf" + asked.read_bytes().replace(b"\n", b"\r\n"))
    assert said("witness", "cosign", stick, asked, signed).code == 0
    assert "Đã nhận chữ ký" in said("witness", "take", signed).err


def test_the_next_request_goes_on_from_what_was_seen_and_a_file_is_never_overwritten(
    said: Terminal, stick: Path, tmp_path: Path, world: World
) -> None:
    asked, signed = tmp_path / "1.txt", tmp_path / "1-signed.txt"
    said("witness", "request", asked)
    said("witness", "cosign", stick, asked, signed)
    said("witness", "take", signed)
    size = world.ws.log.size()
    commands.change_setting(world.ws, "deadlines", {"soon": 5}, "QĐ 4", world.order("hoa"))
    assert said("witness", "request", asked).code == 2
    key = load_witnessing(world.ws).states[0].key
    said("witness", "request", tmp_path / "2.txt", "--witness", str(key))
    assert (tmp_path / "2.txt").read_text().startswith(f"old {size}\n")
    assert "Hãy xin lại" in said("witness", "cosign", stick, asked, tmp_path / "2-signed.txt").err
    assert said("witness", "cosign", stick, tmp_path / "2.txt", signed).code == 2
    assert said("witness", "cosign", stick, tmp_path / "2.txt", tmp_path / "2-signed.txt").code == 0


def test_an_old_backup_put_in_the_place_of_the_log_is_refused_by_the_stick(
    said: Terminal, stick: Path, tmp_path: Path, world: World
) -> None:
    world.ws.close()
    shutil.copytree(world.data, tmp_path / "backup")
    commands.change_setting(world.ws, "deadlines", {"soon": 5}, "QĐ 4", world.order("hoa"))
    for number in ("1", "2"):
        said("witness", "request", tmp_path / f"{number}.txt")
        if number == "1":
            said("witness", "cosign", stick, tmp_path / "1.txt", tmp_path / "1-signed.txt")
            world.ws.close()
            shutil.rmtree(world.data)
            shutil.copytree(tmp_path / "backup", world.data)
            commands.change_setting(world.ws, "deadlines", {"soon": 6}, "QĐ 5", world.order("hoa"))
    text = (tmp_path / "2.txt").read_text()
    seen = Witness(stick, world.ws.now).logs()[0].size
    (tmp_path / "3.txt").write_text(text.replace("old 0\n", f"old {seen}\n"))
    answer = said("witness", "cosign", stick, tmp_path / "3.txt", tmp_path / "3-signed.txt")
    assert answer.code == 1 and "một lịch sử khác" in answer.err
    assert said("witness", "show", stick).code == 1


def test_what_no_witness_of_the_setting_signed_is_not_taken(
    said: Terminal, tmp_path: Path, world: World
) -> None:
    (tmp_path / "note.txt").write_text(world.ws.log.checkpoint_for_witnesses())
    answer = said("witness", "take", tmp_path / "note.txt")
    assert answer.code == 2 and "không có chữ ký của bên chứng kiến nào đã khai" in answer.err
    (tmp_path / "note.txt").write_text("gì đó")
    assert "không phải là dấu niêm phong" in said("witness", "take", tmp_path / "note.txt").err


class TestOverHttp:
    """The witness serves, the log asks."""

    @pytest.fixture
    def address(self, stick: Path, world: World) -> Iterator[str]:
        witness = Witness(stick, world.ws.now)
        server = create_server(create_witness_app(witness), host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        address = f"http://127.0.0.1:{server.effective_port}"
        name_witness(world, str(witness.key), address)
        yield address
        server.close()
        thread.join(10)

    def test_the_log_asks_and_asks_again(self, said: Terminal, address: str, world: World) -> None:
        assert said("witness", "ask").code == 0
        commands.change_setting(world.ws, "deadlines", {"soon": 5}, "QĐ 4", world.order("hoa"))
        answer = said("witness", "ask")
        assert (answer.code, answer.err) == (0, "") and f": {world.ws.log.size()} sự kiện" in answer.out

    def test_a_witness_that_saw_more_is_told_until_it_cosigns_again(
        self, said: Terminal, address: str, stick: Path, tmp_path: Path, world: World
    ) -> None:
        world.ws.close()
        shutil.copytree(world.data, tmp_path / "backup")
        commands.change_setting(world.ws, "deadlines", {"soon": 5}, "QĐ 4", world.order("hoa"))
        said("witness", "ask")
        world.ws.close()
        shutil.rmtree(world.data)
        shutil.copytree(tmp_path / "backup", world.data)
        answer = said("witness", "ask")
        assert answer.code == 1 and "nhật ký đã bị lùi lại" in answer.err
        assert said("witness", "status").code == 1  # also without asking
        assert "nhật ký đã bị lùi lại" in said("doctor").out

    def test_a_cosigned_checkpoint_that_was_changed_or_deleted_is_asked_for_anew(
        self, said: Terminal, address: str, world: World
    ) -> None:
        said("witness", "ask")
        [file] = (world.ws.folder / "witnesses").glob("*.txt")
        file.write_text(file.read_text("utf-8").replace(f"\n{world.ws.log.size()}\n", "\n5\n"), "utf-8")
        assert said("witness", "status").code == 1
        assert said("witness", "ask").code == 0
        file.unlink()
        assert (said("witness", "status").code, said("witness", "ask").code) == (1, 0)

    def test_a_request_that_is_too_long_and_any_other_page_are_refused(
        self, stick: Path, world: World
    ) -> None:
        client = create_witness_app(Witness(stick, world.ws.now)).test_client()
        assert client.get("/").status_code == 404
        assert client.post("/add-checkpoint", data="x" * 70_000).status_code == 413
        assert client.post("/add-checkpoint", data="gì đó").status_code == 400

    def test_one_that_cannot_be_reached_is_told_and_the_state_says_so(
        self, said: Terminal, world: World
    ) -> None:
        key = Cosigner("xa.example", SigningKey.generate()).key
        name_witness(world, str(key), "http://127.0.0.1:9")
        answer = said("witness", "ask")
        assert answer.code == 1 and "không kết nối được" in answer.err and "Chỉ có 0 bên" in answer.err
