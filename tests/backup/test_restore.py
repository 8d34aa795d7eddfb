"""A backup is put in the place of a workspace: verified before, told in the log, and nothing is deleted."""

import io
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from backup.conftest import BackUp
from support.serving import Running
from support.vaults import content_file
from support.world import TASK, World

from cchc_flow import clock, commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.backup.check import unpack
from cchc_flow.backup.manifest import MANIFEST, SUMS, parse_manifest, parse_sums
from cchc_flow.backup.restore import Restored, Restorer
from cchc_flow.cli.backups import restored_sentences
from cchc_flow.commands import Order
from cchc_flow.commands.clock_confirmation import confirm_clock
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.commands.rollback import accept_rollback
from cchc_flow.errors import BadInput, ClockInDoubt, LogBroken
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.workspace import Workspace, open_workspace

Restore = Callable[..., Restored]
NAME = "xa-mau"


def make_order(ws: Workspace) -> Order:
    return Order("system:root", ws.new_id())


@pytest.fixture
def restore(commune: World) -> Restore:
    """Restore a backup into the commune's data folder, or another one, by the commune's clock."""

    def put_back(file: Path, to: Path | None = None, *, unsigned: bool = False) -> Restored:
        restorer = Restorer(to or commune.data, lambda: commune.time, make_order, lambda *_: None)
        return restorer.restore(file, unsigned=unsigned)

    return put_back


@pytest.fixture
def older(commune: World, back_up: BackUp, tmp_path: Path) -> Path:
    """A backup after which the task was approved and its evidence erased; the workspace is not in use."""
    back_up(tmp_path / "older.tar")
    commune.wait(hours=1)
    commune.take("hoa", "approve", quality="good")
    commands.erase_content(commune.ws, evidence(commune.ws), "Công dân yêu cầu", commune.order("quan"))
    commune.ws.close()
    return tmp_path / "older.tar"


def evidence(ws: Workspace) -> str:
    submitted = next(event for event in ws.log.stream(f"item-{TASK}") if event.type == "item.submitted/1")
    digest: str = submitted.data["evidence"][0]["content"]["digest"]
    return digest


def reopen(data: Path, world: World) -> Workspace:
    return commands.open_workspace(data, NAME, lambda: world.time)


def files(folder: Path) -> dict[Path, bytes]:
    """Return everything in a data folder that a restore would replace."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path: path.read_bytes() for path in paths if not path.name.endswith(("-shm", "-wal"))}


def rewrite(file: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Write the backup anew with other contents, as somebody could who has tar."""
    changed = file.with_name(f"changed-{file.name}")
    with tarfile.open(file) as old, tarfile.open(changed, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read()) if member.isfile() else b""
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return changed


