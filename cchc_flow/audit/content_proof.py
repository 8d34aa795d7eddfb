"""What ties a downloaded file to the event that names it: the salt, and a receipt of the event.

The event has the SHA-256 of salt ‖ content alone, so without the salt nobody can compare them.
"""

import re
from hashlib import sha256

import msgspec

from cchc_flow.audit.findings import Finding
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.receipt_files import ReceiptFile, issue_receipt, parse_receipt
from cchc_flow.eventlog.vault import SALT_LENGTH
from cchc_flow.eventlog.verification.checkpoint_file import text_of_file
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

SUFFIX = ".muoi.txt"
_FIRST_LINE = "content-proof/1"
_FORM = re.compile(
    rf"{_FIRST_LINE}\ndigest ([0-9a-f]{{64}})\nsalt ([0-9a-f]{{{2 * SALT_LENGTH}}})\n\n(.+)", re.DOTALL
)


class ContentProof(msgspec.Struct, frozen=True):
    """The digest and the salt of a content, and the receipt of the event that names it, with its body."""

    digest: str
    salt: bytes
    receipt: ReceiptFile

    def text(self) -> str:
        """Return the file: three lines, and below an empty one the receipt as it is."""
        return f"{_FIRST_LINE}\ndigest {self.digest}\nsalt {self.salt.hex()}\n\n{self.receipt.text()}"


def prove_content(ws: Workspace, stream: str, digest: str) -> ContentProof:
    """Return the proof of a content that an event of a stream names; raise NotFound when it is gone."""
    salt = ws.vault.load_salt(digest)
    return ContentProof(digest, salt, issue_receipt(ws.log, _position_of(ws.log, stream, digest)))


def parse_content_proof(content: bytes) -> ContentProof:
    """Parse the file of a proof and verify nothing; raise BadInput when it is malformed."""
    match = _FORM.fullmatch(text_of_file(content))
    if match is None:
        raise BadInput(
            "Đây không phải tệp muối của một tệp minh chứng, hoặc đã bị sửa.",
            "Hãy chọn tệp có đuôi .muoi.txt đã tải về cùng tệp minh chứng.",
        )
    return ContentProof(match[1], bytes.fromhex(match[2]), parse_receipt(match[3].encode()))


def check_content(content: bytes, proof: ContentProof) -> tuple[Finding, ...]:
    """Return whether salt and content give the digest, and whether the event of the receipt names it."""
    is_same = sha256(proof.salt + content).hexdigest() == proof.digest
    named = proof.receipt.body is not None and proof.digest in referenced_digests(proof.receipt.body)
    position = proof.receipt.position
    return (
        Finding(True, f"Tệp và muối cho đúng mã băm {proof.digest[:12]}….")
        if is_same
        else Finding(False, "Tệp và muối không cho mã băm đã ghi: tệp đã bị sửa, hoặc muối là của tệp khác."),
        Finding(True, f"Sự kiện số {format_number(position)} nêu đúng mã băm đó.")
        if named
        else Finding(False, f"Sự kiện số {format_number(position)} không nêu mã băm đó."),
    )


def _position_of(log: EventLog, stream: str, digest: str) -> int:
    """Return the position of the first event of a stream that names a content; raise NotFound without one."""
    for event in log.stream(stream):
        if digest in referenced_digests(log.body(event.position)):
            return event.position
    raise NotFound("Không có sự kiện nào nêu nội dung này.")
