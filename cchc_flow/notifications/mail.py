"""Hand letters over to a mail server (SMTP), encrypted wherever it can be."""

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
    """The mail server cannot be reached, or does not let us in; letters wait for another time."""


class LetterRefused(CchcError):
    """The server did not take one letter; `is_final` when it never will."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Máy chủ thư từ chối (mã {code}).")
        self.is_final = code >= 500


class MailConnection:
    """A connection to a mail server that takes letters, one after the other."""

    def __init__(self, connection: smtplib.SMTP, server: MailServer) -> None:
        self._connection, self._server = connection, server

    def send(self, letter: EmailMessage) -> None:
        """Hand one letter over; raise LetterRefused, or MailServerFails when no other would be taken."""
        try:
            self._connection.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            if code == GOING_DOWN:
                raise _server_failed(self._server, smtplib.SMTPResponseException(code, said)) from error
            raise LetterRefused(code) from error
        except smtplib.SMTPDataError as error:
            raise LetterRefused(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _server_failed(self._server, error) from error


@contextmanager
def mail_connection(server: MailServer) -> Iterator[MailConnection]:
    """Give a connection to the mail server; raise MailServerFails."""
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
    """Return how to check a server that offers encryption: one on this machine may have signed for itself."""
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
    """Return what the system or the server said; never what we had sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else ""
        return f"{error.smtp_code} {said}".strip()
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):  # which has numbers of its own
        return describe_os_error(error)
    return str(error) or type(error).__name__
