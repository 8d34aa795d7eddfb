"""What the environment tells a deployment, and what it cannot mean."""

from pathlib import Path

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.settings import ADDRESS, Deployment, MailServer, is_within, read_deployment

SENDER = {"CCHC_FLOW_MAIL_FROM": "CCHC xã Mẫu <cchc@xa-mau.gov.vn>"}


def test_an_empty_environment_sends_nothing_and_links_nowhere() -> None:
    assert read_deployment({}) == Deployment(None, "")


@pytest.mark.parametrize(
    ("given", "host", "port", "tls", "user", "password"),
    [
        ("smtp://thu.xa.vn", "thu.xa.vn", 25, False, "", ""),
        ("smtps://thu.xa.vn", "thu.xa.vn", 465, True, "", ""),
        ("smtp://cchc:m%40t%3Akh%2Fau@thu.xa.vn:587", "thu.xa.vn", 587, False, "cchc", "m@t:kh/au"),
        ("smtp://cchc%40xa.vn:x@[::1]:2525/", "::1", 2525, False, "cchc@xa.vn", "x"),
    ],
)
def test_a_mail_server_is_one_address(
    given: str, host: str, port: int, tls: bool, user: str, password: str
) -> None:
    server = read_deployment(SENDER | {"CCHC_FLOW_SMTP": given}).mail
    assert server == MailServer(host, port, tls, SENDER["CCHC_FLOW_MAIL_FROM"], user, password)


@pytest.mark.parametrize(
    "given",
    [
        "thu.xa.vn",
        "http://thu.xa.vn",
        "smtp://",
        "smtp://a:bi-mat@:25",
        "smtp://x:bi-mat@h:99999",
        "smtp://h:x",
    ],
)
def test_what_is_no_mail_server_is_refused_without_repeating_a_password(given: str) -> None:
    with pytest.raises(BadInput, match="CCHC_FLOW_SMTP") as told:
        read_deployment(SENDER | {"CCHC_FLOW_SMTP": given})
    assert "bi-mat" not in str(told.value)


def test_a_password_with_marks_which_servers_read_differently_is_refused() -> None:
    with pytest.raises(BadInput, match="không dấu"):
        read_deployment(SENDER | {"CCHC_FLOW_SMTP": "smtps://cchc:m%E1%BA%ADt@thu.xa.vn"})


@pytest.mark.parametrize("sender", ["", "cchc", "a@b", "x@xa.vn\r\nBcc: y@xa.vn"])
def test_a_mail_server_without_a_sender_is_refused(sender: str) -> None:
    with pytest.raises(BadInput, match="CCHC_FLOW_MAIL_FROM"):
        read_deployment({"CCHC_FLOW_SMTP": "smtp://thu.xa.vn", "CCHC_FLOW_MAIL_FROM": sender})


@pytest.mark.parametrize(
    ("given", "kept"), [("https://cchc.xa.vn/", "https://cchc.xa.vn"), ("http://10.0.0.7:8000", None)]
)
def test_the_address_of_the_site_ends_without_a_slash(given: str, kept: str | None) -> None:
    assert read_deployment({"CCHC_FLOW_URL": given}).url == (kept or given)


@pytest.mark.parametrize("given", ["cchc.xa.vn", "ftp://cchc.xa.vn", "https://", "javascript:alert(1)"])
def test_what_is_no_address_of_a_site_is_refused(given: str) -> None:
    with pytest.raises(BadInput, match="CCHC_FLOW_URL"):
        read_deployment({"CCHC_FLOW_URL": given})


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("lan.tran@xa-mau.gov.vn", True),
        ("a+b@x.vn", True),
        ("lan@xa", False),
        ("lan..tran@xa.vn", False),
        (".lan@xa.vn", False),
        ("lan@-xa.vn", False),
        ("lan@xa.vn\nBcc: b@xa.vn", False),
        ("lan@xa.vn, binh@xa.vn", False),
        ("lán@xa.vn", False),
        ("a" * 65 + "@xa.vn", False),
        ("a@" + "b." * 130 + "vn", False),
    ],
)
def test_an_address_is_one_that_every_mail_server_takes(address: str, is_one: bool) -> None:
    assert bool(ADDRESS.fullmatch(address)) is is_one


def test_proxies_are_those_of_this_machine_unless_others_are_named() -> None:
    assert is_within("127.0.0.1", read_deployment({}).proxies)
    named = read_deployment({"CCHC_FLOW_PROXIES": "10.0.0.7, 192.0.2.0/24"}).proxies
    assert [is_within(address, named) for address in ("10.0.0.7", "192.0.2.9", "127.0.0.1", "x")] == [
        True,
        True,
        False,
        False,
    ]
    assert read_deployment({"CCHC_FLOW_PROXIES": ""}).proxies == ()


@pytest.mark.parametrize(
    ("name", "given"),
    [("PROXIES", "proxy.xa.vn"), ("PROXIES", "10.0.0.0/40"), ("CONNECTIONS", "0"), ("CONNECTIONS", "nhiều")],
)
def test_what_is_no_network_or_no_number_is_told(name: str, given: str) -> None:
    with pytest.raises(BadInput, match=f"CCHC_FLOW_{name}"):
        read_deployment({f"CCHC_FLOW_{name}": given})


def test_a_folder_of_trusted_certificates_has_to_be_there(tmp_path: Path) -> None:
    assert read_deployment({}).trusted is None
    assert read_deployment({"CCHC_FLOW_TRUSTED_CERTIFICATES": str(tmp_path)}).trusted == tmp_path
    with pytest.raises(BadInput, match="CCHC_FLOW_TRUSTED_CERTIFICATES"):
        read_deployment({"CCHC_FLOW_TRUSTED_CERTIFICATES": str(tmp_path / "none")})
