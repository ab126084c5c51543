"""The tree against RFC 6962's known values and against a slow second writing straight from the RFC's text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from mamori.ground.ledger import formats

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [  # of the first n entries, as certificate-transparency-go and its kin test them
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def slow_root(entries: list[bytes]) -> bytes:
    if len(entries) < 2:
        return hashlib.sha256(b"\0" + entries[0] if entries else b"").digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\1" + slow_root(entries[:k]) + slow_root(entries[k:])).digest()


def slow_path(m: int, entries: list[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m < k:
        return [*slow_path(m, entries[:k]), slow_root(entries[k:])]
    return [*slow_path(m - k, entries[k:]), slow_root(entries[:k])]


def slow_proof(m: int, entries: list[bytes], whole: bool = True) -> list[bytes]:
    if m == len(entries):
        return [] if whole else [slow_root(entries)]
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m <= k:
        return [*slow_proof(m, entries[:k], whole), slow_root(entries[k:])]
    return [*slow_proof(m - k, entries[k:], False), slow_root(entries[:k])]


def in_memory(entries: list[bytes]) -> formats.Nodes:
    return lambda height, at: slow_root(entries[at << height : (at + 1) << height])


def entries_of(size: int) -> list[bytes]:
    return [f"entry {index}".encode() for index in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_known_tree_come_out(size: int) -> None:
    leaves = [formats.leaf_hash(entry) for entry in ENTRIES[:size]]

    assert formats.root_of(leaves).hex() == ROOTS[size]


def test_every_proof_of_small_trees_equals_the_slow_one_and_holds() -> None:
    for size in range(1, 34):
        entries = entries_of(size)
        root = slow_root(entries)
        for index in range(size):
            proof = formats.inclusion(in_memory(entries), index, size)
            assert proof == slow_path(index, entries)
            leaf = formats.leaf_hash(entries[index])
            assert formats.includes(leaf=leaf, index=index, size=size, proof=proof, root=root)
        for old in range(1, size + 1):
            proof = formats.consistency(in_memory(entries), old, size)
            assert proof == slow_proof(old, entries)
            old_root = slow_root(entries[:old])
            assert formats.continues(old=old, new=size, proof=proof, old_root=old_root, new_root=root)


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 70), st.data())
def test_a_proof_that_was_touched_or_is_of_another_place_does_not_hold(
    size: int, data: st.DataObject
) -> None:
    entries = entries_of(size)
    root = slow_root(entries)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
    leaf, proof = formats.leaf_hash(entries[index]), slow_path(index, entries)
    at = data.draw(st.integers(0, len(proof) - 1))
    touched = [*proof[:at], hashlib.sha256(proof[at]).digest(), *proof[at + 1 :]]

    assert not formats.includes(leaf=leaf, index=index, size=size, proof=touched, root=root)
    assert not formats.includes(leaf=leaf, index=other, size=size, proof=proof, root=root)
    assert not formats.includes(leaf=leaf, index=index, size=size, proof=proof[:-1], root=root)
    assert not formats.includes(leaf=leaf, index=index, size=size, proof=[*proof, root], root=root)
    assert not formats.includes(leaf=leaf, index=size, size=size, proof=proof, root=root)


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 70), st.data())
def test_a_changed_past_has_no_consistency_proof(size: int, data: st.DataObject) -> None:
    entries = entries_of(size)
    old = data.draw(st.integers(1, size - 1))
    changed = [*entries]
    changed[data.draw(st.integers(0, old - 1))] = b"rewritten"
    before, after = slow_root(entries[:old]), slow_root(changed)

    for proof in (slow_proof(old, changed), slow_proof(old, entries), [], [before]):
        assert not formats.continues(old=old, new=size, proof=proof, old_root=before, new_root=after)


def test_nonsense_sizes_are_refused() -> None:
    nodes = in_memory(entries_of(4))

    with pytest.raises(ValueError, match="not in a tree"):
        formats.inclusion(nodes, 4, 4)
    with pytest.raises(ValueError, match="no proof"):
        formats.consistency(nodes, 0, 4)
    root = slow_root(entries_of(4))
    assert not formats.continues(old=0, new=4, proof=[], old_root=formats.EMPTY, new_root=root)
    assert not formats.continues(old=3, new=4, proof=[], old_root=root, new_root=root)
    assert formats.continues(old=4, new=4, proof=[], old_root=root, new_root=root)
    assert not formats.continues(old=1, new=2, proof=[root, root], old_root=root, new_root=root)


def test_paths_are_those_of_the_specification() -> None:
    assert formats.index_path(1234067) == "x001/x234/067"
    assert formats.tile_path(0, 273, 112) == "tile/0/273.p/112"
    assert formats.tile_path(2, 0, 1) == "tile/2/000.p/1"
    assert formats.tile_path("entries", 5) == "tile/entries/005"
    assert list(formats.spans(70_000)) == [(0, 70_000), (1, 273), (2, 1)]


def test_a_bundle_reads_back_and_a_broken_one_is_refused() -> None:
    entries = [b"", b"one", "二".encode() * 300]

    assert formats.unbundle(formats.bundle(entries)) == entries
    with pytest.raises(ValueError, match="breaks off"):
        formats.unbundle(formats.bundle(entries)[:-1])


def test_a_log_grown_in_steps_has_the_tiles_and_proofs_of_the_slow_tree(tmp_path: Path) -> None:
    steps = [1, 2, 255, 256, 257, 600, 1024, 1025]
    entries = entries_of(steps[-1])
    store = formats.Store(tmp_path)

    before = 0
    for size in steps:
        start = before - before % formats.WIDTH
        store.extend(start, entries[start:size])
        before = size
        nodes = lambda height, at, size=size: store.node(height, at, size=size)  # noqa: E731
        assert formats.frontier_at(nodes, size).root() == slow_root(entries[:size])
        for index in {0, size // 2, size - 1}:
            assert formats.inclusion(nodes, index, size) == slow_path(index, entries[:size])
            bundle = index - index % formats.WIDTH
            told = store.entries(index // formats.WIDTH, size=size)
            assert told == entries[bundle : min(bundle + formats.WIDTH, size)]

    kept = sorted(str(p.relative_to(tmp_path)) for p in (tmp_path / "tile" / "0").rglob("*") if p.is_file())
    assert kept == ["tile/0/000", "tile/0/001", "tile/0/002", "tile/0/003", "tile/0/004.p/1"]
    assert (tmp_path / "tile/1/000.p/4").stat().st_size == 4 * 32


def test_a_tree_of_three_levels_reads_back(tmp_path: Path) -> None:
    entries = entries_of(65_536 + 300)
    store = formats.Store(tmp_path)

    store.extend(0, entries[:65_280])
    store.extend(65_280, entries[65_280:])

    size = len(entries)
    leaves = [formats.leaf_hash(entry) for entry in entries]
    nodes = lambda height, at: store.node(height, at, size=size)  # noqa: E731
    root = formats.root_of(leaves)
    assert formats.frontier_at(nodes, size).root() == root
    for index in (0, 65_535, 65_536, size - 1):
        proof = formats.inclusion(nodes, index, size)
        assert formats.includes(leaf=leaves[index], index=index, size=size, proof=proof, root=root)
    proof = formats.consistency(nodes, 300, size)
    old_root = formats.root_of(leaves[:300])
    assert formats.continues(old=300, new=size, proof=proof, old_root=old_root, new_root=root)


def test_a_short_tile_and_a_crooked_start_are_refused(tmp_path: Path) -> None:
    store = formats.Store(tmp_path)
    store.extend(0, entries_of(3))
    (tmp_path / "tile/0/000.p/3").write_bytes(b"short")
    (tmp_path / "tile/entries/000.p/3").write_bytes(formats.bundle([b"one"]))

    with pytest.raises(ValueError, match="too short"):
        store.node(0, 2, size=3)
    with pytest.raises(ValueError, match="too short"):
        store.entries(0, size=3)
    with pytest.raises(ValueError, match="beginning of a tile"):
        store.extend(3, [b"x"])
