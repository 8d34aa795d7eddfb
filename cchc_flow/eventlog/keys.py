"""The private keys that sign checkpoints: `keys/….pem` among the secrets of a workspace."""

import binascii
from base64 import b64decode, b64encode
from pathlib import Path

from nacl.signing import SigningKey

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.note import Signer, VerifierKey
from cchc_flow.eventlog.secret_store import FolderSecrets, SecretStore

PEM = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
PKCS8_PREFIX = bytes.fromhex("302e020100300506032b657004220420")
"""The DER bytes before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410, 7)."""

WHAT_NOW = "Hãy khôi phục tệp khóa từ bản sao lưu; nếu khóa đã mất hẳn, hãy chạy «cchc-flow key rotate»."


class KeyStore:
    """One workspace's private keys: one secret in PEM for each, named after its public key.

    A key that another process or node has created is found when it is asked for.
    """

    def __init__(self, secrets: SecretStore) -> None:
        self._secrets = secrets
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
        """Return the signer of a verifier key; raise LogBroken when there is none, or another key."""
        name = secret_name(key.public)
        pem, place = self._secrets.read(name), self._secrets.place(name)
        if pem is None:
            raise LogBroken(f"Không có tệp khóa niêm phong {place}, nên không ghi thêm được.", WHAT_NOW)
        signer = Signer(key.name, _decode_private_key(pem, place))
        if signer.verifier_key != key:
            raise LogBroken(
                f"Tệp {place} chứa một khóa khác, không phải khóa niêm phong đang dùng.", WHAT_NOW
            )
        return signer

    def _save(self, name: str, private: SigningKey) -> Signer:
        """Save a private key durably, before a checkpoint is signed with it, and return its signer."""
        signer = Signer(name, private)
        self._secrets.read_or_create(
            secret_name(signer.verifier_key.public), dump_private_key(private).encode
        )
        return signer


def folder_keys(private: Path) -> KeyStore:
    """Return the keys in a workspace's private folder."""
    return KeyStore(FolderSecrets(private))


def secret_name(public: bytes) -> str:
    """Return the name of the secret that belongs to a public key."""
    return f"keys/{public.hex()[:16]}.pem"


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


def _decode_private_key(pem: bytes, place: str) -> SigningKey:
    """Return the Ed25519 key in PEM; raise LogBroken when it is something else."""
    try:
        return parse_private_key(pem.decode("ascii"))
    except ValueError as error:
        raise LogBroken(f"Tệp khóa {place} không phải khóa Ed25519.", WHAT_NOW) from error
