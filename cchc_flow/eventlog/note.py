"""Signed notes (C2SP signed-note): a text, and under it one line for each Ed25519 signature."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from cchc_flow.errors import BadInput

ED25519 = b"\x01"
MAX_LENGTH = 1_000_000  # characters: a note is a few lines, anything larger is not one


class Signature(msgspec.Struct, frozen=True):
    """One signature line: who signed, by which key, and the 64 bytes."""

    name: str
    key_id: bytes
    value: bytes


class Note(msgspec.Struct, frozen=True):
    """A text that ends with a newline, and its signatures, not yet checked."""

    text: str
    signatures: tuple[Signature, ...]


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key under a name, as `name+key id+key` tells it to others."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Read a C2SP verifier key; raise BadInput when it is none or its id does not fit."""
        try:
            name, key_id, encoded = vkey.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
            found = cls(name, raw[1:])
            if raw[:1] != ED25519 or len(raw) != 33 or found.key_id.hex() != key_id:
                raise ValueError(vkey)
        except (ValueError, binascii.Error) as error:
            raise BadInput(
                "Khóa kiểm tra không đúng dạng «tên+mã+khóa».", "Hãy chép lại nguyên dòng khóa từ nơi đã lưu."
            ) from error
        return found

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, 0x01, key)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def signed(self, note: Note) -> bool:
        """Tell whether this key signed the note."""
        key = VerifyKey(self.public)
        return any(
            _is_valid(key, signature.value, note.text)
            for signature in note.signatures
            if (signature.name, signature.key_id) == (self.name, self.key_id)
        )


class Signer:
    """A private key under a name."""

    def __init__(self, name: str, private: SigningKey) -> None:
        if not name or "+" in name or any(letter.isspace() for letter in name):
            raise BadInput(f"Tên khóa «{name}» không được có khoảng trắng hoặc dấu cộng.")
        self._private = private
        self.verifier = VerifierKey(name, bytes(private.verify_key))
        self._key_id = self.verifier.key_id

    def sign(self, text: str) -> Signature:
        """Return this key's signature of a text."""
        return Signature(self.verifier.name, self._key_id, self._private.sign(text.encode()).signature)


def format_note(text: str, signatures: Sequence[Signature]) -> str:
    """Return the note as it is stored and handed out."""
    lines = (f"— {s.name} {b64encode(s.key_id + s.value).decode()}\n" for s in signatures)
    return f"{text}\n{''.join(lines)}"


def parse_note(note: str) -> Note:
    """Read a signed note; raise BadInput when it is none."""
    text, gap, tail = note[:MAX_LENGTH].rpartition("\n\n")
    if not gap or not tail.endswith("\n") or len(note) > MAX_LENGTH:
        raise _no_note()
    return Note(text + "\n", tuple(_signature(line) for line in tail[:-1].split("\n")))


def _signature(line: str) -> Signature:
    try:
        dash, name, encoded = line.split(" ")
        raw = b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _no_note() from error
    if dash != "—" or not name or len(raw) <= 4:
        raise _no_note()
    return Signature(name, raw[:4], raw[4:])


def _is_valid(key: VerifyKey, value: bytes, text: str) -> bool:
    try:
        key.verify(text.encode(), value)
    except (BadSignatureError, ValueError):  # ValueError: another length, or half a surrogate pair
        return False
    return True


def _no_note() -> BadInput:
    return BadInput(
        "Đây không phải là dấu niêm phong.", "Hãy chọn đúng tệp dấu niêm phong đã tải về trước đây."
    )
