"""Signed notes (C2SP signed-note): a text, and below it one line for each Ed25519 signature."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar, Self

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
    algorithm: ClassVar[bytes] = ED25519

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Parse a C2SP verifier key; raise BadInput when it is malformed or its key id does not match."""
        try:
            name, key_id, encoded = vkey.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
            key = cls(name, raw[1:])
            if raw[:1] != cls.algorithm or len(raw) != 33 or key.key_id.hex() != key_id:
                raise ValueError(vkey)
        except (ValueError, binascii.Error) as error:
            raise BadInput(
                "Khóa kiểm tra không đúng dạng «tên+mã+khóa».", "Hãy chép lại nguyên dòng khóa từ nơi đã lưu."
            ) from error
        return key

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, algorithm, key); the algorithm is a byte."""
        return sha256(self.name.encode() + b"\n" + self.algorithm + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self.algorithm + self.public).decode()}"

    def has_signed(self, note: Note) -> bool:
        """Tell whether the note bears a valid signature by this key."""
        return any(is_signature(self.public, value, note.text) for value in self.signature_values(note))

    def signature_values(self, note: Note) -> list[bytes]:
        """Return what a note bears as signatures by this key, not verified."""
        key = self.name, self.key_id
        return [each.value for each in note.signatures if (each.name, each.key_id) == key]


def parse_keys(words: str) -> list[VerifierKey]:
    """Return the keys in a text, one a line (after a rotation the old and the new one); raise BadInput."""
    return [VerifierKey.parse(line) for line in words.splitlines() if line.strip()]


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
    if not separator or len(note) > MAX_LENGTH:
        raise _not_a_note()
    return Note(text + "\n", parse_signatures(tail))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Parse signature lines, each with its newline; raise BadInput when one is malformed."""
    if not lines.endswith("\n"):
        raise _not_a_note()
    return tuple(_parse_signature(line) for line in lines[:-1].split("\n"))


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


def is_signature(public: bytes, value: bytes, text: str) -> bool:
    """Tell whether a value is the signature of a text by a public key; one of a wrong length is not."""
    try:
        VerifyKey(public).verify(text.encode(), value)
    except (BadSignatureError, ValueError):  # ValueError: another length, or half a surrogate pair
        return False
    return True


def _not_a_note() -> BadInput:
    return BadInput(
        "Đây không phải là dấu niêm phong.", "Hãy chọn đúng tệp dấu niêm phong đã tải về trước đây."
    )
