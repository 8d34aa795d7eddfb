"""The private keys that seal a log, in `data/private/<workspace>/keys`, which nobody else may read."""

import binascii
from base64 import b64decode, b64encode
from pathlib import Path

from nacl.signing import SigningKey

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.note import Signer, VerifierKey
from cchc_flow.files import write_whole

PEM = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
"""What stands before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410, 7)."""


class KeyStore:
    """The folder of one workspace's keys: one PEM file for each, named after its public half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Signer] = {}

    def create_first(self, workspace: str) -> Signer:
        """Make and keep the first key of a log; the log's origin is named after it."""
        private = SigningKey.generate()
        return self._keep(checkpoint.log_origin(workspace, bytes(private.verify_key)), private)

    def create_next(self, origin: str) -> Signer:
        """Make and keep another key for a log that has an origin already."""
        return self._keep(origin, SigningKey.generate())

    def signer(self, vkey: str) -> Signer:
        """Return the private key that belongs to a verifier key; raise LogBroken when it is not here."""
        signer = self.find_signer(vkey)
        if signer is None:
            raise LogBroken(
                f"Không có khóa niêm phong «{vkey}» trong {self.folder}.",
                "Hãy khôi phục tệp khóa, hoặc thay khóa mới cho nhật ký.",
            )
        return signer

    def find_signer(self, vkey: str) -> Signer | None:
        """Return the private key that belongs to a verifier key, or None when it is not here."""
        if vkey not in self._loaded:
            verifier = VerifierKey.parse(vkey)
            path = self._path(verifier.public)
            if not path.is_file():
                return None
            self._loaded[vkey] = Signer(verifier.name, _load(path))
        return self._loaded[vkey]

    def _keep(self, name: str, private: SigningKey) -> Signer:
        signer = Signer(name, private)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.folder.parent.chmod(0o700)
        pem = PEM.format(b64encode(PKCS8 + bytes(private)).decode())
        write_whole(self._path(signer.verifier.public), pem.encode())  # before any event is sealed by it
        return signer

    def _path(self, public: bytes) -> Path:
        return self.folder / f"{public.hex()[:16]}.pem"


def _load(path: Path) -> SigningKey:
    try:
        lines = path.read_text("ascii").split("\n")
        der = b64decode(lines[1], validate=True)
        if lines != PEM.format(lines[1]).split("\n") or not der.startswith(PKCS8):
            raise ValueError(path)
        return SigningKey(der.removeprefix(PKCS8))
    except (ValueError, TypeError, IndexError, binascii.Error) as error:
        raise LogBroken(f"Tệp khóa {path} không phải khóa Ed25519.", "Hãy khôi phục tệp khóa.") from error
