"""The private keys that seal a log, in `data/private/<workspace>/keys`, which nobody else may read."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.note import Signer, Verifier


class Keys:
    """The folder of one workspace's keys: one PEM file for each, named after its public half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Signer] = {}

    def first(self, workspace: str) -> Signer:
        """Make and keep the first key of a log; the log's origin is named after it."""
        private = Ed25519PrivateKey.generate()
        return self._keep(checkpoint.origin(workspace, _public(private)), private)

    def next(self, origin: str) -> Signer:
        """Make and keep another key for a log that has an origin already."""
        return self._keep(origin, Ed25519PrivateKey.generate())

    def signer(self, vkey: str) -> Signer:
        """Return the private key that belongs to a verifier key; raise LogBroken when it is not here."""
        signer = self.find(vkey)
        if signer is None:
            raise LogBroken(
                f"Không có khóa niêm phong «{vkey}» trong {self.folder}.",
                "Hãy khôi phục tệp khóa, hoặc thay khóa mới cho nhật ký.",
            )
        return signer

    def find(self, vkey: str) -> Signer | None:
        """Return the private key that belongs to a verifier key, or None when it is not here."""
        if vkey not in self._loaded:
            verifier = Verifier.parse(vkey)
            path = self._path(verifier.public)
            if not path.is_file():
                return None
            self._loaded[vkey] = Signer(verifier.name, _load(path))
        return self._loaded[vkey]

    def _keep(self, name: str, private: Ed25519PrivateKey) -> Signer:
        signer = Signer(name, private)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.folder.parent.chmod(0o700)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _write_private(self._path(signer.verifier.public), pem)
        return signer

    def _path(self, public: bytes) -> Path:
        return self.folder / f"{public.hex()[:16]}.pem"


def _write_private(path: Path, pem: bytes) -> None:
    """Write a key for its owner only, and to the disk before any event is sealed by it."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, pem)
        os.fsync(file)
    finally:
        os.close(file)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _load(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise LogBroken(f"Tệp khóa {path} không phải khóa Ed25519.")
    return key


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
