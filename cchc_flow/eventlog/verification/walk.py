"""One pass over a stored log, from its first event to its last, in flat memory."""

from collections.abc import Callable, Iterable

from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.checkpoints import CheckpointChecker
from cchc_flow.eventlog.verification.chunk import LENGTH, LEVELS, Chunk, find_node_mismatch
from cchc_flow.eventlog.verification.commits import CommitCursor
from cchc_flow.eventlog.verification.report import Problem, first_problem

Progress = Callable[[int, int], None]


class LogWalk:
    """The pass; `types`, `references`, `roots` and `commits` tell what it met on the way."""

    def __init__(self, connection: sqlite3.Connection, seals: CheckpointChecker) -> None:
        self._connection, self._seals = connection, seals
        self.commits = CommitCursor(connection)
        self.types: set[str] = set()
        self.roots: dict[int, bytes] = {}
        self._edge = merkle.CompactRange()  # its leaves are the roots of whole chunks
        self._sealed = 0
        self._before = ""
        self._keys: list[tuple[int, str]] = []
        self._stream = ""

    def run(self, chunks: Iterable[Chunk], wanted: set[int], every: bool) -> Problem | None:
        """Return the first thing that is wrong, or None; keep the roots of the `wanted` sizes in `roots`."""
        for chunk in chunks:
            problem = self._check(chunk, every)
            if problem:
                return problem
            here = (size for size in wanted if chunk.start < size <= chunk.end)
            self.roots |= {size: self._root(chunk, size) for size in here}
            self._pass(chunk)
        return self.commits.rest()

    def _check(self, chunk: Chunk, every: bool) -> Problem | None:
        """Return the problem of the chunk that is nearest to the beginning, and narrowest."""
        ends, uncommitted = self.commits.match(chunk.start, chunk.commands)
        self._note_keys(chunk)
        above = first_problem([chunk.nodes, self._nodes_above(chunk)])
        found = [chunk.problem, self._beginning(chunk), uncommitted, self._misplaced(chunk.sealed, ends)]
        chosen = ends if every or any([*found, above]) else self._chosen(chunk, ends)
        return first_problem([*found, self._seal(chunk, ends, chosen), above])

    def _beginning(self, chunk: Chunk) -> Problem | None:
        """Hold the chunk's first event against what came before it."""
        if chunk.start == 0 and not self._stream:
            return Problem(1, 1, "sự kiện đầu tiên không phải là sự kiện mở nhật ký")
        if chunk.times[0] < self._before:
            return Problem(chunk.start + 1, chunk.start + 1, "thời điểm ghi lùi so với sự kiện trước")
        return None

    def _note_keys(self, chunk: Chunk) -> None:
        """Queue the keys that events of this chunk put in force, each from the end of its commit."""
        if chunk.start == 0 and chunk.keys and chunk.keys[0][0] == 1:
            self._stream = chunk.keys[0][1]
        self._keys += [(position, vkey) for position, stream, vkey in chunk.keys if stream == self._stream]

    def _nodes_above(self, chunk: Chunk) -> Problem | None:
        """Compare the stored nodes that this chunk completes above itself."""
        if chunk.end - chunk.start < LENGTH:
            return None
        done = merkle.CompactRange(self._edge.size, self._edge.edge).append(chunk.node(LEVELS, 0))
        return first_problem(
            [
                find_node_mismatch(self._connection, level + LEVELS, index, [hash_])
                for level, index, hash_ in done
            ]
        )

    def _chosen(self, chunk: Chunk, ends: list[int]) -> list[int]:
        """Return the commits whose checkpoints are checked: the last, of new keys, the last of a day."""
        chosen = {*ends[-1:], *(set(chunk.days) & set(ends))}
        for position, _ in self._keys:
            chosen.update([end for end in ends if end >= position][:1])
        return sorted(chosen)

    def _seal(self, chunk: Chunk, ends: list[int], chosen: list[int]) -> Problem | None:
        """Check the chosen checkpoints; where one fails, find the first bad one since the last good one."""
        for end in chosen:
            problem = self._enter(end) or self._seals.check(end, self._root(chunk, end))
            if problem:
                doubtful = [other for other in ends if self._sealed < other < end]
                earlier = (self._seals.check(other, self._root(chunk, other)) for other in doubtful)
                return self._of_commit(next(filter(None, earlier), problem), ends)
            self._sealed = end
        return None

    def _misplaced(self, sealed: list[int], ends: list[int]) -> Problem | None:
        """Compare where checkpoints stand with where commits end."""
        if sealed == ends:
            return None
        position = min(set(sealed) ^ set(ends))
        if position in ends:
            return self._of_commit(Problem(position, position, "thiếu dấu niêm phong của lần ghi"), ends)
        return Problem(position, position, "có dấu niêm phong không thuộc lần ghi nào")

    def _enter(self, end: int) -> Problem | None:
        problem = None
        while self._keys and self._keys[0][0] <= end:
            problem = problem or self._seals.enter(self._keys.pop(0)[1], end)
        return problem

    def _of_commit(self, problem: Problem, ends: list[int]) -> Problem:
        """Widen the problem of a checkpoint to the events of its commit."""
        size = problem.last or 0
        begin = max([end for end in ends if end < size] or [self._sealed])
        return Problem(begin + 1, size, problem.what)

    def _root(self, chunk: Chunk, size: int) -> bytes:
        inner = [chunk.node(level, index) for level, index in merkle.complete_subtrees(size - chunk.start)]
        return merkle.root_over_subtrees([*self._edge.edge, *inner])

    def _pass(self, chunk: Chunk) -> None:
        self._before = chunk.times[1]
        self.types |= chunk.types
        if chunk.end - chunk.start == LENGTH:
            self._edge.append(chunk.node(LEVELS, 0))
