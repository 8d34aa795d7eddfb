"""The certificates that this machine trusts to vouch for others: files in a folder that its keeper chose."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

from cchc_flow.errors import BadInput, describe_os_error

ENDINGS = (".crt", ".cer", ".pem", ".der")
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
A_SEQUENCE = b"\x30"
"""How every certificate in DER begins."""


def trusted_certificates(folder: Path | None) -> tuple[bytes, ...]:
    """Return the certificates (DER) in the files of a folder, none without one; raise BadInput for others."""
    if folder is None:
        return ()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
        return tuple(certificate for path in paths for certificate in _read(path))
    except OSError as error:
        raise BadInput(
            f"Không đọc được thư mục chứng thư tin cậy «{folder}»: {describe_os_error(error)}.",
            "Hãy kiểm tra CCHC_FLOW_TRUSTED_CERTIFICATES.",
        ) from error


def _read(path: Path) -> Iterator[bytes]:
    """Yield the certificates in a file, which may hold several as PEM; raise BadInput for another file."""
    content = path.read_bytes()
    try:
        found = [b64decode(words, validate=False) for words in PEM.findall(content)] or [content]
    except binascii.Error:
        found = []
    if not found or not all(certificate.startswith(A_SEQUENCE) for certificate in found):
        raise BadInput(f"Tệp «{path}» không phải chứng thư.", "Hãy bỏ nó khỏi thư mục chứng thư tin cậy.")
    yield from found
