"""Send letters through a mail server (SMTP), encrypted if the server offers it."""

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from cchc_flow.errors import CchcError, describe_os_error
from cchc_flow.settings import MailServer

TIMEOUT_SECONDS = 30
GOING_DOWN = 421
RETRY_ADVICE = "Thư chưa gửi sẽ được gửi ở lần chạy sau."


class MailServerFailed(CchcError):
    """The mail server cannot be reached or refuses the login; the letters are sent at a later run."""


class LetterRefused(CchcError):
    """The server refused one letter; `is_final` if sending it again is pointless (a 5xx reply)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Máy chủ thư từ chối (mã {code}).")
        self.is_final = code >= 500


class MailConnection:
    """An open connection to a mail server, which sends one letter after another."""

    def __init__(self, connection: smtplib.SMTP, server: MailServer) -> None:
        self._connection, self._server = connection, server

    def send(self, letter: EmailMessage) -> None:
        """Send one letter; raise LetterRefused, or MailServerFailed if no other letter would get through."""
        try:
            self._connection.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            if code == GOING_DOWN:
                raise _server_failed(self._server, smtplib.SMTPResponseException(code, reply)) from error
            raise LetterRefused(code) from error
        except smtplib.SMTPDataError as error:
            raise LetterRefused(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _server_failed(self._server, error) from error


@contextmanager
def mail_connection(server: MailServer) -> Iterator[MailConnection]:
    """Open a connection to the mail server, and close it afterwards; raise MailServerFailed."""
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise _server_failed(server, error) from error
    try:
        yield MailConnection(connection, server)
    finally:
        _disconnect(connection)


def _connect(server: MailServer) -> smtplib.SMTP:
    """Return a connection to the server that is ready to send; it is closed if it cannot be used."""
    if server.tls:
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        _log_in(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, server: MailServer) -> None:
    connection.ehlo_or_helo_if_needed()
    encrypted = server.tls
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=starttls_context(server.host))
        encrypted = True
    if server.user:
        if not encrypted and not is_this_machine(server.host):
            raise MailServerFailed(
                f"Máy chủ thư {server.host} không mã hóa kết nối nên mật khẩu không được gửi đi.",
                "Hãy dùng địa chỉ smtps://, hoặc bật STARTTLS trên máy chủ thư.",
            )
        connection.login(server.user, server.password)


def starttls_context(host: str) -> ssl.SSLContext:
    """Return the TLS context for STARTTLS; the certificate of a server on this machine is not checked."""
    context = ssl.create_default_context()
    if is_this_machine(host):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def is_this_machine(host: str) -> bool:
    """Tell whether a connection to the host never leaves this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _disconnect(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def _server_failed(server: MailServer, error: Exception) -> MailServerFailed:
    words = f"Không gửi được thư qua {server.host}:{server.port} ({_reason(error)})."
    return MailServerFailed(words, RETRY_ADVICE)


def _reason(error: Exception) -> str:
    """Return the reason that the system or the server gave; never anything that we had sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else ""
        return f"{error.smtp_code} {said}".strip()
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):  # which has numbers of its own
        return describe_os_error(error)
    return str(error) or type(error).__name__
