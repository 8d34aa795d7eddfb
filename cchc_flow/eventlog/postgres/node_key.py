"""The key of the nodes, `private/node.key`, under which the secrets in the database are sealed.

The first node makes it; an operator copies the file to each further node, once. It never lies in the
database: who has that alone has no key that signs.
"""

import secrets
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.files import read_or_create

FILE = "node.key"
LENGTH = 32
KEEP = "SELECT cchc_log.keep_secret(%s, %s, %s)"
COPY = f"Hãy chép tệp private/{FILE} từ một máy đang chạy sang máy này, giữ quyền đọc cho riêng chủ."
_loaded: dict[tuple[Database, Path], bytes] = {}


def load_node_key(data: Path, database: Database) -> bytes:
    """Return the key of this node (32 bytes), made if the database has no secrets yet.

    Raise BadInput when this node has no key and others do, or another one than they.
    """
    known = database, data
    if known not in _loaded:
        _loaded[known] = _load(data / "private" / FILE, database)
    return _loaded[known]


def seal(key: bytes, workspace: str, name: str, secret: bytes) -> bytes:
    """Return a secret as it lies in the database: nobody can read it, or put it in another's place."""
    return bytes(Aead(key).encrypt(secret, _label(workspace, name)))


def unseal(key: bytes, workspace: str, name: str, sealed: bytes) -> bytes:
    """Return a sealed secret; raise BadInput when another key has sealed it, or it was changed."""
    try:
        return bytes(Aead(key).decrypt(sealed, _label(workspace, name)))
    except (CryptoError, ValueError) as error:
        raise BadInput(
            f"Khóa «{name}» trong cơ sở dữ liệu không mở được bằng private/{FILE} của máy này:"
            " đó là khóa của hệ thống khác, hoặc dữ liệu đã bị sửa.",
            COPY,
        ) from error


def _load(path: Path, database: Database) -> bytes:
    if _has_secrets(database) and not path.exists():  # in this order: another thread may be making both
        raise BadInput(f"Máy này chưa có khóa chung của các máy ({path}).", COPY)
    key = read_or_create(path, lambda: secrets.token_bytes(LENGTH))
    if len(key) != LENGTH:
        raise BadInput(f"Tệp {path} không phải khóa chung của các máy.", COPY)
    with database.connection() as session:  # a sample that only the right key opens
        row = session.execute(KEEP, ["", FILE, seal(key, "", FILE, b"")]).fetchone()
    unseal(key, "", FILE, bytes(row[0]) if row else b"")
    return key


def _has_secrets(database: Database) -> bool:
    with database.connection() as session:
        return session.execute("SELECT 1 FROM cchc_log.secrets LIMIT 1").fetchone() is not None


def _label(workspace: str, name: str) -> bytes:
    return f"cchc-flow/secret\n{workspace}\n{name}".encode()
