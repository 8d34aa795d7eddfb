"""Signed notes (C2SP signed-note): a text, and below it one line for each Ed25519 signature."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from nacl.bindings import crypto_sign, crypto_sign_BYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from cchc_flow.errors import BadInput

ED25519 = b"\x01"
MAX_LENGTH = 1_000_000  # characters: a note is a few lines


class Signature(msgspec.Struct, frozen=True):
    """One signature line: the name and id of the key, and the signature (64 bytes)."""

    name: str
    key_id: bytes
    value: bytes


class Note(msgspec.Struct, frozen=True):
    """A text that ends with a newline, and its signatures, not yet verified."""

    text: str
    signatures: tuple[Signature, ...]


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key with a name, written as `name+key id+key` (C2SP)."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Parse a C2SP verifier key; raise BadInput when it is malformed or its key id does not match."""
        try:
            name, key_id, encoded = vkey.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
            key = cls(name, raw[1:])
            if raw[:1] != ED25519 or len(raw) != 33 or key.key_id.hex() != key_id:
                raise ValueError(vkey)
        except (ValueError, binascii.Error) as error:
            raise BadInput(
                "Khóa kiểm tra không đúng dạng «tên+mã+khóa».", "Hãy chép lại nguyên dòng khóa từ nơi đã lưu."
            ) from error
        return key

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, 0x01, key)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def has_signed(self, note: Note) -> bool:
        """Tell whether the note bears a valid signature by this key."""
        key = VerifyKey(self.public)
        return any(
            _is_valid(key, signature.value, note.text)
            for signature in note.signatures
            if (signature.name, signature.key_id) == (self.name, self.key_id)
        )


class Signer:
    """A private key with a name; `verifier_key` is its public half."""

    def __init__(self, name: str, private: SigningKey) -> None:
        if not name or "+" in name or any(letter.isspace() for letter in name):
            raise BadInput(f"Tên khóa «{name}» không được có khoảng trắng hoặc dấu cộng.")
        public = bytes(private.verify_key)
        self._private = bytes(private) + public  # as libsodium wants it
        self.verifier_key = VerifierKey(name, public)
        self._key_id = self.verifier_key.key_id

    def sign(self, text: str) -> Signature:
        """Return this key's signature of a text."""
        signature = crypto_sign(text.encode(), self._private)[:crypto_sign_BYTES]
        return Signature(self.verifier_key.name, self._key_id, signature)


def format_note(text: str, signatures: Sequence[Signature]) -> str:
    """Return a signed note as text: the signed text, an empty line, the signature lines."""
    lines = (f"— {s.name} {b64encode(s.key_id + s.value).decode()}\n" for s in signatures)
    return f"{text}\n{''.join(lines)}"


def parse_note(note: str) -> Note:
    """Parse a signed note without verifying its signatures; raise BadInput when it is malformed."""
    text, separator, tail = note[:MAX_LENGTH].rpartition("\n\n")
    if not separator or not tail.endswith("\n") or len(note) > MAX_LENGTH:
        raise _not_a_note()
    return Note(text + "\n", tuple(_parse_signature(line) for line in tail[:-1].split("\n")))


def _parse_signature(line: str) -> Signature:
    """Parse one signature line; raise BadInput when it is malformed."""
    try:
        dash, name, encoded = line.split(" ")
        raw = b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _not_a_note() from error
    if dash != "—" or not name or len(raw) <= 4:
        raise _not_a_note()
    return Signature(name, raw[:4], raw[4:])


def _is_valid(key: VerifyKey, value: bytes, text: str) -> bool:
    """Tell whether a signature of a text is valid; one of a wrong length is not."""
    try:
        key.verify(text.encode(), value)
    except (BadSignatureError, ValueError):  # ValueError: another length, or half a surrogate pair
        return False
    return True


def _not_a_note() -> BadInput:
    return BadInput(
        "Đây không phải là dấu niêm phong.", "Hãy chọn đúng tệp dấu niêm phong đã tải về trước đây."
    )
