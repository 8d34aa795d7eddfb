"""The Merkle tree over the log (RFC 6962; algorithms of RFC 9162). A leaf is the hash of one event's body.

Node (level, index) is the root over the leaves index·2^level … (index+1)·2^level - 1. Only complete subtrees
are addressed like this: their hashes never change, so they can be stored.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

NodeLookup = Callable[[int, int], bytes]
Nodes = Mapping[tuple[int, int], bytes]
EMPTY_ROOT = sha256(b"").digest()
LOWEST_STORED_LEVEL = 4  # below it, up to sixteen leaves are hashed again


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of one leaf: SHA-256 of 0x00 and the body, so that it cannot pass for an inner node."""
    return sha256(b"\x00" + body).digest()


def leaf_hashes(bodies: Iterable[bytes]) -> list[bytes]:
    """Return the hash of each leaf: what `leaf_hash` says, without a call for each of a million."""
    return [sha256(b"\x00" + body).digest() for body in bodies]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the parent of two nodes."""
    return sha256(b"\x01" + left + right).digest()


def subtree_levels(leaves: list[bytes], height: int) -> list[list[bytes]]:
    """Return the hashes of the complete nodes over some leaves up to a level; the leaves are level 0."""
    levels = [leaves]
    for _ in range(height):
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])
    return levels


def complete_subtrees(size: int) -> Iterator[tuple[int, int]]:
    """Yield (level, index) of the complete subtrees that make up a tree of `size` leaves, largest first."""
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


def subtrees_between(low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield (level, index) of the fewest complete subtrees that make up the leaves `low` … `high` - 1."""
    while low < high:
        widest, aligned = (high - low).bit_length() - 1, (low & -low).bit_length() - 1
        level = min(widest, aligned) if low else widest
        yield level, low >> level
        low += 1 << level


class CompactRange:
    """A growing tree, reduced to the hashes of its complete subtrees (largest first).

    They are enough to append leaves and to compute the root.
    """

    def __init__(self, size: int = 0, subtrees: Sequence[bytes] = ()) -> None:
        self.size = size
        self.subtrees = list(subtrees)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Append one leaf hash and return the inner nodes (level, index, hash) that it completes."""
        completed = []
        level, index, node = 0, self.size, leaf
        while index & 1:
            node = node_hash(self.subtrees.pop(), node)
            level, index = level + 1, index >> 1
            completed.append((level, index, node))
        self.subtrees.append(node)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return root_over_subtrees(self.subtrees)


def root_over_subtrees(subtrees: Sequence[bytes]) -> bytes:
    """Return the root of a tree from the hashes of its complete subtrees, largest first."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def subtree_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of a complete subtree from its leaves, whose number must be a power of two."""
    row = list(leaves)
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def tree_root(size: int, node: NodeLookup) -> bytes:
    """Return the root of the tree of the first `size` leaves; `node` looks up the stored nodes."""
    return root_over_subtrees([node(level, index) for level, index in complete_subtrees(size)])


