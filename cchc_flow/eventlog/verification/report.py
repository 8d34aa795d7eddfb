"""What a verification found, and the sentence that says it."""

from base64 import b64encode
from collections.abc import Iterable

import msgspec

from cchc_flow.eventlog.vault import Inventory


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: from `first` to `last`, or nowhere in particular (None), and what it is."""

    first: int | None
    last: int | None
    what: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `count`, `root` (32 bytes) and `newest` (signed note) are those of the log as it lies.

    `seals` counts the checkpoints whose root and signature were checked, `against` is the size of the
    outside checkpoint, `independent` tells whether the key came from outside.
    """

    problem: Problem | None
    count: int
    root: bytes | None = None
    newest: str | None = None
    key: str | None = None
    seals: int = 0
    commits: int = 0
    against: int | None = None
    independent: bool = False
    contents: Inventory | None = None
    notices: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether the log is whole."""
        return self.problem is None

    @property
    def root_hex(self) -> str | None:
        """The root in hex, None when it could not be worked out."""
        return self.root.hex() if self.root else None

    @property
    def root_base64(self) -> str | None:
        """The root as a checkpoint writes it."""
        return b64encode(self.root).decode() if self.root else None


def first_problem(problems: Iterable[Problem | None]) -> Problem | None:
    """Return the problem that ends nearest to the beginning of the log; one without a place comes last."""
    return min(filter(None, problems), key=_reach, default=None)


def _reach(problem: Problem) -> float:
    return problem.last or problem.first or float("inf")


def location_words(problem: Problem) -> str:
    """Return where a problem is, in words; empty when nobody can tell."""
    if problem.first is None:
        return ""
    if problem.last is None or problem.last == problem.first:
        return f"từ vị trí {problem.first}"
    return f"trong khoảng vị trí {problem.first}-{problem.last}"


def report_sentence(report: Report) -> str:
    """Return one line in Vietnamese: whole or not, where, and what the answer rests on."""
    if report.problem:
        where = location_words(report.problem)
        return f"Nhật ký KHÔNG nguyên vẹn{' ' + where if where else ''}: {report.problem.what}."
    parts = [
        f"Nhật ký nguyên vẹn: {report.count} sự kiện, {report.commits} lần ghi, mã gốc {report.root_base64}",
        f"đã kiểm {report.seals} dấu niêm phong",
    ]
    if report.against is not None:
        parts.append(f"khớp dấu niêm phong giữ bên ngoài ở cỡ {report.against}")
    parts += report.notices
    return "; ".join([*parts, _rests_on(report)]) + "."


def _rests_on(report: Report) -> str:
    if report.independent:
        return "chữ ký được kiểm bằng khóa giữ bên ngoài, độc lập với nhật ký"
    return "chữ ký chỉ được kiểm bằng khóa nằm cạnh nhật ký, không độc lập"
