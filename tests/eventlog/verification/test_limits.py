"""What verification does not notice; docs/threats.md says so, and is changed with this file."""

import shutil
from pathlib import Path

import pytest
from eventlog.conftest import SampleLog
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.errors import CommandReused
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.workflow.commands import TakeStep


@pytest.fixture
def home() -> str:
    """What these tests do, they do to a file."""
    return "sqlite"


def execute(sample: SampleLog, *statements: str) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statements",
    [
        ("PRAGMA journal_mode = DELETE",),
        ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 8192", "VACUUM"),
        ("PRAGMA auto_vacuum = FULL", "VACUUM"),
    ],
)
def test_how_the_file_is_laid_out_is_not_compared(sample: SampleLog, statements: tuple[str, ...]) -> None:
    execute(sample, *statements)
    assert verify_log(sample.folder, all_checkpoints=True).ok


def test_bytes_in_the_unused_space_of_the_file_are_not_read(sample: SampleLog) -> None:
    execute(sample, "PRAGMA journal_mode = DELETE")
    path = sample.folder / "events.db"
    content = path.read_bytes()
    start = content.index(bytes(64), 4096)  # within the free middle of a page
    path.write_bytes(content[: start + 16] + b"nobody reads this" + content[start + 33 :])
    assert verify_log(sample.folder, all_checkpoints=True).ok


def test_files_that_no_event_refers_to_are_not_told(sample: SampleLog) -> None:
    (sample.folder / "vault" / "00").mkdir(exist_ok=True)
    (sample.folder / "vault" / "00" / ("0" * 64)).write_bytes(b"planted")
    (sample.folder / "notes.txt").write_text("planted")
    assert verify_log(sample.folder, all_checkpoints=True).ok


def test_a_file_of_the_vault_may_be_a_link_to_the_same_bytes(sample: SampleLog, tmp_path: Path) -> None:
    (file,) = [path for path in (sample.folder / "vault").rglob("*") if path.is_file()]
    shutil.move(file, tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert verify_log(sample.folder).ok


def test_nothing_of_the_private_folder_is_looked_at(sample: SampleLog) -> None:
    shutil.rmtree(sample.private)
    assert verify_log(sample.folder, all_checkpoints=True).ok


def test_who_writes_the_accounts_signs_in_as_anybody_and_verification_does_not_see_it(world: World) -> None:
    accounts = open_accounts(world.ws)
    accounts.set_password("hoa", "lúa-chín-đồng-xa-42", world.time)
    connection = sqlite3.connect(world.ws.private / "accounts.db", isolation_level=None)
    connection.execute("INSERT INTO passwords SELECT 'lan', hash, NULL, changed FROM passwords")
    connection.close()
    assert accounts.verify_password("lan", "lúa-chín-đồng-xa-42", Client("192.0.2.1"), world.time)
    assert verify_log(world.ws.folder, all_checkpoints=True).ok


def test_another_command_key_only_has_an_order_that_is_repeated_refused(world: World) -> None:
    order = world.order("hoa")
    assign = TakeStep("assign", ASSIGN)
    commands.take_step(world.ws, TASK, assign, order)
    (world.ws.private / "command.key").write_bytes(b"x" * 32)
    again = World(world.data, is_there=True)
    with pytest.raises(CommandReused):
        commands.take_step(again.ws, TASK, assign, order)
    again.ws.close()
    assert verify_log(world.ws.folder).ok
