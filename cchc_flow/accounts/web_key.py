"""The secret key of the web server of a data folder, and the set-up codes that are made from it."""

import hashlib
import hmac
import secrets
from pathlib import Path

from cchc_flow.homes import find_home

CODE_DIGITS = 8


def secret_key(data: Path) -> bytes:
    """Return the 32-byte secret key of all web servers of an installation, created at the first call."""
    return find_home(data).secrets().read_or_create("web.key", lambda: secrets.token_bytes(32))


def setup_code(data: Path, name: str = "") -> str:
    """Return the 8-digit code with which a workspace gets its first administrator.

    Without a name it is the code of the first workspace of an empty data folder. It is computed from the
    secret key and stored nowhere: `init` tells the same code as a server that is running already.
    """
    digest = hmac.digest(secret_key(data), f"setup-code/{name}".encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:16]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"
