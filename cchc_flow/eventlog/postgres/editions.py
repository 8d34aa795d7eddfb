"""In what the catalogue of a database differs from the edition of the log's tables that this program knows.

An edition is a digest for each object (`edition.json`): hex SHA-256 of the definition that `catalogue.sql`
gives, with the number of a partition as `#`. `edition_of` makes it from a new database.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import psycopg

from cchc_flow.conversion import decoder

Key = tuple[str, str]
"""Kind and name of an object."""
PARTITIONS = 16
PARTITION = re.compile(r"\b(events|seals|nodes|commits|contents)_(\d+)(?!\d)")
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
SET_PATH = "SELECT pg_catalog.set_config('search_path', %s, false)"
_decode: Callable[[bytes], dict[str, str]] = decoder(dict[str, str])


def differences(session: psycopg.Connection[Any]) -> list[str]:
    """Return in Vietnamese what of the schemas is missing, changed or extra; nothing when all is right."""
    return list(_compare(read_catalogue(session), _edition()))


def read_catalogue(session: psycopg.Connection[Any]) -> dict[Key, str]:
    """Return the digest of each object's definition, in a transaction or without one."""
    row = session.execute("SELECT pg_catalog.current_setting('search_path')").fetchall()[0]
    session.execute(SET_PATH, ("pg_catalog",))  # what is not of PostgreSQL itself is told with its schema
    try:
        rows = session.execute(_script("catalogue.sql")).fetchall()
    finally:
        if session.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            session.execute(SET_PATH, row)
    return {(kind, name): _digest(name, definition) for kind, name, definition in rows}


def edition_of(objects: dict[Key, str]) -> dict[str, str]:
    """Return what `edition.json` says of the objects of a new database: one entry for all partitions."""
    entries = ((f"{kind} {_without_number(name)}", digest) for (kind, name), digest in objects.items())
    return dict(sorted(entries))


def _compare(stored: dict[Key, str], expected: dict[Key, str]) -> Iterator[str]:
    """Yield what is missing, changed or extra."""
    for key in sorted(expected.keys() - stored.keys()):
        yield f"thiếu {_words(key)}"
    for key in sorted(expected.keys() & stored.keys()):
        if stored[key] != expected[key]:
            yield f"{_words(key)} đã bị sửa"
    for key in sorted(stored.keys() - expected.keys()):
        yield f"thừa {_words(key)}"


@cache
def _edition() -> dict[Key, str]:
    """Return the objects that the edition consists of, each partition by itself."""
    objects: dict[Key, str] = {}
    for words, digest in _decode(_script("edition.json")).items():
        kind, _, name = words.partition(" ")
        numbers = range(PARTITIONS) if "#" in name else range(1)
        objects |= {(kind, name.replace("#", str(number))): digest for number in numbers}
    return objects


@cache
def _script(name: str) -> bytes:
    return (files("cchc_flow.eventlog.postgres") / name).read_bytes()


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