def test_on_another_machine_it_goes_on_under_a_new_key_that_the_log_tells_of(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    back_up(tmp_path / "b.tar")
    restored = restore(tmp_path / "b.tar", tmp_path / "new")
    ws = reopen(tmp_path / "new", commune)
    assert ws.log.event(commune.ws.log.size() + 1).type == "log.key_rotated/1"
    assert ws.log.verifier_key() == restored.new_key != commune.ws.log.verifier_key()
    assert (restored.lost, restored.kept, restored.erasures_unknown) == (None, None, False)
    assert ws.vault.load(evidence(ws)) == b"%PDF-1.7 forty"
    assert open_accounts(ws).has_password("quan")
    ws.close()
    assert verify_log(tmp_path / "new" / NAME, all_checkpoints=True).ok


def test_with_the_key_in_the_file_the_log_goes_on_as_it_was(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    back_up(tmp_path / "b.tar", with_key=True)
    assert restore(tmp_path / "b.tar", tmp_path / "new").new_key is None
    ws = reopen(tmp_path / "new", commune)
    assert (ws.log.size(), ws.log.verifier_key()) == (commune.ws.log.size(), commune.ws.log.verifier_key())
    ws.close()


def test_only_its_owner_reads_what_was_unpacked(back_up: BackUp, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar", with_key=True)
    with unpack(tmp_path / "b.tar", tmp_path, lambda *_: None, unsigned=False) as (_, folder):
        made = [path for path in folder.rglob("*") if not path.name.endswith(("-shm", "-wal"))]
        assert made and [path for path in made if path.stat().st_mode & 0o077] == []


def test_an_older_state_is_told_recorded_and_what_it_replaced_is_kept(
    commune: World, older: Path, restore: Restore
) -> None:
    before = reopen(commune.data, commune)
    size, root, old_key = before.log.size(), before.log.root(before.log.size()), before.log.verifier_key()
    before.close()
    restored = restore(older)
    assert restored.lost is not None and (restored.lost.size, restored.lost.root) == (size, root)
    ws = reopen(commune.data, commune)
    accepted = [event for event in ws.log.read_events() if event.type == "log.rollback_accepted/1"]
    assert [event.data["seen_size"] for event in accepted] == [size]
    assert accepted[0].actor == "system:root"
    commune.ws = ws
    commune.take("hoa", "approve", quality="good")
    ws.close()
    assert restored.kept is not None and verify_log(restored.kept / NAME).count == size
    assert (restored.kept / "private" / NAME / "accounts.db").is_file()
    assert verify_log(commune.data / NAME, key=old_key).ok, "the old key signed the new one"
    assert any("phải ghi lại" in line for line in restored_sentences(restored))


def test_what_the_replaced_log_had_erased_is_erased_again(
    commune: World, older: Path, restore: Restore
) -> None:
    restored = restore(older)
    ws = reopen(commune.data, commune)
    assert restored.erased == (evidence(ws),)
    assert not ws.vault.has(evidence(ws))
    event = next(event for event in ws.log.read_events() if event.type == "content.erased/2")
    assert event.data["digest"] == evidence(ws)
    assert ws.vault.load(event.data["reason"]["digest"]).decode() == "Công dân yêu cầu"
    ws.close()
    assert verify_log(commune.data / NAME).ok


def test_a_newer_backup_over_an_older_folder_is_no_rollback(
    commune: World, older: Path, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    back_up(tmp_path / "newer.tar", with_key=True)
    restore(older)
    restored = restore(tmp_path / "newer.tar")
    assert restored.lost is not None, "the first restore made a branch"
    ws = reopen(commune.data, commune)
    assert [event.type for event in ws.log.read_events()].count("log.rollback_accepted/1") == 1
    ws.close()


def test_a_workspace_that_somebody_uses_is_not_replaced(
    commune: World, older: Path, restore: Restore
) -> None:
    ws = reopen(commune.data, commune)
    size = ws.log.size()
    with pytest.raises(LogBroken, match=r"đang được dùng.*Hãy dừng máy chủ"):
        restore(older)
    assert ws.log.size() == size and not (commune.data / "private/replaced").exists()
    ws.close()
    restore(older)


def test_a_workspace_that_is_served_is_not_replaced_even_before_anybody_asked_for_a_page(
    commune: World, older: Path, restore: Restore
) -> None:
    server = Running(commune.data)
    try:
        with pytest.raises(LogBroken, match="Hãy dừng máy chủ"):
            restore(older)
    finally:
        server.stop()
    restore(older)


def test_nobody_opens_a_workspace_that_is_being_replaced(
    commune: World, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def open_meanwhile(ws: Workspace) -> Order:
        with pytest.raises(LogBroken, match="đang được khôi phục"):
            reopen(commune.data, commune)
        refused.append(True)
        return make_order(ws)

    Restorer(commune.data, lambda: commune.time, open_meanwhile, lambda *_: None).restore(older)
    assert refused


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xa-mau/events.db", b"item.submitted/1", b"item.submitted/2"),
        ("private/xa-mau/accounts.db", b"$argon2id$", b"$argon2i-$"),
        ("MANIFEST.json", b'"format": 1', b'"format": 0'),
        ("MANIFEST.json", b"xa-mau", b"xa-nao"),
        ("MANIFEST.sig", b"sha256 ", b"sha512 "),
        ("SHA256SUMS", b"xa-mau/events.db", b"xa-mau/events.bd"),
    ],
)
def test_a_backup_that_somebody_changed_is_refused_and_nothing_is_replaced(
    commune: World, older: Path, restore: Restore, member: str, old: bytes, new: bytes
) -> None:
    before = files(commune.data)
    changed = rewrite(older, lambda name, content: content.replace(old, new) if name == member else content)
    assert changed.read_bytes() != older.read_bytes()
    with pytest.raises(BadInput):
        restore(changed)
    assert files(commune.data) == before


def test_changed_accounts_with_digests_made_anew_are_refused_for_want_of_a_signature(
    commune: World, older: Path, restore: Restore
) -> None:
    forged: dict[str, bytes] = {}

    def forge(name: str, content: bytes) -> bytes:
        if name == "private/xa-mau/accounts.db":
            content = forged[name] = content.replace(b"$argon2id$", b"$argon2i-$")
        if name == SUMS:
            sums = parse_sums(content)
            lines = [f"{sha256(forged[n]).hexdigest() if n in forged else d}  {n}\n" for n, d in sums.items()]
            content = forged[name] = "".join(lines).encode()
        if name == MANIFEST:
            stated = sha256(forged[SUMS]).hexdigest()
            content = msgspec.structs.replace(parse_manifest(content), sums=stated).to_bytes()
        return content

    before = files(commune.data)
    with pytest.raises(BadInput, match="không có chữ ký đúng"):
        restore(rewrite(older, forge))
    assert files(commune.data) == before


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "xa-mau/../../outside", "private/xa-mau/keys/x"]
)
def test_a_name_outside_the_folders_of_the_workspace_is_refused(
    older: Path, restore: Restore, tmp_path: Path, name: str
) -> None:
    with tarfile.open(older, "a") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(BadInput, match="không phải bản sao lưu"):
        restore(older)


def test_a_link_is_refused(older: Path, restore: Restore) -> None:
    with tarfile.open(older, "a") as archive:
        info = tarfile.TarInfo("private/xa-mau/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(BadInput, match="không phải bản sao lưu"):
        restore(older)


def test_a_file_with_holes_that_would_unpack_to_any_size_is_refused(
    older: Path, restore: Restore, tmp_path: Path
) -> None:
    holes = tmp_path / "private" / "xa-mau" / "holes"
    holes.parent.mkdir(parents=True)
    with holes.open("wb") as file:
        file.truncate(64 << 20)
    sparse = tmp_path / "sparse.tar"
    command = ["tar", "--format=posix", "-cSf", sparse, "-C", tmp_path, "private/xa-mau/holes"]
    subprocess.run(command, check=True)
    older.write_bytes(older.read_bytes()[:-1024] + sparse.read_bytes())  # in the place of its end
    with pytest.raises(BadInput, match="không phải bản sao lưu"):
        restore(older)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.99])
