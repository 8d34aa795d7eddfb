"""Two nodes on one database: what belongs to the commune is the same on both, without a restart."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.visitors import QUICK
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.web_key import secret_key, setup_code
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.postgres.node_key_change import change_node_key
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import find_home
from cchc_flow.workspace import open_workspace

PASSWORD = "lúa chín đồng xa"
DESK = Client("10.0.0.5", "Firefox")
Nodes = tuple[World, World]


@pytest.fixture
def nodes(postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    """A commune that the first node made, open on both; the operator has copied the key of the nodes."""
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    first = World(tmp_path / "first").settle()
    (tmp_path / "second" / "private").mkdir(parents=True)
    shutil.copy(tmp_path / "first" / "private" / "node.key", tmp_path / "second" / "private")
    second = World(tmp_path / "second", is_there=True)
    yield first, second
    first.ws.close()
    second.ws.close()


def test_a_session_begun_on_one_node_is_valid_on_the_other_until_it_ends(nodes: Nodes) -> None:
    here, there = (open_accounts(node.ws, QUICK) for node in nodes)
    now = nodes[0].ws.now()
    here.set_password("lan", PASSWORD, now)
    token = here.start_session("lan", DESK, now, here.verify_password("lan", PASSWORD, DESK, now))
    session = there.find_session(token, now)
    assert session is not None and session.person == "lan"
    there.sign_out("lan", session.id, now)
    assert here.find_session(token, now) is None


def test_what_somebody_keeps_for_later_on_one_node_is_there_on_the_other(nodes: Nodes) -> None:
    here, there = (open_accounts(node.ws) for node in nodes)
    now = nodes[0].ws.now()
    here.plan_readings.save("hoa", "ab" * 32, "kế hoạch.docx", {"title": "Kế hoạch"}, now)
    here.personal.views.save("hoa", "Việc của tôi", "board", "lead=x", now)
    secret = here.personal.create_feed_secret("lan", now)
    assert there.plan_readings.inputs("hoa", "ab" * 32) == {"title": "Kế hoạch"}
    assert [view.name for view in there.personal.views.of("hoa")] == ["Việc của tôi"]
    assert there.personal.find_feed_owner(secret) == "lan"


def test_both_nodes_have_the_same_secrets(nodes: Nodes) -> None:
    first, second = nodes
    assert first.ws.secret == second.ws.secret
    assert secret_key(first.data) == secret_key(second.data)
    assert setup_code(first.data, "xa-mau") == setup_code(second.data, "xa-mau")


def test_a_node_goes_on_after_the_key_of_the_nodes_was_changed_and_makes_nothing_under_the_old_one(
    nodes: Nodes, postgres: TestDatabase
) -> None:
    first, second = nodes
    second.take("hoa", "assign", TASK, lead="phong-kinh-te", support=[], due="2026-06-30")
    change_node_key(first.data, postgres.owner_url)
    commands.add_person(second.ws, "quan", "Hồ Quân", None, None, second.order())
    size = second.ws.log.size()
    with pytest.raises(BadInput, match="khóa chung đã được thay"):
        rotate_key(second.ws, second.order())
    assert second.ws.log.size() == size
    rotate_key(first.ws, first.order())
    with pytest.raises(BadInput, match="khóa chung đã được thay"):
        commands.add_person(second.ws, "duyen", "Lê Duyên", None, None, second.order())
    shutil.copy(first.data / "private" / "node.key", second.data / "private")
    commands.add_person(second.ws, "duyen", "Lê Duyên", None, None, second.order())
    second.ws.log.flush()
    assert verify_log(first.ws.source).ok


def test_a_key_changed_on_one_node_signs_on_the_other(nodes: Nodes) -> None:
    first, second = nodes
    before = second.ws.log.verifier_key()
    rotate_key(first.ws, first.order())
    second.take("hoa", "assign", TASK, lead="phong-kinh-te", support=[], due="2026-06-30")
    assert second.ws.log.verifier_key() == first.ws.log.verifier_key() != before
    assert verify_log(second.ws.source).ok


def test_a_content_stored_on_one_node_is_read_and_erased_on_the_other(nodes: Nodes) -> None:
    first, second = nodes
    digest = first.ws.vault.store(b"minutes", "text/plain").digest
    assert second.ws.vault.load(digest) == b"minutes"
    assert second.ws.vault.erase(digest)
    with pytest.raises(NotFound):
        first.ws.vault.load(digest)


def test_who_read_what_is_one_log_whichever_node_showed_it(nodes: Nodes) -> None:
    first, second = nodes
    assert first.ws.reads.record("lan", "opened", "item-1", "web")
    assert second.ws.reads.record("lan", "opened", "item-2", "web")
    assert not second.ws.reads.record("lan", "opened", "item-1", "web")
    assert first.ws.reads.record("binh", "opened", "item-1", "web")
    assert [entry.position for entry in second.ws.reads.entries()] == [3, 2, 1]
    report = verify_log(first.ws.source)
    assert report.ok, report


def test_nothing_of_the_commune_lies_on_a_node_alone(nodes: Nodes) -> None:
    first, _ = nodes
    open_accounts(first.ws, QUICK).set_password("lan", PASSWORD, first.ws.now())
    first.ws.reads.record("lan", "opened", "item-1", "web")
    names = {path.name for path in first.data.rglob("*") if path.is_file()}
    assert "node.key" in names
    assert names.isdisjoint({"events.db", "accounts.db", "command.key", "web.key", "2026-03.db"})
    assert not list(first.data.rglob("*.pem")) and not list(first.data.rglob("vault/*"))


@pytest.mark.usefixtures("nodes")
def test_a_node_without_the_key_of_the_nodes_opens_no_workspace_and_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="chưa có khóa chung"):
        World(tmp_path / "third", is_there=True)
    assert not (tmp_path / "third" / "private" / "node.key").exists()


def test_when_the_key_of_the_nodes_is_lost_a_new_one_lets_new_keys_sign(
    nodes: Nodes, postgres: TestDatabase, tmp_path: Path
) -> None:
    before = nodes[0].ws.log.verifier_key()
    postgres.query("DELETE FROM cchc_log.secrets")
    ws = open_workspace(tmp_path / "third", "xa-mau", nodes[0].ws.now, for_repair=True)
    rotate_key(ws, nodes[0].order())
    ws.close()
    third = World(tmp_path / "third", is_there=True)
    third.take("hoa", "assign", TASK, lead="phong-kinh-te", support=[], due="2026-06-30")
    assert third.ws.log.verifier_key() != before
    assert verify_log(third.ws.source).ok
    third.ws.close()


@pytest.mark.usefixtures("nodes")
def test_a_shared_folder_serves_as_the_vault_of_all_nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared").mkdir()
    monkeypatch.setenv("CCHC_FLOW_VAULT", str(tmp_path / "shared"))
    digest = find_home(tmp_path / "first").vault("xa-mau").store(b"minutes", "text/plain").digest
    assert find_home(tmp_path / "second").vault("xa-mau").load(digest) == b"minutes"
    assert (tmp_path / "shared" / "xa-mau" / "vault" / digest[:2] / digest).is_file()
