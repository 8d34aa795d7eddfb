"""One commit on its way to the append function of the database, and what that answers."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from cchc_flow.errors import Conflict, LogBroken, NotFound
from cchc_flow.eventlog import codec
from cchc_flow.eventlog.batch import Batch
from cchc_flow.eventlog.moved_mark import MOVED, Mark
from cchc_flow.eventlog.port import Change
from cchc_flow.eventlog.postgres.pool import Session
from cchc_flow.eventlog.rows import command_reused

APPEND = (
    "SELECT cchc_log.append("
    "%s::text, %s::text, %s::bytea, %s::bytea, %s::text, %s::text, %s::text[], %s::bigint[],"
    " %s::text[], %s::bigint[], %s::text[], %s::bytea[], %s::integer[], %s::text[],"
    " %s::text, %s::text, %s::bigint, %s::bigint, %s::bigint)"
)
SEAL = "SELECT cchc_log.seal(%s::text, %s::bigint[], %s::text[])"
DONE, REPEATED, LATE, UNSEALED = "done", "repeated", "late", "unsealed"
STALE = frozenset({"key", "clock"})
"""Outcomes by which a node learns that others went on since it last looked."""
ANY_TIME = (-(2**62), 2**62)


class Answer(NamedTuple):
    """What the append function returns; see there."""

    outcome: str
    first: int
    last: int
    root: bytes
    detail: str
    number: int

    @classmethod
    def parse(cls, words: str) -> Self:
        """Return what the words of the function say."""
        outcome, first, last, root, number, detail = words.split(" ", 5)
        return cls(outcome, int(first), int(last), bytes.fromhex(root), detail, int(number))


class Commit:
    """A batch with its conditions: the streams' versions, and between what times the last event was made."""

    def __init__(
        self, batch: Batch, expected: dict[str, int], made_between: tuple[int, int] = ANY_TIME
    ) -> None:
        self.batch, self._expected, self._made_between = batch, expected, made_between
        self.leaves = [row[6] for row in batch.events]
        self.command_id, _, _, self._digest = batch.commit_row()

    def send(self, session: Session, voucher: bytes | None, new_key: str | None = None) -> Answer:
        """Call the append function, in one round trip."""
        batch, head = self.batch, self.batch.head
        rows = batch.events
        values = (
            head.workspace,
            self.command_id,
            self._digest,
            voucher,
            head.key,
            new_key,
            text_array([*self._expected]),
            number_array([*self._expected.values()]),
            text_array([row[1] for row in rows]),
            number_array([row[2] for row in rows]),
            text_array([row[3] for row in rows]),
            bytes_array([row[7] for row in rows]),
            number_array([position - head.size for position, _ in batch.contents]),
            text_array([digest for _, digest in batch.contents]),
            batch.recordedtime,
            rows[0][5],
            batch.made,
            *self._made_between,
        )
        [[words]] = session.execute(APPEND, values).fetchall()
        return Answer.parse(words)

    def refuse(self, answer: Answer) -> None:
        """Raise what an answer says that nothing was appended for; do nothing for another."""
        match answer.outcome:
            case "reused":
                raise command_reused()
            case "conflict":
                raise Conflict(answer.detail, self._expected[answer.detail], answer.number)
            case "moved":
                raise Mark(MOVED, answer.detail).refusal()
            case "absent":
                raise NotFound(f"Không có không gian làm việc «{self.batch.head.workspace}».")


def read_moved_to(session: Session, workspace: str) -> str | None:
    """Return where a workspace went from the database, None when it is in use here or is not known."""
    row = session.execute("SELECT moved_to FROM cchc_log.heads WHERE workspace = %s", (workspace,)).fetchone()
    return row[0] if row else None


def text_array(values: Sequence[str]) -> str:
    """Return texts as PostgreSQL writes an array of them: a tenth of the time that the driver takes."""
    quoted = ",".join(['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values])
    return f"{{{quoted}}}"


def bytes_array(values: Sequence[bytes]) -> str:
    """Return bytes as PostgreSQL writes an array of them."""
    return "{" + ",".join([f'"\\\\x{value.hex()}"' for value in values]) + "}"


def number_array(values: Sequence[int]) -> str:
    """Return numbers as PostgreSQL writes an array of them."""
    return f"{{{','.join(map(str, values))}}}"


def store_seals(session: Session, workspace: str, seals: Sequence[tuple[int, str]]) -> None:
    """Store the seals (position, signed note) of commits of one workspace that have none yet."""
    positions, notes = number_array([seal[0] for seal in seals]), text_array([seal[1] for seal in seals])
    session.execute(SEAL, (workspace, positions, notes))


def expected_versions(changes: Sequence[Change]) -> dict[str, int]:
    """Return the version that each stream must have, by its name: what the first change of it expects."""
    versions: dict[str, int] = {}
    for change in changes:
        versions.setdefault(codec.normalize_text(change.stream), change.expected)
    return versions


def root_error(position: int) -> LogBroken:
    """Return the error for a database whose tree is not the one that its events make."""
    return LogBroken(
        f"Cơ sở dữ liệu tính ra mã gốc khác ở vị trí {position}, nên lần ghi này không được niêm phong.",
        "Hãy chạy «cchc-flow verify» để biết chỗ hỏng.",
    )
