"""«cchc-flow bundle» and what «verify» says of a bundle, also where there is no log."""

from hashlib import sha256
from pathlib import Path

import pytest
from support.bundling import tell_story
from support.terminal import Terminal, open_terminal
from support.world import TASK, World

from cchc_flow.audit.content_proof import prove_content


@pytest.fixture
def world(data: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The commune after its story, by whose clock the commands go."""
    world = tell_story(World(data))
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: world.ws.now)
    return world


def test_a_bundle_is_written_recorded_and_verified(world: World, terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "ho-so.zip"
    said = terminal("bundle", out)
    assert (
        said.code == 0
        and said.out.startswith(f"Đã lập {out}, có ")
        and "xã Mẫu: toàn bộ nhật ký, trong" in said.out
    )
    event = world.ws.log.event(world.ws.log.size())
    assert (event.type, event.data["format"], event.data["count"]) == (
        "log.exported/1",
        "bundle",
        event.position - 1,
    )
    assert event.data["digest"] == sha256(out.read_bytes()).hexdigest()
    assert terminal("verify", out).code == 0


def test_a_bundle_of_an_item_is_verified_where_there_is_no_log(
    world: World, terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, kept = tmp_path / "ho-so.zip", tmp_path / "dau.txt"
    terminal("checkpoint", kept)
    assert terminal("bundle", out, "--item", TASK, "--checkpoint", kept).code == 0
    elsewhere = open_terminal(tmp_path / "nowhere", capsys)
    assert "CHƯA độc lập" in elsewhere("verify", out).out
    said = elsewhere("verify", out, "--checkpoint", kept, "--key", f"{kept}.key")
    assert said.code == 0 and "Khớp dấu niêm phong bạn giữ" in said.out
    changed = out.read_bytes().replace(b"item.submitted/", b"item.submittal/", 1)
    out.write_bytes(changed)
    said = elsewhere("verify", out)
    assert said.code == 1 and said.err.startswith("ĐÃ BỊ THAY ĐỔI:")
    out.write_bytes(b"no zip at all")
    assert elsewhere("verify", out).code == 3


def test_a_scope_that_cannot_be_is_refused_in_a_line_and_leaves_no_file(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    out = tmp_path / "ho-so.zip"
    refused = {
        2: (["--period", "2031-Q1"], ["--item", TASK, "--unit", "phong-kinh-te"], ["--unit", "tram-y-te"]),
        1: (["--item", "2026-IX"], ["--unit", "khong-co"]),
    }
    for code, kinds in refused.items():
        for options in kinds:
            said = terminal("bundle", out, *options)
            assert (said.code, said.err.count("\n"), out.exists()) == (code, 1, False), said
    assert terminal("--as", "lan", "bundle", out).code == 1 and not out.exists()
    assert terminal("bundle", "--period", "quý I/2026", out).code == 0
    assert terminal("bundle", out).code == 2  # no file is written over
    exports = [event for event in world.ws.log.read_events() if event.type == "log.exported/1"]
    assert [event.data["view"] for event in exports] == [{"period": "2026-Q1"}]


def test_a_key_alone_is_not_enough(world: World, terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "ho-so.zip"
    terminal("bundle", out)
    assert terminal("verify", out, "--key", world.ws.log.verifier_key()).code == 2


def test_downloaded_evidence_is_tied_to_its_event_where_there_is_no_log(
    world: World, terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submitted = next(e for e in world.ws.log.stream(f"item-{TASK}") if e.type.startswith("item.submitted/"))
    digest = submitted.data["evidence"][0]["content"]["digest"]
    file, salt = tmp_path / "bao-cao.pdf", tmp_path / "bao-cao.muoi.txt"
    file.write_bytes(world.ws.vault.load(digest))
    salt.write_text(prove_content(world.ws, f"item-{TASK}", digest).text(), encoding="utf-8")
    elsewhere = open_terminal(tmp_path / "nowhere", capsys)
    asked = ("verify", "--content", file, "--salt", salt)
    assert elsewhere(*asked, "--key", world.ws.log.verifier_key()).code == 0
    assert (elsewhere(*asked).code, terminal(*asked).code) == (3, 0)
    file.write_bytes(b"%PDF-1.7 another")
    assert elsewhere(*asked, "--key", world.ws.log.verifier_key()).code == 1
    assert elsewhere("verify", "--content", file).code == 2
