"""The key of the nodes, `private/node.key`, under which the secrets in the database are sealed.

The first node makes it; an operator copies the file to each further node, once. It never lies in the
database: who has that alone has no key that signs.
"""

import secrets
from pathlib import Path
from typing import NamedTuple

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.files import read_or_create

FILE = "node.key"
LENGTH = 32
KEEP = "SELECT cchc_log.keep_secret(%s, %s, %s, %s)"
COPY = f"Hãy chép tệp private/{FILE} từ một máy đang chạy sang máy này, giữ quyền đọc cho riêng chủ."


class NodeKey(NamedTuple):
    """The key (32 bytes), and the sample in the database that it opens: another one after a change of key."""

    key: bytes
    sample: bytes


_loaded: dict[tuple[Database, Path], NodeKey] = {}


def load_node_key(data: Path, database: Database) -> NodeKey:
    """Return the key of this node, made if the database has no secrets yet.

    Raise BadInput when this node has no key and others do, or another one than they.
    """
    known = database, data
    found = _loaded.get(known)
    if found is None:
        found = _loaded[known] = _load(data / "private" / FILE, database)
    return found


def forget_node_key(data: Path, database: Database) -> None:
    """Let the key be read from its file again: the operator may have put another one there."""
    _loaded.pop((database, data), None)


def seal(key: bytes, workspace: str, name: str, secret: bytes) -> bytes:
    """Return a secret as it lies in the database: nobody can read it, or put it in another's place."""
    return bytes(Aead(key).encrypt(secret, _label(workspace, name)))


def unseal(key: bytes, workspace: str, name: str, sealed: bytes) -> bytes:
    """Return a sealed secret; raise BadInput when another key has sealed it, or it was changed."""
    try:
        return bytes(Aead(key).decrypt(sealed, _label(workspace, name)))
    except (CryptoError, ValueError) as error:
        raise BadInput(
            f"Khóa «{name}» trong cơ sở dữ liệu không mở được bằng private/{FILE} của máy này: khóa chung đã"
            " được thay, máy này có khóa của hệ thống khác, hoặc dữ liệu đã bị sửa.",
            COPY,
        ) from error


def is_opened(key: bytes, workspace: str, name: str, sealed: bytes) -> bool:
    """Tell whether a key opens a sealed secret."""
    try:
        unseal(key, workspace, name, sealed)
    except BadInput:
        return False
    return True


def read_key_file(path: Path) -> bytes:
    """Return the key in a file; raise BadInput when there is none, or something else."""
    try:
        key = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(f"Máy này chưa có khóa chung của các máy ({path}).", COPY) from error
    if len(key) != LENGTH:
        raise BadInput(f"Tệp {path} không phải khóa chung của các máy.", COPY)
    return key


def _load(path: Path, database: Database) -> NodeKey:
    if not _has_secrets(database):  # in this order: another thread may be making both
        read_or_create(path, lambda: secrets.token_bytes(LENGTH))
    key = read_key_file(path)
    with database.connection() as session:  # a sample that only the right key opens
        row = session.execute(KEEP, ["", FILE, seal(key, "", FILE, b""), None]).fetchone()
    sample = bytes(row[0]) if row else b""
    unseal(key, "", FILE, sample)
    return NodeKey(key, sample)


def _has_secrets(database: Database) -> bool:
    with database.connection() as session:
        return session.execute("SELECT 1 FROM cchc_log.secrets LIMIT 1").fetchone() is not None


def _label(workspace: str, name: str) -> bytes:
    return f"cchc-flow/secret\n{workspace}\n{name}".encode()
