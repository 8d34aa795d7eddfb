"""A workspace moves from the database back into the folder: the same log, and only one home in charge."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from backup.test_moving_house import Move, open_in_database
from eventlog.appending import append_steps, meta
from support.postgres import TestDatabase
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.accounts import Accounts
from cchc_flow.accounts.postgres import PostgresAccounts
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.backup import moving_back
from cchc_flow.backup.moving_back import move_to_folder
from cchc_flow.backup.moving_house import Moved
from cchc_flow.errors import BadInput, LogBroken, NotFound, Refusal
from cchc_flow.eventlog.moved_mark import MOVED, MOVING, RETURNING, Mark, read_mark, write_mark
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import FolderHome
from cchc_flow.workspace import Workspace, create, open_workspace


class Return(Move):
    """A commune in the database, and the folder that it goes back to."""

    def __init__(self, world: World, url: str, patch: pytest.MonkeyPatch) -> None:
        super().__init__(world, url)
        self.run()
        self.folder = self.world.ws.folder
        self.patch = patch
        self.node = open_in_database(self, patch)

    def run_back(self) -> Moved:
        return move_to_folder(self.data, self.name, self.home, self.world.ws.now, self.progress)

    def open_folder(self) -> Workspace:
        self.patch.delenv("CCHC_FLOW_LOG")
        return open_workspace(self.data, self.name, self.world.ws.now)


@pytest.fixture
def back(postgres: TestDatabase, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Return]:
    found = Return(world, postgres.url, monkeypatch)
    yield found
    found.node.close()


def test_the_folder_has_the_same_events_and_root_and_work_goes_on_there(back: Return) -> None:
    log = back.node.log
    log.rotate_key(meta("thay khóa trong cơ sở dữ liệu"))
    bodies, root, size = list(log.read_bodies()), log.root(log.size()), log.size()
    assert back.run_back().root == root.hex()
    ws = back.open_folder()
    assert list(ws.log.read_bodies()) == bodies
    assert verify_log(ws.source, all_checkpoints=True).ok
    assert ws.differences() == []
    append_steps(ws.log, "item-back", 0, "ghi ở thư mục")
    assert ws.log.size() == size + 1
    ws.close()


def test_the_database_takes_no_more_events_and_says_where_the_workspace_is(back: Return) -> None:
    before = back.node.log.size()
    back.run_back()
    for act in (lambda: append_steps(back.node.log, "item-late", 0, "muộn"), back.node.log.check_writable):
        with pytest.raises(Refusal, match=r"đã chuyển sang thư mục .*không ghi thêm được"):
            act()
    back.node.reads.record("lan", "opened", "item-1", "web")
    assert (back.node.log.size(), [*back.node.reads.entries()]) == (before, [])
    with pytest.raises(Refusal, match="đã chuyển sang thư mục"):
        back.run_back()


def test_it_can_be_read_in_the_database_by_a_node_with_the_same_folder(back: Return) -> None:
    back.run_back()
    again = open_in_database(back, back.patch)
    assert again.log.size() == back.node.log.size()
    again.close()


def test_an_event_that_is_recorded_meanwhile_comes_too(back: Return) -> None:
    recorded = list[int]()
    for number in range(12):
        append_steps(back.node.log, f"item-{number}", 0, "trong cơ sở dữ liệu")

    def record_once(title: str, done: int, total: int) -> None:
        if not recorded:
            recorded.append(append_steps(back.node.log, "item-meanwhile", 0, "ghi khi đang chép").last)

    back.progress = record_once  # type: ignore[method-assign]
    with back.patch.context() as small:
        small.setattr("cchc_flow.eventlog.moving_log.PROGRESS_ROWS", 10)
        assert back.run_back().events == recorded[0]


STAGES = ("require_intact", "copy_contents", "extend_log_in_folder", "copy_reads", "replace_accounts")


@pytest.mark.parametrize("stage", [*STAGES, "remove_mark"])
def test_a_return_that_is_interrupted_leaves_one_home_at_most_and_can_be_run_again(
    back: Return, stage: str
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with back.patch.context() as broken:
        broken.setattr(moving_back, stage, interrupt)
        with pytest.raises(KeyboardInterrupt):
            back.run_back()
    mark = read_mark(back.folder)
    assert mark is not None and mark.state in {MOVED, RETURNING}
    with pytest.raises(Refusal, match=r"đã chuyển sang|còn dở dang.*move --back"):
        FolderHome(back.data).open_log(back.name, back.world.ws.now).check_writable()
    if stage == "remove_mark":
        with pytest.raises(Refusal, match="đã chuyển sang thư mục"):
            back.node.log.check_writable()
    else:
        append_steps(back.node.log, "item-meanwhile", 0, "vẫn ghi được")
    assert back.run_back().events == back.node.log.size()
    assert read_mark(back.folder) is None
    FolderHome(back.data).open_log(back.name, back.world.ws.now).check_writable()


def test_a_workspace_that_was_never_in_the_folder_comes_there(
    back: Return, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back.data = tmp_path / "elsewhere"
    back.home = type(back.home)(back.data, back.home._stores)
    (back.data / "private").mkdir(parents=True)
    key = back.world.data / "private" / "node.key"
    (back.data / "private" / "node.key").write_bytes(key.read_bytes())
    moved = back.run_back()
    ws = back.open_folder()
    assert (ws.log.size(), ws.log.root(moved.events).hex()) == (moved.events, moved.root)
    ws.close()


def test_back_and_forth_twice_the_root_is_the_same_and_nothing_is_lost(back: Return) -> None:
    for number in range(2):
        append_steps(back.node.log, f"item-there-{number}", 0, "trong cơ sở dữ liệu")
        back.node.reads.record("lan", "opened", f"item-{number}", "web")
        back.run_back()
        ws = back.open_folder()
        assert len([*ws.reads.entries()]) == 2 * number + 1
        append_steps(ws.log, f"item-here-{number}", 0, "trong thư mục")
        ws.reads.record("binh", "opened", f"item-{number}", "web")
        size, root = ws.log.size(), ws.log.root(ws.log.size())
        ws.close()
        assert back.run() == Moved(back.name, back.home.database.name, size, root.hex())
        back.node.close()
        back.node = open_in_database(back, back.patch)
        assert len([*back.node.reads.entries()]) == 2 * number + 2
    assert verify_log(back.node.source, all_checkpoints=True).ok


def test_what_was_erased_in_the_database_is_erased_in_the_folder(
    postgres: TestDatabase, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, order = Move(world, postgres.url), world.order
    world.submitted()
    commands.add_person(world.ws, "quan", "Hồ Quân", None, None, order())
    commands.grant_role(world.ws, "quan", "admin", order())
    digest = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
    move.run()
    ws = open_in_database(move, monkeypatch)
    commands.erase_content(ws, digest, "Công dân yêu cầu xóa dữ liệu cá nhân", order("quan"))
    ws.close()
    assert world.ws.vault.has(digest)  # the old home does not know of it
    move_to_folder(move.data, move.name, move.home, world.ws.now, move.progress)
    assert not world.ws.vault.has(digest)


def test_the_accounts_come_too(back: Return) -> None:
    accounts = Accounts(PostgresAccounts(back.home.database, back.name))
    accounts.set_first_password("hoa.le", "mat-khau-dai-va-la", back.world.ws.now())
    back.run_back()
    assert Accounts(FolderAccounts(back.data / "private" / back.name)).has_password("hoa.le")


def test_another_log_in_the_folder_is_left_alone(
    back: Return, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CCHC_FLOW_LOG")
    other = tmp_path / "other"
    create(other, back.name, title="Xã khác", clock=back.world.ws.now).close()
    (other / "private" / "node.key").write_bytes((back.data / "private" / "node.key").read_bytes())
    back.data, back.home = other, type(back.home)(other, back.home._stores)
    with pytest.raises(BadInput, match="đã có nhật ký"):
        back.run_back()
    write_mark(other / back.name, Mark(MOVED, "nơi khác"))
    with pytest.raises(LogBroken, match="không nối tiếp"):
        back.run_back()
    shutil.rmtree(other / "private" / back.name)
    with pytest.raises(BadInput, match="nhật ký khác"):
        back.run_back()
    back.home.open_log(back.name, back.world.ws.now).check_writable()


def test_a_return_does_not_begin_while_the_way_there_is_not_finished(back: Return) -> None:
    write_mark(back.folder, Mark(MOVING, back.home.database.name))
    with pytest.raises(Refusal, match="còn dở dang"):
        back.run_back()


def test_the_way_there_does_not_begin_while_the_return_is_not_finished(back: Return) -> None:
    write_mark(back.folder, Mark(RETURNING, back.home.database.name))
    with pytest.raises(Refusal, match=r"còn dở dang.*move --back"):
        back.run()


def test_a_workspace_that_the_database_does_not_have_is_named(back: Return) -> None:
    back.name = "xa-khong-co"
    with pytest.raises(NotFound, match="xa-khong-co"):
        back.run_back()
