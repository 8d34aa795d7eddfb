"""Receipts and consistency proofs at the command line, and what a forger leaves behind in them."""

import shutil
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from nacl.signing import SigningKey
from support.c2sp import audit_tiles
from support.terminal import Said, Terminal

from cchc_flow.audit.receipt_check import check_alone
from cchc_flow.cli import run
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.receipt_files import ReceiptFile
from cchc_flow.samples import SAMPLE_PLAN

KEPT, NEWER, PROOF, RECEIPT = "cu.txt", "moi.txt", "noi-tiep.txt", "bien-nhan.tlog-proof"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log in `data`, and `away` from it an old and a new checkpoint, the proof between them, a receipt."""
    folder = tmp_path_factory.mktemp("prepared")
    away = folder / "away"
    away.mkdir()
    for words in (
        ("plan", "import", SAMPLE_PLAN),
        ("checkpoint", away / KEPT),
        ("user", "add", "lan", "--name", "Lan", "--role", "officer"),
        ("checkpoint", away / NEWER),
        ("consistency", away / KEPT, "newest", away / PROOF),
        ("receipt", "3", away / RECEIPT),
    ):
        assert run(["--data", str(folder / "data"), *map(str, words)]) == 0
    return folder


@pytest.fixture
def away(prepared: Path, data: Path, tmp_path: Path) -> Path:
    """A copy of what was kept away from the log, which a test may forge; `data` is a copy of the log."""
    shutil.copytree(prepared / "data", data)
    shutil.copytree(prepared / "away", tmp_path / "away")
    return tmp_path / "away"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A place without any log."""
    empty = tmp_path / "nowhere"
    empty.mkdir()
    return empty


def alter_line(path: Path, number: int) -> bool:
    """Change one bit of a line (of what its base64 stands for); return False for an empty one."""
    lines = path.read_text(encoding="utf-8").split("\n")
    line = lines[number]
    if not line:
        return False
    lines[number] = _altered(line)
    path.write_text("\n".join(lines), encoding="utf-8")
    return True


