"""The tables of one month's file of reads. Their text is compared with every file and is never edited."""

from cchc_flow.eventlog.schema import append_only_triggers

READS = """
    CREATE TABLE IF NOT EXISTS reads (
        position INTEGER PRIMARY KEY CHECK (position > 0),
        person TEXT NOT NULL,
        thing TEXT NOT NULL,
        act TEXT NOT NULL,
        hour TEXT NOT NULL,
        leaf BLOB NOT NULL CHECK (typeof(leaf) = 'blob' AND length(leaf) = 32),
        body BLOB NOT NULL CHECK (typeof(body) = 'blob'),
        UNIQUE (thing, person, act, hour)
    ) STRICT
"""
NODES = """
    CREATE TABLE IF NOT EXISTS nodes (
        level INTEGER NOT NULL CHECK (level > 0),  -- from 4 up: what is below is hashed again from the leaves
        idx INTEGER NOT NULL,
        hash BLOB NOT NULL CHECK (typeof(hash) = 'blob' AND length(hash) = 32),
        PRIMARY KEY (level, idx)
    ) WITHOUT ROWID, STRICT
"""
HEAD = """
    CREATE TABLE IF NOT EXISTS head (  -- its only row says how the file ends: older ends are not kept
        id INTEGER PRIMARY KEY CHECK (id = 1),
        note TEXT NOT NULL,
        is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1))
    ) STRICT
"""
BY_PERSON = "CREATE INDEX IF NOT EXISTS reads_by_person ON reads (person, position)"


def schema_statements() -> list[str]:
    """Return the SQL statements that create the tables, index and triggers that are missing."""
    return [
        READS,
        NODES,
        HEAD,
        BY_PERSON,
        *append_only_triggers("reads", (("position",), ("thing", "person", "act", "hour"))),
        *append_only_triggers("nodes", (("level", "idx"),)),
    ]
