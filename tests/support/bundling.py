"""A commune with a story worth proving, and what makes bundles of it, forges them and verifies them."""

import io
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.audit.bundles import create, verify
from cchc_flow.audit.bundles.archive import BundleWriter
from cchc_flow.audit.bundles.create import Bundle, write_bundle
from cchc_flow.audit.bundles.manifest import MANIFEST, SIGNATURE, Manifest, statement
from cchc_flow.audit.bundles.scope import (
    WHOLE_LOG,
    Scope,
    Selection,
    item_scope,
    period_scope,
    select_events,
    unit_scope,
)
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.conversion import decode
from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.workflow.periods import parse

Files = dict[str, bytes]


def tell_story(world: World) -> World:
    """Let a task be done over three days, erase one of its texts, and put a new key in force."""
    world.settle()
    commands.add_person(world.ws, "quan", "Quản trị", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    world.wait(days=1)
    world.submitted()
    world.wait(days=1)
    erased = result_digest(world)
    commands.erase_content(world.ws, erased, "Theo yêu cầu của công dân.", world.order("quan"))
    rotate_key(world.ws, world.order("quan"))
    world.wait(days=1)
    world.take("nam", "return", TASK, reason="Thiếu danh mục.", defects="1")
    return world


def result_digest(world: World) -> str:
    """Return the digest of the words with which the task was submitted."""
    submitted = next(e for e in world.ws.log.stream(f"item-{TASK}") if e.type.startswith("item.submitted/"))
    assert submitted.data["result"]["digest"] in referenced_digests(world.ws.log.body(submitted.position))
    return str(submitted.data["result"]["digest"])


def scope_of(world: World, kind: str) -> Scope:
    """Return a scope of each kind that takes in the story."""
    db = world.ws.read()
    match kind:
        case "item":
            return item_scope(db, TASK, None)
        case "unit":
            return unit_scope(db, "phong-kinh-te")
        case "period":
            return period_scope(parse("2026-03"))
        case _:
            return WHOLE_LOG


def make_bundle(
    world: World, scope: Scope = WHOLE_LOG, sizes: Iterable[int] = (), **options: Any
) -> tuple[bytes, Bundle]:
    """Return the bytes of a bundle, and what was told of it."""
    file = io.BytesIO()
    bundle = write_bundle(world.ws, scope, file, sizes=sizes, **options)
    return file.getvalue(), bundle


def unpack(content: bytes) -> Files:
    """Return the files of a bundle by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pack(files: Files) -> bytes:
    """Return a ZIP as the program writes it, with these files."""
    file = io.BytesIO()
    writer = BundleWriter(file)
    for name, content in files.items():
        writer.add(name, [content])
    writer.finish()
    return file.getvalue()


def spoil_sum(content: bytes) -> bytes:
    """Return a bundle whose ZIP has another checksum (CRC-32) of its first file, in both places."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        places = (14, file.start_dir + 16)
    spoilt = bytearray(content)
    for place in places:
        spoilt[place] ^= 1
    return bytes(spoilt)


def is_accepted(folder: Path, content: bytes, *arguments: str) -> bool:
    """Tell whether verify.py takes a bundle for right."""
    return verdict(folder, content, *arguments)[1] == 0


def verdict(folder: Path, content: bytes, *arguments: str) -> tuple[str, int]:
    """Return the sentence and the exit code of verify.py."""
    path = folder / "ho-so.zip"
    path.write_bytes(content)
    words, code = verify.main([str(path), *arguments])
    return words, code


def relist(files: Files, sign: Callable[[str], str] | None = None) -> Files:
    """Return the files with a manifest that a forger has made right again, signed if he has the key."""
    manifest = decode(files[MANIFEST], Manifest)
    rest = {name: content for name, content in files.items() if name not in (MANIFEST, SIGNATURE)}
    listing = msgspec.structs.replace(
        manifest, files={name: (len(c), sha256(c).hexdigest()) for name, c in rest.items()}
    ).to_bytes()
    signature = sign(statement(listing, manifest.origin)).encode() if sign else files[SIGNATURE]
    return rest | {MANIFEST: listing, SIGNATURE: signature}


def make_bundle_without(world: World, scope: Scope, position: int) -> bytes:
    """Return the bundle that somebody with the key makes of a scope when he leaves out an event of it."""

    def select_others(*asked: Any) -> Selection:
        selection = select_events(*asked)
        kept = [p for first, last in selection.ranges for p in range(first, last + 1) if p != position]
        return msgspec.structs.replace(selection, ranges=tuple((p, p) for p in kept))

    with patch.object(create, "select_events", select_others):
        return make_bundle(world, scope)[0]
