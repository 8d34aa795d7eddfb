"""What this machine needs to know beside its data: one value, read once from the environment."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.logs import Logging

SMTP, SENDER, URL = "CCHC_FLOW_SMTP", "CCHC_FLOW_MAIL_FROM", "CCHC_FLOW_URL"
TRACE_PLUGINS = "CCHC_FLOW_TRACE_PLUGINS"
METRICS = "CCHC_FLOW_METRICS"
PROXIES, CONNECTIONS = "CCHC_FLOW_PROXIES", "CCHC_FLOW_CONNECTIONS"
TRUSTED = "CCHC_FLOW_TRUSTED_CERTIFICATES"
LOG_FORMAT, SECURITY_LOG = "CCHC_FLOW_LOG_FORMAT", "CCHC_FLOW_SECURITY_LOG"
LOG, VAULT, ACCOUNTS = "CCHC_FLOW_LOG", "CCHC_FLOW_VAULT", "CCHC_FLOW_ACCOUNTS"
DATABASE, FOLDER = "database", "folder"
Network = IPv4Network | IPv6Network
THIS_MACHINE = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
ANYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))
MOST_CONNECTIONS = 10_000
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

    `url` is the address in front of a workspace's name, without a slash at the end. `proxies` are believed
    when they tell for whom they ask. `connections` is how many one address may have open at once. `logging`
    says how a server logs. `trusted` is a folder with the certificates that may vouch for who signs a PDF.
    `watchers` may read `/metrics`.
    """

    mail: MailServer | None = None
    url: str = ""
    proxies: tuple[Network, ...] = THIS_MACHINE
    connections: int = 100
    logging: Logging = Logging()
    trusted: Path | None = None
    watchers: tuple[Network, ...] = THIS_MACHINE


def read_deployment(environment: Mapping[str, str]) -> Deployment:
    """Return the settings in environment variables; raise BadInput for a value that is not valid."""
    return Deployment(
        _mail_server(environment),
        _url(environment.get(URL, "").strip()),
        _networks(PROXIES, environment.get(PROXIES)),
        _connections(environment.get(CONNECTIONS, "").strip()),
        _logging(environment),
        trusted_folder(environment),
        _networks(METRICS, environment.get(METRICS)),
    )


class Stores(msgspec.Struct, frozen=True):
    """Where the workspaces are: `log` is the address of a PostgreSQL database, empty for the data folder.

    With a database, `vault` is "database" or a folder that all nodes share, `accounts` "database" or
    "folder".
    """

    log: str = ""
    vault: str = FOLDER
    accounts: str = FOLDER


def read_stores(environment: Mapping[str, str]) -> Stores:
    """Return where the workspaces are; raise BadInput, which never shows the address with its password."""
    log = environment.get(LOG, "").strip()
    if not log:
        return Stores()
    if log in {"json", "text"}:
        raise BadInput(
            f"{LOG} nay là địa chỉ cơ sở dữ liệu của nhật ký; dạng của nhật ký chương trình ở {LOG_FORMAT}.",
            f"Hãy đổi thành {LOG_FORMAT}={log}.",
        )
    if not log.startswith(("postgresql://", "postgres://")):
        raise BadInput(
            f"{LOG} phải là địa chỉ postgresql://….", f"Ví dụ: {LOG}=postgresql://nut@may-chu/cchc."
        )
    vault, accounts = (environment.get(name, "").strip() or DATABASE for name in (VAULT, ACCOUNTS))
    if vault != DATABASE and not Path(vault).is_dir():
        raise BadInput(
            f"{VAULT} phải là database hoặc một thư mục đã có: «{vault}».",
            "Hãy tạo thư mục, hoặc bỏ biến này đi.",
        )
    if accounts not in {DATABASE, FOLDER}:
        raise BadInput(f"{ACCOUNTS} phải là database hoặc folder.", f"Ví dụ: {ACCOUNTS}=database.")
    return Stores(log, vault, accounts)


def trusted_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of trusted certificates, None when none is named; raise BadInput if it is none."""
    name = environment.get(TRUSTED, "").strip()
    if name and not Path(name).is_dir():
        raise BadInput(
            f"{TRUSTED} không phải một thư mục: «{name}».", "Hãy tạo thư mục, hoặc bỏ biến này đi."
        )
    return Path(name) if name else None


def is_within(address: str, networks: tuple[Network, ...]) -> bool:
    """Tell whether an address lies in one of the networks; what is no address does not."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:  # as a socket for both protocols tells it
        found = found.ipv4_mapped
    return any(found in network for network in networks)


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


def _networks(variable: str, words: str | None) -> tuple[Network, ...]:
    """Return the networks that a setting names: this machine where it is not set."""
    if words is None:
        return THIS_MACHINE
    try:
        return tuple(ip_network(word, strict=False) for word in words.replace(",", " ").split())
    except ValueError:
        raise BadInput(
            f"{variable} phải là các địa chỉ mạng, cách nhau bằng dấu phẩy.", "Ví dụ: 127.0.0.1, 10.0.0.0/24."
        ) from None


def _logging(environment: Mapping[str, str]) -> Logging:
    form, file = environment.get(LOG_FORMAT, "").strip() or "text", environment.get(SECURITY_LOG, "").strip()
    if form not in {"json", "text"}:
        raise BadInput(f"{LOG_FORMAT} phải là json hoặc text.", f"Ví dụ: {LOG_FORMAT}=json.")
    return Logging(form == "json", Path(file) if file else None)


def _connections(words: str) -> int:
    if not words:
        return Deployment().connections
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:9]) <= MOST_CONNECTIONS):
        raise BadInput(f"{CONNECTIONS} phải là một số từ 1 đến {MOST_CONNECTIONS}.", "Ví dụ: 100.")
    return int(words)
