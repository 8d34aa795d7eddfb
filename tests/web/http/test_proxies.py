"""Only a proxy that a setting names is believed, and only what it has seen itself."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

import pytest

from cchc_flow.settings import THIS_MACHINE
from cchc_flow.web.http.proxies import TrustedProxies

PROXIES = (*THIS_MACHINE, ip_network("10.0.0.0/24"))


def seen(peer: str, **headers: str) -> tuple[str, str]:
    """Return the address and the scheme that the application sees."""
    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    environ |= {f"HTTP_X_FORWARDED_{name}": value for name, value in headers.items()}

    def application(environ: dict[str, Any], start_response: object) -> Iterable[bytes]:
        return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]

    address, scheme = next(iter(TrustedProxies(application, PROXIES)(environ, print))).decode().split()
    return address, scheme


@pytest.mark.parametrize(
    ("forwarded_for", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::9]:4711", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("10.0.0.7", "10.0.0.7"),
        ("198.51.100.1, unknown", "127.0.0.1"),
        ("198.51.100.1, _hidden, 10.0.0.7", "10.0.0.7"),
        ("", "127.0.0.1"),
    ],
)
def test_the_right_most_address_that_is_no_proxy_is_that_of_the_client(
    forwarded_for: str, address: str
) -> None:
    assert seen("127.0.0.1", FOR=forwarded_for)[0] == address


@pytest.mark.parametrize("peer", ["203.0.113.66", "10.0.1.1", "", "2001:db8::1"])
def test_who_is_no_proxy_of_ours_is_not_believed(peer: str) -> None:
    assert seen(peer or "-", FOR="198.51.100.1", PROTO="https") == (peer or "-", "http")


@pytest.mark.parametrize(
    ("proto", "scheme"), [("https", "https"), ("HTTPS", "https"), ("http, https", "https"), ("ftp", "http")]
)
def test_a_proxy_tells_by_which_scheme_it_was_asked(proto: str, scheme: str) -> None:
    assert seen("::1", PROTO=proto)[1] == scheme


def test_a_proxy_on_a_socket_for_both_protocols_is_known() -> None:
    assert seen("::ffff:10.0.0.7", FOR="203.0.113.9")[0] == "203.0.113.9"
