"""A workspace moves from the data folder into the database: the same log, and only one home in charge."""

from pathlib import Path

import pytest
from eventlog.appending import append_steps, meta
from eventlog.forging import open_without_triggers
from support.postgres import TestDatabase
from support.world import World

from cchc_flow.accounts import Accounts
from cchc_flow.accounts.postgres import PostgresAccounts
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.backup import moving_house
from cchc_flow.backup.moving_house import move_to_database
from cchc_flow.errors import BadInput, CchcError, NotFound, Refusal
from cchc_flow.eventlog.moved_mark import MOVED, MOVING, Mark, read_mark
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.postgres_home import PostgresHome
from cchc_flow.settings import Stores
from cchc_flow.workspace import Workspace, create, open_workspace


class Move:
    """A commune in its folder, and the database that it goes to."""

    def __init__(self, world: World, url: str) -> None:
        self.data, self.url, self.world = world.data, url, world
        self.name = self.world.ws.name
        self.home = PostgresHome(self.data, Stores(url, "database", "database"))

    def run(self) -> moving_house.Moved:
        return move_to_database(self.data, self.name, self.home, self.world.ws.now, self.progress)

    def progress(self, title: str, done: int, total: int) -> None:
        """Nothing is watched unless a test does."""


@pytest.fixture
def move(postgres: TestDatabase, world: World) -> Move:
    return Move(world, postgres.url)


def open_in_database(move: Move, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("CCHC_FLOW_LOG", move.url)
    return open_workspace(move.data, move.name, move.world.ws.now)


def test_the_log_has_the_same_events_and_root_in_its_new_home(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = move.world.ws.log
    bodies, root = list(old.read_bodies()), old.root(old.size())
    moved = move.run()
    assert (moved.events, moved.root) == (len(bodies), root.hex())
    ws = open_in_database(move, monkeypatch)
    assert list(ws.log.read_bodies()) == bodies
    assert ws.log.checkpoint() == old.checkpoint()
    assert verify_log(ws.source, all_checkpoints=True).ok
    assert ws.differences() == []
    ws.close()


def test_work_goes_on_in_the_new_home_and_the_old_one_says_where_that_is(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    move.run()
    with pytest.raises(Refusal, match=r"đã chuyển sang .*không ghi thêm được"):
        move.world.ws.log.check_writable()
    assert read_mark(move.world.ws.folder) == Mark(MOVED, move.home.database.name)
    ws = open_in_database(move, monkeypatch)
    before = ws.log.size()
    ws.log.rotate_key(meta("thay khóa"))
    assert ws.log.size() == before + 1
    ws.close()


def test_an_event_that_is_recorded_meanwhile_goes_too(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    log, recorded = move.world.ws.log, list[int]()

    def record_once(title: str, done: int, total: int) -> None:
        if not recorded:
            recorded.append(append_steps(log, "item-meanwhile", 0, "ghi khi đang chép").last)

    move.progress = record_once  # type: ignore[method-assign]
    assert move.run().events == recorded[0]


@pytest.mark.parametrize("stage", ["copy_contents", "copy_reads", "_copy_accounts", "write_mark"])
def test_a_move_that_is_interrupted_leaves_one_home_at_most_and_can_be_run_again(
    move: Move, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(moving_house, stage, interrupt)
        with pytest.raises(KeyboardInterrupt):
            move.run()
    assert move.home.names() == []
    mark = read_mark(move.world.ws.folder)
    if mark is None:
        move.world.ws.log.check_writable()
    else:
        assert mark.state == MOVING
        with pytest.raises(Refusal, match=r"còn dở dang.*chưa ghi thêm được"):
            move.world.ws.log.check_writable()
    assert move.run().events == move.world.ws.log.size()
    assert move.home.names() == [move.name]


def test_a_move_that_ended_without_its_last_mark_is_finished(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        real = moving_house.write_mark
        broken.setattr(
            moving_house,
            "write_mark",
            lambda folder, mark: interrupt() if mark.state == MOVED else real(folder, mark),
        )
        with pytest.raises(KeyboardInterrupt):
            move.run()
    assert move.home.names() == [move.name]
    assert move.run().events == move.world.ws.log.size()
    mark = read_mark(move.world.ws.folder)
    assert mark is not None and mark.state == MOVED
    with pytest.raises(Refusal, match="đã chuyển"):
        move.run()


def test_another_workspace_of_that_name_is_left_alone(
    move: Move, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as there:
        there.setenv("CCHC_FLOW_LOG", move.url)
        create(tmp_path / "node", move.name, title="Xã khác", clock=move.world.ws.now).close()
    move.home = PostgresHome(tmp_path / "node", Stores(move.url, "database", "database"))
    with pytest.raises(BadInput, match=r"đã có không gian làm việc .* khác"):
        move.run()
    move.world.ws.log.check_writable()


def test_a_changed_log_does_not_move(move: Move) -> None:
    move.world.ws.close()
    with open_without_triggers(move.world.ws.folder) as connection:
        connection.execute("UPDATE events SET actor = 'ai.do' WHERE position = 3")
    with pytest.raises(CchcError, match="KHÔNG nguyên vẹn"):
        move.run()
    assert move.home.names() == []


def test_the_accounts_go_too(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    private = move.data / "private" / move.name
    Accounts(FolderAccounts(private)).set_first_password("hoa.le", "mat-khau-dai-va-la", move.world.ws.now())
    move.run()
    assert Accounts(PostgresAccounts(move.home.database, move.name)).has_password("hoa.le")


def test_a_workspace_that_is_not_there_is_named(move: Move) -> None:
    move.name = "xa-khong-co"
    with pytest.raises(NotFound, match="xa-khong-co"):
        move.run()
