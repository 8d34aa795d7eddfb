"""The settings for nginx and Caddy in docs/operating.md run: https, uploads, addresses, a path prefix."""

import http.client
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.serving import free_port

from cchc_flow import demo
from cchc_flow.clock import now

NAME = "cchc.xa-mau.gov.vn"
SITES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Site(NamedTuple):
    """A proxy in front of a server: where it listens, and the data that are served."""

    plain: int
    secure: int
    data: Path
    passwords: dict[str, str]

    def ask(
        self,
        path: str,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        secure: bool = True,
    ) -> Answer:
        """Ask as a browser does that knows the name by DNS and believes the certificate."""
        context = ssl.create_default_context(cafile=str(self.data.parent / "fullchain.pem"))
        port = self.secure if secure else self.plain
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        if secure:
            connection.sock = context.wrap_socket(connection.sock, server_hostname=NAME)
        host = f"{NAME}:{port}"
        origin = {"Origin": f"https://{host}"} if data is not None else {}
        method = "GET" if data is None else "POST"
        connection.request(method, path, data, {"Host": host, **origin, **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, text)

    def sign_in(self, login: str, prefix: str = "", **headers: str) -> tuple[Answer, str]:
        """Sign in by the form; return the answer and the cookies."""
        page = self.ask(f"{prefix}/demo/sign-in")
        token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
        cookie = page.headers["set-cookie"].split(";")[0]
        form = f"csrf_token={token}&login={login}&password={self.passwords[login]}"
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie} | headers
        answer = self.ask(f"{prefix}/demo/sessions", form.encode(), sent)
        session = re.findall(r"[\w-]*cchc-demo=[^;]+", answer.headers.get("set-cookie", ""))
        return answer, "; ".join([cookie, *session])


def make_certificate(folder: Path) -> None:
    """Write a certificate for the name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    begin = datetime.now(UTC) - timedelta(hours=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def nginx(text: str, folder: Path, plain: int, secure: int) -> list[str]:
    """Write what nginx needs to run the site of the document on other ports; return the command."""
    text = text.replace("listen 80;", f"listen {plain};").replace("listen 443 ssl;", f"listen {secure} ssl;")
    text = text.replace("https://$host$request_uri", f"https://$host:{secure}$request_uri")
    main = (
        f"user root; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{text}\n}}\n"
    )
    (folder / "nginx.conf").write_text(main)
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def caddy(text: str, folder: Path, plain: int, secure: int) -> list[str]:
    """Write what Caddy needs to run the site of the document on other ports; return the command."""
    options = f"{{\n\tadmin off\n\tauto_https disable_certs\n\thttp_port {plain}\n\thttps_port {secure}\n}}\n"
    (folder / "Caddyfile").write_text(options + text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


COMMANDS: dict[str, Callable[[str, Path, int, int], list[str]]] = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, dict[str, str]]]:
    """The real server with a demo, under the name that the documents use."""
    folder = tmp_path_factory.mktemp("proxied")
    ws = demo.demo_workspace(folder / "data", "demo", now)
    passwords = dict(demo.passwords(ws))
    ws.close()
    port = free_port()
    command = [sys.executable, "-m", "cchc_flow", "--data", str(folder / "data"), "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--name", NAME], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    wait_for(port)
    yield folder, port, passwords
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)


@pytest.fixture(params=SITES)
def site(
    request: pytest.FixtureRequest,
    served: tuple[Path, int, dict[str, str]],
    programs: dict[str, str],
    tmp_path: Path,
) -> Iterator[Site]:
    """One of the proxies, as the document sets it, in front of the server."""
    program = request.param
    if shutil.which(program) is None:
        print(f"{program} is not installed: its settings were not run")
        pytest.skip(f"this machine has no {program}")
    folder, port, passwords = served
    make_certificate(folder)
    text = programs[SITES[program]].replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    text = text.replace("/etc/ssl/cchc-flow/", f"{folder}/")
    plain, secure = free_port(), free_port()
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(
            COMMANDS[program](text, tmp_path, plain, secure),
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={"HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/bin"},
        )
    wait_for(secure)
    yield Site(plain, secure, folder / "data", passwords)
    process.terminate()
    process.wait(30)


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")


def test_pages_go_by_https_alone_and_cookies_with_them(site: Site) -> None:
    answer = site.ask("/demo/sign-in", secure=False)
    assert answer.status in (301, 308) and answer.headers["location"].startswith(f"https://{NAME}")
    page = site.ask("/demo/sign-in")
    assert page.status == 200 and "max-age" in page.headers["strict-transport-security"]
    answer, cookie = site.sign_in("dau.moi")
    assert answer.status == 303 and "cchc-demo=" in cookie
    assert "Secure" in answer.headers["set-cookie"]
    shown = site.ask("/demo/account", headers={"Cookie": cookie})
    assert shown.status == 200, shown.headers.get("location", "") + str(answer.headers.get("location"))


def test_the_address_is_that_of_the_browser_whatever_it_says_of_itself(site: Site) -> None:
    answer, _ = site.sign_in("dau.moi", **{"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"})
    assert answer.status == 303
    accounts = sqlite3.connect(site.data / "private/demo/accounts.db")
    (address,) = accounts.execute("SELECT address FROM sessions ORDER BY id DESC LIMIT 1").fetchone()
    accounts.close()
    assert address == "127.0.0.1"


def test_what_a_browser_says_of_a_prefix_is_not_believed(site: Site) -> None:
    page = site.ask("/demo/sign-in", headers={"X-Forwarded-Prefix": "/elsewhere"})
    assert page.status == 200 and "/elsewhere" not in page.text


def test_a_large_upload_reaches_the_server(site: Site) -> None:
    _, cookie = site.sign_in("dau.moi")
    head = b'--b\r\nContent-Disposition: form-data; name="document"; filename="a.docx"\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie}
    answer = site.ask("/demo/plans", head + bytes(60 << 20) + b"\r\n--b--\r\n", headers)
    assert answer.status != 413 and 'lang="vi"' in answer.text, (answer.status, answer.text[:300])


def test_below_a_path_every_address_keeps_it(site: Site) -> None:
    page = site.ask("/cchc/demo/sign-in")
    assert page.status == 200 and 'action="/cchc/demo/sessions"' in page.text
    answer, cookie = site.sign_in("dau.moi", "/cchc")
    assert answer.status == 303 and "/cchc/demo" in answer.headers["location"]
    assert site.ask("/cchc/demo/account", headers={"Cookie": cookie}).status == 200
