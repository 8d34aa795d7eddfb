"""Verifying a log: by its own hashes and checkpoints, and by a checkpoint and a key kept outside."""

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.conversion import decoder
from cchc_flow.eventlog import catalogue, merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.reads.reading import month_words
from cchc_flow.eventlog.vault import Inventory
from cchc_flow.eventlog.verification import parallel
from cchc_flow.eventlog.verification.checkpoints import CheckpointChecker
from cchc_flow.eventlog.verification.chunk import Chunk
from cchc_flow.eventlog.verification.reads import ReadsChecker
from cchc_flow.eventlog.verification.report import Problem, Report, first_problem
from cchc_flow.eventlog.verification.source import LogSource, OwnCheck, Snapshot, source_of
from cchc_flow.eventlog.verification.walk import LogWalk
from cchc_flow.workflow.shares import format_number

BAD_VERSION = """
    SELECT min(position) FROM events WHERE stream IN (
        SELECT stream FROM events GROUP BY stream HAVING count(*) <> max(version) OR min(version) <> 1
    )
"""
NODE_BEYOND = (  # SQLite shifts by 64 and more to 0; PostgreSQL shifts as far as the type is wide
    "SELECT min((idx << level) + 1) FROM nodes"
    " WHERE level NOT BETWEEN 4 AND 62 OR idx < 0 OR idx >= (CAST(? AS BIGINT) >> level)"
)
BELOW_FIRST = """
    SELECT min(position) FROM (
        SELECT min(position) AS position FROM events WHERE position < 1
        UNION ALL SELECT min(first) FROM commits WHERE first < 1
        UNION ALL SELECT min(last) FROM commits WHERE last < 1
        UNION ALL SELECT min(position) FROM contents WHERE position < 1
    ) AS below
"""
CONTENT_BEYOND = "SELECT min(position) FROM contents WHERE position > ? OR position < 1"
NEWEST_SEAL = "SELECT seal FROM events WHERE seal IS NOT NULL ORDER BY position DESC LIMIT 1"
ERASURES = "content.erased/1", "content.erased/2"


class _Erasure(msgspec.Struct):
    """The body of an event that erases a content, as far as it is read here."""

    data: "_Erased"


class _Erased(msgspec.Struct):
    digest: str


_decode_erasure = decoder(_Erasure)


class Reference(msgspec.Struct, frozen=True):
    """What the auditor brought, parsed: a checkpoint with its note, and a verifier key; each may be None."""

    checkpoint: Checkpoint | None
    note: Note | None
    key: VerifierKey | None


