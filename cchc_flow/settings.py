"""What this machine needs to know beside its data: one value, read once from the environment."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

import msgspec

from cchc_flow.errors import BadInput

SMTP, SENDER, URL = "CCHC_FLOW_SMTP", "CCHC_FLOW_MAIL_FROM", "CCHC_FLOW_URL"
TRACE_PLUGINS = "CCHC_FLOW_TRACE_PLUGINS"
PORTS = {"smtp": 25, "smtps": 465}
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(
    rf"(?=.{{1,254}}$)(?=[^@]{{1,64}}@){_WORD}(?:\.{_WORD})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}"
)
"""An e-mail address that all mail servers accept: dots only between words, a domain of letters."""


class MailServer(msgspec.Struct, frozen=True):
    """The mail server; with `tls` the connection is encrypted from the start, else if it offers STARTTLS."""

    host: str
    port: int
    tls: bool
    sender: str
    user: str = ""
    password: str = ""


class Deployment(msgspec.Struct, frozen=True):
    """The settings of this installation: without `mail` no mail is sent, without `url` mail has no links.

    `url` is the address in front of a workspace's name, without a slash at the end.
    """

    mail: MailServer | None = None
    url: str = ""


def read_deployment(environment: Mapping[str, str]) -> Deployment:
    """Return the settings in environment variables; raise BadInput for a value that is not valid."""
    return Deployment(_mail_server(environment), _url(environment.get(URL, "").strip()))


def traces_plugins(environment: Mapping[str, str]) -> bool:
    """Tell whether each call of a plugin's hook is to be printed (`CCHC_FLOW_TRACE_PLUGINS=1`)."""
    return environment.get(TRACE_PLUGINS, "").strip() not in ("", "0")


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    address = environment.get(SMTP, "").strip()
    if not address:
        return None
    sender = environment.get(SENDER, "").strip()
    if not sender.isprintable() or not ADDRESS.fullmatch(parseaddr(sender)[1]):
        raise BadInput(f"{SENDER} phải là địa chỉ gửi thư.", "Ví dụ: CCHC xã Mẫu <cchc@xa-mau.gov.vn>.")
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _bad_mail_server() from None
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise _bad_mail_server()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise BadInput(
            f"Tên và mật khẩu trong {SMTP} chỉ được có chữ không dấu.", "Hãy đổi mật khẩu hộp thư gửi."
        )
    return MailServer(parts.hostname, port, parts.scheme == "smtps", sender, user, password)


def _bad_mail_server() -> BadInput:
    """Return the error for a bad address, without the address: it may contain a password."""
    return BadInput(
        f"{SMTP} không phải địa chỉ máy chủ thư.", "Ví dụ: smtps://tên:mật-khẩu@thu.xa-mau.gov.vn:465."
    )


def _url(url: str) -> str:
    if url and not (url.startswith(("https://", "http://")) and urlsplit(url).hostname):
        raise BadInput(f"{URL} không phải địa chỉ trang.", "Ví dụ: https://cchc.xa-mau.gov.vn.")
    return url.rstrip("/")
