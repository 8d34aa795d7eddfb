"""The address on which the server listens: whether it is free, who can reach it, and under which names."""

import errno
import ipaddress
import socket

from cchc_flow.errors import BadInput, describe_os_error
from cchc_flow.web.http.setup_codes import LOOPBACK_NAMES

FIRST_FREE_PORT, LAST_PORT = 1024, 65_535
"""From the first on a port needs no right of an administrator."""
CHOOSE_HOST = "Hãy chọn bằng --host: 127.0.0.1 (chỉ máy này mở được) hoặc 0.0.0.0 (mọi máy trong mạng)."


def require_free_address(host: str, port: int) -> None:
    """Raise BadInput when the address cannot be listened on; gunicorn alone would retry for seconds."""
    if not 1 <= port <= LAST_PORT:
        raise BadInput(f"«{port}» không phải số cổng.", f"Hãy chọn số từ 1 đến {LAST_PORT} bằng --port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            if not host:
                raise ValueError(host)
            probe.bind((host, port))
        except (socket.gaierror, ValueError, TypeError):  # no name that can be asked for, or with a NUL in it
            raise BadInput(f"«{host}» không phải địa chỉ của máy này.", CHOOSE_HOST) from None
        except OSError as error:
            raise _address_error(host, port, error) from None


def _address_error(host: str, port: int, error: OSError) -> BadInput:
    """Return the error for an address on which the system lets nobody listen, with what helps."""
    why = f"Không mở được cổng {port} trên {host}: {describe_os_error(error)}."
    if error.errno == errno.EADDRNOTAVAIL:
        return BadInput(why, CHOOSE_HOST)
    if error.errno == errno.EACCES and port < FIRST_FREE_PORT:
        return BadInput(
            f"Không mở được cổng {port} trên {host}: cổng dưới {FIRST_FREE_PORT} dành cho quản trị của máy.",
            f"Hãy chọn cổng từ {FIRST_FREE_PORT} trở lên bằng --port.",
        )
    return BadInput(why, "Hãy chọn cổng khác bằng --port.")


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trusted_hosts(host: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the host names to answer to (empty: any): the loopback names and `names` on a loopback address.

    This refuses DNS rebinding, where a foreign page lets its own name point to this machine.
    """
    return (*LOOPBACK_NAMES, *names) if is_loopback(host) else names


def is_open_to_others(host: str, names: tuple[str, ...] = ()) -> bool:
    """Tell whether other machines can reach the server: on its address, or by a proxy that has a name."""
    return not is_loopback(host) or bool(names)
