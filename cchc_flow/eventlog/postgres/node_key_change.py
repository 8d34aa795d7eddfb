"""Changing the key of the nodes: every secret in the database is sealed again, in one transaction.

The new key is on the disk before the database has anything that only it opens, so an interrupted change is
finished by running it again. Nodes with the old key are refused until they get the new one; what they would
create meanwhile is not taken (see `keep_secret` in `stores.sql`).
"""

import os
import secrets
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres.failures import refusals_in_words
from cchc_flow.eventlog.postgres.node_key import FILE, LENGTH, is_opened, read_key_file, seal, unseal
from cchc_flow.eventlog.postgres.pool import Database, Session
from cchc_flow.files import free_name, read_or_create, sync_folder

NEXT, OLD = f"{FILE}.new", f"{FILE}.old"
LOCK = "LOCK TABLE cchc_log.secrets IN EXCLUSIVE MODE"  # reading goes on
SELECT = "SELECT workspace, name, sealed FROM cchc_log.secrets ORDER BY workspace, name"
UPDATE = "UPDATE cchc_log.secrets SET sealed = %s WHERE workspace = %s AND name = %s"


class Change(msgspec.Struct, frozen=True):
    """How many secrets are sealed under the new key, and where the old one is kept."""

    count: int
    old: Path


def change_node_key(data: Path, url: str) -> Change:
    """Seal all secrets under a new key and make it this machine's; `url` is the database as its owner.

    Raise BadInput when this machine has not the key of the nodes, or the account may not do it.
    """
    path, following = data / "private" / FILE, data / "private" / NEXT
    old = read_key_file(path)
    database = Database(url)
    try:
        with refusals_in_words(), database.connect() as session, session.transaction():
            session.execute(LOCK)
            rows = session.execute(SELECT).fetchall()
            _require_some(rows, database)
            new = read_or_create(following, lambda: secrets.token_bytes(LENGTH))
            if not all(is_opened(new, *row) for row in rows):  # else it was interrupted after this
                _seal_again(session, rows, old, new)
    except BadInput as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise _privilege_error(database) from error
        raise
    return Change(sum(name != FILE for _, name, _ in rows), _exchange(path, following))


def _seal_again(session: Session, rows: list[tuple[str, str, bytes]], old: bytes, new: bytes) -> None:
    for workspace, name, sealed in rows:
        secret = unseal(old, workspace, name, sealed)
        session.execute(UPDATE, (seal(new, workspace, name, secret), workspace, name))


def _exchange(path: Path, following: Path) -> Path:
    """Put the new key in the place of the old one, for the same user; return where the old one is kept."""
    owner = path.stat()
    os.chown(following, owner.st_uid, owner.st_gid)
    kept = free_name(path.parent, OLD)
    os.link(path, kept)
    following.replace(path)
    sync_folder(path.parent)
    return kept


def _require_some(rows: list[Any], database: Database) -> None:
    if not rows:
        raise BadInput(
            f"Cơ sở dữ liệu {database.name} chưa có khóa nào, nên không có gì để niêm phong lại.",
            "Hãy kiểm tra lại địa chỉ trong CCHC_FLOW_LOG.",
        )


def _privilege_error(database: Database) -> BadInput:
    return BadInput(
        f"Tài khoản đã cho không được sửa các khóa trong cơ sở dữ liệu {database.name}.",
        "Hãy đặt CCHC_FLOW_LOG bằng tài khoản chủ sở hữu cơ sở dữ liệu cho lần chạy này.",
    )
