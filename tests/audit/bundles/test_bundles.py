"""What a bundle of proof has, and that it is right as it was written."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.bundling import make_bundle, result_digest, scope_of, unpack, verdict
from support.vaults import content_file
from support.world import TASK, World

from cchc_flow.audit import receipt_check
from cchc_flow.audit.bundles.scope import item_scope, period_scope, unit_scope
from cchc_flow.audit.consistency_check import check_consistency
from cchc_flow.audit.findings import verdict as verdict_of
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.consistency_request import parse_request
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.receipt_files import parse_receipt
from cchc_flow.projections.reading import Reader, reader_of
from cchc_flow.workflow.periods import parse


@pytest.mark.parametrize("kind", ["whole", "item", "unit", "period"])
def test_a_bundle_of_each_scope_is_right_as_it_was_written(world: World, tmp_path: Path, kind: str) -> None:
    content, bundle = make_bundle(world, scope_of(world, kind))
    words, code = verdict(tmp_path, content)
    assert code == 0 and bundle.manifest.title in words and "CHƯA độc lập" in words
    assert bundle.missing == ()


def test_the_verifier_has_at_most_150_lines_and_needs_nothing_beside_it(world: World, tmp_path: Path) -> None:
    (tmp_path / "ho-so.zip").write_bytes(make_bundle(world)[0])
    program = unpack((tmp_path / "ho-so.zip").read_bytes())["verify.py"]
    (tmp_path / "verify.py").write_bytes(program)
    assert program.count(b"\n") <= 150
    command = [sys.executable, "-I", "-S", "-W", "error", "verify.py", "ho-so.zip"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().startswith(f"ĐÚNG: {world.ws.log.size()} sự kiện; xã Mẫu: toàn bộ")


def test_the_same_log_and_scope_make_the_same_bytes(world: World) -> None:
    assert make_bundle(world)[0] == make_bundle(world)[0]


def test_an_ordinary_program_unpacks_it(world: World) -> None:
    with zipfile.ZipFile(io.BytesIO(make_bundle(world)[0])) as file:
        assert file.testzip() is None
        assert {"README.txt", "verify.html", "verify.py", "manifest.json"} <= set(file.namelist())


def test_the_bodies_are_those_of_the_log(world: World) -> None:
    files = unpack(make_bundle(world)[0])
    lines = b"".join(files[name] for name in sorted(files) if name.startswith("events/")).splitlines()
    assert lines == [body for _, body in world.ws.log.read_bodies()]


def test_the_end_of_each_day_has_its_checkpoint(world: World) -> None:
    files = unpack(make_bundle(world)[0])
    notes = [content.decode() for name, content in files.items() if name.startswith("checkpoints/")]
    days = [event.recordedtime[:10] for event in world.ws.log.read_events()]
    ends = [days.index(day) + days.count(day) for day in sorted(set(days))]
    assert {int(note.split("\n")[1]) for note in notes} >= set(ends)


def test_an_erased_content_is_absent_and_its_erasure_is_there(world: World) -> None:
    digest = result_digest(world)
    files = unpack(make_bundle(world, scope_of(world, "item"))[0])
    events = b"".join(content for name, content in files.items() if name.startswith("events/")).decode()
    assert f"contents/{digest}" not in files
    assert f'"data":{{"decision":null,"digest":"{digest}"' in events


def test_a_content_that_is_gone_without_an_erasure_is_told_and_found(world: World, tmp_path: Path) -> None:
    files = unpack(make_bundle(world, scope_of(world, "item"))[0])
    kept = content_file(world.ws, next(name[9:] for name in files if name.startswith("contents/")))
    salted = kept.read_bytes()
    kept.write_bytes(salted[:-1] + b"?")
    content, bundle = make_bundle(world)
    kept.write_bytes(salted)
    assert bundle.missing == (kept.name,)
    assert f"HỎNG 1 NỘI DUNG mà không có sự kiện xóa, trước hết là {kept.name}" in (
        unpack(content)["README.txt"].decode()
    )
    assert (
        verdict(tmp_path, content)[1] == 1
        and "thiếu mà không có sự kiện xóa" in verdict(tmp_path, content)[0]
    )


def test_who_may_not_read_an_item_gets_leaf_hashes_in_the_place_of_its_events(
    world: World, tmp_path: Path
) -> None:
    nobody = Reader(reader_of(world.ws.read(), "lan").actor, {})
    content, bundle = make_bundle(world, reader=nobody)
    files = unpack(content)
    lines = files["events/000000001.jsonl"].splitlines()
    item = [event.position for event in world.ws.log.read_events() if event.stream.startswith("item-")]
    assert bundle.manifest.withheld == len(item) > 0
    assert all(lines[at - 1].decode() == f'"{leaf_hash(world.ws.log.body(at)).hex()}"' for at in item)
    told = b"".join(files.values()).decode("utf-8", "replace")
    assert TASK not in told and "Đã rà soát 40 thủ tục" not in told
    assert f"{len(item)} sự kiện" in files["README.txt"].decode()
    assert verdict(tmp_path, content)[1] == 0


def test_what_is_proved_is_there_in_the_forms_of_other_tools_too(world: World) -> None:
    files = unpack(make_bundle(world, scope_of(world, "item"))[0])
    keys = [VerifierKey.parse(key) for key in files["keys.txt"].decode().split()]
    receipts = [content for name, content in files.items() if name.startswith("receipts/")]
    assert len(receipts) == files["events/000000001.jsonl"].count(b"\n")
    for content in receipts:
        assert verdict_of(receipt_check.check_alone(parse_receipt(content), None, keys).findings) is True
    proofs = {name[12:-4]: content for name, content in files.items() if name.startswith("consistency/")}
    assert len(proofs) == sum(name.startswith("checkpoints/") for name in files) - 1 > 2
    for sizes, content in proofs.items():
        old, new = (files[f"checkpoints/{size}.txt"].decode() for size in sizes.split("-"))
        assert verdict_of(check_consistency(old, new, parse_request(content.decode()), keys)) is True


def test_tables_for_people_are_there_when_they_are_asked_for(world: World, tmp_path: Path) -> None:
    nobody = Reader(reader_of(world.ws.read(), "lan").actor, {})
    for reader, sees in ((None, True), (nobody, False)):
        content, bundle = make_bundle(world, scope_of(world, "period"), reader=reader, with_tables=True)
        files = unpack(content)
        lines = files["exports/events.csv"].decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + bundle.manifest.count and files["exports/events.xlsx"][:2] == b"PK"
        assert ("Rà soát thủ tục" in "".join(lines)) is sees
        assert verdict(tmp_path, content)[1] == 0


def test_a_scope_without_events_is_refused_in_words(world: World) -> None:
    db = world.ws.read()
    with pytest.raises(BadInput, match="quý I/2031"):
        make_bundle(world, period_scope(parse("2031-Q1")))
    with pytest.raises(NotFound):
        item_scope(db, "2026-IX.9", None)
    with pytest.raises(NotFound):
        unit_scope(db, "phong-khong-co")
    with pytest.raises(BadInput, match="Trạm Y tế chưa chủ trì"):
        unit_scope(db, "tram-y-te")


def test_a_checkpoint_from_the_middle_of_a_day_is_compared_where_the_bundle_was_made_for_it(
    world: World, tmp_path: Path
) -> None:
    size = 3
    note, key = world.ws.log.checkpoint_at(size)
    size = int(note.split("\n")[1])
    kept = tmp_path / "dau.txt"
    kept.write_text(f"{note}\n{key}\n", encoding="utf-8")
    scope = scope_of(world, "item")
    words, code = verdict(tmp_path, make_bundle(world, scope)[0], str(kept))
    assert code == 3 and f"không có mốc {size}" in words
    words, code = verdict(tmp_path, make_bundle(world, scope, sizes=[size])[0], str(kept))
    assert code == 0 and "Khớp dấu niêm phong bạn giữ" in words
