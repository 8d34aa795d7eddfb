"""Readers of proofs that were written from the words of c2sp.org alone, with libraries nobody here wrote.

They are given the texts and bytes of files, and use nothing of the package.
"""

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pymerkle
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle.core import _inclusion_path_layout

Head = tuple[int, bytes]


def open_checkpoint(note: str, vkey: str) -> Head:
    """Return size and root of a tlog-checkpoint; raise unless the key's owner signed it (signed-note)."""
    name, key_id, key = vkey.split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    assert signatures.endswith("\n")
    for line in signatures[:-1].split("\n"):
        dash, signer, value = line.split(" ")
        assert dash == "—"
        if (signer, b64decode(value)[:4].hex()) == (name, key_id):
            public = Ed25519PublicKey.from_public_bytes(b64decode(key)[1:])
            public.verify(b64decode(value)[4:], f"{text}\n".encode())
            origin, size, root = text.split("\n")[:3]
            assert origin == name and str(int(size)) == size
            return int(size), b64decode(root, validate=True)
    raise ValueError("this key did not sign the checkpoint")


def open_receipt(text: str, entry: bytes, vkey: str) -> int:
    """Return at which index (from 0) a tlog-proof proves an entry to be; raise when it proves nothing."""
    head, note = text.split("\n\n", 1)
    first, *lines = head.split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    if lines[0].startswith("extra "):
        b64decode(lines.pop(0).removeprefix("extra "), validate=True)
    name, index = lines.pop(0).split(" ")
    assert name == "index" and str(int(index)) == index
    size, root = open_checkpoint(note, vkey)
    leaf = pymerkle.InmemoryTree(algorithm="sha256").hash_buff(entry)
    rule, _ = _inclusion_path_layout(int(index) + 1, size)
    path = [leaf, *(b64decode(line, validate=True) for line in lines)]
    proof = pymerkle.InclusionProof("sha256", True, size, int(index) + 1, rule, path)
    pymerkle.verify_inclusion(leaf, root, proof, index=int(index) + 1, size=size)
    return int(index)


def open_consistency_proof(text: str, old: Head, vkey: str) -> Head:
    """Return the size and root that an add-checkpoint body proves to extend `old`; raise otherwise."""
    head, note = text.split("\n\n", 1)
    first, *lines = head.split("\n")
    assert first == f"old {old[0]}"
    size, root = open_checkpoint(note, vkey)
    hashes = [b64decode(line, validate=True) for line in lines]
    assert follow_consistency(old, (size, root), hashes)
    return size, root


def follow_consistency(old: Head, new: Head, hashes: list[bytes]) -> bool:
    """Tell whether hashes are a consistency proof, by the steps of RFC 9162, 2.1.4.2."""
    hash_pair = pymerkle.hasher.MerkleHasher("sha256", True).hash_pair
    if old[0] == new[0]:
        return old[1] == new[1] and not hashes
    path = [old[1], *hashes] if old[0] & (old[0] - 1) == 0 else list(hashes)
    fn, sn = old[0] - 1, new[0] - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = hash_pair(c, fr), hash_pair(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = hash_pair(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (fr, sr) == (old[1], new[1])


def audit_tiles(folder: Path, vkey: str) -> list[bytes]:
    """Return the entries of a folder of tiles (c2sp.org/tlog-tiles); raise unless all of it fits together."""
    size, root = open_checkpoint((folder / "checkpoint").read_text(encoding="utf-8"), vkey)
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    hash_pair = pymerkle.hasher.MerkleHasher("sha256", True).hash_pair
    entries = [
        entry for index, width in _tiles(size) for entry in _entries(_read(folder, "entries", index, width))
    ]
    hashes, level = [tree.hash_buff(entry) for entry in entries], 0
    assert len(hashes) == size and _root(hashes, hash_pair) == root
    while hashes:
        for index, width in _tiles(len(hashes)):
            assert _read(folder, level, index, width) == b"".join(hashes[256 * index : 256 * index + width])
        hashes = [_fold(hashes[at : at + 256], hash_pair) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return entries


def _tiles(count: int) -> list[tuple[int, int]]:
    """Return index and width of the tiles over so many hashes."""
    full = [(index, 256) for index in range(count // 256)]
    return [*full, (count // 256, count % 256)] if count % 256 else full


def _read(folder: Path, level: int | str, index: int, width: int) -> bytes:
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    suffix = "" if width == 256 else f".p/{width}"
    return (folder / "tile" / str(level) / f"{path}{suffix}").read_bytes()


def _entries(bundle: bytes) -> list[bytes]:
    entries, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entries.append(bundle[at + 2 : at + 2 + length])
        assert len(entries[-1]) == length
        at += 2 + length
    return entries


def _root(hashes: list[bytes], hash_pair: Callable[[bytes, bytes], bytes]) -> bytes:
    """Return the Merkle tree hash of RFC 6962, 2.1."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hash_pair(_root(hashes[:split], hash_pair), _root(hashes[split:], hash_pair))


def _fold(row: list[bytes], hash_pair: Callable[[bytes, bytes], bytes]) -> bytes:
    while len(row) > 1:
        row = [hash_pair(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]
