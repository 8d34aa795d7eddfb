"""A mail server on this machine that stores letters, and refuses those that a test wants refused."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.serving import free_port

from cchc_flow.settings import MailServer

USER, PASSWORD = "cchc", "mat:khau@dai/42"


class Mailbox:
    """The letters that the server received; `refuses` maps a recipient to the reply that refuses it."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refuses: dict[str, str] = {}
        self.breaks_after: int | None = None
        self.encrypted: list[bool] = []
        self.users: list[str] = []
        self.server = MailServer("127.0.0.1", 0, False, "CCHC xã Mẫu <cchc@xa-mau.gov.vn>")

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Envelope, to: str, options: Any) -> str:  # noqa: N802
        if self.breaks_after is not None and len(self.letters) >= self.breaks_after:
            return "421 Going down"
        if to in self.refuses:
            return self.refuses[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        content = cast(bytes, envelope.content)
        self.raw.append(content)
        self.letters.append(cast(EmailMessage, message_from_bytes(content, policy=default)))  # type: ignore[arg-type]
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Any, envelope: Any, mechanism: str, credentials: Any
    ) -> AuthResult:
        self.users.append(credentials.login.decode())
        right = (credentials.login.decode(), credentials.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=False)

    def to(self, address: str) -> list[str]:
        """Return the bodies of the letters to an address."""
        return [body(letter) for letter in self.letters if address in letter["To"]]


def body(letter: EmailMessage) -> str:
    """Return the text of a letter."""
    return str(letter.get_content()).replace("\r\n", "\n")


@contextmanager
def mailbox(**options: Any) -> Iterator[Mailbox]:
    """Yield a running mail server; the options are those of aiosmtpd's controller, and `auth`."""
    box = Mailbox()
    if options.pop("auth", False):
        options |= {"authenticator": box.authenticate, "auth_required": True}
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    box.server = MailServer("127.0.0.1", port, "ssl_context" in options, box.server.sender)
    yield box
    controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a self-signed certificate for 127.0.0.1, and the TLS context of a server that uses it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    self_signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(self_signed.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return paths[0], context
