"""The tree is that of RFC 6962: same roots as another library, proofs that prove and nothing else."""

from hashlib import sha256

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_flow.eventlog import merkle


class Tree:
    """A tree in memory, grown leaf by leaf, that keeps its complete nodes as the log does."""

    def __init__(self, bodies: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.range = merkle.CompactRange()
        for index, body in enumerate(bodies):
            leaf = merkle.leaf_hash(body)
            self.nodes[0, index] = leaf
            self.nodes |= {(level, at): hash_ for level, at, hash_ in self.range.append(leaf)}

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


BODIES = st.lists(st.binary(max_size=6), min_size=1, max_size=70)


def test_an_empty_tree_has_the_root_of_the_standard() -> None:
    assert merkle.CompactRange().root() == merkle.tree_root(0, Tree([]).node) == sha256(b"").digest()


@given(BODIES)
def test_roots_equal_those_of_pymerkle(bodies: list[bytes]) -> None:
    tree, other = Tree(bodies), pymerkle.InmemoryTree(algorithm="sha256")
    for size, body in enumerate(bodies, 1):
        other.append_entry(body)
        assert merkle.tree_root(size, tree.node) == other.get_root()
    assert tree.range.root() == merkle.tree_root(len(bodies), tree.node)


@given(BODIES)
def test_each_complete_node_is_told_once(bodies: list[bytes]) -> None:
    count = len(bodies)
    assert len(Tree(bodies).nodes) == 2 * count - count.bit_count()


@settings(max_examples=40)
@given(BODIES, st.data())
def test_an_inclusion_proof_proves_its_leaf_at_its_place_and_no_other(
    bodies: list[bytes], data: st.DataObject
) -> None:
    tree, size = Tree(bodies), len(bodies)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    path, top = merkle.inclusion_proof(index, size, tree.node), merkle.tree_root(size, tree.node)
    leaf = tree.node(0, index)
    assert merkle.verify_inclusion(leaf, index, size, path, top)
    assert not merkle.verify_inclusion(sha256(leaf).digest(), index, size, path, top)
    assert not merkle.verify_inclusion(leaf, index, size, [*path, top], top)
    assert not merkle.verify_inclusion(leaf, size, size, path, top)
    if bodies[other] != bodies[index]:
        assert not merkle.verify_inclusion(tree.node(0, other), index, size, path, top)


@settings(max_examples=40)
@given(BODIES, st.data())
def test_a_multiproof_proves_what_the_inclusion_proofs_of_its_leaves_prove_and_nothing_else(
    bodies: list[bytes], data: st.DataObject
) -> None:
    tree, size = Tree(bodies), len(bodies)
    indices = data.draw(st.sets(st.integers(0, size - 1)))
    top = merkle.tree_root(size, tree.node)
    nodes = merkle.multiproof(indices, size, tree.node)
    leaves = {index: tree.node(0, index) for index in indices}
    assert merkle.verify_multiproof(leaves, size, nodes, top)
    for index in indices:
        path = merkle.inclusion_proof(index, size, tree.node)
        assert merkle.verify_inclusion(leaves[index], index, size, path, top)
        forged = leaves | {index: sha256(leaves[index]).digest()}
        assert not merkle.verify_multiproof(forged, size, nodes, top)
        fewer = {at: leaf for at, leaf in leaves.items() if at != index}
        assert not merkle.verify_multiproof(fewer, size, nodes, top)
    for node in nodes:
        missing = {at: hash_ for at, hash_ in nodes.items() if at != node}
        assert not merkle.verify_multiproof(leaves, size, missing, top)
        assert not merkle.verify_multiproof(leaves, size, nodes | {node: sha256(nodes[node]).digest()}, top)
    assert not merkle.verify_multiproof(leaves, size, nodes | {(9, 9): top}, top)
    assert not merkle.verify_multiproof(leaves | {size: top}, size, nodes, top)
    assert not merkle.verify_multiproof(leaves, size, nodes, sha256(top).digest())


@settings(max_examples=40)
@given(BODIES, st.data())
def test_a_multiproof_is_never_larger_than_the_inclusion_proofs_that_it_stands_for(
    bodies: list[bytes], data: st.DataObject
) -> None:
    tree, size = Tree(bodies), len(bodies)
    indices = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    single = sum(len(merkle.inclusion_proof(index, size, tree.node)) for index in indices)
    peaks_merged_by_inclusion_proofs = size.bit_count()
    proof = merkle.multiproof(indices, size, tree.node)
    assert len(proof) <= single + peaks_merged_by_inclusion_proofs


def test_a_multiproof_of_all_leaves_needs_no_node_and_one_of_none_only_the_subtrees() -> None:
    tree = Tree([b"a", b"b", b"c"])
    assert merkle.multiproof(range(3), 3, tree.node) == {}
    assert merkle.multiproof((), 3, tree.node).keys() == {(1, 0), (0, 2)}
    assert merkle.multiproof((), 0, tree.node) == {}


def test_no_multiproof_is_made_of_a_leaf_beyond_the_tree() -> None:
    with pytest.raises(IndexError):
        merkle.multiproof([3], 3, Tree([b"a", b"b", b"c"]).node)


@settings(max_examples=40)
@given(BODIES, st.data())
def test_a_consistency_proof_proves_growth_and_nothing_else(bodies: list[bytes], data: st.DataObject) -> None:
    tree, size = Tree(bodies), len(bodies)
    old = data.draw(st.integers(1, size))
    before, after = (old, merkle.tree_root(old, tree.node)), (size, merkle.tree_root(size, tree.node))
    path = merkle.consistency_proof(old, size, tree.node)
    assert merkle.verify_consistency(before, after, path)
    assert not merkle.verify_consistency((old, sha256(before[1]).digest()), after, path)
    assert not merkle.verify_consistency(before, (size, sha256(after[1]).digest()), path)
    assert not merkle.verify_consistency(before, after, [*path, after[1]])


def test_a_tree_does_not_grow_backwards_or_from_nothing() -> None:
    tree = Tree([b"a", b"b", b"c"])
    two, three = merkle.tree_root(2, tree.node), merkle.tree_root(3, tree.node)
    path = merkle.consistency_proof(2, 3, tree.node)
    assert not merkle.verify_consistency((3, three), (2, two), path)
    assert not merkle.verify_consistency((0, merkle.EMPTY_ROOT), (3, three), path)