def test_a_file_that_was_cut_is_refused(commune: World, older: Path, restore: Restore, share: float) -> None:
    content = older.read_bytes()
    older.write_bytes(content[: int(len(content) * share)])
    before = files(commune.data)
    with pytest.raises(BadInput):
        restore(older)
    assert files(commune.data) == before


def test_a_backup_of_a_later_program_is_refused(
    older: Path, restore: Restore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.backup.check.FORMAT", 0)
    with pytest.raises(BadInput, match="mới hơn bản đang chạy"):
        restore(older)


def test_the_log_of_another_commune_of_the_same_name_is_not_replaced(
    older: Path, restore: Restore, tmp_path: Path
) -> None:
    other = World(tmp_path / "other")
    other.ws.close()
    with pytest.raises(BadInput, match="một nhật ký khác"):
        restore(older, tmp_path / "other")


def test_a_backup_taken_after_the_key_was_lost_is_restored_when_that_is_said(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    for key in (commune.ws.private / "keys").iterdir():
        key.unlink()
    back_up(tmp_path / "b.tar")
    with pytest.raises(BadInput, match="--unsigned"):
        restore(tmp_path / "b.tar", tmp_path / "new")
    assert restore(tmp_path / "b.tar", tmp_path / "new", unsigned=True).new_key


def test_a_content_that_was_lost_before_the_backup_does_not_stop_the_restore(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    content_file(commune.ws, evidence(commune.ws)).unlink()
    back_up(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "new")
    assert not verify_log(tmp_path / "new" / NAME).ok


def test_a_broken_log_is_replaced_and_kept_and_what_it_erased_is_said_to_be_unknown(
    commune: World, older: Path, restore: Restore
) -> None:
    for path in commune.ws.folder.glob("events.db*"):
        path.write_bytes(b"rubbish" * 1000)
    restored = restore(older)
    assert restored.erasures_unknown and restored.lost is not None
    assert restored.kept is not None and (restored.kept / NAME / "events.db").read_bytes()[:7] == b"rubbish"
    assert any("content erase" in line for line in restored_sentences(restored))
    reopen(commune.data, commune).close()


def test_an_exchange_that_fails_halfway_puts_everything_back(
    commune: World, older: Path, restore: Restore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = files(commune.data), Path.rename

    def fail_at_last(source: Path, target: Path) -> Path:
        if target == commune.data / NAME and ".restore-" in str(source):
            raise OSError(28, "No space left on device", str(target))
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail_at_last)
    with pytest.raises(OSError, match="No space"):
        restore(older)
    assert files(commune.data) == before
    reopen(commune.data, commune).close()


RESTORE = """
import sys
from datetime import datetime
from pathlib import Path
from cchc_flow.backup.restore import Restorer
from cchc_flow.commands import Order
data, file, time = sys.argv[1:]
order = lambda ws: Order("system:root", ws.new_id())
print("ready", flush=True)
Restorer(Path(data), lambda: datetime.fromisoformat(time), order, lambda *_: None).restore(Path(file))
"""


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.2, 0.4])
def test_a_restore_that_is_killed_leaves_one_whole_workspace_or_is_made_again(
    commune: World, older: Path, restore: Restore, pause: float
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", RESTORE, str(commune.data), str(older), commune.time.isoformat()],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(pause)
    process.kill()
    process.communicate()
    if (commune.data / NAME).is_dir():
        assert verify_log(commune.data / NAME).ok
    restore(older)
    reopen(commune.data, commune).close()
    assert verify_log(commune.data / NAME).ok


def test_with_a_clock_in_doubt_it_says_what_to_run_and_that_mends_it(commune: World, older: Path) -> None:
    late = clock.MachineClock(read=lambda: commune.time + timedelta(days=40))
    restored = Restorer(commune.data, late, make_order, lambda *_: None).restore(older)
    assert isinstance(restored.blocked, ClockInDoubt)
    assert list(restored_sentences(restored))[-3:] == [
        "cchc-flow clock confirm", "cchc-flow accept", "cchc-flow key rotate",
    ]  # fmt: skip
    for mend in (confirm_clock, accept_rollback, rotate_key):
        ws = open_workspace(commune.data, NAME, late, for_repair=True)
        mend(ws, make_order(ws))
        ws.close()
    commands.open_workspace(commune.data, NAME, late).close()


def test_a_check_reads_everything_and_leaves_nothing(older: Path, tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with unpack(older, tmp_path / "place", lambda *_: None, unsigned=False) as (manifest, folder):
        assert manifest.workspace == NAME and folder.parent == tmp_path / "place"
    assert list((tmp_path / "place").iterdir()) == []


def test_the_templates_of_a_communes_own_come_back_with_it(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    commune.ws.templates.mkdir()
    (commune.ws.templates / "official.css").write_text("h2 { color: black }")
    (commune.ws.templates / "ghi-chu.txt").write_text("không phải mẫu")
    back_up(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "new")
    folder = reopen(tmp_path / "new", commune).templates
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [
        ("official.css", "h2 { color: black }")
    ]
