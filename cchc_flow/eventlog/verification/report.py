"""The result of a verification, and the sentence that tells it."""

from base64 import b64encode
from collections.abc import Iterable

import msgspec

from cchc_flow.eventlog.vault import Inventory
from cchc_flow.workflow.shares import format_number


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in the positions `first` to `last` (None: not known where), and in words what it is."""

    first: int | None
    last: int | None
    description: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a verification: `problem` is the first one found, None for an intact log.

    `count`, `root` (32 bytes) and `newest` (signed note) describe the log as stored. `checkpoints` counts
    those whose root and signature were checked. `outside_size` is the size of the checkpoint that the auditor
    brought, `independent` tells whether the key came from outside too. `unreadable` says that the file could
    not be read to its end: whether anything was changed is then not known.
    """

    problem: Problem | None
    count: int
    root: bytes | None = None
    newest: str | None = None
    key: str | None = None
    checkpoints: int = 0
    commits: int = 0
    outside_size: int | None = None
    independent: bool = False
    contents: Inventory | None = None
    notices: tuple[str, ...] = ()
    unreadable: bool = False

    @property
    def ok(self) -> bool:
        """Whether the log is intact."""
        return self.problem is None

    @property
    def root_hex(self) -> str | None:
        """The root in hex, None when it could not be computed."""
        return self.root.hex() if self.root else None

    @property
    def root_base64(self) -> str | None:
        """The root in base64, as in a checkpoint; None when it could not be computed."""
        return b64encode(self.root).decode() if self.root else None


def first_problem(problems: Iterable[Problem | None]) -> Problem | None:
    """Return the problem that ends first in the log, None without any; one of unknown place comes last."""
    return min(filter(None, problems), key=_end_position, default=None)


def _end_position(problem: Problem) -> float:
    """Return where a problem ends, infinity when that is not known."""
    return problem.last or problem.first or float("inf")


def location_words(problem: Problem) -> str:
    """Return in Vietnamese where a problem is, empty when that is not known."""
    if problem.first is None:
        return ""
    if problem.last is None or problem.last == problem.first:
        return f"từ vị trí {format_number(problem.first)}"
    return f"trong khoảng vị trí {format_number(problem.first)}-{format_number(problem.last)}"


def report_sentence(report: Report) -> str:
    """Return the result in one Vietnamese sentence: intact or not, where, and which key was used."""
    if report.problem and report.unreadable:
        return f"Không kiểm tra được nhật ký: {report.problem.description}."
    if report.problem:
        where = location_words(report.problem)
        return f"Nhật ký KHÔNG nguyên vẹn{' ' + where if where else ''}: {report.problem.description}."
    parts = [
        f"Nhật ký nguyên vẹn: {format_number(report.count)} sự kiện, {format_number(report.commits)} lần"
        f" ghi, mã gốc {report.root_base64}",
        f"đã kiểm {report.checkpoints} dấu niêm phong",
    ]
    if report.outside_size is not None:
        parts.append(f"khớp dấu niêm phong giữ bên ngoài ở cỡ {format_number(report.outside_size)}")
    parts += report.notices
    return "; ".join([*parts, _key_words(report)]) + "."


def _key_words(report: Report) -> str:
    """Return in Vietnamese whether the signatures were checked with a key from outside."""
    if report.independent:
        return "chữ ký được kiểm bằng khóa giữ bên ngoài, độc lập với nhật ký"
    return "chữ ký chỉ được kiểm bằng khóa nằm cạnh nhật ký, không độc lập"
