"""The address on which the server listens, and the names under which it answers."""

import socket

import pytest

from cchc_flow.errors import BadInput
from cchc_flow.web.serving.addresses import (
    is_loopback,
    is_open_to_others,
    require_free_address,
    trusted_hosts,
)


def test_a_port_that_is_taken_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match=r"đang có chương trình khác dùng\. Hãy chọn cổng khác"):
            require_free_address("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.7", False)],  # noqa: S104
)
def test_only_a_loopback_address_needs_no_code(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
    assert is_open_to_others(host) is not alone
    assert bool(trusted_hosts(host)) is alone


def test_behind_a_proxy_only_the_names_it_passes_on_are_answered_and_the_code_is_asked_for() -> None:
    names = ("cchc.xa-mau.gov.vn",)
    assert trusted_hosts("127.0.0.1", names)[-1:] == names
    assert trusted_hosts("0.0.0.0", names) == names  # noqa: S104
    assert is_open_to_others("127.0.0.1", names)


@pytest.mark.parametrize(
    "host", ["khong.co.invalid", "", "300.1.1.1", "a\0b", "x" * 300, "máy của tôi", "[::1]"]
)
def test_a_host_that_is_none_is_told_in_words(host: str) -> None:
    with pytest.raises(BadInput, match=r"không phải địa chỉ của máy này\. Hãy chọn bằng --host"):
        require_free_address(host, 8000)


def test_an_address_of_another_machine_is_told_in_words() -> None:
    with pytest.raises(BadInput, match=r"máy này không có địa chỉ đó\. Hãy chọn bằng --host"):
        require_free_address("192.0.2.7", 8000)


@pytest.mark.parametrize("port", [0, -1, 65_536, 10**30])
def test_a_number_that_is_no_port_is_told_in_words(port: int) -> None:
    with pytest.raises(BadInput, match=r"không phải số cổng\. Hãy chọn số từ 1 đến 65535 bằng --port"):
        require_free_address("127.0.0.1", port)


def test_a_port_of_the_system_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(probe: socket.socket, address: tuple[str, int]) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(BadInput, match=r"cổng dưới 1024 .* Hãy chọn cổng từ 1024 trở lên bằng --port"):
        require_free_address("127.0.0.1", 80)
