"""The tables beside the events, compared with what the events of a chunk say: nodes, and contents."""

from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.verification.report import Problem

SELECT_NODES = "SELECT hash FROM nodes WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx"
SELECT_CONTENTS = (
    "SELECT position, digest FROM contents WHERE position BETWEEN ? AND ? ORDER BY position, digest"
)


def find_content_mismatch(
    connection: Connection, ends: tuple[int, int], expected: list[tuple[int, str]]
) -> Problem | None:
    """Return a problem when the table of contents differs from the references in some bodies.

    `ends` are the positions before the first and of the last of these.
    """
    start, end = ends
    stored = connection.execute(SELECT_CONTENTS, (start + 1, end)).fetchall()
    if stored == expected:
        return None
    position = min(position for position, _ in set(stored) ^ set(expected))
    return Problem(position, position, "bảng tra nội dung trong kho không khớp sự kiện")


def find_node_mismatch(connection: Connection, level: int, start: int, hashes: list[bytes]) -> Problem | None:
    """Return a problem when stored nodes of a level, from index `start` on, differ from computed hashes."""
    stored = [row[0] for row in connection.execute(SELECT_NODES, (level, start, start + len(hashes)))]
    if stored == hashes:
        return None
    pairs = enumerate(zip(stored, hashes, strict=False))
    index = start + next((i for i, (hash_, expected) in pairs if hash_ != expected), len(stored))
    return Problem((index << level) + 1, (index + 1) << level, "nút trong của cây băm không khớp các sự kiện")
