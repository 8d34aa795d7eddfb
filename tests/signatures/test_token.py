"""A token signs by PKCS#11 and never gives its key; SoftHSM stands for it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from support.signing import SIGNED_AT, officer

from cchc_flow.errors import BadInput
from cchc_flow.signatures import process
from cchc_flow.signatures.keys import pkcs11_signer
from cchc_flow.signatures.signing import Appearance, sign_pdf

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, LABEL, PIN = "Chu ky xa Mau", "y-thang", "123456"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A token with the key and certificate of an officer; return its name."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    run("softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "87654321", "--pin", PIN)
    store_officer()
    yield TOKEN
    del os.environ["SOFTHSM2_CONF"]


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def store_officer() -> None:
    """Put the officer's key and certificate into the token."""
    import pkcs11
    from pkcs11.util import rsa, x509

    key = officer().key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    kept = {pkcs11.Attribute.LABEL: LABEL, pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
    with pkcs11.lib(str(LIBRARY)).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        session.create_object(rsa.decode_rsa_private_key(key) | kept | {pkcs11.Attribute.SIGN: True})
        session.create_object(x509.decode_x509_certificate(officer().der) | kept)


def test_a_token_signs_as_a_file_does(token, report):
    with pkcs11_signer(LIBRARY, token, LABEL, PIN) as signer:
        signed = sign_pdf(report, signer, Appearance(capacity="person", name="Y Thắng Niê"), SIGNED_AT)
    (found,) = process.examine(signed, SIGNED_AT).found
    assert (found.signer, found.intact, found.changes) == ("Y Thắng Niê", True, "none")


@pytest.mark.parametrize(
    ("library", "name", "pin"),
    [(LIBRARY, TOKEN, "0000"), (LIBRARY, "Thiết bị khác", PIN), (Path("/usr/lib/khong-co.so"), TOKEN, PIN)],
)
def test_a_token_that_cannot_be_opened_is_told_in_one_sentence(token, library, name, pin):
    with (
        pytest.raises(BadInput, match="Không mở được thiết bị khóa"),
        pkcs11_signer(library, name, LABEL, pin),
    ):
        pass


def test_a_key_that_the_token_does_not_have_is_told_in_one_sentence(token, report):
    with pkcs11_signer(LIBRARY, token, "nhãn khác", PIN) as signer, pytest.raises(BadInput, match="nhãn"):
        sign_pdf(report, signer, Appearance(capacity="person", name="Y Thắng Niê"), SIGNED_AT)
