"""The same file for several tasks: files of evidence are known again by a keyed hash of their bytes.

The vault salts each file, so that nobody can test a guess at one that was erased. The hashes here are keyed
for the same reason; they lie with their key among the private files, are never handed over, and go with the
file when it is erased.
"""

import hmac
import secrets
from pathlib import Path

from sqlite_utils import Database

from cchc_flow.audit.questions import stores
from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.files import read_or_create
from cchc_flow.projections.signs.files import HandedIn, files_after
from cchc_flow.projections.signs.rows import Sign, add_sign
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workspace import Workspace

SCHEMA = """
CREATE TABLE marks (
    position INTEGER NOT NULL, place INTEGER NOT NULL, digest TEXT NOT NULL, mark TEXT NOT NULL,
    item TEXT NOT NULL, unit TEXT, actor TEXT NOT NULL, time TEXT NOT NULL, PRIMARY KEY (position, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_mark ON marks (mark);
CREATE INDEX marks_by_digest ON marks (digest);
CREATE INDEX signs_by_mark ON signs (json_extract(data, '$.mark'));
"""
VERSION = 1
NAME = "same_file"
BATCH = 20
MOST_PLACES = 1_000
"""The rank has the number of tasks in thousands, so that two files of one event have two ranks."""
MOST_SHOWN = 100


def open_marks(ws: Workspace, upto: int) -> Database:
    """Return the marks of all files that came up to a position, as far as there was time to read them."""
    db = stores.open_store(_path(ws), VERSION, SCHEMA, ws.log)
    history, key = ws.read_history(), _key(ws)

    def read_on(after: int) -> int:
        files = files_after(history, after, upto, BATCH)
        for file in files:
            _mark(db, ws, key, file)
        return files[-1].position if files else upto

    stores.fill(db, ws.log, upto, read_on)
    return db


def forget_file(ws: Workspace, digest: str) -> None:
    """Delete the mark of a file that is erased, so that nobody can test a guess at it."""
    if not _path(ws).is_file():
        return
    db = stores.open_store(_path(ws), VERSION, SCHEMA, ws.log)
    try:
        db.execute("PRAGMA secure_delete = ON")
        with stores.writing(db):
            marks = db.execute("SELECT DISTINCT mark FROM marks WHERE digest = ?", [digest]).fetchall()
            db.execute("DELETE FROM marks WHERE digest = ?", [digest])
            for (mark,) in marks:
                _renew_sign(db, mark)
    finally:
        db.close()


def _mark(db: Database, ws: Workspace, key: bytes, file: HandedIn) -> None:
    """Add the mark of a file; an empty one, and one that is erased or damaged, has none."""
    try:
        content = ws.vault.load(file.digest)
    except (NotFound, LogBroken):
        return
    if not content:
        return
    mark = hmac.digest(key, content, "sha256").hex()
    row = [file.position, file.place, file.digest, mark, file.item, file.unit, file.actor, file.time]
    db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    _renew_sign(db, mark)


def _renew_sign(db: Database, mark: str) -> None:
    """Write the sign of a file anew: that it came with several items, at the newest of their events."""
    short = mark[:16]
    db.execute("DELETE FROM signs WHERE json_extract(data, '$.mark') = ?", [short])
    sql = "SELECT position, place, item, unit, actor, time FROM marks WHERE mark = ? ORDER BY position, place"
    uses = db.execute(sql, [mark]).fetchall()
    items = list(dict.fromkeys(item for _, _, item, _, _, _ in uses))
    if len(items) < 2:
        return
    position, place, _, unit, actor, when = uses[-1]
    sign = Sign(
        name=NAME,
        rank=len(items) * MOST_PLACES + max(0, MOST_PLACES - 1 - place),
        position=position,
        day=day_of(when).isoformat(),
        unit=unit,
        actor=actor,
        time=when,
        items=tuple(reversed(items[-MOST_SHOWN:])),
        behind=tuple(sorted({use[0] for use in uses[-MOST_SHOWN:]})),
        data={"mark": short, "number": len(items), "place": place},
    )
    add_sign(db, sign)


def _path(ws: Workspace) -> Path:
    return ws.private / "file_marks.db"


def _key(ws: Workspace) -> bytes:
    """Return the key of the marks, which is made when it is first needed."""
    return read_or_create(ws.private / "file_marks.key", lambda: secrets.token_bytes(32))
