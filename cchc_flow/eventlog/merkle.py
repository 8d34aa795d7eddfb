"""The tree over the log: RFC 6962 (hashing as in RFC 9162). A leaf is one event's body.

A node is named by (level, index): it covers the leaves index·2^level … (index+1)·2^level - 1. Only complete
nodes have a name, so they never change and can be stored.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

NodeLookup = Callable[[int, int], bytes]
EMPTY_ROOT = sha256(b"").digest()
LOWEST_STORED_LEVEL = (
    4  # the lowest level of inner nodes that a log stores: below, sixteen leaves are hashed again
)


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of one leaf; the prefix keeps a leaf from passing for an inner node."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two nodes."""
    return sha256(b"\x01" + left + right).digest()


def complete_subtrees(size: int) -> Iterator[tuple[int, int]]:
    """Yield (level, index) of the complete subtrees that make up a tree of `size` leaves, largest first."""
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


class CompactRange:
    """The right edge of a growing tree: enough to extend it and to tell its root."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        self.size = size
        self.edge = list(edge)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add one leaf hash and return the inner nodes (level, index, hash) that it completed."""
        done = []
        level, index = 0, self.size
        while index & 1:
            leaf = node_hash(self.edge.pop(), leaf)
            level, index = level + 1, index >> 1
            done.append((level, index, leaf))
        self.edge.append(leaf)
        self.size += 1
        return done

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return root_over_subtrees(self.edge)


def root_over_subtrees(edge: Sequence[bytes]) -> bytes:
    """Return the root above the complete subtrees of a tree, given largest first."""
    if not edge:
        return EMPTY_ROOT
    top = edge[-1]
    for left in reversed(edge[:-1]):
        top = node_hash(left, top)
    return top


def subtree_root(leaves: Sequence[bytes]) -> bytes:
    """Return the node over a power of two of leaves."""
    row = list(leaves)
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def tree_root(size: int, node: NodeLookup) -> bytes:
    """Return the root of the tree of `size` leaves."""
    return root_over_subtrees([node(level, index) for level, index in complete_subtrees(size)])


def inclusion_proof(index: int, size: int, node: NodeLookup) -> list[bytes]:
    """Return the audit path of leaf `index` (from 0) in the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    low, high = 0, size
    path: list[bytes] = []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_subtree(middle, high, node))
            high = middle
        else:
            path.append(_subtree(low, middle, node))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: NodeLookup) -> list[bytes]:
    """Return the proof that the tree of `new` leaves begins with that of `old` (RFC 9162, 2.1.4.1)."""
    low, high = 0, new
    path: list[bytes] = []
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_subtree(middle, high, node))
            high = middle
        else:
            path.append(_subtree(low, middle, node))
            low = middle
    if low:
        path.append(_subtree(low, high, node))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Tell whether `path` proves that `leaf` stands at `index` under the root `top` (RFC 9162, 2.1.3.2)."""
    if index >= size:
        return False
    position, last = index, size - 1
    for hash_ in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            leaf = node_hash(hash_, leaf)
            position, last = _climb(position, last)
        else:
            leaf = node_hash(leaf, hash_)
        position, last = position >> 1, last >> 1
    return last == 0 and leaf == top


def verify_consistency(old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether `path` proves that the tree `new` (size, root) begins with `old` (RFC 9162, 2.1.4.2)."""
    if old[0] == new[0]:
        return not path and old[1] == new[1]
    if not 0 < old[0] < new[0] or not path:
        return False
    steps = [old[1], *path] if old[0] & (old[0] - 1) == 0 else list(path)
    return _replay(old, new, steps)


def _replay(old: tuple[int, bytes], new: tuple[int, bytes], path: list[bytes]) -> bool:
    position, last = old[0] - 1, new[0] - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node_hash(hash_, before), node_hash(hash_, after)
            position, last = _climb(position, last)
        else:
            after = node_hash(after, hash_)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old[1] and after == new[1]


def _climb(position: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the right edge has no sibling."""
    while not position & 1 and position:
        position, last = position >> 1, last >> 1
    return position, last


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def _subtree(low: int, high: int, node: NodeLookup) -> bytes:
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + _split(size)
    return node_hash(_subtree(low, middle, node), _subtree(middle, high, node))
