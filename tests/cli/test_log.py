"""`checkpoint` and `verify`: proof offline, and what a forger leaves behind."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from sqlite_utils.utils import sqlite3
from support.terminal import Terminal

from cchc_flow import clock
from cchc_flow.commands import open_workspace
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.samples import SAMPLE_PLAN


@pytest.fixture
def checkpoint_file(terminal: Terminal, tmp_path: Path) -> Path:
    """A checkpoint of an imported plan, kept away from the data."""
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("checkpoint", tmp_path / "niem-phong.txt")
    return tmp_path / "niem-phong.txt"


def forge(data: Path, *statements: str) -> None:
    """Change the log as somebody with the file and no scruples would."""
    with open_without_triggers(data / "default") as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_whole_log_verifies_by_what_was_kept_elsewhere(terminal: Terminal, checkpoint_file: Path) -> None:
    result = terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key", "--all")
    assert result.code == 0
    assert "nguyên vẹn" in result.out
    assert "độc lập với nhật ký" in result.out


def test_what_checkpoint_prints_is_enough_to_prove_by(
    terminal: Terminal, checkpoint_file: Path, tmp_path: Path
) -> None:
    printed = tmp_path / "in-ra.txt"
    printed.write_bytes(b"\xef\xbb\xbf" + terminal("checkpoint").out.replace("\n", "\r\n").encode())
    result = terminal("verify", "--checkpoint", printed)
    assert (result.code, "độc lập với nhật ký" in result.out) == (0, True)


def test_a_key_beside_the_log_is_called_not_independent(terminal: Terminal, checkpoint_file: Path) -> None:
    assert "không độc lập" in terminal("verify").out


def test_what_was_added_since_does_not_disturb_an_old_checkpoint(
    terminal: Terminal, checkpoint_file: Path
) -> None:
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    assert terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key").code == 0


def test_a_changed_body_is_named_by_its_position(
    terminal: Terminal, checkpoint_file: Path, data: Path
) -> None:
    changed = "CAST(replace(CAST(body AS TEXT), '2026', '2027') AS BLOB)"
    forge(data, f"UPDATE events SET body = {changed} WHERE position = 20")  # noqa: S608  # fixed words
    result = terminal("verify")
    assert (result.code, result.out) == (1, "")
    assert "vị trí 20" in result.err
    assert result.err.count("\n") == 1


def test_a_cut_tail_is_seen_by_the_kept_checkpoint(
    terminal: Terminal, checkpoint_file: Path, data: Path, tmp_path: Path
) -> None:
    shutil.copytree(data / "default", tmp_path / "before")
    terminal("user", "add", "lan", "--name", "Lan")
    terminal("checkpoint", tmp_path / "later.txt")
    shutil.rmtree(data / "default")
    shutil.copytree(tmp_path / "before", data / "default")
    (data / "private" / "default" / "log-end.txt").unlink()  # on another machine, or by who can reach it
    assert terminal("verify").code == 0
    result = terminal("verify", "--checkpoint", tmp_path / "later.txt", "--key", f"{checkpoint_file}.key")
    assert result.code == 1
    assert "cắt" in result.err
    assert result.err.count("\n") == 1


def test_a_log_that_was_begun_anew_is_not_the_one_of_the_checkpoint(
    terminal: Terminal, checkpoint_file: Path, data: Path
) -> None:
    shutil.rmtree(data)
    terminal("plan", "import", SAMPLE_PLAN)
    result = terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key")
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_a_rotated_key_goes_on_to_verify(terminal: Terminal, checkpoint_file: Path) -> None:
    old = terminal("checkpoint").out
    new = terminal("checkpoint", "--rotate-key").out
    assert new.splitlines()[-1] != old.splitlines()[-1]
    assert terminal("verify", "--all").code == 0
    assert terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key").code == 0


def test_a_log_that_is_not_there_is_said_in_one_sentence(terminal: Terminal) -> None:
    result = terminal("verify")
    assert result.code == 4 and "Không có nhật ký nào để kiểm tra" in result.err
    assert result.err.count("\n") == 1


def test_a_kept_checkpoint_and_key_are_never_overwritten(
    terminal: Terminal, checkpoint_file: Path, tmp_path: Path
) -> None:
    kept, key = checkpoint_file.read_text(), Path(f"{checkpoint_file}.key").read_text()
    terminal("user", "add", "lan", "--name", "Lan")
    result = terminal("checkpoint", checkpoint_file)
    assert result.code == 2 and "Dấu đã giữ thì không ghi đè" in result.err
    assert (checkpoint_file.read_text(), Path(f"{checkpoint_file}.key").read_text()) == (kept, key)
    other = tmp_path / "other.txt"
    Path(f"{other}.key").write_text("một khóa khác\n")
    result = terminal("checkpoint", other)
    assert result.code == 2 and "khác khóa đang dùng" in result.err and not other.exists()


def test_a_checkpoint_that_is_none_ends_with_two(
    terminal: Terminal, checkpoint_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "sai.txt").write_text("không phải dấu niêm phong")
    assert terminal("verify", "--checkpoint", tmp_path / "sai.txt").code == 2


def test_a_log_that_does_not_open_is_still_read_by_verify_and_named_by_doctor(
    terminal: Terminal, checkpoint_file: Path, data: Path
) -> None:
    forge(data, "UPDATE events SET seal = NULL WHERE position = (SELECT max(position) FROM events)")
    refused = terminal("plan", "import", SAMPLE_PLAN)
    assert refused.code == 1 and "Không ghi thêm được nữa" in refused.err
    verified = terminal("verify")
    assert verified.code == 1 and "thiếu dấu niêm phong" in verified.err
    doctored = terminal("doctor")
    assert doctored.code == 1 and "không mở được (Dấu niêm phong mới nhất không khớp" in doctored.out


def lose_key(data: Path) -> None:
    for path in (data / "private" / "default" / "keys").iterdir():
        path.unlink()


def swap_key(data: Path) -> None:
    """Put another commune's key where ours lies."""
    (path,) = (data / "private" / "default" / "keys").iterdir()
    folder_keys(data / "other").create_first("khac")
    shutil.copyfile(next((data / "other" / "keys").iterdir()), path)


