"""Secrets are created once for all, whichever home they have; those in files are their owner's alone."""

import secrets
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.postgres import TestDatabase

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.postgres.node_key import FILE
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.eventlog.postgres.secrets import PostgresSecrets
from cchc_flow.eventlog.secret_store import FolderSecrets, SecretStore

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"  # the example of C2SP
Node = Callable[[str], SecretStore]


@pytest.fixture
def node(tmp_path: Path, postgres: TestDatabase) -> Iterator[Callable[[str], PostgresSecrets]]:
    """Return the secrets of a workspace as a node sees them, whose data folder has a name."""
    databases: list[Database] = []

    def start(name: str) -> PostgresSecrets:
        databases.append(Database(postgres.url))  # as another process has it
        return PostgresSecrets(databases[-1], "xa-mau", tmp_path / name)

    yield start
    for database in databases:
        database.close()


def copy_node_key(tmp_path: Path, source: str, target: str) -> None:
    (tmp_path / target / "private").mkdir(parents=True, exist_ok=True)
    content = (tmp_path / source / "private" / FILE).read_bytes()
    (tmp_path / target / "private" / FILE).write_bytes(content)


@pytest.fixture(params=["folder", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SecretStore]:
    if request.param == "folder":
        yield FolderSecrets(tmp_path / "private" / "xa-mau")
        return
    yield request.getfixturevalue("node")("first")


def test_a_secret_is_created_once_and_read_again(store: SecretStore) -> None:
    assert (store.read("command.key"), store.names()) == (None, [])
    created = store.read_or_create("command.key", lambda: b"\x00secret\xff")
    assert store.read_or_create("command.key", lambda: b"another") == created == b"\x00secret\xff"
    store.read_or_create("keys/00ff.pem", lambda: b"")
    assert (store.read("command.key"), store.read("keys/00ff.pem")) == (created, b"")
    assert store.names() == ["command.key", "keys/00ff.pem"]


def test_of_many_who_create_a_secret_at_once_all_get_the_same(store: SecretStore) -> None:
    together = threading.Barrier(8)

    def create(_: int) -> bytes:
        together.wait(20)
        return store.read_or_create("web.key", lambda: secrets.token_bytes(32))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(create, range(8)))) == 1


def test_a_signing_key_signs_from_whichever_home(store: SecretStore) -> None:
    signer = KeyStore(store).create_first("xa-mau")
    assert KeyStore(store).signer(str(signer.verifier_key)).sign("x") == signer.sign("x")


def test_the_files_of_secrets_are_their_owners_alone(tmp_path: Path) -> None:
    FolderSecrets(tmp_path / "p").read_or_create("keys/a.pem", lambda: b"x")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "p", *(tmp_path / "p").rglob("*"))]
    assert modes == [0o700, 0o700, 0o600]


def test_no_secret_lies_in_the_database_in_the_clear(node: Node, postgres: TestDatabase) -> None:
    node("first").read_or_create("command.key", lambda: b"no one reads this")
    rows = postgres.query("SELECT name, encode(sealed, 'hex') FROM cchc_log.secrets")
    assert "command.key" in rows and b"no one reads this".hex() not in rows


def test_a_key_that_one_node_creates_reaches_another_that_runs_already(node: Node, tmp_path: Path) -> None:
    first = KeyStore(node("first"))
    old = first.create_first("xa-mau")
    copy_node_key(tmp_path, "first", "second")
    second = KeyStore(node("second"))
    assert second.signer(str(old.verifier_key)).sign("x") == old.sign("x")
    new = first.create_next(old.verifier_key.name)
    assert second.signer(str(new.verifier_key)).sign("x") == new.sign("x")


def test_a_node_without_the_key_of_the_others_is_refused_and_makes_none(node: Node, tmp_path: Path) -> None:
    node("first").read_or_create("command.key", lambda: b"x")
    with pytest.raises(BadInput, match="chưa có khóa chung"):
        node("second").read_or_create("command.key", lambda: b"y")
    assert not (tmp_path / "second" / "private" / FILE).exists()


def test_a_node_with_another_key_is_refused(node: Node, tmp_path: Path) -> None:
    node("first").read_or_create("command.key", lambda: b"x")
    (tmp_path / "second" / "private").mkdir(parents=True)
    (tmp_path / "second" / "private" / FILE).write_bytes(secrets.token_bytes(32))
    with pytest.raises(BadInput, match="khóa của hệ thống khác") as refused:
        node("second").read("command.key")
    assert "Hãy chép" in refused.value.now
    assert node("first").read("command.key") == b"x"


def test_a_key_of_a_wrong_length_is_refused(node: Node, tmp_path: Path) -> None:
    (tmp_path / "first" / "private").mkdir(parents=True)
    (tmp_path / "first" / "private" / FILE).write_bytes(b"short")
    with pytest.raises(BadInput, match="không phải khóa chung"):
        node("first").read_or_create("command.key", lambda: b"x")


def test_a_secret_put_in_the_place_of_another_is_refused(node: Node, postgres: TestDatabase) -> None:
    store = node("first")
    store.read_or_create("a.key", lambda: b"a"), store.read_or_create("b.key", lambda: b"b")
    postgres.query(
        "UPDATE cchc_log.secrets SET sealed = (SELECT sealed FROM cchc_log.secrets WHERE name = 'a.key')"
        " WHERE name = 'b.key'"
    )
    with pytest.raises(BadInput, match="đã bị sửa"):
        store.read("b.key")


def test_a_signing_key_that_is_not_in_the_database_is_said_so(node: Node) -> None:
    with pytest.raises(LogBroken, match="trong cơ sở dữ liệu"):
        KeyStore(node("first")).signer(PETER)