def inclusion_proof(index: int, size: int, node: NodeLookup) -> list[bytes]:
    """Return the audit path of leaf `index` (from 0) in the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    low, high = 0, size
    path: list[bytes] = []
    while high - low > 1:
        middle = low + _largest_power_below(high - low)
        if index < middle:
            path.append(_range_root(middle, high, node))
            high = middle
        else:
            path.append(_range_root(low, middle, node))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: NodeLookup) -> list[bytes]:
    """Return the proof that the tree of `new` leaves extends that of the first `old` (RFC 9162, 2.1.4.1)."""
    low, high = 0, new
    path: list[bytes] = []
    while high != old:
        middle = low + _largest_power_below(high - low)
        if old <= middle:
            path.append(_range_root(middle, high, node))
            high = middle
        else:
            path.append(_range_root(low, middle, node))
            low = middle
    if low:
        path.append(_range_root(low, high, node))
    return path[::-1]


def multiproof(indices: Collection[int], size: int, node: NodeLookup) -> dict[tuple[int, int], bytes]:
    """Return the nodes that, with the leaves at `indices` (from 0), give the root of a tree of `size` leaves.

    They are the largest complete subtrees without any of these leaves, so no hash is there twice. Raise
    IndexError for a leaf beyond the tree.
    """
    wanted = sorted(set(indices))
    if wanted and not 0 <= wanted[0] <= wanted[-1] < size:
        raise IndexError(wanted)
    return {at: node(*at) for peak in complete_subtrees(size) for at in _subtrees_without(wanted, *peak)}


def verify_multiproof(leaves: Mapping[int, bytes], size: int, nodes: Nodes, root: bytes) -> bool:
    """Tell whether `nodes` prove that each of `leaves` is at its index (from 0) in a tree of `size` leaves.

    `root` is that tree's root. A node that is missing, or not needed, makes the proof worthless.
    """
    wanted = sorted(leaves)
    if wanted and not 0 <= wanted[0] <= wanted[-1] < size:
        return False
    peaks = list(complete_subtrees(size))
    if {at for peak in peaks for at in _subtrees_without(wanted, *peak)} != nodes.keys():
        return False
    return root_over_subtrees([_root_by_proof(leaves, wanted, nodes, *peak) for peak in peaks]) == root


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether an audit path proves that `leaf` is at `index` (from 0) in a tree of `size` leaves.

    `root` is that tree's root (RFC 9162, 2.1.3.2).
    """
    if index >= size:
        return False
    position, last = index, size - 1
    for hash_ in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            leaf = node_hash(hash_, leaf)
            position, last = _skip_levels_without_sibling(position, last)
        else:
            leaf = node_hash(leaf, hash_)
        position, last = position >> 1, last >> 1
    return last == 0 and leaf == root


def verify_consistency(old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether `path` proves that the tree `new` (size, root) extends `old` (size, root).

    See RFC 9162, 2.1.4.2; a proof from the empty tree is not accepted.
    """
    if old[0] == new[0]:
        return not path and old[1] == new[1]
    if not 0 < old[0] < new[0] or not path:
        return False
    hashes = [old[1], *path] if old[0] & (old[0] - 1) == 0 else list(path)
    return _recompute_roots(old, new, hashes)


def _subtrees_without(wanted: Sequence[int], level: int, index: int) -> Iterator[tuple[int, int]]:
    """Yield the largest parts of a complete subtree that have none of the `wanted` leaves (ascending)."""
    if not _has_any(wanted, level, index):
        yield level, index
    elif level:
        yield from _subtrees_without(wanted, level - 1, 2 * index)
        yield from _subtrees_without(wanted, level - 1, 2 * index + 1)


def _root_by_proof(
    leaves: Mapping[int, bytes], wanted: Sequence[int], nodes: Nodes, level: int, index: int
) -> bytes:
    """Return the root of a complete subtree from the `wanted` leaves in it and the nodes beside them."""
    if not _has_any(wanted, level, index):
        return nodes[level, index]
    if not level:
        return leaves[index]
    left = _root_by_proof(leaves, wanted, nodes, level - 1, 2 * index)
    return node_hash(left, _root_by_proof(leaves, wanted, nodes, level - 1, 2 * index + 1))


def _has_any(wanted: Sequence[int], level: int, index: int) -> bool:
    """Tell whether any of the `wanted` leaves (ascending) is in a complete subtree."""
    return bisect_left(wanted, index << level) < bisect_left(wanted, (index + 1) << level)


def _recompute_roots(old: tuple[int, bytes], new: tuple[int, bytes], path: list[bytes]) -> bool:
    """Tell whether the roots computed from a consistency path are those of both trees."""
    position, last = old[0] - 1, new[0] - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_root = new_root = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_root, new_root = node_hash(hash_, old_root), node_hash(hash_, new_root)
            position, last = _skip_levels_without_sibling(position, last)
        else:
            new_root = node_hash(new_root, hash_)
        position, last = position >> 1, last >> 1
    return last == 0 and old_root == old[1] and new_root == new[1]


def _skip_levels_without_sibling(position: int, last: int) -> tuple[int, int]:
    """Return (position, last) on the next level up where a node on the right edge has a sibling."""
    while not position & 1 and position:
        position, last = position >> 1, last >> 1
    return position, last


def _largest_power_below(size: int) -> int:
    """Return the largest power of two smaller than `size`: where RFC 6962 splits a tree."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(low: int, high: int, node: NodeLookup) -> bytes:
    """Return the root over the leaves `low` … `high` - 1."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + _largest_power_below(size)
    return node_hash(_range_root(low, middle, node), _range_root(middle, high, node))
