"""In what the catalogue of a database differs from the edition of the log's tables that this program knows.

An edition is a digest for each object (`edition.json`): hex SHA-256 of the definition that `catalogue.sql`
gives, with the number of a partition as `#`; of a view it is the definition itself, as PostgreSQL 15 prints
it. `edition_of` makes it from a new database of version 15.

Editions are numbered from 1. Each one before the newest has its file, `edition-NUMBER.json`, and a script to
the next, `from-NUMBER.sql`. A program works on the newest and on the one before it, so that nodes can be
upgraded one after the other, and the database after the last of them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import psycopg

from cchc_flow.conversion import decoder
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres.view_texts import as_printed

Key = tuple[str, str]
"""Kind and name of an object."""
PARTITIONS = 16
PARTITION = re.compile(r"\b(events|seals|nodes|commits|contents)_(\d+)(?!\d)")
VIEW = "view"
KINDS = {
    "schema": "lược đồ",
    "table": "bảng",
    "view": "khung nhìn (view)",
    "sequence": "bộ đếm",
    "index": "chỉ mục",
    "constraint": "ràng buộc",
    "trigger": "trigger",
    "rule": "quy tắc (rule)",
    "policy": "chính sách",
    "function": "hàm",
    "type": "kiểu",
    "operator": "toán tử",
    "role": "vai trò",
    "database": "cơ sở dữ liệu:",
    "setting": "thiết lập",
}
TRIED = range(15, 19)
"""The major versions of PostgreSQL on which the tests of the log were run."""
EARLIER = re.compile(r"edition-(\d+)\.json")
SAID = re.compile(r"cchc-flow: edition (\d+)")
"""What `install` leaves as a comment on the schema."""
NUMBER = (
    "SELECT pg_catalog.obj_description(n.oid, 'pg_namespace') FROM pg_catalog.pg_namespace n"
    " WHERE n.nspname = 'cchc_log'"
)
SET_PATH = "SELECT pg_catalog.set_config('search_path', %s, false)"
_decode: Callable[[bytes], dict[str, str]] = decoder(dict[str, str])


def differences(session: psycopg.Connection[Any]) -> list[str]:
    """Return in Vietnamese what of the schemas is missing, changed or extra; nothing when all is right.

    Right is the edition that the database says it is of. Raise LogBroken where that is one of a later
    program, or where something differs on a version of PostgreSQL that was never tried.
    """
    stored, number, newest = read_catalogue(session), read_number(session), newest_edition()
    if number > newest:
        raise LogBroken(
            f"Các bảng của nhật ký thuộc bản {number} của một phiên bản chương trình mới hơn;"
            f" chương trình này chỉ biết đến bản {newest}.",
            "Hãy nâng cấp chương trình trên máy này.",
        )
    major = read_major(session)
    found = list(_compare(stored, _edition(number, major)))
    if found and major not in TRIED:
        raise LogBroken(
            f"Máy chủ chạy PostgreSQL {major}, mà chương trình này mới được thử với"
            f" PostgreSQL {TRIED[0]} đến {TRIED[-1]}.",
            "Hãy dùng một trong các phiên bản đó, hoặc nâng cấp chương trình.",
        )
    return found


def newest_edition() -> int:
    """Return the number of the newest edition that this program knows."""
    earlier = (EARLIER.fullmatch(file.name) for file in folder().iterdir())
    return 1 + max((int(name[1]) for name in earlier if name), default=0)


def read_number(session: psycopg.Connection[Any]) -> int:
    """Return of which edition a database says that it is; 1, if it says nothing."""
    row = session.execute(NUMBER).fetchone()
    found = SAID.fullmatch(row[0] or "") if row else None
    return max(1, int(found[1])) if found else 1


def read_major(session: psycopg.Connection[Any]) -> int:
    """Return the major version of the server."""
    return session.info.server_version // 10_000


def read_catalogue(session: psycopg.Connection[Any]) -> dict[Key, str]:
    """Return the digest of each object's definition, in a transaction or without one."""
    row = session.execute("SELECT pg_catalog.current_setting('search_path')").fetchall()[0]
    session.execute(SET_PATH, ("pg_catalog",))  # what is not of PostgreSQL itself is told with its schema
    try:
        rows = session.execute(_catalogue()).fetchall()
    finally:
        if session.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            session.execute(SET_PATH, row)
    return {(kind, name): definition for kind, name, definition in rows}


def edition_of(objects: dict[Key, str]) -> dict[str, str]:
    """Return what `edition.json` says of the objects of a new database: one entry for all partitions."""
    entries = (
        (f"{kind} {_without_number(name)}", words if kind == VIEW else _digest(name, words))
        for (kind, name), words in objects.items()
    )
    return dict(sorted(entries))


def _compare(stored: dict[Key, str], expected: dict[Key, str]) -> Iterator[str]:
    """Yield which definitions are missing, have another digest than is expected, or are extra."""
    for key in sorted(expected.keys() - stored.keys()):
        yield f"thiếu {_words(key)}"
    for key in sorted(expected.keys() & stored.keys()):
        if _digest(key[1], stored[key]) != expected[key]:
            yield f"{_words(key)} đã bị sửa"
    for key in sorted(stored.keys() - expected.keys()):
        yield f"thừa {_words(key)}"


@cache
def _edition(number: int, major: int) -> dict[Key, str]:
    """Return the digests of the objects that an edition consists of on a server, each partition by itself."""
    file = "edition.json" if number == newest_edition() else f"edition-{number}.json"
    objects: dict[Key, str] = {}
    for words, digest in _decode((folder() / file).read_bytes()).items():
        kind, _, name = words.partition(" ")
        if kind == VIEW:
            digest = _digest(name, as_printed(digest, major))
        numbers = range(PARTITIONS) if "#" in name else range(1)
        objects |= {(kind, name.replace("#", str(number))): digest for number in numbers}
    return objects


@cache
def _catalogue() -> bytes:
    return (folder() / "catalogue.sql").read_bytes()


def folder() -> Traversable:
    """Return where the scripts and files of the editions are."""
    return files("cchc_flow.eventlog.postgres")


def _digest(name: str, definition: str) -> str:
    """Return the digest of a definition; partitions differ in nothing but their number."""
    if found := PARTITION.search(name):
        definition = definition.replace(f"remainder {found[2]})", "remainder #)")
        definition = re.sub(rf"\b{found[1]}_{found[2]}(?!\d)", f"{found[1]}_#", definition)
    return sha256(definition.encode()).hexdigest()


def _without_number(name: str) -> str:
    return PARTITION.sub(r"\1_#", name)


def _words(key: Key) -> str:
    """Return an object in words: «trigger cchc_log.events: only_grows»."""
    kind, name = key
    return f"{KINDS.get(kind, kind)} {name}"
