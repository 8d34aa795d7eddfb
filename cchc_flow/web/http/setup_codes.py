"""The set-up code: without it nobody but who sits at this machine founds a commune or becomes its first
administrator."""

import hmac
import ipaddress
import logging
import threading
from pathlib import Path
from urllib.parse import urlsplit

from flask import Request

from cchc_flow.accounts.web_key import setup_code
from cchc_flow.errors import NotAllowed

CODE_TRIES = 10
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
PROXY_HEADERS = ("Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP")
"""Headers of proxies, beside «Forwarded» and all that begin with «X-Forwarded-»."""


class SetupCodes:
    """Asks everybody for the set-up code where others can reach the server, else who comes by a proxy."""

    def __init__(self, data: Path, *, open_to_others: bool) -> None:
        self._data, self._open_to_others = data, open_to_others
        self._lock = threading.Lock()
        self._wrong_codes = 0
        self._told: set[str] = set()

    def is_asked_for(self, request: Request, workspace: str) -> bool:
        """Tell whether the set-up of a workspace needs its code ("": of the first one).

        A server on a loopback address has not told the code at its start; it is written to its log once.
        """
        if self._open_to_others:
            return True
        if not comes_from_elsewhere(request):
            return False
        with self._lock:
            is_new = workspace not in self._told
            self._told.add(workspace)
        if is_new:
            code = setup_code(self._data, workspace)
            logging.getLogger(__name__).warning(
                "Trang thiết lập đang mở cho máy khác; mã thiết lập: %s", code
            )
        return True

    def check(self, request: Request, workspace: str) -> None:
        """Raise NotAllowed unless the form has the code where one is needed; ten wrong ones close it."""
        if not self.is_asked_for(request, workspace):
            return
        with self._lock:
            if self._wrong_codes >= CODE_TRIES:
                raise NotAllowed(
                    "Mã thiết lập đã bị nhập sai quá nhiều lần.",
                    "Hãy khởi động lại máy chủ rồi nhập đúng mã mà máy chủ in ra.",
                )
            given = request.form.get("code", "").strip()
            if not hmac.compare_digest(given.encode(), setup_code(self._data, workspace).encode()):
                self._wrong_codes += 1
                raise NotAllowed("Mã thiết lập không đúng.", "Hãy chép đúng mã mà máy chủ đã in ra.")


def comes_from_elsewhere(request: Request) -> bool:
    """Tell whether a request to a loopback address bears a sign of a proxy, by which other machines come.

    A proxy that hides all signs cannot be told from a browser on this machine; the option --name tells.
    """
    headers = request.headers
    is_forwarded = any(name.lower().startswith(("x-forwarded-", "forwarded")) for name, _ in headers)
    is_old_protocol = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"  # what nginx speaks by itself
    return (
        is_forwarded
        or is_old_protocol
        or any(name in headers for name in PROXY_HEADERS)
        or not _is_loopback_address(request.environ.get("REMOTE_ADDR", ""))
        or not _is_loopback_name(f"//{request.host}")
        or not _is_loopback_name(headers.get("Origin", "//localhost"))
    )


def _is_loopback_name(url: str) -> bool:
    """Tell whether a URL leads to this machine; «Origin: null» and what is no URL do not."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _is_loopback_address(host)


def _is_loopback_address(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
