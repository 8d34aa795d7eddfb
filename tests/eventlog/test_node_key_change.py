"""The key of the nodes is changed with all that it seals; nothing new goes under the old one."""

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support.postgres import TestDatabase

from cchc_flow.cli import run
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres import node_key_change
from cchc_flow.eventlog.postgres.node_key import FILE, seal
from cchc_flow.eventlog.postgres.node_key_change import change_node_key
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.eventlog.postgres.secrets import PostgresSecrets

ALL = "SELECT string_agg(encode(sealed, 'hex'), ' ' ORDER BY workspace, name) FROM cchc_log.secrets"


class Nodes:
    """Two machines with one key; each call of `start` is a process of one of them."""

    def __init__(self, root: Path, postgres: TestDatabase) -> None:
        self.root, self.postgres = root, postgres
        self.databases: list[Database] = []
        self.start("first").read_or_create("command.key", lambda: b"word")
        self.start("first", "").read_or_create("web.key", lambda: b"")
        self.copy_key()

    def start(self, machine: str, workspace: str = "xa-mau") -> PostgresSecrets:
        self.databases.append(Database(self.postgres.url))
        return PostgresSecrets(self.databases[-1], workspace, self.root / machine)

    def key(self, machine: str) -> Path:
        return self.root / machine / "private" / FILE

    def copy_key(self) -> None:
        self.key("second").parent.mkdir(parents=True, exist_ok=True)
        self.key("second").write_bytes(self.key("first").read_bytes())

    def change(self) -> node_key_change.Change:
        return change_node_key(self.root / "first", self.postgres.owner_url)


@pytest.fixture
def nodes(tmp_path: Path, postgres: TestDatabase) -> Iterator[Nodes]:
    nodes = Nodes(tmp_path, postgres)
    yield nodes
    for database in nodes.databases:
        database.close()


def test_all_secrets_are_sealed_under_the_new_key_and_the_old_one_is_kept_aside(nodes: Nodes) -> None:
    old, before = nodes.key("first").read_bytes(), nodes.postgres.query(ALL).split()
    change = nodes.change()
    assert (change.count, change.old.read_bytes()) == (2, old)
    assert nodes.key("first").read_bytes() != old
    assert not set(before) & set(nodes.postgres.query(ALL).split())
    assert nodes.start("first").read("command.key") == b"word"
    assert nodes.start("first", "").read("web.key") == b""
    files = sorted(path for path in nodes.key("first").parent.iterdir() if path.is_file())
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in files} == {
        FILE: "0o600", f"{FILE}.old": "0o600",
    }  # fmt: skip


def test_a_machine_with_the_old_key_is_refused_until_it_gets_the_new_one(nodes: Nodes) -> None:
    running = nodes.start("second")
    assert running.read("command.key") == b"word"
    nodes.change()
    for process in (running, nodes.start("second")):
        with pytest.raises(BadInput, match="khóa chung đã được thay") as refused:
            process.read("command.key")
        assert "Hãy chép tệp private/node.key" in refused.value.now
    nodes.copy_key()
    assert running.read("command.key") == nodes.start("second").read("command.key") == b"word"


def test_a_running_machine_seals_nothing_new_under_the_old_key(nodes: Nodes) -> None:
    running, own = nodes.start("second"), nodes.start("first")
    assert running.read("command.key") == own.read("command.key")
    nodes.change()
    with pytest.raises(BadInput, match="khóa chung đã được thay"):
        running.read_or_create("keys/00ff.pem", lambda: b"mine")
    assert nodes.start("first").names() == ["command.key"]
    assert own.read_or_create("keys/00ff.pem", lambda: b"mine") == b"mine"
    nodes.copy_key()
    assert running.read_or_create("keys/00ff.pem", lambda: b"another") == b"mine"


@pytest.mark.parametrize("stage", ["_seal_again", "_exchange"])
def test_an_interrupted_change_is_finished_by_running_it_again(
    nodes: Nodes, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    old = nodes.key("first").read_bytes()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(node_key_change, stage, stop)
        nodes.change()
    assert nodes.key("first").read_bytes() == old
    if stage == "_seal_again":
        assert nodes.start("first").read("command.key") == b"word"
    assert nodes.change().old.read_bytes() == old
    assert nodes.key("first").read_bytes() != old
    assert nodes.start("first").read("command.key") == b"word"


def test_a_secret_that_the_old_key_does_not_open_stops_the_change(nodes: Nodes) -> None:
    foreign = seal(b"x" * 32, "xa-khac", "command.key", b"y")
    with psycopg.connect(nodes.postgres.owner_url) as owner:
        owner.execute("INSERT INTO cchc_log.secrets VALUES ('xa-khac', 'command.key', %s)", (foreign,))
    before, old = nodes.postgres.query(ALL), nodes.key("first").read_bytes()
    with pytest.raises(BadInput, match="không mở được"):
        nodes.change()
    assert (nodes.postgres.query(ALL), nodes.key("first").read_bytes()) == (before, old)


def test_the_account_of_a_node_may_not_change_the_key(nodes: Nodes) -> None:
    before = nodes.postgres.query(ALL)
    with pytest.raises(BadInput, match="không được sửa các khóa") as refused:
        change_node_key(nodes.root / "first", nodes.postgres.url)
    assert "chủ sở hữu" in refused.value.now
    assert nodes.postgres.query(ALL) == before


def test_a_machine_without_the_key_changes_nothing(nodes: Nodes) -> None:
    with pytest.raises(BadInput, match="chưa có khóa chung"):
        change_node_key(nodes.root / "third", nodes.postgres.owner_url)


def test_the_command_says_what_to_do_next(
    nodes: Nodes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_FLOW_LOG", nodes.postgres.owner_url)
    assert run(["--data", str(nodes.root / "first"), "postgres", "change-node-key"]) == 0
    assert "niêm phong lại 2 khóa" in capsys.readouterr().err
    assert nodes.start("first").read("command.key") == b"word"


def test_the_command_needs_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CCHC_FLOW_LOG", raising=False)
    assert run(["--data", str(tmp_path), "postgres", "change-node-key"]) == 2
    assert "Chưa đặt CCHC_FLOW_LOG" in capsys.readouterr().err
