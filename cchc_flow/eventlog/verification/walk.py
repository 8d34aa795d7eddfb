"""One pass over a stored log, from the first event to the last, in constant memory."""

from collections.abc import Callable, Iterable

from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.verification.checkpoints import CheckpointChecker
from cchc_flow.eventlog.verification.chunk import LENGTH, LEVELS, Chunk, KeyEvent
from cchc_flow.eventlog.verification.commits import CommitCursor
from cchc_flow.eventlog.verification.other_tables import find_node_mismatch
from cchc_flow.eventlog.verification.report import Problem, first_problem
from cchc_flow.eventlog.verification.source import Snapshot
from cchc_flow.eventlog.verification.unsealed import MISSING, UnsealedCommits

Progress = Callable[[int, int], None]


class LogWalk:
    """Checks the chunks of a log in order and collects what the report needs.

    `types` are the event types seen, `roots` the tree roots at the sizes asked for, `commits` the cursor,
    `unsealed` the newest commits that wait for their seal.
    """

    def __init__(self, snapshot: Snapshot, checkpoints: CheckpointChecker) -> None:
        self._connection, self._checkpoints = snapshot.connection, checkpoints
        self.commits = CommitCursor(snapshot)
        self.unsealed = UnsealedCommits(snapshot.connection)
        self._seals_later = snapshot.seals_later
        self.types: set[str] = set()
        self.roots: dict[int, bytes] = {}
        self._tree = merkle.CompactRange()  # its leaves are the roots of full chunks
        self._checked_size = 0
        self._last_time = ""
        self._source = ""
        self._pending_keys: list[KeyEvent] = []
        self._second_since: int | None = None  # the first event with the second envelope
        self._log_stream = ""

    def check(self, chunks: Iterable[Chunk], sizes: set[int], all_checkpoints: bool) -> Problem | None:
        """Return the first problem, None when there is none; put the roots at `sizes` into `roots`.

        `all_checkpoints` checks the checkpoint of each commit, not only of some.
        """
        for chunk in chunks:
            problem = self._check_chunk(chunk, all_checkpoints)
            if problem:
                return problem
            inside = (size for size in sizes if chunk.start < size <= chunk.end)
            self.roots |= {size: self._root(chunk, size) for size in inside}
            self._move_past(chunk)
        return self.commits.check_end() or self.unsealed.check(self.commits.checked_upto)

    def _check_chunk(self, chunk: Chunk, all_checkpoints: bool) -> Problem | None:
        """Return the problem of a chunk that ends first, None when the chunk is right."""
        ends, commit_problem = self.commits.match_commands(chunk.start, chunk.commands)
        if self._seals_later:
            ends = self.unsealed.take_from(ends, chunk.checkpoints)
        self._queue_keys(chunk)
        node_problem = first_problem([chunk.node_problem, self._check_nodes_above(chunk)])
        row_problems = [
            chunk.problem,
            self._check_beginning(chunk),
            self._check_sources(chunk),
            self._check_envelopes(chunk),
            commit_problem,
            self._check_checkpoint_positions(chunk.checkpoints, ends),
        ]
        if any(row_problems) and chunk.end > chunk.start:  # what comes first in the log is told first
            row_problems.append(self.unsealed.check(chunk.end))
        selected = (
            ends if all_checkpoints or any([*row_problems, node_problem]) else self._select_ends(chunk, ends)
        )
        return first_problem([*row_problems, self._check_checkpoints(chunk, ends, selected), node_problem])

    def _check_beginning(self, chunk: Chunk) -> Problem | None:
        """Check that the log begins with its opening event, and that recorded times never go back."""
        if chunk.start == 0 and not self._log_stream:
            return Problem(1, 1, "sự kiện đầu tiên không phải là sự kiện mở nhật ký")
        if chunk.times[0] < self._last_time:
            return Problem(chunk.start + 1, chunk.start + 1, "thời điểm ghi lùi so với sự kiện trước")
        return None

    def _check_sources(self, chunk: Chunk) -> Problem | None:
        """Check that all events come from the workspace whose log it is."""
        self._source = self._source or next(iter(chunk.sources), "")
        foreign = [position for source, position in chunk.sources.items() if source != self._source]
        if not foreign:
            return None
        return Problem(min(foreign), min(foreign), "sự kiện của không gian làm việc khác")

    def _check_envelopes(self, chunk: Chunk) -> Problem | None:
        """Check that no event with the first envelope follows one with the second."""
        self._second_since = self._second_since or chunk.second_since
        since = self._second_since or chunk.end
        late = next((position for position in chunk.first_envelopes if position > since), None)
        if late is None:
            return None
        return Problem(late, late, "sự kiện thiếu kênh và mã băm lệnh, dù các sự kiện trước nó đã có")

    def _queue_keys(self, chunk: Chunk) -> None:
        """Queue the keys that events of this chunk put in force; they count from the end of their commit."""
        if chunk.start == 0 and chunk.keys and chunk.keys[0].position == 1:
            self._log_stream = chunk.keys[0].stream
        self._pending_keys += [key for key in chunk.keys if key.stream == self._log_stream]

    def _check_nodes_above(self, chunk: Chunk) -> Problem | None:
        """Return a problem when a stored node completed by this full chunk is not the computed one."""
        if chunk.end - chunk.start < LENGTH:
            return None
        completed = merkle.CompactRange(self._tree.size, self._tree.subtrees).append(chunk.node(LEVELS, 0))
        return first_problem(
            [
                find_node_mismatch(self._connection, level + LEVELS, index, [hash_])
                for level, index, hash_ in completed
            ]
        )

    def _select_ends(self, chunk: Chunk, ends: list[int]) -> list[int]:
        """Return the commit ends whose checkpoints to check: the last, those of day ends, of new keys."""
        selected = {*ends[-1:], *(set(chunk.day_ends) & set(ends))}
        for key in self._pending_keys:
            selected.update([end for end in ends if end >= key.position][:1])
        return sorted(selected)

    def _check_checkpoints(self, chunk: Chunk, ends: list[int], selected: list[int]) -> Problem | None:
        """Check the selected checkpoints; when one fails, find the first bad one after the last good one."""
        for end in selected:
            problem = self._add_keys(end) or self._checkpoints.check(end, self._root(chunk, end))
            if problem:
                unchecked = [size for size in ends if self._checked_size < size < end]
                earlier = (self._checkpoints.check(size, self._root(chunk, size)) for size in unchecked)
                return self._widen_to_commit(next(filter(None, earlier), problem), ends)
            self._checked_size = end
        return None

    def _check_checkpoint_positions(self, positions: list[int], ends: list[int]) -> Problem | None:
        """Check that each commit, and nothing else, ends with a checkpoint."""
        if positions == ends:
            return None
        position = min(set(positions) ^ set(ends))
        if position in ends:
            return self._widen_to_commit(Problem(position, position, MISSING), ends)
        return Problem(position, position, "có dấu niêm phong không thuộc lần ghi nào")

    def _add_keys(self, end: int) -> Problem | None:
        """Put the queued keys in force whose commits end at or before `end`."""
        problem = None
        while self._pending_keys and self._pending_keys[0].position <= end:
            problem = problem or self._checkpoints.add_key(self._pending_keys.pop(0), end)
        return problem

    def _widen_to_commit(self, problem: Problem, ends: list[int]) -> Problem:
        """Widen the problem of a checkpoint to the events of its commit."""
        size = problem.last or 0
        begin = max([end for end in ends if end < size] or [self._checked_size])
        return Problem(begin + 1, size, problem.description)

    def _root(self, chunk: Chunk, size: int) -> bytes:
        """Return the root over the first `size` events, which end inside the chunk."""
        inside = [chunk.node(level, index) for level, index in merkle.complete_subtrees(size - chunk.start)]
        return merkle.root_over_subtrees([*self._tree.subtrees, *inside])

    def _move_past(self, chunk: Chunk) -> None:
        """Remember what the check of the next chunk needs."""
        self._last_time = chunk.times[1]
        self.types |= chunk.types
        if chunk.end - chunk.start == LENGTH:
            self._tree.append(chunk.node(LEVELS, 0))
