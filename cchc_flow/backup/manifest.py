"""What a backup says of itself: what it is of, which log it has, and the digest of each file in it.

`SHA256SUMS` has the form of sha256sum(1); `MANIFEST.json` has its digest, and `MANIFEST.sig` is a signed note
over the manifest by the key that seals the log.
"""

import re
from hashlib import sha256
from typing import Any

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.note import Signer, VerifierKey, format_note, parse_note

MANIFEST, SIGNATURE, SUMS = "MANIFEST.json", "MANIFEST.sig", "SHA256SUMS"
EDITION = 1
SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
NOT_A_BACKUP = "Tệp này không phải bản sao lưu của cchc-flow, hoặc đã hỏng"
TAKE_ANOTHER = "Chưa có gì bị thay đổi. Hãy dùng bản sao lưu khác."


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about a backup; `log_*` tell how its log ends, `missing` and `damaged` name contents.

    `format` is that of the data folder, `backup` that of this manifest.
    """

    backup: int
    format: int
    program: str
    made: str
    workspace: str
    title: str
    origin: str
    log_size: int
    log_root: str
    log_time: str
    key: str
    with_key: bool
    contents: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    sums: str

    def to_bytes(self) -> bytes:
        """Return the manifest as it is stored."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest in some bytes; raise BadInput when it is none, or one of a later program."""
    try:
        if decode(content, dict[str, Any])["backup"] > EDITION:
            raise BadInput(
                "Bản sao lưu này do một bản mới hơn của chương trình ghi.",
                "Hãy khôi phục bằng bản đó hoặc mới hơn.",
            )
        return decode(content, Manifest)
    except (msgspec.DecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise BadInput(f"{NOT_A_BACKUP} (phần kê khai không đọc được).", TAKE_ANOTHER) from error


def format_sums(digests: dict[str, str]) -> bytes:
    """Return the digests by file name as lines that `sha256sum --check` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def parse_sums(content: bytes) -> dict[str, str]:
    """Return the digests by file name; raise BadInput for lines of another form."""
    found = [SUM_LINE.fullmatch(line) for line in content.decode("utf-8", "replace").splitlines()]
    if not all(found):
        raise BadInput(f"{NOT_A_BACKUP} (danh sách mã băm không đọc được).", TAKE_ANOTHER)
    return {line[2]: line[1] for line in found if line}


def sign_manifest(content: bytes, origin: str, signer: Signer) -> bytes:
    """Return the signed note over a manifest."""
    text = _signed_text(content, origin)
    return format_note(text, [signer.sign(text)]).encode()


def is_signed(content: bytes, signature: bytes, manifest: Manifest) -> bool:
    """Tell whether the note is over this manifest and bears a valid signature by the key that it names."""
    try:
        note = parse_note(signature.decode())
        key = VerifierKey.parse(manifest.key)
    except (BadInput, UnicodeDecodeError):
        return False
    return note.text == _signed_text(content, manifest.origin) and key.has_signed(note)


def _signed_text(content: bytes, origin: str) -> str:
    """Return what is signed; no checkpoint begins like this, so that neither passes for the other."""
    return f"backup of {origin}\nsha256 {sha256(content).hexdigest()}\n"
