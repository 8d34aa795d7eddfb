"""No forgery of a bundle is taken for right by the verifier in it."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from support.bundling import (
    Files,
    is_accepted,
    make_bundle,
    make_bundle_without,
    pack,
    relist,
    scope_of,
    spoil_sum,
    tell_story,
    unpack,
    verdict,
)
from support.world import TASK, World

from cchc_flow.audit.bundles import verify
from cchc_flow.eventlog.merkle import leaf_hash


@pytest.fixture(scope="module")
def files(world: World) -> Files:
    return unpack(make_bundle(world, scope_of(world, "item"))[0])


def test_a_changed_byte_of_any_file_is_found(files: Files, tmp_path: Path) -> None:
    for name, content in files.items():
        for place in sorted({0, len(content) // 3, len(content) // 2, len(content) - 1}):
            forged = files | {name: change(content, place)}
            assert not is_accepted(tmp_path, pack(forged)), (name, place)
            if not name.startswith("manifest."):
                assert not is_accepted(tmp_path, pack(relist(forged))), (name, place)


def change(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def test_a_changed_byte_of_what_holds_the_files_together_is_found(world: World, tmp_path: Path) -> None:
    content, _ = make_bundle(world, scope_of(world, "item"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        first, start = file.infolist()[0], file.start_dir
    head, entry, end = 30 + len(first.filename), start + 46 + len(first.filename), len(content) - 22
    for place in (*range(head), *range(start, entry), *range(end, len(content))):
        assert not is_accepted(tmp_path, change(content, place)), place


def test_bytes_before_between_and_behind_the_files_are_found(world: World, tmp_path: Path) -> None:
    content, _ = make_bundle(world, scope_of(world, "item"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        second, start = file.infolist()[1].header_offset, file.start_dir
    for place in (0, second, start, len(content)):
        assert not is_accepted(tmp_path, content[:place] + b"x" + content[place:]), place
    assert not is_accepted(tmp_path, content[:-1])
    assert not is_accepted(tmp_path, spoil_sum(content))


def test_a_file_that_was_removed_added_renamed_or_doubled_is_found(files: Files, tmp_path: Path) -> None:
    for name in files:
        rest = {other: content for other, content in files.items() if other != name}
        assert not is_accepted(tmp_path, pack(rest)), name
        assert not is_accepted(tmp_path, pack(rest | {f"{name}x": files[name]})), name
        if not name.startswith("manifest."):
            assert not is_accepted(tmp_path, pack(relist(rest))), name
    for other in ("them.txt", "../them.txt", f"contents/{'0' * 64}"):
        assert not is_accepted(tmp_path, pack(files | {other: b"x"})), other
        assert not is_accepted(tmp_path, pack(relist(files | {other: b"x"}))), other
    assert not is_accepted(tmp_path, double(files, "README.txt"))


def double(files: Files, name: str) -> bytes:
    file = io.BytesIO(pack(files))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        info = zipfile.ZipInfo(name)
        info.external_attr, info.create_system = 0o600 << 16, 3
        archive.writestr(info, files[name])
    return file.getvalue()


def test_evidence_and_salt_that_were_changed_together_are_found(files: Files, tmp_path: Path) -> None:
    name = next(name for name in files if name.startswith("contents/"))
    other = bytes(32) + "Nội dung khác".encode()
    rest = {key: content for key, content in files.items() if key != name}
    for forged in (rest | {name: other}, rest | {f"contents/{sha256(other).hexdigest()}": other}):
        assert not is_accepted(tmp_path, pack(forged))
        assert not is_accepted(tmp_path, pack(relist(forged)))


def test_an_event_that_was_dropped_or_hidden_is_found(files: Files, tmp_path: Path) -> None:
    name = next(name for name in files if name.startswith("events/"))
    lines = files[name].splitlines(keepends=True)
    for place, line in enumerate(lines):
        hidden = b'"%s"\n' % leaf_hash(line.rstrip(b"\n")).hex().encode()
        for instead in ([], [hidden], [line, line]):
            forged = files | {name: b"".join([*lines[:place], *instead, *lines[place + 1 :]])}
            assert not is_accepted(tmp_path, pack(forged)), (place, instead)
            assert not is_accepted(tmp_path, pack(relist(forged))), (place, instead)


def test_a_proof_that_names_a_huge_subtree_is_refused_before_anything_is_computed(
    files: Files, tmp_path: Path
) -> None:
    huge = b'[[1000000000000, 0, "%s"]]' % (b"0" * 64)
    path = tmp_path / "huge.zip"
    path.write_bytes(pack(relist(files | {"proof.json": huge})))
    assert verify.main([str(path)]) == ("ĐÃ BỊ THAY ĐỔI: cây băm không khớp", 1)


def test_with_the_key_no_event_is_left_out_of_the_middle_of_an_item(world: World, tmp_path: Path) -> None:
    position = world.ws.log.stream(f"item-{TASK}")[2].position
    forged = make_bundle_without(world, scope_of(world, "item"), position)
    assert verdict(tmp_path, forged) == (f"ĐÃ BỊ THAY ĐỔI: thiếu sự kiện của item-{TASK}", 1)


@pytest.mark.parametrize("kind", ["whole", "period"])
def test_with_the_key_no_event_is_left_out_of_a_period_or_of_the_whole(
    world: World, tmp_path: Path, kind: str
) -> None:
    for position in (12, 20, world.ws.log.size()):
        forged = make_bundle_without(world, scope_of(world, kind), position)
        assert not is_accepted(tmp_path, forged), position


def test_with_the_key_the_last_event_of_an_item_is_left_out_unseen_and_the_bundle_says_so(
    world: World, tmp_path: Path
) -> None:
    position = world.ws.log.stream(f"item-{TASK}")[-1].position
    forged = make_bundle_without(world, scope_of(world, "item"), position)
    assert is_accepted(tmp_path, forged)
    assert "Sự kiện sau cùng của một công việc" in unpack(forged)["README.txt"].decode()


def test_a_history_written_anew_is_found_by_a_checkpoint_and_key_from_elsewhere(
    world: World, tmp_path: Path
) -> None:
    kept, (note, key) = tmp_path / "dau.txt", world.ws.log.checkpoint_and_key()
    kept.write_text(f"{note}\n{key}\n", encoding="utf-8")
    other = tell_story(World(tmp_path / "elsewhere"))
    content, _ = make_bundle(other)
    other.ws.close()
    assert is_accepted(tmp_path, content)
    words, code = verdict(tmp_path, content, str(kept))
    assert code == 1 and "KHÁC lịch sử" in words
    assert verdict(tmp_path, make_bundle(world)[0], str(kept))[1] == 0


def test_a_checkpoint_or_key_that_is_none_is_no_fault_of_the_bundle(world: World, tmp_path: Path) -> None:
    content, (note, key) = make_bundle(world)[0], world.ws.log.checkpoint_and_key()
    (tmp_path / "dau.txt").write_text(note, encoding="utf-8")
    assert verdict(tmp_path, content, str(tmp_path / "dau.txt"))[1] == 3
    assert verdict(tmp_path, content, str(tmp_path / "dau.txt"), key[:-3] + "AA=")[1] == 3
    assert verdict(tmp_path, content, str(tmp_path / "khong-co.txt"), key)[1] == 3
    assert verdict(tmp_path, content, str(tmp_path / "dau.txt"), key)[1] == 0
    assert verdict(tmp_path, b"khong phai zip")[1] == 3
