"""Whether a log is whole: by its own hashes, by its seals, and by a checkpoint and a key kept elsewhere."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.eventlog import catalogue, merkle, schema
from cchc_flow.eventlog import checkpoint as checkpoint_
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.vault import Inventory, Vault
from cchc_flow.eventlog.verification import parallel, snapshot
from cchc_flow.eventlog.verification.checkpoints import CheckpointChecker
from cchc_flow.eventlog.verification.chunk import Chunk
from cchc_flow.eventlog.verification.report import Problem, Report, first_problem
from cchc_flow.eventlog.verification.walk import LogWalk

VERSIONS = """
    SELECT min(position) FROM events WHERE stream IN (
        SELECT stream FROM events GROUP BY stream HAVING count(*) <> max(version) OR min(version) <> 1
    )
"""
NODES_BEYOND = (
    "SELECT min((idx << level) + 1) FROM nodes WHERE (idx + 1) << level > ? OR idx < 0 OR level < 4"
)
CONTENTS_BEYOND = "SELECT min(position) FROM contents WHERE position > ? OR position < 1"
TRIGGERS = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"


class Outside(msgspec.Struct, frozen=True):
    """What was kept away from the log, read: a checkpoint and a key, or either, or none."""

    checkpoint: Checkpoint | None
    note: Note | None
    key: VerifierKey | None


def verify_log(
    folder: Path,
    *,
    checkpoint: str | None = None,
    key: str | None = None,
    every: bool = False,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Report:
    """Return what is found in the log of a folder, which is only read, in one snapshot and flat memory.

    `checkpoint` (a signed note) and `key` (a C2SP verifier key) are what was kept elsewhere; `every` checks
    each commit's checkpoint, not only those of key changes, the last of each day, the newest and one in a
    thousand events. Raise NotFound without a log, BadInput when `checkpoint` or `key` is not one. A change
    that its author sealed with the log's key, or a cut tail, shows only against an outside checkpoint.
    """
    outside = _outside(checkpoint, key)
    with snapshot.open_snapshot(folder) as (connection, address):
        try:
            found = _Verification(connection, outside, folder)
            return found.report(parallel.check_chunks(connection, address, found.size, progress), every)
        except sqlite3.Error as error:
            return Report(
                problem=Problem(None, None, f"tệp nhật ký hỏng hoặc thiếu bảng, không đọc được ({error})"),
                count=0,
            )


class _Verification:
    def __init__(self, connection: sqlite3.Connection, outside: Outside, folder: Path) -> None:
        self._connection = connection
        self._outside = outside
        self._folder = folder
        self._seals = CheckpointChecker(connection, outside.key)
        self.size = self._one("SELECT max(position) FROM events") or 0
        self._walk = LogWalk(connection, self._seals)

    def report(self, chunks: Iterator[Chunk], every: bool) -> Report:
        kept = self._outside.checkpoint
        wanted = {self.size} | ({kept.size} if kept else set())
        problem = self._inside(chunks, wanted, every)
        contents, damage = self._contents() if not problem else (None, None)
        problem = problem or damage or self._against() or self._seals.outcome()
        newest = self._one("SELECT seal FROM events ORDER BY position DESC LIMIT 1")
        return Report(
            problem=problem,
            count=self.size,
            root=self._walk.roots.get(self.size),
            newest=newest if isinstance(newest, str) else None,
            key=str(self._seals.keys[-1][1]) if self._seals.keys else None,
            seals=self._seals.checked,
            commits=self._walk.commits.count,
            against=kept.size if kept else None,
            independent=self._outside.key is not None and not problem,
            contents=contents,
            notices=tuple(self._notices(contents)),
        )

    def _inside(self, chunks: Iterator[Chunk], wanted: set[int], every: bool) -> Problem | None:
        """Return the first problem that the log shows by itself."""
        found = self._walk.run(chunks, wanted, every)
        if found or not self.size:
            return found or self._cut() or Problem(1, None, "nhật ký trống, thiếu cả sự kiện mở đầu")
        checks = [
            self._at(VERSIONS, "số thứ tự trong dòng sự kiện bị thiếu hoặc lặp"),
            self._at(NODES_BEYOND, "có nút trong của cây băm không thuộc sự kiện nào", self.size),
            self._at(CONTENTS_BEYOND, "bảng tra nội dung nêu sự kiện không có", self.size),
            *([self._file()] if every else []),
        ]
        return first_problem(checks)

    def _against(self) -> Problem | None:
        """Return how the log differs from the checkpoint that was kept elsewhere."""
        kept, note = self._outside.checkpoint, self._outside.note
        if kept is None or note is None:
            return None
        if kept.origin != self._seals.origin:
            return Problem(
                None,
                None,
                f"dấu niêm phong là của nhật ký «{kept.origin}», không phải «{self._seals.origin}»",
            )
        return self._cut() or self._rewritten(kept, note)

    def _cut(self) -> Problem | None:
        kept = self._outside.checkpoint
        if kept is None or kept.size <= self.size:
            return None
        return Problem(
            self.size + 1, None, f"đuôi bị cắt, dấu niêm phong giữ bên ngoài có {kept.size} sự kiện"
        )

    def _rewritten(self, kept: Checkpoint, note: Note) -> Problem | None:
        root = self._walk.roots.get(kept.size, merkle.EMPTY_ROOT)
        if root != kept.root:
            return Problem(None, None, f"đã bị thay đổi ở đâu đó trong 1..{kept.size}, rồi niêm phong lại")
        if not self._seals.signed(note):
            return Problem(None, None, "chữ ký trên dấu niêm phong giữ bên ngoài không đúng")
        return None

    def _contents(self) -> tuple[Inventory | None, Problem | None]:
        """Return how the contents of the vault were found; without a vault beside the log nothing is said."""
        vault = self._folder / "vault"
        if not vault.is_dir():
            return None, None
        found = Vault(vault).check_contents(self._digests())
        if not found.damaged:
            return found, None
        position = self._one("SELECT min(position) FROM contents WHERE digest = ?", found.damaged[0])
        return found, Problem(
            position, position, f"nội dung {found.damaged[0][:12]}… trong kho đã bị thay đổi"
        )

    def _digests(self) -> Iterator[str]:
        rows = self._connection.execute("SELECT DISTINCT digest FROM contents ORDER BY digest")
        return (row[0] for row in rows)

    def _notices(self, contents: Inventory | None) -> Iterator[str]:
        unknown = sorted(self._walk.types - catalogue.event_names())
        if unknown:
            yield f"có loại sự kiện chưa biết: {', '.join(unknown)}"
        if contents and contents.missing:
            yield f"{contents.missing} nội dung trong kho đã bị xóa hoặc thiếu"
        if self._connection.execute(TRIGGERS).fetchone()[0] != schema.TRIGGERS:
            yield "tệp thiếu khóa chống sửa (trigger), nhưng nội dung chưa bị thay đổi"

    def _file(self) -> Problem | None:
        found = self._one("PRAGMA integrity_check(1)")
        return None if found == "ok" else Problem(None, None, f"tệp nhật ký hỏng ({found})")

    def _at(self, sql: str, what: str, *values: int) -> Problem | None:
        position = self._one(sql, *values)
        return None if position is None else Problem(position, position, what)

    def _one(self, sql: str, *values: object) -> Any:
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None


def _outside(signed: str | None, vkey: str | None) -> Outside:
    found, note = checkpoint_.parse_checkpoint(signed) if signed is not None else (None, None)
    return Outside(found, note, VerifierKey.parse(vkey) if vkey is not None else None)
