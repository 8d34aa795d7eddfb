"""A backup is one file, complete or not there, taken while others write."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backup.conftest import BackUp
from support.vaults import content_file
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.audit import reads
from cchc_flow.audit.questions.file_marks import open_marks
from cchc_flow.backup.create import create_backup
from cchc_flow.backup.restore import Restorer
from cchc_flow.commands.reads_upkeep import keep_up_reads
from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import still_file
from cchc_flow.eventlog.verification.verify import verify_log

WRITER = Path(__file__).parents[1] / "eventlog" / "writer.py"
BACK_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cchc_flow.backup.create import create_backup
data, name, out = sys.argv[1:]
print("ready", flush=True)
while True:
    create_backup(Path(data), name, Path(out), time=datetime.now(UTC), with_key=False, progress=print)
    Path(out).unlink()
"""


def unpack(file: Path, folder: Path) -> Path:
    """Unpack a backup as anybody can without this program."""
    folder.mkdir()
    subprocess.run(["tar", "-xf", file, "-C", folder], check=True)
    return folder


def evidence(world: World) -> str:
    digest: str = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
    return digest


def erase(world: World) -> None:
    commands.erase_content(world.ws, evidence(world), "Công dân yêu cầu", world.order("quan"))


def test_a_backup_unpacks_with_tar_into_a_data_folder_that_verifies_and_goes_on(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    back_up(tmp_path / "b.tar", with_key=True)
    data = unpack(tmp_path / "b.tar", tmp_path / "again")
    assert verify_log(data / commune.ws.name).ok
    again = World(data, is_there=True)
    assert again.ws.log.size() == commune.ws.log.size()
    again.time = commune.time
    assert again.ws.vault.load(evidence(again)) == b"%PDF-1.7 forty"
    again.take("hoa", "approve", quality="good")
    assert open_accounts(again.ws).has_password("quan")
    again.ws.close()


def test_its_digests_are_those_that_sha256sum_reads(back_up: BackUp, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar")
    data = unpack(tmp_path / "b.tar", tmp_path / "again")
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=data, check=True)


def test_it_says_of_itself_which_log_it_has(commune: World, back_up: BackUp, tmp_path: Path) -> None:
    manifest = back_up(tmp_path / "b.tar")
    log = commune.ws.log
    assert (manifest.workspace, manifest.title, manifest.made) == (
        "xa-mau", "xã Mẫu", "2026-03-02T01:00:00.000000Z",
    )  # fmt: skip
    assert (manifest.log_size, manifest.key) == (log.size(), log.verifier_key())
    assert manifest.log_root == b64encode(log.root(log.size())).decode()
    stored = json.loads((unpack(tmp_path / "b.tar", tmp_path / "again") / "MANIFEST.json").read_bytes())
    assert stored["log_root"] == manifest.log_root and stored["program"] == manifest.program


def test_the_signing_key_goes_along_only_when_it_is_asked_for(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    for with_key in (False, True):
        back_up(tmp_path / f"{with_key}.tar", with_key=with_key)
        private = unpack(tmp_path / f"{with_key}.tar", tmp_path / f"{with_key}") / "private/xa-mau"
        assert len(list(private.glob("keys/*.pem"))) == with_key
        assert (private / "accounts.db").is_file() and (private / "command.key").is_file()
        assert not (private / "log-end.txt").exists()


def test_only_its_owner_reads_it_and_what_is_unpacked(back_up: BackUp, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    for path in unpack(tmp_path / "b.tar", tmp_path / "again").rglob("*"):
        assert path.is_dir() or path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "again/private").stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_is_never_overwritten(back_up: BackUp, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"older")
    with pytest.raises(BadInput, match="không ghi đè"):
        back_up(tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_bytes() == b"older"
    (tmp_path / "c.tar").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="không ghi đè"):
        back_up(tmp_path / "c.tar")


def test_a_file_that_came_in_the_meantime_is_not_overwritten_either(back_up: BackUp, tmp_path: Path) -> None:
    def put_there(title: str, done: int, total: int) -> None:
        (tmp_path / "b.tar").write_bytes(b"another")

    with pytest.raises(BadInput, match="không ghi đè"):
        back_up(tmp_path / "b.tar", progress=put_there)
    assert (tmp_path / "b.tar").read_bytes() == b"another"


def test_a_workspace_that_is_not_there_is_told_and_leaves_no_file(commune: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        create_backup(
            commune.data,
            "xa-khac",
            tmp_path / "b.tar",
            time=commune.time,
            with_key=False,
            progress=lambda *_: None,
        )
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_log_whose_end_does_not_hold_is_not_backed_up(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    commune.ws.close()
    connection = sqlite3.connect(commune.ws.folder / "events.db")
    connection.execute("DROP TRIGGER events_no_delete")
    connection.commit()
    connection.close()
    with pytest.raises(LogBroken, match="Cấu trúc bảng"):
        back_up(tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_an_erased_content_is_not_in_it_though_an_older_vault_brought_it_back(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    path = content_file(commune.ws, evidence(commune))
    kept = path.read_bytes()
    erase(commune)
    path.write_bytes(kept)
    manifest = back_up(tmp_path / "b.tar")
    assert manifest.missing == ()
    data = unpack(tmp_path / "b.tar", tmp_path / "again")
    assert not list(data.rglob(evidence(commune)))
    assert verify_log(data / "xa-mau").ok


def test_what_is_erased_while_it_is_taken_has_it_begun_anew(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    def erase_once(title: str, done: int, total: int) -> None:
        if commune.ws.vault.has(evidence(commune)) and done > total / 2:
            erase(commune)

    back_up(tmp_path / "b.tar", progress=erase_once)
    data = unpack(tmp_path / "b.tar", tmp_path / "again")
    assert not list(data.rglob(evidence(commune)))
    assert verify_log(data / "xa-mau").ok


def test_a_content_that_was_lost_before_is_told_and_the_rest_is_kept(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    reference = commune.ws.log.stream("plan-2026")[0].data["document"]["content"]["digest"]
    content_file(commune.ws, evidence(commune)).unlink()
    with content_file(commune.ws, reference).open("ab") as file:
        file.write(b"!")
    manifest = back_up(tmp_path / "b.tar")
    assert (manifest.missing, manifest.damaged) == ((evidence(commune),), (reference,))
    assert (unpack(tmp_path / "b.tar", tmp_path / "again") / "xa-mau/events.db").is_file()


def test_a_reader_of_an_older_state_does_not_keep_it_from_the_newest(
    commune: World, back_up: BackUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_file, "PATIENCE_SECONDS", 0)
    reader = sqlite3.connect(commune.ws.folder / "events.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT max(position) FROM events").fetchone()
    commune.take("hoa", "approve", quality="good")
    assert back_up(tmp_path / "b.tar").log_size == commune.ws.log.size()
    reader.close()
    assert verify_log(unpack(tmp_path / "b.tar", tmp_path / "again") / "xa-mau").ok


def test_a_writer_that_was_stopped_in_the_middle_does_not_keep_a_backup_from_being_taken(
    commune: World, back_up: BackUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_file, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(still_file, "BUSY_MS", 100)
    writer = sqlite3.connect(commune.ws.folder / "events.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert back_up(tmp_path / "b.tar").log_size == commune.ws.log.size()
    writer.close()
    assert verify_log(unpack(tmp_path / "b.tar", tmp_path / "again") / "xa-mau").ok


def test_a_program_that_is_killed_leaves_nothing(commune: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for pause in (0.0, 0.05, 0.1):
        process = subprocess.Popen(
            [sys.executable, "-c", BACK_UP, str(commune.data), "xa-mau", str(out / "b.tar")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        left = list(out.glob("*.tar"))
        assert not left or verify_log(unpack(left[0], tmp_path / f"again-{pause}") / "xa-mau").ok
        for path in left:
            path.unlink()
        assert [path for path in out.iterdir() if path.is_file()] == []
    assert verify_log(commune.ws.folder).ok


def test_a_full_disk_is_told_and_leaves_nothing(commune: World, back_up: BackUp, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True)
    if mounted.returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        with pytest.raises(OSError, match="No space left"):
            back_up(small / "b.tar")
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


def back_up_under_load(data: Path, folder: Path, streams: tuple[str, ...], events: int, count: int) -> None:
    """Take backups while processes write; each must verify, and hold all that was acknowledged before it."""
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(data), stream, str(events)], stdout=subprocess.PIPE, text=True
        )
        for stream in streams
    ]
    sizes = []
    for number in range(count):
        acknowledged = [int(writer.stdout.readline()) for writer in writers if writer.stdout]
        out = folder / f"{number}.tar"
        manifest = create_backup(
            data, "ea-thu", out, time=datetime.now(UTC), with_key=False, progress=lambda *_: None
        )
        unpacked = unpack(out, folder / f"again-{number}") / "ea-thu"
        report = verify_log(unpacked)
        assert report.ok and report.count == manifest.log_size
        newest = newest_versions(unpacked, streams)
        assert all(there >= told for there, told in zip(newest, acknowledged, strict=True))
        sizes.append(manifest.log_size)
        shutil.rmtree(unpacked.parent)
        out.unlink()
    for writer in writers:
        assert writer.stdout is not None
        with writer.stdout:
            writer.stdout.read()
        assert writer.wait(600) == 0
    assert sizes == sorted(sizes)
    report = verify_log(data / "ea-thu")
    assert report.ok and report.count == 1 + len(streams) * events


def newest_versions(folder: Path, streams: tuple[str, ...]) -> list[int]:
    connection = sqlite3.connect(folder / "events.db")
    sql = "SELECT max(version) FROM events WHERE stream = ?"
    found = [connection.execute(sql, (stream,)).fetchone()[0] for stream in streams]
    connection.close()
    return found


def test_backups_taken_while_others_write_verify_and_hold_all_that_was_acknowledged_before(
    tmp_path: Path,
) -> None:
    back_up_under_load(tmp_path / "data", tmp_path, ("item-1", "item-2"), 400, 4)


@pytest.mark.slow
def test_a_hundred_backups_under_load(tmp_path: Path) -> None:
    back_up_under_load(
        tmp_path / "data", tmp_path, tuple(f"item-{number}" for number in range(6)), 5_000, 100
    )


def test_how_far_reactions_have_come_is_left_out_so_that_those_that_failed_are_not_forgotten(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    for name in ("reacted", "reactions.db"):
        (commune.ws.private / name).write_bytes(b"7")
    back_up(tmp_path / "b.tar")
    private = unpack(tmp_path / "b.tar", tmp_path / "again") / "private" / commune.ws.name
    assert {path.name for path in private.iterdir()}.isdisjoint({"reacted", "reactions.db"})


def test_the_files_of_reads_go_along_and_verify_where_they_are_unpacked(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    reads.record_read(commune.ws, "lan", reads.OPENED, "item-1")
    commune.wait(days=31)
    keep_up_reads(commune.ws)
    reads.record_read(commune.ws, "lan", reads.OPENED, "item-2")
    manifest = back_up(tmp_path / "xa.tar")
    assert not manifest.missing and not manifest.damaged
    there = unpack(tmp_path / "xa.tar", tmp_path / "there") / "xa-mau"
    assert sorted(path.name for path in (there / "reads").iterdir()) == ["2026-03.db", "2026-04.db"]
    assert "đã kiểm sổ lượt xem của 2 tháng (2 lượt)" in verify_log(there).notices


def test_a_file_of_reads_that_was_lost_or_changed_before_is_told_and_the_rest_is_kept(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    for _ in range(3):
        reads.record_read(commune.ws, "lan", reads.OPENED, "item-1")
        commune.wait(days=31)
    keep_up_reads(commune.ws)
    commune.ws.reads.close()
    (commune.ws.folder / "reads/2026-03.db").unlink()
    with sqlite3.connect(commune.ws.folder / "reads/2026-04.db") as db:
        db.execute("UPDATE head SET note = 'x'")
    db.close()
    manifest = back_up(tmp_path / "xa.tar")
    assert (manifest.missing, manifest.damaged) == (("reads-2026-03",), ("reads-2026-04",))
    restorer = Restorer(tmp_path / "there", commune.ws.now, lambda ws: commune.order(), lambda *_: None)
    assert restorer.restore(tmp_path / "xa.tar").manifest == manifest


def test_databases_that_are_made_again_are_left_out_so_that_nothing_erased_comes_back(
    commune: World, back_up: BackUp, tmp_path: Path
) -> None:
    open_marks(commune.ws, commune.ws.log.size())
    back_up(tmp_path / "xa.tar")
    there = unpack(tmp_path / "xa.tar", tmp_path / "there") / "private/xa-mau"
    assert [path.name for path in there.glob("*.db")] == ["accounts.db"]
