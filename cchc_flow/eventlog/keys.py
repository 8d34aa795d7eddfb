"""The private keys that sign checkpoints: `data/private/<workspace>/keys`, readable by the owner only."""

import binascii
from base64 import b64decode, b64encode
from pathlib import Path

from nacl.signing import SigningKey

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.note import Signer, VerifierKey
from cchc_flow.files import make_folder, write_atomically

PEM = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
PKCS8_PREFIX = bytes.fromhex("302e020100300506032b657004220420")
"""The DER bytes before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410, 7)."""

WHAT_NOW = "Hãy khôi phục tệp khóa từ bản sao lưu; nếu khóa đã mất hẳn, hãy chạy «cchc-flow key rotate»."


class KeyStore:
    """The folder of one workspace's private keys: one PEM file for each, named after its public key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Signer] = {}

    def create_first(self, workspace: str) -> Signer:
        """Create and save the first key of a log; its public half gives the log's origin."""
        private = SigningKey.generate()
        return self._save(checkpoint.log_origin(workspace, bytes(private.verify_key)), private)

    def create_next(self, origin: str) -> Signer:
        """Create and save another key for a log, under the origin that the log has already."""
        return self._save(origin, SigningKey.generate())

    def signer(self, vkey: str) -> Signer:
        """Return the signer of a verifier key; raise LogBroken when its file is missing or unusable."""
        if vkey not in self._loaded:
            self._loaded[vkey] = self._load(VerifierKey.parse(vkey))
        return self._loaded[vkey]

    def find_signer(self, vkey: str) -> Signer | None:
        """Return the signer of a verifier key, None when its private key is missing or unusable."""
        try:
            return self.signer(vkey)
        except LogBroken:
            return None

    def _load(self, key: VerifierKey) -> Signer:
        """Return the signer of a verifier key from its file; raise LogBroken for no file or another key."""
        path = self._path(key.public)
        if not path.is_file():
            raise LogBroken(f"Không có tệp khóa niêm phong {path}, nên không ghi thêm được.", WHAT_NOW)
        signer = Signer(key.name, _load_private_key(path))
        if signer.verifier_key != key:
            raise LogBroken(f"Tệp {path} chứa một khóa khác, không phải khóa niêm phong đang dùng.", WHAT_NOW)
        return signer

    def _save(self, name: str, private: SigningKey) -> Signer:
        """Save a private key to its PEM file, readable by the owner only, and return its signer."""
        signer = Signer(name, private)
        make_folder(self.folder)
        self.folder.chmod(0o700)
        self.folder.parent.chmod(0o700)
        pem = dump_private_key(private).encode()
        write_atomically(self._path(signer.verifier_key.public), pem)  # before a checkpoint is signed with it
        return signer

    def _path(self, public: bytes) -> Path:
        return self.folder / f"{public.hex()[:16]}.pem"


def dump_private_key(private: SigningKey) -> str:
    """Return an Ed25519 key as PEM (PKCS #8), not encrypted."""
    return PEM.format(b64encode(PKCS8_PREFIX + bytes(private)).decode())


def parse_private_key(pem: str) -> SigningKey:
    """Return the Ed25519 key in PEM text (PKCS #8, not encrypted); raise ValueError for anything else."""
    try:
        lines = pem.split("\n")
        der = b64decode(lines[1], validate=True)
        if lines != PEM.format(lines[1]).split("\n") or not der.startswith(PKCS8_PREFIX):
            raise ValueError("this is no Ed25519 key in PEM")
        return SigningKey(der.removeprefix(PKCS8_PREFIX))
    except (TypeError, IndexError, binascii.Error) as error:
        raise ValueError("this is no Ed25519 key in PEM") from error


def _load_private_key(path: Path) -> SigningKey:
    """Return the Ed25519 key in a PEM file; raise LogBroken when the file is something else."""
    try:
        return parse_private_key(path.read_text("ascii"))
    except ValueError as error:
        raise LogBroken(f"Tệp khóa {path} không phải khóa Ed25519.", WHAT_NOW) from error
