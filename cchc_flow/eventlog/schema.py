"""The tables of the log in SQLite, and the triggers that keep them append-only: the schema's first edition.

Its text is compared with every log (`editions.py`) and is never edited.
"""

from collections.abc import Sequence

TABLES = {
    "events": """
        position INTEGER PRIMARY KEY CHECK (position > 0),
        stream TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        type TEXT NOT NULL,
        recordedtime TEXT NOT NULL,
        actor TEXT NOT NULL,
        seal TEXT,  -- the signed note of the commit that this event ends
        leaf BLOB NOT NULL CHECK (typeof(leaf) = 'blob' AND length(leaf) = 32),
        body BLOB NOT NULL CHECK (typeof(body) = 'blob'),
        UNIQUE (stream, version)
    """,
    "nodes": """
        level INTEGER NOT NULL CHECK (level > 0),  -- from 4 up: what is below is hashed again from the leaves
        idx INTEGER NOT NULL,
        hash BLOB NOT NULL CHECK (typeof(hash) = 'blob' AND length(hash) = 32),
        PRIMARY KEY (level, idx)
    """,
    "commits": """
        command_id TEXT PRIMARY KEY,
        first INTEGER NOT NULL CHECK (first > 0),
        last INTEGER NOT NULL CHECK (last >= first),
        command_digest BLOB NOT NULL CHECK (typeof(command_digest) = 'blob')
    """,
    "contents": """
        position INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (position, digest)
    """,
}
CONTENTS_INDEX = "CREATE INDEX IF NOT EXISTS contents_by_digest ON contents (digest)"
WITHOUT_ROWID = {"nodes", "commits", "contents"}

# INSERT OR REPLACE deletes the old row without firing a delete trigger: only BEFORE INSERT sees it.
UNIQUE_KEYS = {
    "events": (("position",), ("stream", "version")),
    "nodes": (("level", "idx"),),
    "commits": (("command_id",),),
    "contents": (("position", "digest"),),
}


def schema_statements() -> list[str]:
    """Return the SQL statements that create the tables, index and triggers that are missing."""
    return [
        *map(_create_table, TABLES),
        CONTENTS_INDEX,
        *(sql for table in TABLES for sql in append_only_triggers(table, UNIQUE_KEYS[table])),
    ]


def _create_table(name: str) -> str:
    """Return the SQL statement that creates a table if it is missing."""
    options = "WITHOUT ROWID, STRICT" if name in WITHOUT_ROWID else "STRICT"
    return f"CREATE TABLE IF NOT EXISTS {name} ({TABLES[name]}) {options}"


def append_only_triggers(table: str, unique_keys: Sequence[Sequence[str]]) -> list[str]:
    """Return the SQL statements of the three triggers that keep a table append-only."""
    abort = f"BEGIN SELECT RAISE(ABORT, 'log: {table} only grows'); END"
    abort_if_present = f"WHEN {_key_exists(table, unique_keys)} {abort}"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} {abort_if_present}",
    ]


def _key_exists(table: str, unique_keys: Sequence[Sequence[str]]) -> str:
    """Return the SQL condition that a row with a unique key of the new row is already there."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{key} = NEW.{key}' for key in keys)})"  # noqa: S608
        for keys in unique_keys
    )
