"""Keys and certificates for tests of signatures: made anew in each run, never stored."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw

from cchc_flow.signatures.keys import pkcs12_signer
from cchc_flow.signatures.signing import Appearance, Capacity, sign_pdf

PASSWORD = "mật khẩu của tệp khóa"
SIGNED_AT = datetime(2026, 3, 5, 3, 4, 5, tzinfo=UTC)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
ORGANISATION = "Ủy ban nhân dân xã Mẫu"


class Identity(NamedTuple):
    """A private key with its certificate, and that of who vouches for it (None: it vouches for itself)."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer: x509.Certificate | None = None

    def p12(self, password: str = PASSWORD) -> bytes:
        """Return them as a PKCS#12 file."""
        chain = [self.issuer] if self.issuer else None
        protection = BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"key", self.key, self.certificate, chain, protection)

    @property
    def der(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.DER)


@cache
def authority(name: str = "CA thử nghiệm") -> Identity:
    """Return who vouches for others."""
    return _make(name, is_authority=True)


@cache
def officer(name: str = "Y Thắng Niê", years: int = 2) -> Identity:
    """Return somebody for whom the authority vouches."""
    return _make(name, authority(), years=years)


@cache
def stranger(name: str = "Người tự ký") -> Identity:
    """Return somebody who vouches for himself."""
    return _make(name)


def _make(
    name: str,
    by: Identity | None = None,
    *,
    is_authority: bool = False,
    years: int = 2,
    more: tuple[x509.ExtensionType, ...] = (),
) -> Identity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = _name(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(_uses(is_authority), critical=True)
    )
    for extension in more:
        builder = builder.add_extension(extension, critical=True)
    certificate = builder.sign(by.key if by else key, hashes.SHA256())
    return Identity(key, certificate, by.certificate if by else None)


def _name(name: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.COMMON_NAME, name),
    )
    return x509.Name([x509.NameAttribute(*part) for part in parts])


def _uses(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def time_authority(name: str = "TSA thử nghiệm") -> Identity:
    """Return who stamps times, for whom the authority vouches."""
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _make(name, authority(), more=(stamping,))


def handwriting() -> bytes:
    """Return the picture of a signature, blue on nothing, two and a half times as wide as high."""
    return _draw(
        (400, 160), lambda pen: pen.line([(8, 150), (100, 10), (200, 150), (392, 20)], (0, 40, 200), 8)
    )


def seal() -> bytes:
    """Return the picture of a round seal, red on nothing."""
    return _draw((400, 400), lambda pen: pen.ellipse([4, 4, 396, 396], outline=(220, 0, 0), width=12))


def _draw(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw], object]) -> bytes:
    picture, made = Image.new("RGBA", size, (0, 0, 0, 0)), BytesIO()
    draw(ImageDraw.Draw(picture))
    picture.save(made, "PNG")
    return made.getvalue()


def sign(content: bytes, by: Identity, capacity: Capacity = "person", **look: Any) -> bytes:
    """Return a PDF signed by somebody; in a thread of its own, for browsers leave pyHanko no event loop."""
    defaults = {"name": "Y Thắng Niê"} if capacity == "person" else {}
    signer = pkcs12_signer(by.p12(), PASSWORD)
    appearance = Appearance(capacity=capacity, **defaults | look)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(sign_pdf, content, signer, appearance, SIGNED_AT).result()


def sign_twice(content: bytes) -> bytes:
    """Return a PDF signed by the officer, and by the agency over it."""
    one = sign(content, officer(), picture=handwriting())
    return sign(one, officer(ORGANISATION), "agency", picture=seal(), width_mm=36)