def _altered(line: str) -> str:
    head, space, last = line.rpartition(" ")
    try:
        raw = bytearray(b64decode(last, validate=True))
        raw[len(raw) // 2] ^= 1
        return head + space + b64encode(raw).decode()
    except (ValueError, IndexError):
        return f"{head}{space}{int(last) + 1}" if last.isdecimal() else line[:-1] + "~"


def verify(terminal: Terminal, away: Path, data: Path | None, *words: str | Path) -> Said:
    """Run verify with the kept key, on a machine that has the log or (`data`) has none."""
    where = ("--data", data) if data else ()
    return terminal(*where, "verify", *words, "--key", away / f"{KEPT}.key")


def test_a_receipt_is_checked_where_there_is_no_log_and_named_where_there_is_one(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    alone = verify(terminal, away, elsewhere, "--receipt", away / RECEIPT)
    assert alone.code == 0
    assert "số 3 nằm nguyên vẹn dưới dấu niêm phong" in alone.out and "chữ ký đúng" in alone.out
    with_log = verify(terminal, away, None, "--receipt", away / RECEIPT)
    assert with_log.code == 0
    assert "Đây là sự kiện số 3, ghi" in with_log.out


def test_without_a_key_who_signed_is_not_known_unless_the_log_says_so(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    assert terminal("--data", elsewhere, "verify", "--receipt", away / RECEIPT).code == 3
    result = terminal("verify", "--receipt", away / RECEIPT)
    assert result.code == 0 and "không độc lập với nhật ký" in result.out


def test_no_line_of_a_receipt_can_be_altered(terminal: Terminal, away: Path, elsewhere: Path) -> None:
    whole = (away / RECEIPT).read_text(encoding="utf-8")
    tried = 0
    for number in range(whole.count("\n")):
        (away / RECEIPT).write_text(whole, encoding="utf-8")
        if alter_line(away / RECEIPT, number):
            tried += 1
            for data in (elsewhere, None):
                assert verify(terminal, away, data, "--receipt", away / RECEIPT).code in (1, 2), number
    assert tried > 8


def test_lines_left_out_doubled_or_swapped_make_no_receipt(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    lines = (away / RECEIPT).read_text(encoding="utf-8").split("\n")
    forged = [lines[:n] + lines[n + 1 :] for n in range(1, len(lines) - 1)]
    forged += [[*lines[:n], lines[n], *lines[n:]] for n in range(len(lines) - 2)]
    forged += [[*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]] for n in range(3, 6)]
    for lines in forged:
        (away / RECEIPT).write_text("\n".join(lines), encoding="utf-8")
        result = verify(terminal, away, elsewhere, "--receipt", away / RECEIPT)
        # without the line that carries the body nothing is forged: only what it is about is not known
        assert result.code in (1, 2) or (result.code == 3 and "extra" not in "\n".join(lines)), lines


def test_a_receipt_without_the_body_needs_the_file_of_the_body(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    lines = (away / RECEIPT).read_text(encoding="utf-8").split("\n")
    body = b64decode(lines.pop(1).removeprefix("extra "))
    (away / RECEIPT).write_text("\n".join(lines), encoding="utf-8")
    (away / "su-kien.json").write_bytes(body)
    assert verify(terminal, away, elsewhere, "--receipt", away / RECEIPT).code == 3
    beside = ("--receipt", away / RECEIPT, "--body", away / "su-kien.json")
    assert verify(terminal, away, elsewhere, *beside).code == 0
    (away / "su-kien.json").write_bytes(body.replace(b"2026", b"2027", 1))
    assert verify(terminal, away, elsewhere, *beside).code == 1


def test_another_body_beside_a_receipt_is_refused(terminal: Terminal, away: Path, elsewhere: Path) -> None:
    terminal("receipt", "4", away / "khac")
    other = b64decode((away / "khac").read_text(encoding="utf-8").split("\n")[1].removeprefix("extra "))
    (away / "su-kien.json").write_bytes(other)
    beside = ("--receipt", away / RECEIPT, "--body", away / "su-kien.json")
    result = verify(terminal, away, elsewhere, *beside)
    assert result.code == 1 and "khác với nội dung mà biên nhận mang theo" in result.err


def test_the_receipt_of_another_log_is_told_to_be_that(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    terminal("--data", elsewhere / "other", "init", "xa-khac")
    terminal("--data", elsewhere / "other", "receipt", "1", away / "khac")
    result = terminal("verify", "--receipt", away / "khac")
    assert result.code == 1 and "không phải nhật ký này" in result.err
    assert verify(terminal, away, elsewhere, "--receipt", away / "khac").code == 1


def test_a_checkpoint_in_the_name_of_another_log_is_not_vouched_for_by_this_ones_key() -> None:
    signer = Signer("example.com/mine", SigningKey(b"m" * 32))
    body = b"anything at all, longer than any hash that it could be taken for"
    note = Checkpoint("example.com/other", 1, leaf_hash(body), "2026-03-02T01:00:00Z").sign([signer])
    check = check_alone(ReceiptFile(0, (), note, body), None, [signer.verifier_key])
    assert [finding.is_right for finding in check.findings[:2]] == [True, False]


def test_receipts_of_an_item_go_into_a_folder_one_for_each_event(terminal: Terminal, away: Path) -> None:
    assert terminal("receipt", "2026-III.1.2", away / "viec").code == 0
    [path] = (away / "viec").iterdir()
    assert path.suffix == ".tlog-proof"
    assert verify(terminal, away, None, "--receipt", path).code == 0


def test_two_kept_checkpoints_are_compared_without_any_log(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    result = verify(
        terminal, away, elsewhere, "--from", away / KEPT, "--to", away / NEWER, "--proof", away / PROOF
    )
    assert result.code == 0
    assert "từ đó chỉ ghi thêm" in result.out
    assert verify(terminal, away, elsewhere, "--from", away / KEPT, "--proof", away / PROOF).code == 0


def test_without_a_key_two_checkpoints_are_compared_but_the_signer_is_not_known(
    terminal: Terminal, away: Path
) -> None:
    result = terminal("verify", "--from", away / KEPT, "--proof", away / PROOF)
    assert result.code == 3 and "chưa có khóa kiểm tra" in result.out
    kept = (away / KEPT).read_text(encoding="utf-8") + (away / f"{KEPT}.key").read_text(encoding="utf-8")
    (away / "in-ra.txt").write_text(kept, encoding="utf-8")  # as printed: the key stands below
    assert terminal("verify", "--from", away / "in-ra.txt", "--proof", away / PROOF).code == 0


def test_no_line_of_a_consistency_proof_can_be_altered(terminal: Terminal, away: Path) -> None:
    whole = (away / PROOF).read_text(encoding="utf-8")
    for number in range(whole.count("\n")):
        (away / PROOF).write_text(whole, encoding="utf-8")
        if alter_line(away / PROOF, number):
            words = ("--from", away / KEPT, "--proof", away / PROOF)
            assert verify(terminal, away, None, *words).code in (1, 2), number


def test_no_line_of_a_kept_checkpoint_can_be_altered(terminal: Terminal, away: Path) -> None:
    for name in (KEPT, NEWER):
        whole = (away / name).read_text(encoding="utf-8")
        for number in range(whole.count("\n")):
            if alter_line(away / name, number):
                words = ("--from", away / KEPT, "--to", away / NEWER, "--proof", away / PROOF)
                assert verify(terminal, away, None, *words).code in (1, 2), (name, number)
            (away / name).write_text(whole, encoding="utf-8")


def test_an_old_and_a_new_checkpoint_that_are_swapped_are_told(terminal: Terminal, away: Path) -> None:
    result = verify(
        terminal, away, None, "--from", away / NEWER, "--to", away / KEPT, "--proof", away / PROOF
    )
    assert result.code == 2 and "nhiều hơn" in result.err
    result = terminal("consistency", away / NEWER, away / KEPT)
    assert result.code == 2 and "dấu cũ trước" in result.err


def test_a_missing_proof_is_asked_for_except_between_a_checkpoint_and_itself(
    terminal: Terminal, away: Path
) -> None:
    result = verify(terminal, away, None, "--from", away / KEPT, "--to", away / NEWER)
    assert result.code == 2 and "--proof" in result.err
    assert verify(terminal, away, None, "--from", away / KEPT, "--to", away / KEPT).code == 0


def test_a_log_written_anew_gives_no_proof_from_a_kept_checkpoint(
    terminal: Terminal, away: Path, elsewhere: Path
) -> None:
    terminal("--data", elsewhere / "other", "plan", "import", SAMPLE_PLAN)
    result = terminal("--data", elsewhere / "other", "consistency", away / KEPT)
    assert result.code == 2 and "là của nhật ký" in result.err


def test_keys_of_before_and_after_a_rotation_may_stand_in_one_file(terminal: Terminal, away: Path) -> None:
    later, joined = "sau-khi-thay.txt", "noi-qua-khoa-moi.txt"
    terminal("key", "rotate")
    terminal("user", "add", "binh", "--name", "Bình")
    terminal("checkpoint", away / later)
    terminal("consistency", away / KEPT, away / later, away / joined)
    words = ("verify", "--from", away / KEPT, "--to", away / later, "--proof", away / joined, "--key")
    assert terminal(*words, away / f"{KEPT}.key").code == 1
    both = [(away / f"{name}.key").read_text(encoding="utf-8") for name in (KEPT, later)]
    (away / "khoa.txt").write_text("".join(both), encoding="utf-8")
    assert terminal(*words, away / "khoa.txt").code == 0


def test_only_one_thing_is_verified_at_a_time(terminal: Terminal, away: Path) -> None:
    for words in (
        ("--receipt", away / RECEIPT, "--from", away / KEPT),
        ("--body", away / RECEIPT),
        ("--proof", away / PROOF),
        ("--receipt", away / RECEIPT, "--all"),
    ):
        assert terminal("verify", *words).code == 2


def test_what_was_kept_is_never_written_over(terminal: Terminal, away: Path) -> None:
    before = {name: (away / name).read_bytes() for name in (KEPT, PROOF, RECEIPT)}
    terminal("user", "add", "binh", "--name", "Bình")
    for words in (("consistency", away / KEPT, "newest"), ("receipt", "5")):
        for name in before:
            result = terminal(*words, away / name)
            assert result.code == 2 and "không ghi đè" in result.err
    assert before == {name: (away / name).read_bytes() for name in before}


def test_a_changed_event_has_no_receipt(terminal: Terminal, away: Path, data: Path) -> None:
    with open_without_triggers(data / "default") as connection:
        connection.execute("UPDATE events SET body = x'00' WHERE position = 5")
    result = terminal("receipt", "5")
    assert (result.code, result.out) == (1, "")
    assert "không khớp với dấu niêm phong, nên không có biên nhận" in result.err


def test_tiles_are_written_whole_and_then_only_what_is_new(
    terminal: Terminal, away: Path, data: Path
) -> None:
    key = (away / f"{KEPT}.key").read_text(encoding="utf-8").strip()
    result = terminal("tiles", away / "tiles")
    assert result.code == 0 and "Đã ghi 2 tệp" in result.err
    before = audit_tiles(away / "tiles", key)
    terminal("user", "add", "binh", "--name", "Bình")
    terminal("tiles", away / "tiles")
    after = audit_tiles(away / "tiles", key)
    assert after[: len(before)] == before and len(after) > len(before)
    assert "Đã ghi 0 tệp" in terminal("tiles", away / "tiles").err


def test_tiles_have_every_body_so_only_who_keeps_the_machine_writes_them(
    terminal: Terminal, away: Path
) -> None:
    result = terminal("--as", "lan", "tiles", away / "tiles")
    assert result.code != 0 and not (away / "tiles").exists()
