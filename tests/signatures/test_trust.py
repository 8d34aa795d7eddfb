"""The certificates of a folder vouch for others; what is none is told with its name."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from support.signing import authority, stranger

from cchc_flow.errors import BadInput
from cchc_flow.signatures.trust import trusted_certificates


def test_certificates_are_read_in_both_forms_and_several_from_one_file(tmp_path: Path) -> None:
    pem = [one.certificate.public_bytes(Encoding.PEM) for one in (authority(), stranger())]
    (tmp_path / "both.pem").write_bytes(b"\n".join(pem))
    (tmp_path / "one.CER").write_bytes(authority().der)
    (tmp_path / "read me.txt").write_bytes(b"nothing")
    assert trusted_certificates(tmp_path) == (authority().der, stranger().der, authority().der)
    assert trusted_certificates(None) == ()


@pytest.mark.parametrize(
    "content", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----%%-----END CERTIFICATE-----"]
)
def test_a_file_that_is_no_certificate_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.crt").write_bytes(content)
    with pytest.raises(BadInput, match=r"bad\.crt"):
        trusted_certificates(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none"):
        trusted_certificates(tmp_path / "none")