def verify_log(
    log: LogSource | Path,
    *,
    checkpoint: str | None = None,
    key: str | None = None,
    all_checkpoints: bool = False,
    lost: Container[str] = (),
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Report:
    """Verify a log (a path: the one in that folder) and return the report; it is only read, in one snapshot.

    `checkpoint` (a signed note) and `key` (a C2SP verifier key) were kept outside: only they reveal a cut
    tail, or a change that was signed again with the log's own key. `all_checkpoints` checks that of each
    commit; otherwise those of key changes, of the end of each day, and one in about a thousand events are
    checked. `lost` are digests of contents that are known to be missing or damaged. Raise NotFound without a
    log, BadInput for a malformed `checkpoint` or `key`.
    """
    reference = _parse_reference(checkpoint, key)
    source = source_of(log)
    with source.open_snapshot() as snapshot:

        def run() -> Report:
            with snapshot.own_check() as own:
                verification = _Verification(source, (snapshot, own), reference, lost)
                chunks = parallel.check_chunks(snapshot, verification.size, progress)
                return verification.report(chunks, all_checkpoints)

        try:
            with suppress(sqlite3.OperationalError):
                return run()
            snapshot.read_any_text()  # perhaps some text is no UTF-8: read it as another text
            return run()
        except source.unreadable as error:
            return _report_of_unreadable(source, snapshot, error)


class _Verification:
    """One verification; `size` is the number of events that the log has."""

    def __init__(
        self,
        source: LogSource,
        opened: tuple[Snapshot, OwnCheck],
        reference: Reference,
        lost: Container[str],
    ) -> None:
        self._lost = lost
        self._source = source
        self._snapshot, self._own_check = opened
        self._connection = self._snapshot.connection
        self._reference = reference
        self._checkpoints = CheckpointChecker(self._connection, reference.key)
        self._reads: ReadsChecker | None = None
        self.size = self._value("SELECT max(position) FROM events") or 0
        self._walk = LogWalk(self._snapshot, self._checkpoints)

    def report(self, chunks: Iterator[Chunk], all_checkpoints: bool) -> Report:
        """Run all checks and return the report with the first problem."""
        checkpoint = self._reference.checkpoint
        sizes = {self.size} | ({checkpoint.size} if checkpoint else set())
        problem = self._check_log(chunks, sizes, all_checkpoints)
        problem = problem or _check_schema(self._snapshot)
        contents, damage = self._check_vault() if not problem else (None, None)
        problem = (
            problem
            or damage
            or self._check_reads()
            or self._check_reference()
            or self._checkpoints.check_trusted_key()
        )
        newest = self._value(NEWEST_SEAL)
        return Report(
            problem=problem,
            count=self.size,
            root=self._walk.roots.get(self.size),
            newest=newest if isinstance(newest, str) else None,
            key=str(self._checkpoints.keys[-1][1]) if self._checkpoints.keys else None,
            checkpoints=self._checkpoints.checked_count,
            commits=self._walk.commits.count,
            outside_size=checkpoint.size if checkpoint else None,
            independent=self._reference.key is not None and not problem,
            contents=contents,
            notices=tuple(self._notices(contents)),
        )

    def _check_log(self, chunks: Iterator[Chunk], sizes: set[int], all_checkpoints: bool) -> Problem | None:
        """Return the first problem that shows without anything from outside."""
        problem = self._check_lowest_position() or self._walk.check(chunks, sizes, all_checkpoints)
        if problem or not self.size:
            return problem or self._check_tail() or Problem(1, None, "nhật ký trống, thiếu cả sự kiện mở đầu")
        problems = [
            self._check_count(),
            self._find(BAD_VERSION, "số thứ tự trong dòng sự kiện bị thiếu hoặc lặp"),
            self._find(NODE_BEYOND, "có nút trong của cây băm không thuộc sự kiện nào", self.size),
            self._find(CONTENT_BEYOND, "bảng tra nội dung nêu sự kiện không có", self.size),
            self._own_check.problem(),
        ]
        return first_problem(problems)

    def _check_lowest_position(self) -> Problem | None:
        """Return a problem when a row has a position below 1: whoever has the tables can drop their CHECK."""
        return self._find(BELOW_FIRST, "có dòng ở vị trí nhỏ hơn 1, là vị trí không thể có")

    def _check_count(self) -> Problem | None:
        """Return a problem when the table has another number of rows than positions, None otherwise."""
        count = self._value(f"SELECT count(*) FROM events{self._snapshot.whole_table}")  # noqa: S608
        if count == self.size:
            return None
        return Problem(None, None, f"bảng sự kiện có {count} dòng nhưng vị trí mới nhất là {self.size}")

    def _check_reference(self) -> Problem | None:
        """Return a problem when the log differs from the checkpoint kept outside, None otherwise."""
        checkpoint, note = self._reference.checkpoint, self._reference.note
        if checkpoint is None or note is None:
            return None
        origin = self._checkpoints.origin
        if checkpoint.origin != origin:
            description = f"dấu niêm phong là của nhật ký «{checkpoint.origin}», không phải «{origin}»"
            return Problem(None, None, description)
        return self._check_tail() or self._check_root(checkpoint, note)

    def _check_tail(self) -> Problem | None:
        """Return a problem when the log has fewer events than the checkpoint from outside."""
        checkpoint = self._reference.checkpoint
        if checkpoint is None or checkpoint.size <= self.size:
            return None
        return Problem(
            self.size + 1,
            None,
            f"đuôi bị cắt, dấu niêm phong giữ bên ngoài có {format_number(checkpoint.size)} sự kiện",
        )

    def _check_root(self, checkpoint: Checkpoint, note: Note) -> Problem | None:
        """Return a problem when the checkpoint from outside has another root or no valid signature."""
        root = self._walk.roots.get(checkpoint.size, merkle.EMPTY_ROOT)
        if root != checkpoint.root:
            return Problem(
                None, None, f"đã bị thay đổi ở đâu đó trong 1..{checkpoint.size}, rồi niêm phong lại"
            )
        if not self._checkpoints.is_signed(note):
            return Problem(None, None, "chữ ký trên dấu niêm phong giữ bên ngoài không đúng")
        return None

    def _check_vault(self) -> tuple[Inventory | None, Problem | None]:
        """Return the vault's inventory and its first problem."""
        inventory = self._source.vault().check_contents(self._digests(), self._erased_digests())
        problems = [self._content_problem(digest, "đã bị thay đổi") for digest in inventory.damaged]
        if inventory.missing:
            words = f"đã mất mà không có sự kiện xóa (số nội dung bị mất: {len(inventory.missing)})"
            problems += [self._content_problem(digest, words) for digest in inventory.missing]
        return inventory, first_problem(problems)

    def _check_reads(self) -> Problem | None:
        """Return the first problem of the files that tell who read what."""
        self._reads = ReadsChecker(self._connection, self._source, self._walk.types)
        fault = next(self._reads.faults(self._lost), None)
        return fault.problem() if fault else None

    def _content_problem(self, digest: str, words: str) -> Problem:
        """Return a problem of a content, at the first event that refers to it."""
        position = self._value("SELECT min(position) FROM contents WHERE digest = ?", digest)
        return Problem(position, position, f"nội dung {digest} trong kho {words}")

    def _digests(self) -> Iterator[str]:
        """Return the digests of all vault contents that the log refers to."""
        rows = self._snapshot.iterate("SELECT DISTINCT digest FROM contents ORDER BY digest")
        return (row[0] for row in rows if row[0] not in self._lost)

    def _erased_digests(self) -> set[str]:
        """Return the digests of the contents that were erased by an event."""
        if self._walk.types.isdisjoint(ERASURES):
            return set()
        rows = self._connection.execute("SELECT body FROM events WHERE type IN (?, ?)", ERASURES)
        return {_decode_erasure(body).data.digest for (body,) in rows}

    def _notices(self, contents: Inventory | None) -> Iterator[str]:
        """Yield in Vietnamese what a reader should know though the log is intact."""
        unknown = sorted(self._walk.types - catalogue.event_names())
        if unknown:
            yield f"có loại sự kiện chưa biết: {', '.join(unknown)}"
        for position in self._checkpoints.unendorsed:
            yield f"khóa niêm phong thay ở vị trí {position} không được khóa trước nó ký xác nhận"
        if count := self._walk.commits.unproved_count:
            yield (
                f"{format_number(count)} lần ghi đầu chưa được chứng minh mã băm lệnh, vì sự kiện khi đó"
                " chưa ghi mã này"
            )
        if count := self._walk.unsealed.count:
            yield f"{format_number(count)} lần ghi mới nhất chưa niêm phong, có chữ ký của khóa đang dùng"
        if contents and contents.erased:
            yield f"{format_number(contents.erased)} nội dung trong kho đã được xóa theo sự kiện xóa"
        for digest in contents.revived if contents else ():
            yield f"nội dung {digest} đã được xóa nhưng lại có trong kho, sẽ được xóa lại"
        if self._reads and self._reads.months:
            yield (
                f"đã kiểm sổ lượt xem của {self._reads.months} tháng ({format_number(self._reads.entries)}"
                " lượt)"
            )
        for month in self._reads.revived if self._reads else ():
            yield f"sổ lượt xem tháng {month_words(month)} đã được xóa nhưng lại có, sẽ được xóa lại"

    def _find(self, sql: str, description: str, *values: int) -> Problem | None:
        """Return a problem at the position that a query gives, None when it gives none."""
        position = self._value(sql, *values)
        return None if position is None else Problem(position, position, description)

    def _value(self, sql: str, *values: object) -> Any:
        """Return the only value of a query, None when it has no row."""
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None


def _check_schema(snapshot: Snapshot) -> Problem | None:
    """Return a problem when the schema is not exactly the edition that the log names, None otherwise."""
    found = snapshot.schema_differences()
    return Problem(None, None, f"cấu trúc tệp nhật ký không đúng: {', '.join(found)}") if found else None


def _report_of_unreadable(source: LogSource, snapshot: Snapshot, error: Exception) -> Report:
    """Return the report on a log that cannot be read: its changed schema, else what the database says."""
    with suppress(*source.unreadable):
        if problem := _check_schema(snapshot):
            return Report(problem=problem, count=0)
    problem = Problem(None, None, f"tệp nhật ký hỏng hoặc thiếu bảng, không đọc được ({error})")
    return Report(problem=problem, count=0, unreadable=True)


def _parse_reference(signed: str | None, vkey: str | None) -> Reference:
    """Parse what the auditor brought; raise BadInput when it is malformed."""
    checkpoint, note = parse_checkpoint(signed) if signed is not None else (None, None)
    return Reference(checkpoint, note, VerifierKey.parse(vkey) if vkey is not None else None)