def spoil_key(data: Path) -> None:
    for path in (data / "private" / "default" / "keys").iterdir():
        path.write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "words"),
    [(lose_key, "Không có tệp khóa"), (swap_key, "một khóa khác"), (spoil_key, "không phải khóa Ed25519")],
)
def test_a_key_that_is_not_the_right_one_is_found_before_the_first_append(
    terminal: Terminal, checkpoint_file: Path, data: Path, damage: Callable[[Path], None], words: str
) -> None:
    before = terminal("verify").out
    damage(data)
    for command in (("items",), ("remind",), ("user", "add", "lan", "--name", "Lan")):
        refused = terminal(*command)
        assert refused.code == 1 and words in refused.err and "cchc-flow key rotate" in refused.err
    assert words in terminal("doctor").out
    assert terminal("verify").out == before


@pytest.mark.parametrize("damage", [lose_key, swap_key, spoil_key])
def test_a_lost_key_is_replaced_by_a_command_and_verification_tells_who_may_trust_what(
    terminal: Terminal, checkpoint_file: Path, data: Path, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    damage(data)
    rotated = terminal("key", "rotate")
    assert rotated.code == 0 and "không có khóa cũ để ký" in rotated.err
    assert terminal("user", "add", "lan", "--name", "Lan").code == 0
    assert "không độc lập" in terminal("verify", "--all").out
    old = terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key")
    assert old.code == 1 and "khóa đã cho không xác nhận khóa mới" in old.err
    new = terminal("verify", "--key", rotated.out.strip())
    assert new.code == 0 and "độc lập với nhật ký" in new.out


def test_a_key_that_is_at_hand_vouches_for_the_next_one(terminal: Terminal, checkpoint_file: Path) -> None:
    rotated = terminal("key", "rotate")
    assert rotated.code == 0 and "khóa cũ đã ký xác nhận" in rotated.err
    assert terminal("checkpoint").out.splitlines()[-1] == rotated.out.strip()
    kept = terminal("verify", "--checkpoint", checkpoint_file, "--key", f"{checkpoint_file}.key")
    assert kept.code == 0 and "độc lập với nhật ký" in kept.out


def test_only_an_administrator_or_the_machine_replaces_the_key(terminal: Terminal, data: Path) -> None:
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    refused = terminal("--as", "lan", "key", "rotate")
    assert refused.code == 1 and "quản trị" in refused.err


def test_with_all_a_row_of_the_read_models_that_was_changed_is_named(
    terminal: Terminal, checkpoint_file: Path, data: Path
) -> None:
    ws = open_workspace(data, "default", clock.now)
    ws.read_history()
    ws.close()
    (models,) = (data / "default").glob("history-*.db")
    connection = sqlite3.connect(models, isolation_level=None)
    connection.execute("UPDATE trail SET actor = 'b.tran' WHERE position = 4")
    connection.close()
    assert terminal("verify").code == 0
    said = terminal("verify", "--all")
    assert said.code == 1 and "Nhật ký nguyên vẹn" in said.out
    assert said.err.splitlines()[-1] == (
        "Bảng đọc khác với nhật ký ở: trail: position=4. Hãy chạy «cchc-flow rebuild»."
    )
    assert terminal("rebuild").code == 0
    assert terminal("verify", "--all").code == 0


def test_with_all_a_log_without_read_models_is_whole(
    terminal: Terminal, checkpoint_file: Path, data: Path
) -> None:
    for path in (data / "default").glob("projections*"):
        path.unlink()
    assert terminal("verify", "--all").code == 0
